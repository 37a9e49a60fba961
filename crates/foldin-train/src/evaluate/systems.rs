//! Systems: what is measured beside each other, from one model.

use foldin_core::model::Model;
use foldin_core::{Source, Strategy};
use foldin_data::ItemNo;
use foldin_data::split::HeldOut;
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use super::EvaluateError;
use super::facts::ItemFacts;
use super::measure::{Measured, measure};
use super::metric::CUTOFFS;
use super::shipped::{ScoredList, ShippedModel, items_of};
use crate::cancel::Cancelled;

/// As many items per user as the deepest cutoff counts.
pub const DEPTH: usize = CUTOFFS[CUTOFFS.len() - 1];

/// One way to make lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// One strategy for everybody.
    Only(Strategy),
    /// Random items.
    Random,
}

/// What visitors get: candidates of all sources, in the order of the ranker.
pub const FOLDIN: System = System::Only(Strategy::Hybrid);

/// The most liked items: every metric is given beside theirs.
pub const POPULARITY: System = System::Only(Strategy::Only(Source::Popular));

impl System {
    /// The name in tables: `foldin`, `random`, `popularity` or that of the strategy.
    pub fn name(self) -> &'static str {
        match self {
            FOLDIN => "foldin",
            POPULARITY => "popularity",
            System::Only(strategy) => strategy.name(),
            System::Random => "random",
        }
    }

    /// The system with this name. Foldin and popularity are also known by the names of their strategies.
    pub fn from_name(name: &str) -> Option<Self> {
        let named = [FOLDIN, POPULARITY, System::Random].into_iter().find(|system| system.name() == name);
        named.or_else(|| Strategy::from_name(name).map(System::Only))
    }

    /// Every name, as messages list them.
    pub fn names() -> Vec<&'static str> {
        let sources = Source::ALL.into_iter().map(Source::name);
        [FOLDIN.name()].into_iter().chain(sources).chain([System::Random.name()]).collect()
    }

    /// Whether a model has what the system needs.
    pub fn is_in(self, model: &Model) -> bool {
        match self {
            System::Only(Strategy::Only(source)) => model.has(source),
            _ => true,
        }
    }

    /// What visitors get, the given strategies, then popularity and random items, each once.
    pub fn beside(strategies: impl IntoIterator<Item = Strategy>) -> Vec<Self> {
        let mut systems = vec![FOLDIN];
        for system in strategies.into_iter().map(System::Only) {
            if system != POPULARITY && !systems.contains(&system) {
                systems.push(system);
            }
        }
        systems.extend([POPULARITY, System::Random]);
        systems
    }

    /// All that a model has: what visitors get, every source alone, popularity and random items.
    pub fn all(model: &Model) -> Vec<Self> {
        System::beside(Strategy::ALL.into_iter().filter(|&strategy| System::Only(strategy).is_in(model)))
    }
}

/// Whom systems are asked about: lists for these users, from this model.
#[derive(Debug, Clone, Copy)]
pub struct Evaluation<'a> {
    /// The model.
    pub model: &'a ShippedModel<'a>,
    /// The users.
    pub held_out: &'a [HeldOut],
    /// What the metrics of variety need to know.
    pub facts: &'a ItemFacts,
    /// The length of the lists; shorter ones than [`DEPTH`] take less time and have no metrics beyond.
    pub k: usize,
    /// Seed of [`System::Random`] and of intervals.
    pub seed: u64,
}

impl<'a> Evaluation<'a> {
    /// Lists as long as the deepest cutoff needs.
    pub fn new(model: &'a ShippedModel<'a>, held_out: &'a [HeldOut], facts: &'a ItemFacts, seed: u64) -> Self {
        Evaluation { model, held_out, facts, k: DEPTH, seed }
    }
}

/// What a system recommended, and how good it is.
#[derive(Debug, Clone, PartialEq)]
pub struct SystemResult {
    /// The system.
    pub system: System,
    /// One list per user.
    pub lists: Vec<ScoredList>,
    /// The metrics of the lists.
    pub measured: Measured,
}

/// Users between two calls of progress.
const CHUNK: usize = 250;

