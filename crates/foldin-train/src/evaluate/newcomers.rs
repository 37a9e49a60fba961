//! Protocol `newcomers`: how soon recommendations are worth something to somebody who answers questions, by what is
//! asked.
//!
//! Newcomers are the held-out users of `strong`: of each, four fifths of the likes are what they can answer with, and
//! the others are the test. They are shown items, and tap those among them that they liked; what they did not tap says
//! nothing. After 5, 10, 20 and more items the taps are the profile, and the default recommendation is measured by
//! NDCG@10 on the test. Whoever has tapped nothing yet gets what is popular.
//!
//! What a newcomer could have answered with is never recommended, asked about or not: so the candidates are the same at
//! every point of every curve, and all curves end in the figure of `strong`, where everything is known.
//!
//! What is asked: `seeds`, one list for everybody, chosen before any answer; `seeds by page`, where every page of
//! [`PAGE`] items is chosen after the answers to those before; `popular`, the most liked items; `random`, items that
//! anybody liked, by chance, as the mean of [`RANDOM_LISTS`] lists.

use std::collections::HashSet;

use foldin_core::{ItemIdx, Profile, Request, RequestError};
use foldin_data::split::HeldOut;
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use serde::Serialize;

use super::EvaluateError;
use super::accuracy::mean_ndcg;
use super::intervals::{RESAMPLES, interval};
use super::shipped::{ShippedModel, items_of};
use crate::artefacts::Estimate;
use crate::cancel::Cancelled;
use crate::parallel::try_map;

/// After so many items that were shown there is a look at the profile; no more than the model has.
pub const QUESTIONS: [usize; 6] = [5, 10, 20, 40, 80, 160];

/// So many items are shown before the next ones are chosen, where they follow from answers.
pub const PAGE: usize = 10;

/// Lists by chance that are averaged.
pub const RANDOM_LISTS: u64 = 5;

/// The cutoff of the figures.
const K: usize = 10;

/// What was measured.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Newcomers {
    /// How many newcomers there are.
    pub users: usize,
    /// NDCG@10 before the first question.
    pub unknown: Estimate,
    /// NDCG@10 where everything that a newcomer could answer is known.
    pub known: Estimate,
    /// What is asked, in the order of columns: seeds, seeds by page, popular, random.
    pub asked: Vec<Asked>,
}

/// A way of asking, with what it leads to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Asked {
    /// Its name.
    pub name: &'static str,
    /// In the order of [`QUESTIONS`].
    pub points: Vec<Point>,
}

/// What so many questions lead to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Point {
    /// Items that were shown.
    pub questions: usize,
    /// How many of them a newcomer tapped, on average.
    pub likes: f64,
    /// NDCG@10.
    pub ndcg: Estimate,
    /// NDCG@10 less that of asking for popular items, user by user.
    pub over_popular: Estimate,
}

/// A mean over users with its 95 % interval.
fn estimate(per_user: &[f64], seed: u64) -> Estimate {
    let mean = per_user.iter().sum::<f64>() / per_user.len().max(1) as f64;
    Estimate::new(mean, Some(interval(per_user, seed, RESAMPLES)))
}

/// The way of asking that the others are compared with.
pub const POPULAR: &str = "popular";

/// The ways of asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Seeds,
    SeedsByPage,
    Popular,
    Random,
}

impl Way {
    const ALL: [Way; 4] = [Way::Seeds, Way::SeedsByPage, Way::Popular, Way::Random];

    fn name(self) -> &'static str {
        match self {
            Way::Seeds => "seeds",
            Way::SeedsByPage => "seeds by page",
            Way::Popular => POPULAR,
            Way::Random => "random",
        }
    }
}

/// How many likes a newcomer has given at a point, and NDCG@10.
type Reached = (f64, f64);

/// Asks newcomers, from one model.
struct Interview<'a> {
    model: &'a ShippedModel<'a>,
    questions: Vec<usize>,
}

/// Newcomers that are asked between two words of progress.
const CHUNK: usize = 100;

