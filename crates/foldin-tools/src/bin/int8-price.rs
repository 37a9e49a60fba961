//! What rounding to int8 costs: the model that ships against the same factors and lists in f32, on the validation users
//! of `strong`. `int8-price DATA`, for `scripts/bench int8`.
//!
//! Both learn once. The model's side is asked through the recommender, from the encoded bytes; the other side is written
//! out here in f64: the normal equations of a visitor, and sums of list entries.

use std::error::Error;
use std::path::Path;

use foldin_core::model::{Catalogue, LossWeights, Weighting};
use foldin_core::{Source, Strategy};
use foldin_data::interactions::{Interactions, liked, renumbered};
use foldin_data::split::{Protocol, Shown, Split, SplitOptions, split};
use foldin_data::{ItemNo, Likes, ReadOptions, read};
use foldin_train::artefacts::Comparison;
use foldin_train::assemble::{TrainingData, assemble};
use foldin_train::config::Config;
use foldin_train::evaluate::{
    Evaluation, ItemFacts, Measured, Metric, ShippedModel, System, compare, measure, measure_systems,
};
use foldin_train::learn::als::{AlsSettings, als};
use foldin_train::learn::neighbours::unrounded;

const SEED: u64 = 7;
const K: usize = 10;

/// A list per user, by the places of items in the catalogue.
type Lists = Vec<Vec<u32>>;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("name a data set")?;
    let (dataset, _) = read(Path::new(&path), &ReadOptions::default())?;
    let threshold = Likes::Automatic.threshold(&dataset);
    let split = split(&dataset, Protocol::Strong, &SplitOptions { threshold, seed: SEED })?;
    let mut config = Config::default();
    config.train.sources = vec![Source::Factors, Source::Neighbours];
    config.train.stars = false;
    let model =
        assemble(TrainingData { dataset: &dataset, events: &split.train, threshold }, &config, |_| Ok(()))?.model;
    let shipped = ShippedModel::new(&model, &dataset)?;
    let catalogue = &model.catalogue;

    // The same likes, in the order of the catalogue: the same factors and lists come out again.
    let place = |id: &str| catalogue.find(id).expect("the catalogue is the data set's").0;
    let places: Vec<u32> = dataset.items.iter().map(|id| place(id)).collect();
    let n_liked = model.factors.as_ref().ok_or("nothing was learned")?.rows.n_rows();
    let likes = liked(&split.train, threshold, config.als.confidence, dataset.users.len(), dataset.items.len());
    let likes = renumbered(likes, &places, n_liked);
    let shown = shown(&split, &places);
    let by_factors = by_factors(&likes, &config.als, &shown)?;
    let rows = unrounded(&likes, &config.neighbours, config.privacy.min_support);
    let weighting = &model.neighbours.as_ref().ok_or("no lists were learned")?.weighting;
    let neighbours: Lists = shown.iter().map(|shown| by_lists(&rows, catalogue, weighting, shown)).collect();

    let facts = ItemFacts::new(&split.train, &dataset.catalogue);
    let evaluation = Evaluation { k: K, ..Evaluation::new(&shipped, &split.validation, &facts, SEED) };
    let systems = [Source::Factors, Source::Neighbours].map(|source| System::Only(Strategy::Only(source)));
    let mut item_at = vec![ItemNo(0); places.len()];
    places.iter().zip(0..).for_each(|(&place, item)| item_at[place as usize] = ItemNo(item));
    println!("{}: ndcg@{K} of {} validation users of strong, seed {SEED}", dataset.name, split.validation.len());
    for (shipped, lists) in
        measure_systems(&evaluation, &systems, |_| Ok(()))?.into_iter().zip([by_factors, neighbours])
    {
        let items = |list: &Vec<u32>| list.iter().map(|&place| item_at[place as usize]).collect();
        let lists: Vec<Vec<ItemNo>> = lists.iter().map(items).collect();
        let common = shipped.lists.iter().zip(&lists).map(|(a, b)| a.iter().filter(|one| b.contains(&one.0)).count());
        let common = common.sum::<usize>() as f64 / (K * lists.len()) as f64;
        let exact = measure(&lists, &split.validation, &facts);
        let ndcg = |measured: &Measured| measured.metrics.get(Metric::Ndcg, K).unwrap_or(0.0);
        let Comparison { difference, low, high, .. } =
            compare(&shipped.measured, &exact, Metric::Ndcg, K, SEED).ok_or("no users")?;
        println!(
            "  {:<10}  f32 {:.5}  int8 {:.5}  difference {difference:+.5} ({low:+.5} to {high:+.5})  {:.1} % of the {K} in common",
            shipped.system.name(),
            ndcg(&exact),
            ndcg(&shipped.measured),
            100.0 * common,
        );
    }
    Ok(())
}

