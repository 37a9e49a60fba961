//! Times recommendations from 20 likes natively, and the pass over all factors alone: prints JSON, in milliseconds, for
//! `scripts/bench serve`: `recommend-speed SCORE_FILE`.

use std::hint::black_box;
use std::time::{Duration, Instant};

use foldin_core::linalg::QuantisedQuery;
use foldin_core::{ItemIdx, Profile, Recommender, Request, file};

const LIKES: u32 = 20;
/// How long each kind of measurement goes on.
const FOR: Duration = Duration::from_secs(2);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("name a score file")?;
    let recommender = Recommender::new(file::read_score(&std::fs::read(path)?.into())?);
    let catalogue = &recommender.model().catalogue;
    let n_popular = 500.min(catalogue.len() as u32);
    let recommend = |call: u32, reasons: bool| {
        let likes = (0..LIKES).map(|n| catalogue.id(ItemIdx((call * 37 + n * 17) % n_popular)));
        let request = Request { reasons, ..Request::default() };
        let answer = recommender.recommend(&Profile::liking(likes), &request).expect("the ids are the model's");
        assert!(!answer.is_empty());
    };
    let mut figures =
        vec![("reasons", times(|call| recommend(call, true))), ("no reasons", times(|call| recommend(call, false)))];
    if let Some(factors) = &recommender.model().factors {
        let rows = &factors.rows;
        let vector =
            |call: u32| (0..rows.n_cols()).map(|n| (call as f32 * 7.0 + (n * n) as f32).sin()).collect::<Vec<_>>();
        figures.push(("pass", times(|call| drop(black_box(rows.dot_all(&QuantisedQuery::new(&vector(call))))))));
    }
    let fields = figures.iter().map(|(name, [least, median, p95])| {
        format!(r#""{name}": {{"least": {least}, "median": {median}, "p95": {p95}}}"#)
    });
    println!("{{{}}}", fields.collect::<Vec<_>>().join(", "));
    Ok(())
}

/// The least, the median and the 95th percentile of how long something takes, in ms.
fn times(mut what: impl FnMut(u32)) -> [f64; 3] {
    let mut times = Vec::new();
    let begin = Instant::now();
    while begin.elapsed() < FOR {
        let started = Instant::now();
        what(times.len() as u32);
        times.push(started.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    [times[0], times[times.len() / 2], times[times.len() * 95 / 100]]
}
