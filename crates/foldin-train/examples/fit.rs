//! Trains a model on the built-in sample and recommends from it: `cargo run --release -p foldin-train --example fit`.

use std::error::Error;

use foldin_core::{Profile, Recommender, Request};
use foldin_data::sample::sample;
use foldin_train::config::Config;
use foldin_train::fit::{Event, fit};

fn main() -> Result<(), Box<dyn Error>> {
    let mut config = Config::default();
    config.search.enabled = false;
    let fitted = fit(&sample(), &config, &mut |event: Event<'_>| {
        if let Event::Started(phase) = event {
            eprintln!("{phase:?}");
        }
        Ok(())
    })?;
    if let Some(metrics) = &fitted.metrics {
        println!("NDCG@10 on held-out users: {:.4}", metrics.summary.foldin.ndcg_at_10);
    }
    let recommender = Recommender::new(fitted.model);
    for one in recommender.recommend(&Profile::liking(["alien", "the-matrix"]), &Request::default())? {
        println!("{:>7.3}  {}", one.score, fitted.descriptions.title(one.item));
    }
    Ok(())
}