/// What each user shows, by place in the catalogue. All of it is liked.
fn shown(split: &Split, places: &[u32]) -> Vec<Vec<usize>> {
    let place = |one: &Shown| places[one.item.at()] as usize;
    split.validation.iter().map(|one| one.shown.iter().map(place).collect()).collect()
}

/// Lists by factors that were never rounded.
fn by_factors(likes: &Interactions, settings: &AlsSettings, shown: &[Vec<usize>]) -> Result<Lists, Box<dyn Error>> {
    let learned = als(likes, settings, |_| Ok(()))?;
    let items = learned.items.mapv(f64::from);
    let d = items.ncols();
    let LossWeights { alpha0, reg, nu, like_weight } = learned.weights;
    let gram = items.t().dot(&items) * f64::from(alpha0);
    let list = |shown: &Vec<usize>| {
        // (alpha0 YtY + sum c y yT + reg (n + alpha0 items)^nu I) x = sum c y
        let (mut a, mut b) = (gram.clone(), vec![0.0; d]);
        // An item that nobody liked has no factors.
        let known: Vec<usize> = shown.iter().copied().filter(|&item| item < items.nrows()).collect();
        for &item in &known {
            let y = items.row(item);
            for n in 0..d {
                b[n] += f64::from(like_weight) * y[n];
                (0..d).for_each(|m| a[[n, m]] += f64::from(like_weight) * y[n] * y[m]);
            }
        }
        let frequency = known.len() as f64 + f64::from(alpha0) * items.nrows() as f64;
        (0..d).for_each(|n| a[[n, n]] += f64::from(reg) * frequency.powf(f64::from(nu)));
        let x = solved(a, b);
        let score = |item: usize| items.row(item).iter().zip(&x).map(|(y, x)| y * x).sum();
        best(&(0..items.nrows()).map(score).collect::<Vec<f64>>(), shown)
    };
    Ok(shown.iter().map(list).collect())
}

/// Solves `a x = b` for a symmetric positive definite `a`, by Gaussian elimination.
fn solved(mut a: ndarray::Array2<f64>, mut b: Vec<f64>) -> Vec<f64> {
    let d = b.len();
    for n in 0..d {
        for row in n + 1..d {
            let factor = a[[row, n]] / a[[n, n]];
            (n..d).for_each(|column| a[[row, column]] -= factor * a[[n, column]]);
            b[row] -= factor * b[n];
        }
    }
    for n in (0..d).rev() {
        let known: f64 = (n + 1..d).map(|column| a[[n, column]] * b[column]).sum();
        b[n] = (b[n] - known) / a[[n, n]];
    }
    b
}

/// The best by entries of lists that were never rounded, all of a profile weighing the same.
fn by_lists(rows: &[Vec<(u32, f32)>], catalogue: &Catalogue, weighting: &Weighting, shown: &[usize]) -> Vec<u32> {
    let mut scores = vec![0.0; catalogue.len()];
    let entries = shown.iter().filter_map(|&item| rows.get(item)).flatten();
    entries.for_each(|&(column, value)| scores[column as usize] += f64::from(value));
    let eighths = f64::from(weighting.damping_for(shown.len()).0);
    for (item, score) in catalogue.items().zip(&mut scores) {
        *score /= f64::from(catalogue.likes(item).max(1)).powf(eighths / 8.0);
    }
    best(&scores, shown)
}

/// The places with the highest scores, but for those that are shown.
fn best(scores: &[f64], shown: &[usize]) -> Vec<u32> {
    let mut places: Vec<usize> = (0..scores.len()).filter(|place| !shown.contains(place)).collect();
    places.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
    places.into_iter().take(K).map(|place| place as u32).collect()
}
