//! A small data set as the files that a person has, and what a training makes of it, for native code and for wasm.

use std::fmt::Write;

use foldin_core::{Profile, Recommender, Request, file};
use foldin_train::artefacts::MetricsSummary;
use foldin_train::config::{Config, parse};
use foldin_train::fit::fit;
use foldin_wasm_train::door;

/// Users, and items per taste: most users like what is of their own.
const N_USERS: u64 = 600;
const N_TASTES: u64 = 4;
const N_PER_TASTE: u64 = 15;
const N_RATED: u64 = 12;

/// SplitMix64 (Steele, Lea and Flood 2014).
fn hashed(number: u64) -> u64 {
    let mut z = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// `events.csv`: ratings with times.
pub(crate) fn events() -> String {
    let mut csv = "userId,movieId,rating,timestamp\n".to_owned();
    for user in 0..N_USERS {
        for n in 0..N_RATED {
            let chance = hashed(user * 1000 + n);
            let is_own = chance % 10 < 8;
            let taste = if is_own { user % N_TASTES } else { (chance >> 8) % N_TASTES };
            // The first items of a taste are the better known.
            let item = taste * N_PER_TASTE + ((chance >> 16) % N_PER_TASTE).min((chance >> 32) % N_PER_TASTE);
            let rating = if is_own { 4 + (chance >> 40) % 2 } else { 1 + (chance >> 40) % 4 };
            writeln!(csv, "u{user},m{item},{rating},{}", 1_600_000_000 + user * 86_400 + n * 60).unwrap();
        }
    }
    csv
}

/// `items.csv`: titles, years and genres.
pub(crate) fn items() -> String {
    let mut csv = "movieId,title,genres\n".to_owned();
    for item in 0..N_TASTES * N_PER_TASTE {
        writeln!(csv, "m{item},Film {item} ({}),Genre {}", 1980 + item % 40, item / N_PER_TASTE).unwrap();
    }
    csv
}

/// Without a search, whose choice among near equals differs between processors.
const SETTINGS: &str = "[als]\nfactors = 16\n[ranker]\nkind = \"blend\"\n";

/// What is compared of a training: metrics by their names, and lists by their profiles.
#[derive(Debug, PartialEq)]
pub(crate) struct Outcome {
    pub metrics: Vec<(String, f64)>,
    pub lists: Vec<Vec<String>>,
}

/// What the recipe makes of the data here.
pub(crate) fn trained() -> Outcome {
    let config: Config = parse("settings", SETTINGS).unwrap();
    let files = vec![("events.csv".to_owned(), events().into_bytes()), ("items.csv".to_owned(), items().into_bytes())];
    let (dataset, report) = door::read("films".to_owned(), files, Some("items.csv"), &config).unwrap();
    let fitted = fit(&dataset, &config, &mut ()).unwrap();
    let metadata = door::metadata(&dataset, &fitted, 1_700_000_000.5);
    assert_eq!((metadata.started_at.as_str(), metadata.trained_at), ("2023-11-14T22:13:20Z", 1_700_000_000));
    let version = door::version(&dataset, &report, &config, &fitted, metadata).unwrap();
    assert_eq!(fitted.doubts(&dataset, Some(&report), None), []);
    outcome(&version.files, &fitted.metrics.map(|metrics| metrics.summary).unwrap_or_default())
}

fn outcome(files: &[(String, impl AsRef<[u8]>)], summary: &MetricsSummary) -> Outcome {
    let score = files.iter().find(|(name, _)| name.starts_with("score-")).expect("there is a score file");
    let model = file::read_score(&score.1.as_ref().to_vec().into()).unwrap();
    let recommender = Recommender::new(model);
    let list = |item: u64| {
        let profile = Profile::liking([format!("m{item}"), format!("m{}", item + 1)]);
        let answer = recommender.recommend(&profile, &Request { k: 5, ..Request::default() }).unwrap();
        answer.iter().map(|one| recommender.id(one.item).to_owned()).collect()
    };
    let lists = (0..N_TASTES).flat_map(|taste| (0..5).map(move |n| taste * N_PER_TASTE + 2 * n)).map(list).collect();
    let named = |name: &str, value: f64| (name.to_owned(), value);
    let metrics = vec![
        named("ndcg@10", summary.foldin.ndcg_at_10),
        named("recall@20", summary.foldin.recall_at_20),
        named("popularity", summary.popularity.ndcg_at_10),
    ];
    Outcome { metrics, lists }
}

/// What native code made of the data when it was written down.
pub(crate) fn expected(text: &str) -> Outcome {
    let (metrics, lists) = text.split_once("\n\n").expect("metrics, an empty line, lists");
    let metric = |line: &str| {
        let (name, value) = line.split_once(' ').expect("a name and a value");
        (name.to_owned(), value.parse().expect("a number"))
    };
    Outcome {
        metrics: metrics.lines().map(metric).collect(),
        lists: lists.lines().map(|line| line.split(' ').map(str::to_owned).collect()).collect(),
    }
}

/// The bytes are not the same on all processors: they add in different orders, and so do wasm's vectors. Values differ by
/// less than this, and of the recommendations hardly any.
const MOST_DIFFERENCE: f64 = 0.02;
const LEAST_SAME: f64 = 0.9;

/// Panics where two outcomes are not as good as the same.
pub(crate) fn assert_as_good_as_same(found: &Outcome, expected: &Outcome) {
    for ((name, found), (_, expected)) in found.metrics.iter().zip(&expected.metrics) {
        assert!((found - expected).abs() < MOST_DIFFERENCE, "{name} is {found}; natively it was {expected}");
    }
    let (mut same, mut all) = (0, 0);
    for (found, expected) in found.lists.iter().zip(&expected.lists) {
        same += found.iter().filter(|id| expected.contains(id)).count();
        all += expected.len();
    }
    assert!(all > 0 && found.lists.len() == expected.lists.len());
    let share = f64::from(same as u32) / f64::from(all as u32);
    assert!(share >= LEAST_SAME, "{share:.3} of the recommendations are those of native code; expected {LEAST_SAME}");
}
