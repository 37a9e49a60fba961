//! Systems: what is measured beside each other, from one model. Learn, encode, decode, recommend, measure: whoever
//! needs figures of a model takes this way, so that they are those of the bytes that ship.

use foldin_core::model::Model;
use foldin_core::{Recommender, RequestError, Source, Strategy, file};

use super::facts::ItemFacts;
use super::lists::{DEPTH, ScoredList, items_of, random, recommended};
use super::metrics::{Measured, measure};
use crate::dataset::Dataset;
use crate::split::HeldOut;

/// A recommender over the model as it will be shipped: encoded, and decoded again.
///
/// # Errors
/// Where the model's own reader refuses what was written: the model is larger than a file can hold, or not sound.
pub fn as_shipped(model: &Model) -> Result<Recommender, file::FileError> {
    Ok(Recommender::new(file::read_score(file::write_score(model).into())?))
}

/// One way to make lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// One strategy for everybody.
    Only(Strategy),
    /// Items by chance.
    Random,
}

/// What visitors get: candidates of all sources, in the order of the ranker.
pub const FOLDIN: System = System::Only(Strategy::Hybrid);

/// What everybody likes: every figure stands beside it.
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

    /// The system of this name. Foldin and popularity are also known by the names of their strategies.
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

    /// What visitors get, the sources, then popularity and chance, each once.
    pub fn beside(sources: impl IntoIterator<Item = Strategy>) -> Vec<Self> {
        let mut systems = vec![FOLDIN];
        for system in sources.into_iter().map(System::Only) {
            if system != POPULARITY && !systems.contains(&system) {
                systems.push(system);
            }
        }
        systems.extend([POPULARITY, System::Random]);
        systems
    }

    /// All that a model has: what visitors get, every source alone, popularity and chance.
    pub fn all(model: &Model) -> Vec<Self> {
        System::beside(Strategy::ALL.into_iter().filter(|&strategy| System::Only(strategy).is_in(model)))
    }
}

/// What systems are asked: lists for these users, from this model.
#[derive(Debug, Clone, Copy)]
pub struct Task<'a> {
    /// The model, as it ships.
    pub recommender: &'a Recommender,
    /// The data set that users and items are counted in.
    pub dataset: &'a Dataset,
    /// The users.
    pub held_out: &'a [HeldOut],
    /// What variety needs to know.
    pub facts: &'a ItemFacts,
    /// How long the lists are; shorter ones than [`DEPTH`] take less time and have no figures beyond.
    pub k: usize,
    /// Start of the random numbers of [`System::Random`].
    pub seed: u64,
}

/// What a system recommended, and what it is worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// The system.
    pub system: System,
    /// One list a user.
    pub lists: Vec<ScoredList>,
    /// The figures of the lists.
    pub measured: Measured,
}

/// Users that are asked about between two words of progress.
const CHUNK: usize = 250;

/// The figures of several systems, in parallel over users; `progress` is called now and then with the number of lists
/// that are done, of as many as users times systems.
///
/// # Errors
/// What the recommender answers with, for instance for a source that the model does not have.
pub fn figures(
    task: &Task<'_>,
    systems: &[System],
    mut progress: impl FnMut(usize),
) -> Result<Vec<Figures>, RequestError> {
    let n_users = task.held_out.len();
    let of_system = |(n, &system): (usize, &System)| {
        let strategy = match system {
            System::Only(strategy) => strategy,
            System::Random => {
                let lists = random(task.facts, task.held_out, task.seed, task.k);
                progress((n + 1) * n_users);
                return Ok(measured(task, system, lists));
            }
        };
        let mut lists = Vec::with_capacity(n_users);
        for users in task.held_out.chunks(CHUNK) {
            lists.extend(recommended(task.recommender, task.dataset, users, strategy, task.k)?);
            progress(n * n_users + lists.len());
        }
        Ok(measured(task, system, lists))
    };
    systems.iter().enumerate().map(of_system).collect()
}

fn measured(task: &Task<'_>, system: System, lists: Vec<ScoredList>) -> Figures {
    let measured = measure(&items_of(&lists), task.held_out, task.facts);
    Figures { system, lists, measured }
}

impl<'a> Task<'a> {
    /// Lists as long as the deepest cutoff needs.
    pub fn new(
        recommender: &'a Recommender,
        dataset: &'a Dataset,
        held_out: &'a [HeldOut],
        facts: &'a ItemFacts,
    ) -> Self {
        Task { recommender, dataset, held_out, facts, k: DEPTH, seed: 7 }
    }
}

#[cfg(test)]
mod tests {
    use foldin_core::model::{About, Catalogue, CatalogueItem};

    use super::*;
    use crate::evaluate::Metric;
    use crate::split::Shown;

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
    fn popularity_and_chance_stand_once_and_last() {
        let [popular, ease] = [Source::Popular, Source::Ease].map(Strategy::Only);
        assert_eq!(System::beside([]), [FOLDIN, POPULARITY, System::Random]);
        assert_eq!(System::beside([ease, popular]), [FOLDIN, only(Source::Ease), POPULARITY, System::Random]);
        assert_eq!(System::beside([ease, ease]), [FOLDIN, only(Source::Ease), POPULARITY, System::Random]);
        let model = Model::new(About::default(), Catalogue::new(Vec::new()));
        assert_eq!(System::all(&model), [FOLDIN, POPULARITY, System::Random]);
        assert!(POPULARITY.is_in(&model) && !only(Source::Factors).is_in(&model));
    }

    #[test]
    fn figures_are_those_of_the_lists_and_progress_reaches_the_end() {
        let ids = ["a", "b", "c", "d"];
        let items =
            (0..).zip(ids).map(|(n, id)| CatalogueItem { id: id.to_owned(), likes: 9 - n, ..Default::default() });
        let recommender = as_shipped(&Model::new(About::default(), Catalogue::new(items.collect()))).unwrap();
        let dataset = Dataset { items: ids.map(Box::from).into_iter().collect(), ..Dataset::default() };
        let shown = vec![Shown { item: 0, rating: 1.0 }];
        let held_out = vec![HeldOut { user: 0, shown, relevant: vec![2] }; 300];
        let facts =
            ItemFacts { likes: vec![9, 8, 7, 6], most_popular: (0..4).collect(), n_users: 9, about: vec![vec![]; 4] };
        let mut done = Vec::new();
        let task = Task::new(&recommender, &dataset, &held_out, &facts);
        let all = figures(&task, &[POPULARITY, System::Random], |n| done.push(n)).unwrap();
        assert_eq!(done, [250, 300, 600]);
        assert_eq!(all[0].lists[299].iter().map(|one| one.0).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(all[0].measured.metrics.get(Metric::Mrr, 10), Some(0.5));
        assert_eq!((all[1].lists.len(), all[1].lists[0].len()), (300, 3));
        assert!(figures(&task, &[only(Source::Factors)], |_| {}).is_err());
    }
}
