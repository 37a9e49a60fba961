//! Times one recommendation from 20 likes, natively: `cargo run --release --example recommend_speed -- SCORE_FILE`.

use std::time::Instant;

use foldin_core::{ItemIdx, Profile, Recommender, Request, file};

const LIKES: u32 = 20;
const CALLS: u32 = 5000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("name a score file")?;
    let recommender = Recommender::new(file::read_score(std::fs::read(path)?.into())?);
    let catalogue = &recommender.model().catalogue;
    let n_popular = 500.min(catalogue.len() as u32);
    let mut times = Vec::new();
    for call in 0..CALLS {
        let likes = (0..LIKES).map(|n| catalogue.id(ItemIdx((call * 37 + n * 17) % n_popular)));
        let profile = Profile::liking(likes);
        let started = Instant::now();
        let answer = recommender.recommend(&profile, &Request::default())?;
        times.push(started.elapsed().as_secs_f64() * 1e3);
        assert!(!answer.is_empty());
    }
    times.sort_by(f64::total_cmp);
    let mean = times.iter().sum::<f64>() / f64::from(CALLS);
    let (median, p95) = (times[times.len() / 2], times[times.len() * 95 / 100]);
    println!(
        "native    {} items, {LIKES} likes: median {median:.3} ms, mean {mean:.3} ms, 95 % below {p95:.3} ms",
        catalogue.len()
    );
    Ok(())
}
