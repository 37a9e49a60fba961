//! The longest profiles and answers, on a large catalogue: without the bounds that are promised they would take minutes.

#![cfg(not(target_arch = "wasm32"))]

use foldin_core::linalg::{QuantisedRows, QuantisedValues, SparseRows};
use foldin_core::model::ranker::{Blend, N_FEATURES, Node, Trees};
use foldin_core::model::{
    About, Catalogue, CatalogueItem, Content, Factors, ItemLists, ItemScores, LossWeights, Model, Popularity, Ranker,
    RatingModel, Weighting,
};
use foldin_core::{ItemIdx, MOST_REASONS, Profile, Recommender, Request, Signal, Source, Strategy, WITH_REASONS};

const N_ITEMS: u64 = 62_000;
const N_LIKES: u64 = 10_000;
const N_FACTORS: u64 = 64;
const N_TREES: u64 = 300;

/// SplitMix64 (Steele, Lea and Flood 2014).
fn hashed(number: u64) -> u64 {
    let mut z = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// -1 to 1.
fn number(seed: u64, n: u64) -> f32 {
    (hashed((seed << 40) + n) % 2049) as f32 / 1024.0 - 1.0
}

fn numbers(seed: u64, n: u64) -> Vec<f32> {
    (0..n).map(|n| number(seed, n)).collect()
}

/// Rows of `n` entries, more of them in the first columns.
fn sparse(seed: u64, n: u64, n_columns: u64) -> SparseRows {
    let row = |row: u64| {
        let number = |place: u64| hashed((seed << 40) + row * 256 + place);
        let column = |place: u64| (number(place) % n_columns) * (number(place + 128) % 1024) / 1024;
        let columns: std::collections::BTreeSet<u64> = (0..n).map(column).collect();
        columns
            .into_iter()
            .map(|column| (column as u32, 0.1 + (number(column) % 90) as f32 / 100.0))
            .collect::<Vec<_>>()
    };
    SparseRows::quantise((0..N_ITEMS).map(row))
}

fn grown(n: u64, depth: u64) -> Node {
    if depth == 0 {
        return Node::Leaf(number(1, n));
    }
    let below = |side| Box::new(grown(2 * n + side, depth - 1));
    let feature = (hashed(n) % N_FEATURES as u64) as usize;
    Node::Split { feature, threshold: number(2, n % 40), left: below(0), right: below(1) }
}

/// A model with everything in it, as large ones are.
fn recommender() -> Recommender {
    let item = |n: u64| CatalogueItem {
        id: format!("item-{n}"),
        likes: (20_000 / (n + 10)) as u32 + 1,
        year: Some(1950 + (n * 7 % 75) as i32),
        genres: vec![format!("genre {}", n % 20)],
    };
    let about = About { n_users: 20_000, like_threshold: Some(4.0), ..About::default() };
    let mut model = Model::new(about, Catalogue::new((0..N_ITEMS).map(item).collect()));
    let rows = QuantisedRows::quantise(&numbers(3, N_ITEMS * N_FACTORS), N_FACTORS as usize);
    let weights = LossWeights { alpha0: 0.1, reg: 0.01, nu: 1.0, like_weight: 1.0 };
    model.factors = Some(Factors::of_loss(rows.clone(), weights));
    let lists = |seed, n| Some(ItemLists { rows: sparse(seed, n, N_ITEMS), weighting: Weighting::default() });
    (model.neighbours, model.ease, model.sequence) = (lists(4, 50), lists(5, 50), lists(6, 30));
    model.content = Some(Content::new(sparse(7, 12, 20_000)));
    let scores = |seed| Some(ItemScores::quantise(&numbers(seed, N_ITEMS).iter().map(|n| n + 1.0).collect::<Vec<_>>()));
    model.popularity = Some(Popularity { recent: scores(8), mean_ratings: scores(9) });
    model.rating_model = Some(RatingModel {
        mean: 3.5,
        range: (0.5, 5.0),
        biases: QuantisedValues::quantise(&numbers(10, N_ITEMS)),
        rows,
        uncertainties: QuantisedValues::quantise(&vec![1.0; N_ITEMS as usize]),
        variances: vec![0.1; N_FACTORS as usize],
        regs: vec![3.0; N_FACTORS as usize + 1],
    });
    let trees = (0..N_TREES).map(|n| grown(n * 64 + 1, 5)).collect::<Vec<_>>();
    model.ranker = Some(Ranker { blend: Blend::default(), trees: Some(Trees::new(&trees)) });
    Recommender::new(model)
}

#[test]
fn ten_thousand_likes_and_a_million_items_asked_for_are_answered_within_the_promised_bounds() {
    let recommender = recommender();
    let id = |n: u64| format!("item-{}", n * 37 % N_ITEMS);
    let likes = Profile::liking((0..N_LIKES).map(id));
    let mut rated = Profile::new();
    (0..N_LIKES).for_each(|n| rated.push(id(n), Signal::Stars((n % 10) as f32 / 2.0)));
    for profile in [&likes, &rated] {
        for (k, diversity) in [(10, 1.0), (1_000_000, 0.0), (usize::MAX, 0.5)] {
            for strategy in [Strategy::Hybrid, Strategy::Only(Source::Content)] {
                let request = Request { k, diversity, strategy, ..Request::default() };
                let answer = recommender.recommend(profile, &request).unwrap();
                assert_eq!(answer.len(), k.min((N_ITEMS - N_LIKES) as usize));
                assert!(!answer[0].because.is_empty());
                assert!(answer.iter().all(|one| one.because.len() <= MOST_REASONS));
                assert!(answer.iter().skip(WITH_REASONS).all(|one| one.because.is_empty()));
            }
        }
        let item = recommender.model().catalogue.id(ItemIdx(11));
        recommender.explain(profile, item, &Request { k: 1_000_000, ..Request::default() }).unwrap();
    }
}
