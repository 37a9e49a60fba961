//! Writes a model folder of made-up items, to time what large catalogues take:
//! `synthetic-model DIR [ITEMS] [FACTORS]`.
//!
//! Nothing is learned. Factors are uniform numbers; each item has a list of 50 neighbours and 8 terms of content, both
//! drawn so that popular ones come up more often, as in real data. Every run writes the same bytes.

use std::collections::BTreeSet;
use std::path::Path;

use foldin_core::linalg::{QuantisedRows, SparseRows};
use foldin_core::model::{
    About, Catalogue, CatalogueItem, Content, Damping, Descriptions, Eighths, Factors, ItemLists, LossWeights, Model,
    Weighting,
};
use foldin_store::{Encoded, VersionArtefacts, lock, write};
use foldin_train::learn::map::{MapSettings, map};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

const NEIGHBOURS: usize = 50;
const TERMS: usize = 8;
const VOCABULARY: usize = 20_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("name a folder to write to")?;
    let n_items = arguments.next().map_or(Ok(62_000), |text| text.parse())?;
    let n_factors = arguments.next().map_or(Ok(64), |text| text.parse())?;
    let (model, descriptions) = synthetic(n_items, n_factors, &mut ChaCha8Rng::seed_from_u64(42));
    let encoded = Encoded::new(foldin_core::file::write_score(&model).into(), &descriptions, None);
    write(&lock(Path::new(&folder), || {})?, &model, &encoded, None, &VersionArtefacts::default())?;
    Ok(())
}

fn synthetic(n_items: usize, n_factors: usize, random: &mut ChaCha8Rng) -> (Model, Descriptions) {
    let item = |n: usize| CatalogueItem {
        id: format!("item-{n}"),
        likes: (20_000 / (n + 10)) as u32 + 1,
        year: Some(1950 + (n * 7 % 75) as i32),
        genres: vec![format!("Genre {}", n % 20)],
    };
    let catalogue = Catalogue::new((0..n_items).map(item).collect());
    let titles: Vec<&str> = catalogue.items().map(|item| catalogue.id(item)).collect();
    let descriptions = Descriptions::new(&catalogue, &titles, &vec![Vec::new(); n_items]);
    let about = About { data: "synthetic".to_owned(), simulated: true, n_users: 100_000, ..About::default() };
    let factors: Vec<f32> = (0..n_items * n_factors).map(|_| random.random_range(-0.25..0.25)).collect();
    let neighbours = (0..n_items).map(|_| sparse_row(NEIGHBOURS, n_items, random)).collect::<Vec<_>>();
    let terms = (0..n_items).map(|_| sparse_row(TERMS, VOCABULARY, random)).collect::<Vec<_>>();
    let weighting = Weighting { damping: vec![Damping { from: 5, exponent: Eighths(4) }], ..Weighting::default() };
    let weights = LossWeights { alpha0: 0.1, reg: 0.01, nu: 1.0, like_weight: 1.0 };
    let model = Model {
        factors: Some(Factors::of_loss(QuantisedRows::quantise(&factors, n_factors), weights)),
        neighbours: Some(ItemLists { rows: SparseRows::quantise(neighbours), weighting }),
        content: Some(Content::new(SparseRows::quantise(terms))),
        ..Model::new(about, catalogue)
    };
    let map = map(&model, &MapSettings::default()).expect("there are factors");
    (model, descriptions.with_map(map))
}

/// `n_entries` of `n_columns`, or all of them, the first ones more often, with values from 0.01 to 1.
fn sparse_row(n_entries: usize, n_columns: usize, random: &mut ChaCha8Rng) -> Vec<(u32, f32)> {
    let mut columns = BTreeSet::new();
    while columns.len() < n_entries.min(n_columns) {
        let even: f64 = random.random();
        columns.insert((even * even * n_columns as f64) as u32);
    }
    columns.into_iter().map(|column| (column, random.random_range(0.01..1.0))).collect()
}