/// Asks newcomers, in parallel; `progress` is called now and then with the number of newcomers that are done, of as many
/// as users times the four ways of asking. `seed` starts what is drawn by chance, and the intervals.
///
/// # Errors
/// What the recommender answers with, for instance where the model is of another data set.
pub fn newcomers(
    model: &ShippedModel<'_>,
    held_out: &[HeldOut],
    seed: u64,
    mut progress: impl FnMut(usize) -> Result<(), Cancelled>,
) -> Result<Newcomers, EvaluateError> {
    let n_items = model.recommender().model().catalogue.len();
    let questions: Vec<usize> =
        QUESTIONS.into_iter().enumerate().filter(|&(n, q)| n == 0 || q <= n_items).map(|(_, q)| q).collect();
    let most = questions.last().copied().unwrap_or_default();
    let interview = Interview { model, questions };
    let mut of_ways: Vec<Vec<Vec<Reached>>> = Vec::new();
    for (n, way) in Way::ALL.into_iter().enumerate() {
        let lists = interview.lists(way, most, seed)?;
        let mut of_users = Vec::with_capacity(held_out.len());
        for users in held_out.chunks(CHUNK) {
            let of_user = |one: &HeldOut| match way {
                Way::SeedsByPage => interview.by_page(one, most),
                _ => interview.averaged(one, &lists),
            };
            of_users.extend(try_map(users, of_user)?);
            progress(n * held_out.len() + of_users.len())?;
        }
        of_ways.push(of_users);
    }
    let ndcg = |way: usize, point: usize| of_ways[way].iter().map(|points| points[point].1).collect::<Vec<f64>>();
    let popular = Way::ALL.iter().position(|&way| way == Way::Popular).expect("popular items are asked about");
    let point = |way: usize, point: usize| {
        let (values, beside) = (ndcg(way, point), ndcg(popular, point));
        let over: Vec<f64> = values.iter().zip(&beside).map(|(value, popular)| value - popular).collect();
        let likes = of_ways[way].iter().map(|points| points[point].0).sum::<f64>() / held_out.len().max(1) as f64;
        let questions = interview.questions[point];
        Point { questions, likes, ndcg: estimate(&values, seed), over_popular: estimate(&over, seed) }
    };
    let asked = |(n, way): (usize, &Way)| Asked {
        name: way.name(),
        points: (0..interview.questions.len()).map(|at| point(n, at)).collect(),
    };
    let by_all = |liked: fn(&HeldOut) -> usize| -> Result<Estimate, RequestError> {
        let of_user = |one: &HeldOut| interview.ndcg(one, &interview.ids(one)[..liked(one)]);
        Ok(estimate(&try_map(held_out, of_user)?, seed))
    };
    Ok(Newcomers {
        users: held_out.len(),
        unknown: by_all(|_| 0)?,
        known: by_all(|one| one.shown.len())?,
        asked: Way::ALL.iter().enumerate().map(asked).collect(),
    })
}

