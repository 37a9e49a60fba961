//! What a trial is measured on.

use std::borrow::Cow;

use foldin_core::{Source, Strategy};
use foldin_data::interactions::is_like;
use foldin_data::split::{self, HeldOut, Protocol, Split, SplitOptions, asks_for_next};
use foldin_data::{Dataset, Events, UserNo};

use super::space::{self, Param};
use crate::assemble::{TrainingData, assemble, is_given};
use crate::config::Config;
use crate::evaluate::{ShippedModel, items_of, mean_ndcg};
use crate::learn::als::reg_for;
use crate::learn::ease::ease_reg_for;
use crate::learn::sequence::has_order;
use crate::rank::{are_strangers, at_many_lengths};

/// The cutoff of the NDCG that is searched for.
const K: usize = 10;

/// Events to learn from, and users to measure on.
pub(super) struct Task<'a> {
    dataset: &'a Dataset,
    train: Cow<'a, Events>,
    validation: &'a [HeldOut],
    threshold: Option<f32>,
    /// The same users, and strangers with ever fewer of their likes as well: for neighbours, which serve those who have
    /// just come.
    of_all_lengths: Vec<HeldOut>,
    /// For sources that are about what comes next: the same without the newest like of some users.
    next: Option<Split>,
    /// What trials learn from.
    shape: Shape,
    /// The whole training part.
    whole: Shape,
}

/// How much data there is, from which some ranges follow.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Shape {
    pub n_users: usize,
    pub n_items: usize,
    pub n_likes: usize,
}

impl Shape {
    fn of(dataset: &Dataset, events: &Events, threshold: Option<f32>) -> Self {
        let (mut users, mut items) = (vec![false; dataset.users.len()], vec![false; dataset.items.len()]);
        let mut n_likes = 0;
        for row in (0..events.len()).filter(|&row| is_like(events, row, threshold)) {
            n_likes += 1;
            users[events.users[row].at()] = true;
            items[events.items[row].at()] = true;
        }
        let n = |met: &[bool]| met.iter().filter(|&&met| met).count();
        Shape { n_users: n(&users), n_items: n(&items), n_likes }
    }
}

/// At most so many profiles of different lengths are asked about.
const MOST_PROFILES: usize = 1500;

/// At most so many users say how good a guess at what comes next is.
const MOST_NEXT: usize = 1000;

impl<'a> Task<'a> {
    /// The training part of a split, and its validation users.
    pub(super) fn new(dataset: &'a Dataset, split: &'a Split, most_likes: Option<usize>, seed: u64) -> Self {
        let threshold = split.threshold;
        let whole = Shape::of(dataset, &split.train, threshold);
        let train = match most_likes {
            Some(most) if whole.n_likes > most => {
                Cow::Owned(of_some_users(&split.train, most as f64 / whole.n_likes as f64))
            }
            _ => Cow::Borrowed(&split.train),
        };
        let shape = Shape::of(dataset, &train, threshold);
        let next = next(dataset, split, &train);
        let of_all_lengths = if are_strangers(&split.train, &split.validation) {
            let all = at_many_lengths(&split.validation, seed);
            let step = all.len().div_ceil(MOST_PROFILES);
            all.into_iter().step_by(step.max(1)).collect()
        } else {
            split.validation.clone()
        };
        Task { dataset, validation: &split.validation, threshold, of_all_lengths, next, train, shape, whole }
    }

    /// Scales regularisation that was found on some of the users to all of them: what suits the data depends on their
    /// size.
    pub(super) fn scale_to_whole(&self, config: &mut Config, start: &Config) {
        let Shape { n_users, n_items, n_likes } = self.shape;
        if config.als.reg != start.als.reg {
            let ratio = reg_for(self.whole.n_users, self.whole.n_items) / reg_for(n_users, n_items);
            config.als.reg = config.als.reg.map(|reg| reg * ratio);
        }
        if config.ease.reg != start.ease.reg {
            let ratio = ease_reg_for(self.whole.n_likes, self.whole.n_items) / ease_reg_for(n_likes, n_items);
            config.ease.reg = config.ease.reg.map(|reg| reg * ratio);
        }
    }

    /// The validation users, strangers with ever fewer of their likes as well.
    pub(super) fn of_all_lengths(&self) -> &[HeldOut] {
        &self.of_all_lengths
    }

    pub(super) fn shape(&self) -> Shape {
        self.shape
    }

    /// What a search may change of a source: nothing of one that was learned elsewhere.
    pub(super) fn params(&self, source: Source) -> Vec<Param> {
        if self.is_given(source) { Vec::new() } else { space::params(source, self.shape) }
    }

    /// Whether a source was learned elsewhere.
    pub(super) fn is_given(&self, source: Source) -> bool {
        is_given(self.dataset, source)
    }

    /// Whether a source can be learned, and there is anybody to measure it on.
    pub(super) fn can_measure(&self, source: Source, config: &Config) -> bool {
        let (train, held_out) = self.part_for(source);
        let has_what_it_needs = match source {
            Source::Sequence => self.is_given(source) || has_order(train),
            Source::Transformer => self.shape.n_likes >= config.transformer.min_likes && has_order(train),
            _ => true,
        };
        !held_out.is_empty() && has_what_it_needs
    }

    /// NDCG@10 of the recommendations of one source, learned alone with these settings. `None` where nothing can be
    /// learned with them.
    pub(super) fn ndcg_of(&self, source: Source, config: &Config) -> Option<f64> {
        let (events, held_out) = self.part_for(source);
        let data = TrainingData { dataset: self.dataset, events, threshold: self.threshold };
        let model = assemble(data, &config.only(source), |_| Ok(())).ok()?.model;
        let has_source = model.has(source);
        let shipped = ShippedModel::new(&model, self.dataset).ok()?;
        has_source.then(|| ndcg(&shipped, held_out, Strategy::Only(source)))
    }

    fn part_for(&self, source: Source) -> (&Events, &[HeldOut]) {
        match (&self.next, source) {
            (Some(next), Source::Sequence | Source::Transformer) => (&next.train, &next.test),
            (_, Source::Neighbours) => (&self.train, &self.of_all_lengths),
            _ => (&self.train, self.validation),
        }
    }
}

/// The events of a share of the users, spread over all of them.
fn of_some_users(events: &Events, share: f64) -> Events {
    // Multiples of the golden ratio fall evenly into the unit interval.
    let is_in = |user: UserNo| (f64::from(user.0) * 0.618_033_988_749_894_9).fract() < share;
    events.rows(|row| is_in(events.users[row]))
}

/// Mean NDCG@10 of what a strategy recommends to held-out users.
pub(super) fn ndcg(model: &ShippedModel<'_>, held_out: &[HeldOut], strategy: Strategy) -> f64 {
    let lists = model.recommend_all(held_out, strategy, K);
    mean_ndcg(&items_of(&lists.expect("the model is of this data set and has the source")), held_out, K)
}

/// The training part without the newest likes of its users, and these likes; `None` where the validation part asks for
/// what comes next already, or events have no order.
fn next(dataset: &Dataset, split: &Split, train: &Events) -> Option<Split> {
    if asks_for_next(&split.validation) || train.times.is_empty() {
        return None;
    }
    let training = dataset.with_events(train.clone());
    let options = SplitOptions { threshold: split.threshold, seed: 0 };
    let mut next = split::split(&training, Protocol::Loo, &options).ok()?;
    // Users stand in the order of the file: every so many of them, not the first.
    let step = next.test.len().div_ceil(MOST_NEXT);
    next.test = next.test.into_iter().step_by(step).collect();
    Some(next)
}
