//! Prints the pages to read after each page of a built website: `cargo run -p foldin-site --example related -- FOLDER`.

use std::error::Error;
use std::path::PathBuf;

use foldin_core::Recommender;
use foldin_site::pages::read_pages;
use foldin_site::related::related;
use foldin_site::{counts::Counts, dataset, settings};
use foldin_train::fit::{Event, fit};

fn main() -> Result<(), Box<dyn Error>> {
    let folder: PathBuf = std::env::args().nth(1).unwrap_or_else(|| "public".to_owned()).into();
    let pages = read_pages(&folder, None, "foldin")?;
    let dataset = dataset("site", &pages, &[], &Counts::default());
    let fitted = fit(&dataset, &settings::settings(), &mut |_: Event<'_>| Ok(()))?;
    let lists = related(&Recommender::new(fitted.model), &pages, 6, None)?;
    for (page, others) in pages.pages.iter().zip(&lists) {
        println!("{}", page.path);
        others.iter().for_each(|&other| println!("    {}  {}", pages.pages[other].path, pages.pages[other].title));
    }
    Ok(())
}