impl Interview<'_> {
    /// What is asked of everybody, in its order.
    fn lists(&self, way: Way, most: usize, seed: u64) -> Result<Vec<Vec<String>>, RequestError> {
        let recommender = self.model.recommender();
        let catalogue = &recommender.model().catalogue;
        let liked = || catalogue.items().filter(|&item| catalogue.likes(item) > 0);
        let id = |item: ItemIdx| catalogue.id(item).to_owned();
        Ok(match way {
            Way::Seeds => {
                let seeds = recommender.seeds(&Profile::new(), &Request { k: most, ..Request::default() })?;
                vec![seeds.into_iter().map(id).collect()]
            }
            Way::SeedsByPage => Vec::new(),
            Way::Popular => vec![liked().take(most).map(id).collect()],
            Way::Random => {
                let draw = |n| {
                    let mut items: Vec<_> = liked().collect();
                    let mut random = ChaCha8Rng::seed_from_u64(seed);
                    random.set_stream(n);
                    items.partial_shuffle(&mut random, most).0.iter().copied().map(id).collect()
                };
                (0..RANDOM_LISTS).map(draw).collect()
            }
        })
    }

    /// The items that a newcomer could answer with.
    fn ids(&self, one: &HeldOut) -> Vec<&str> {
        one.shown.iter().map(|shown| &*self.model.dataset().items[shown.item.at()]).collect()
    }

    /// What the default recommendation is worth to somebody who has tapped these.
    fn ndcg(&self, one: &HeldOut, taps: &[&str]) -> Result<f64, RequestError> {
        let exclude = self.ids(one).into_iter().map(str::to_owned).collect();
        let request = Request { k: K, exclude, reasons: false, ..Request::default() };
        let profile = Profile::liking(taps.iter().copied());
        let list = self.model.answer(&profile, &request)?;
        Ok(mean_ndcg(&items_of(&[list]), std::slice::from_ref(one), K))
    }

    /// Shows lists item by item, and takes the mean over the lists.
    fn averaged(&self, one: &HeldOut, lists: &[Vec<String>]) -> Result<Vec<Reached>, RequestError> {
        let mut sums = vec![(0.0, 0.0); self.questions.len()];
        for list in lists {
            let reached = self.walk(one, |asked, _| Ok(list[asked..].to_vec()))?;
            sums.iter_mut().zip(reached).for_each(|(sum, one)| *sum = (sum.0 + one.0, sum.1 + one.1));
        }
        let n = lists.len() as f64;
        Ok(sums.into_iter().map(|(likes, ndcg)| (likes / n, ndcg / n)).collect())
    }

    /// Chooses every page after the answers to those before.
    fn by_page(&self, one: &HeldOut, most: usize) -> Result<Vec<Reached>, RequestError> {
        let mut exclude: Vec<String> = Vec::new();
        self.walk(one, |asked, taps| {
            let profile = Profile::liking(taps.iter().copied());
            let request = Request { k: PAGE.min(most - asked), exclude: exclude.clone(), ..Request::default() };
            let recommender = self.model.recommender();
            let page = recommender.seeds(&profile, &request)?;
            let page: Vec<String> = page.into_iter().map(|item| recommender.id(item).to_owned()).collect();
            exclude.extend(page.iter().cloned());
            Ok(page)
        })
    }

    /// Shows pages until enough was asked, or nothing is left to ask; a page follows from how much was asked before, and
    /// from the taps.
    fn walk(
        &self,
        one: &HeldOut,
        mut page: impl FnMut(usize, &[&str]) -> Result<Vec<String>, RequestError>,
    ) -> Result<Vec<Reached>, RequestError> {
        let known: HashSet<&str> = self.ids(one).into_iter().collect();
        let (mut taps, mut asked, mut ndcg) = (Vec::new(), 0, self.ndcg(one, &[])?);
        let mut reached = Vec::new();
        let (mut shown, mut measured) = (Vec::new().into_iter(), 0);
        for &questions in &self.questions {
            while asked < questions {
                if shown.len() == 0 {
                    shown = page(asked, &taps)?.into_iter();
                }
                let Some(id) = shown.next() else { break };
                asked += 1;
                taps.extend(known.get(id.as_str()).copied());
            }
            // No new tap, no new recommendation.
            if taps.len() > measured {
                (measured, ndcg) = (taps.len(), self.ndcg(one, &taps)?);
            }
            reached.push((taps.len() as f64, ndcg));
        }
        Ok(reached)
    }
}

