//! Recommends from the files of a model: `cargo run -p foldin-core --example recommend -- SCORE_FILE SHOW_FILE ID...`.

use std::error::Error;
use std::fs;

use foldin_core::{Profile, Recommender, Request, file};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (score, show) = arguments.next().zip(arguments.next()).ok_or("name a score file and a show file")?;
    let model = file::read_score(&fs::read(score)?.into())?;
    let descriptions = file::read_show(&fs::read(show)?.into(), &model.catalogue)?;

    let recommender = Recommender::new(model);
    let profile = Profile::liking(arguments);
    for one in recommender.recommend(&profile, &Request { k: 5, ..Request::default() })? {
        let reasons: Vec<&str> = one.because.iter().map(|reason| descriptions.title(reason.item)).collect();
        println!("{:>7.3}  {}  because of {}", one.score, descriptions.title(one.item), reasons.join(", "));
    }
    Ok(())
}
