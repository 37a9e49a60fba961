//! A model of some size and profiles of all lengths, the same bits on every platform: whole numbers from a simple
//! generator, divided by powers of two.
//!
//! The native test writes down what is recommended; the wasm test has to recommend the same.

use foldin_core::linalg::{QuantisedRows, QuantisedValues, SparseRows};
use foldin_core::model::ranker::{Blend, N_FEATURES, Node, Trees};
use foldin_core::model::transformer::{Block, Norm, Transformer};
use foldin_core::model::{
    About, Catalogue, CatalogueItem, Content, Damping, Descriptions, Eighths, Factors, ItemLists, ItemScores,
    LossWeights, Model, Popularity, Ranker, RatingModel, Weighting,
};
use foldin_core::{Profile, Request, Signal, Strategy};

const N_ITEMS: u64 = 1500;
const N_FACTORS: u64 = 32;
const RATING_FACTORS: u64 = 12;
const N_PROFILES: u64 = 1000;

/// SplitMix64 (Steele, Lea and Flood 2014).
fn hashed(number: u64) -> u64 {
    let mut z = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The model, with every part that a model can have.
pub fn model() -> (Model, Descriptions) {
    let items = (0..N_ITEMS).map(|n| CatalogueItem {
        id: format!("item-{n}"),
        likes: (N_ITEMS * 8 / (n + 1)) as u32,
        year: (n % 7 != 0).then_some(1920 + (n % 100) as i32),
        genres: vec![format!("genre {}", n % 11), format!("genre {}", n % 5)],
    });
    let catalogue = Catalogue::new(items.collect());
    let titles: Vec<String> = catalogue.items().map(|item| format!("Title of {}", catalogue.id(item))).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let descriptions = Descriptions::new(&catalogue, &titles, &vec![Vec::new(); titles.len()]);
    // Some structure: items of one cluster point the same way.
    let value = |n: u64| {
        let (item, factor) = (n / N_FACTORS, n % N_FACTORS);
        let common = (hashed(1_000_000 + (item % 13) * N_FACTORS + factor) % 513) as f32 - 256.0;
        let own = (hashed(n) % 513) as f32 - 256.0;
        (2.0 * common + own) / 2048.0
    };
    // The last items have no factors, as those that nobody has liked.
    let values: Vec<f32> = (0..(N_ITEMS - 100) * N_FACTORS).map(value).collect();
    let rows = QuantisedRows::quantise(&values, N_FACTORS as usize);
    let weights = LossWeights { alpha0: 0.125, reg: 0.015625, nu: 1.0, like_weight: 1.0 };
    let factors = Some(Factors::of_loss(rows, weights));
    let about = About { data: "parity".to_owned(), like_threshold: Some(4.0), ..About::default() };
    let mut model = Model { factors, ..Model::new(about, catalogue) };
    let damping = [(1, 0), (3, 2), (9, 5)].map(|(from, n)| Damping { from, exponent: Eighths(n) }).to_vec();
    model.neighbours = Some(lists(1, 0, Weighting { damping, ..Weighting::default() }));
    model.ease = Some(lists(2, 64, Weighting::default()));
    model.sequence = Some(lists(3, 0, Weighting { decay: 0.75, window: 20, damping: Vec::new() }));
    model.transformer = Some(transformer());
    model.content = Some(Content::new(sparse_rows(4, 0, 60)));
    let scores =
        |seed: u64| (0..N_ITEMS).map(|n| (hashed(seed * N_ITEMS + n) % 4096) as f32 / 16.0).collect::<Vec<_>>();
    let [recent, mean_ratings] = [5, 6].map(|seed| Some(ItemScores::quantise(&scores(seed))));
    model.popularity = Some(Popularity { recent, mean_ratings });
    model.ranker = Some(ranker());
    model.rating_model = Some(rating_model());
    (model, descriptions)
}

fn lists(seed: u64, below_zero: u64, weighting: Weighting) -> ItemLists {
    ItemLists { rows: sparse_rows(seed, below_zero, N_ITEMS), weighting }
}

/// Rows of up to 30 entries with values from `-below_zero / 256` to 1.
fn sparse_rows(seed: u64, below_zero: u64, n_columns: u64) -> SparseRows {
    let row = |n: u64| {
        let number = |place: u64| hashed((seed * N_ITEMS + n) * 64 + place);
        let columns: std::collections::BTreeSet<u64> =
            (0..number(63) % 30).map(|place| number(place) % n_columns).collect();
        let value = |column: u64| (hashed(seed + n * column) % (257 + below_zero)) as f32 - below_zero as f32;
        columns.into_iter().map(|column| (column as u32, value(column) / 256.0)).collect::<Vec<_>>()
    };
    SparseRows::quantise((0..N_ITEMS).map(row))
}

/// Ratings from a half to 5 stars, of all but the last items.
fn rating_model() -> RatingModel {
    let n_rows = N_ITEMS - 100;
    let number = |seed: u64, n: u64| (hashed((seed << 32) + n) % 513) as f32 / 512.0;
    let numbers = |seed: u64, n: u64| (0..n).map(|n| number(seed, n)).collect::<Vec<_>>();
    let around_zero = |seed: u64, n: u64| numbers(seed, n).iter().map(|value| value - 0.5).collect::<Vec<_>>();
    RatingModel {
        mean: 3.5,
        range: (0.5, 5.0),
        biases: QuantisedValues::quantise(&around_zero(13, n_rows)),
        rows: QuantisedRows::quantise(&around_zero(14, n_rows * RATING_FACTORS), RATING_FACTORS as usize),
        uncertainties: QuantisedValues::quantise(&numbers(15, n_rows)),
        variances: numbers(16, RATING_FACTORS),
        regs: vec![2.0; RATING_FACTORS as usize + 1],
    }
}

/// Two blocks of two heads, over all items but the last.
fn transformer() -> Transformer {
    const WIDTH: u64 = 16;
    let values = |seed: u64, n: u64| -> Vec<f32> {
        (0..n).map(|n| (hashed((seed << 32) + n) % 513) as f32 / 512.0 - 0.5).collect()
    };
    let rows =
        |seed: u64, n_rows: u64, n_cols: u64| QuantisedRows::quantise(&values(seed, n_rows * n_cols), n_cols as usize);
    let norm = |seed: u64| Norm {
        gain: values(seed, WIDTH).iter().map(|value| value + 1.0).collect(),
        bias: values(seed + 1, WIDTH),
    };
    let block = |seed: u64| Block {
        attention_norm: norm(seed),
        project: rows(seed + 2, 3 * WIDTH, WIDTH),
        output: rows(seed + 3, WIDTH, WIDTH),
        feed_norm: norm(seed + 4),
        expand: rows(seed + 6, 2 * WIDTH, WIDTH),
        expand_bias: values(seed + 7, 2 * WIDTH),
        contract: rows(seed + 8, WIDTH, 2 * WIDTH),
        contract_bias: values(seed + 9, WIDTH),
    };
    Transformer {
        items: rows(20, N_ITEMS - 100, WIDTH),
        positions: rows(21, 12, WIDTH),
        heads: 2,
        blocks: vec![block(30), block(40)],
        norm: norm(50),
    }
}

/// Weights of all features, and trees that ask for each.
fn ranker() -> Ranker {
    let number = |seed: u64, n: u64| (hashed((seed << 32) + n) % 513) as f32 / 256.0 - 1.0;
    let weights = |seed: u64| (0..N_FEATURES as u64).map(|n| number(seed, n)).collect();
    let tree = |tree: u64| grown(tree, 0, 4, &number);
    let trees: Vec<Node> = (0..40).map(tree).collect();
    Ranker { blend: Blend { weights: [7, 8, 11, 12].map(weights) }, trees: Some(Trees::new(&trees)) }
}

fn grown(tree: u64, place: u64, depth: u64, number: &dyn Fn(u64, u64) -> f32) -> Node {
    let n = 64 * tree + place;
    if depth == 0 {
        return Node::Leaf(number(9, n));
    }
    let below = |side| Box::new(grown(tree, 2 * place + side, depth - 1, number));
    let feature = (hashed(n) % N_FEATURES as u64) as usize;
    Node::Split { feature, threshold: number(10, n % 50), left: below(1), right: below(2) }
}

/// How profile `n` is answered: every strategy takes its turn, the hybrid every other time, now and then with diversity.
pub fn request(n: usize) -> Request {
    let strategy = if n.is_multiple_of(2) { Strategy::Hybrid } else { Strategy::ALL[n / 2 % Strategy::ALL.len()] };
    let diversity = if n.is_multiple_of(5) { 0.25 } else { 0.0 };
    // What is written down stays short.
    let k = if n < 300 { 10 } else { 3 };
    Request { k, strategy, diversity, ..Request::default() }
}

/// Profiles of 0 to 59 events, mostly likes.
pub fn profiles() -> Vec<Profile> {
    let profile = |n: u64| {
        let mut events: Vec<(String, Signal)> = (0..n % 60)
            .map(|event| {
                let number = hashed(n * 1000 + event);
                let signal = match number % 8 {
                    0 => Signal::Disliked,
                    1 => Signal::Seen,
                    2 => Signal::Stars((number / 8 % 6) as f32),
                    _ => Signal::Liked,
                };
                (format!("item-{}", hashed(number) % N_ITEMS), signal)
            })
            .collect();
        // In the order in which the module reads the lists of a profile: sums in another order differ in the last bit.
        events.sort_by_key(|(_, signal)| match signal {
            Signal::Seen => 0,
            Signal::Stars(_) => 1,
            Signal::Disliked => 2,
            Signal::Liked => 3,
        });
        let mut profile = Profile::new();
        events.into_iter().for_each(|(item, signal)| profile.push(item, signal));
        profile
    };
    (0..N_PROFILES).map(profile).collect()
}