impl Newcomers {
    /// After how many questions, between measured points on a straight line, a way of asking reaches a level.
    pub fn questions_to(&self, asked: &Asked, level: f64) -> Option<f64> {
        let mut before = (0.0, self.unknown.mean);
        for point in &asked.points {
            let at = (point.questions as f64, point.ndcg.mean);
            if at.1 >= level {
                let part = if at.1 > before.1 { (level - before.1) / (at.1 - before.1) } else { 0.0 };
                return Some(before.0 + part.max(0.0) * (at.0 - before.0));
            }
            before = at;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use foldin_core::model::{About, Catalogue, CatalogueItem, Model};
    use foldin_data::Dataset;
    use foldin_data::sample::sample;
    use foldin_data::split::{Protocol, SplitOptions, split};
    use foldin_fixtures::held_out;

    use super::*;
    use crate::assemble::{TrainingData, assemble};
    use crate::config::Config;

    fn small() -> (Dataset, Model) {
        let item = |n: u32| CatalogueItem { id: format!("i{n}"), likes: 9 - n, ..Default::default() };
        let items: Vec<CatalogueItem> = (0..8).map(item).collect();
        let ids = items.iter().map(|item| Box::from(item.id.as_str())).collect();
        let dataset = Dataset { items: ids, ..Dataset::default() };
        (dataset, Model::new(About { n_users: 10, ..About::default() }, Catalogue::new(items)))
    }

    #[test]
    fn taps_are_counted_and_what_could_be_answered_is_never_recommended() {
        let (dataset, model) = small();
        let model = ShippedModel::new(&model, &dataset).unwrap();
        // Popular items are asked about first: 0 to 4, of which 1 and 3 are liked.
        let measured = newcomers(&model, &[held_out(0, &[1, 3, 7], &[2])], 7, |_| Ok(())).unwrap();
        let of = |name: &str| measured.asked.iter().find(|one| one.name == name).unwrap();
        assert_eq!(of(POPULAR).points.len(), 1);
        assert_eq!((of(POPULAR).points[0].questions, of(POPULAR).points[0].likes), (5, 2.0));
        // Recommended are 0, 2, 4, 5, 6, whatever is tapped: the hit is the second.
        for one in &measured.asked {
            assert_eq!(one.points[0].ndcg.mean, 1.0 / 3f64.log2(), "{}", one.name);
        }
        assert_eq!((measured.unknown, measured.known), (of(POPULAR).points[0].ndcg, measured.unknown));
    }

    #[test]
    fn levels_are_reached_between_points() {
        let exactly = |mean| Estimate::new(mean, Some((mean, mean)));
        let point = |questions, mean| Point { questions, likes: 0.0, ndcg: exactly(mean), over_popular: exactly(0.0) };
        let asked = Asked { name: POPULAR, points: vec![point(5, 0.2), point(10, 0.4)] };
        let measured = Newcomers { users: 1, unknown: exactly(0.1), known: exactly(0.5), asked: vec![asked.clone()] };
        let reached = |level| measured.questions_to(&asked, level);
        assert_eq!(reached(0.1), Some(0.0));
        assert!((reached(0.3).unwrap() - 7.5).abs() < 1e-9);
        assert_eq!(reached(0.45), None);
    }

    #[test]
    fn on_the_sample_seeds_lead_further_than_random_items() {
        let dataset = sample();
        let threshold = Some(4.0);
        let split = split(&dataset, Protocol::Strong, &SplitOptions { threshold, seed: 7 }).unwrap();
        let mut config = Config::default();
        config.train.stars = false;
        let data = TrainingData { dataset: &dataset, events: &split.train, threshold };
        let model = assemble(data, &config, |_| Ok(())).unwrap().model;
        let model = ShippedModel::new(&model, &dataset).unwrap();
        let mut done = 0;
        let measured = newcomers(&model, &split.test, 7, |n| {
            done = n;
            Ok(())
        });
        let measured = measured.unwrap();
        assert_eq!((done, measured.users), (4 * split.test.len(), split.test.len()));
        let [seeds, pages, popular, random] = &measured.asked[..] else { panic!() };
        assert!(seeds.points[2].ndcg.low.unwrap() > random.points[2].ndcg.mean, "{measured:?}");
        assert!(popular.points.iter().all(|point| point.over_popular.mean == 0.0));
        assert!(pages.points.is_sorted_by(|a, b| a.likes <= b.likes));
        assert!(measured.known.mean > measured.unknown.mean);
    }
}