/// Measures several systems, in parallel over users; `progress` is called now and then with the number of lists that
/// are done, of as many as users times systems.
///
/// # Errors
/// [`EvaluateError`]: the model lacks a source, for instance, or `progress` cancels.
pub fn measure_systems(
    evaluation: &Evaluation<'_>,
    systems: &[System],
    mut progress: impl FnMut(usize) -> Result<(), Cancelled>,
) -> Result<Vec<SystemResult>, EvaluateError> {
    let Evaluation { model, held_out, facts, k, seed } = *evaluation;
    let result = |(n, &system): (usize, &System)| {
        let lists = match system {
            System::Only(strategy) => {
                let mut lists = Vec::with_capacity(held_out.len());
                for users in held_out.chunks(CHUNK) {
                    lists.extend(model.recommend_all(users, strategy, k)?);
                    progress(n * held_out.len() + lists.len())?;
                }
                lists
            }
            System::Random => {
                let lists = random(facts, held_out, seed, k);
                progress((n + 1) * held_out.len())?;
                lists
            }
        };
        let measured = measure(&items_of(&lists), held_out, facts);
        Ok(SystemResult { system, lists, measured })
    };
    systems.iter().enumerate().map(result).collect()
}

/// `k` random items of the catalogue for every user, none of them shown.
fn random(facts: &ItemFacts, held_out: &[HeldOut], seed: u64, k: usize) -> Vec<ScoredList> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut catalogue = facts.most_popular.clone();
    let mut draw = |one: &HeldOut| {
        // As many more as may have to be left out again.
        let n_drawn = (k + one.shown.len()).min(catalogue.len());
        let drawn = catalogue.partial_shuffle(&mut rng, n_drawn).0;
        let is_shown = |item: &ItemNo| one.shown.iter().any(|shown| shown.item == *item);
        drawn.iter().filter(|item| !is_shown(item)).take(k).map(|&item| (item, 0.0)).collect()
    };
    held_out.iter().map(&mut draw).collect()
}

#[cfg(test)]
mod tests {
    use foldin_core::model::{About, Catalogue, CatalogueItem};
    use foldin_data::Dataset;
    use foldin_fixtures::held_out;

    use super::*;
    use crate::evaluate::Metric;

    fn only(source: Source) -> System {
        System::Only(Strategy::Only(source))
    }

    #[test]
    fn every_system_is_found_by_its_name() {
        for name in System::names() {
            let system = System::from_name(name).unwrap();
            assert!(system.name() == name || system == POPULARITY, "{name}");
        }
        assert_eq!(System::from_name("popularity"), Some(POPULARITY));
        assert_eq!(System::from_name("popular"), Some(POPULARITY));
        assert_eq!(System::from_name("best"), None);
    }

    #[test]
    fn popularity_and_random_items_come_once_and_last() {
        let [popular, ease] = [Source::Popular, Source::Ease].map(Strategy::Only);
        assert_eq!(System::beside([]), [FOLDIN, POPULARITY, System::Random]);
        assert_eq!(System::beside([ease, popular]), [FOLDIN, only(Source::Ease), POPULARITY, System::Random]);
        assert_eq!(System::beside([ease, ease]), [FOLDIN, only(Source::Ease), POPULARITY, System::Random]);
        let model = Model::new(About::default(), Catalogue::new(Vec::new()));
        assert_eq!(System::all(&model), [FOLDIN, POPULARITY, System::Random]);
        assert!(POPULARITY.is_in(&model) && !only(Source::Factors).is_in(&model));
    }

    #[test]
    fn metrics_are_those_of_the_lists_and_progress_reaches_the_end() {
        let ids = ["a", "b", "c", "d"];
        let items =
            (0..).zip(ids).map(|(n, id)| CatalogueItem { id: id.to_owned(), likes: 9 - n, ..Default::default() });
        let model = Model::new(About::default(), Catalogue::new(items.collect()));
        let dataset = Dataset { items: ids.map(Box::from).into_iter().collect(), ..Dataset::default() };
        let shipped = ShippedModel::new(&model, &dataset).unwrap();
        let users = vec![held_out(0, &[0], &[2]); 300];
        let facts = ItemFacts {
            likes: vec![9, 8, 7, 6],
            most_popular: (0..4).map(ItemNo).collect(),
            n_users: 9,
            about: vec![vec![]; 4],
        };
        let evaluation = Evaluation::new(&shipped, &users, &facts, 7);
        let mut done = Vec::new();
        let all = measure_systems(&evaluation, &[POPULARITY, System::Random], |n| {
            done.push(n);
            Ok(())
        });
        let all = all.unwrap();
        assert_eq!(done, [250, 300, 600]);
        assert_eq!(all[0].lists[299].iter().map(|one| one.0.0).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(all[0].measured.metrics.get(Metric::Mrr, 10), Some(0.5));
        assert_eq!((all[1].lists.len(), all[1].lists[0].len()), (300, 3));
        assert!(measure_systems(&evaluation, &[only(Source::Factors)], |_| Ok(())).is_err());
        let cancelled = measure_systems(&evaluation, &[POPULARITY], |_| Err(Cancelled));
        assert_eq!(cancelled, Err(EvaluateError::Cancelled(Cancelled)));
    }
}
