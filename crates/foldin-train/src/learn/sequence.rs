//! Sequence: what people liked next, as counts.
//!
//! With the events `u(1), u(2), ...` of a user, oldest first:
//!
//! ```text
//! T[i][j] = sum over users u of |u|^-q * sum over t with u(t) = i, d = 1..window of decay^(d-1) * step(t, d, j)
//!           where step = [u(t+d) = j] + backward * [u(t-d) = j]
//! weight(i -> j) = T[i][j] / (sum over j of T[i][j] + shrinkage)^a
//! ```
//!
//! Of every item the `per_item` heaviest followers are kept. A visitor's score adds up the followers of their latest
//! events, the older the less ([`Weighting`]). This is a Markov chain of first order smoothed
//! over the places after (skip-grams), as the sequential rules of Ludewig and Jannach (2018, arXiv 1803.09587), which
//! weight a distance `d` by `1/d`: here the weight falls geometrically, lists are shrunk towards nothing where few have
//! liked the item, and the step back counts a little, since orders of neighbours are partly chance.
//!
//! Tried and not kept, on the validation part of `loo`: ridge regression from the decayed past to the next item (SLIT,
//! Choi, Kim, Lee, Shim and Lee 2021), which with lists as long came to the same figures at `O(n_items^3)`; weights that
//! fall with the time between two events instead of their distance; both directions within one second; powers of
//! counts; counts above those that chance would give. None of them gained beyond the noise on more than one data set.
//!
//! Only events with an order can say what comes next: see [`has_order`].
//!
//! Cost: `O(n_events window)` time, and 20 bytes an event; every item is counted by itself, its events in their order,
//! so that the same bytes come at any number of threads.

use foldin_core::ItemIdx;
use foldin_core::linalg::SparseRows;
use foldin_core::model::{Damping, Eighths, ItemLists, Weighting};
use foldin_data::Events;
use foldin_data::interactions::is_like;
use serde::{Deserialize, Serialize};

use crate::learn::OutOfBounds;
use crate::parallel::map_up_to_with;

/// Settings of the counts, and of how a profile is weighted against them.
///
/// The defaults were chosen on the validation part of `loo` on ml-1m-timed, ml-100k, movietweetings-100k (all events)
/// and ml-latest-small (ratings from 4 on).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct SequenceSettings {
    /// How many events after each one count as liked next; at least 1.
    pub window: usize,
    /// What a step of `d + 1` places counts beside one of `d`: above 0, up to 1.
    pub decay: f32,
    /// What a step back counts beside a step on: 0 to 1.
    pub backward: f32,
    /// By how much the events of long histories count less: each counts `length^-q`.
    pub length_exponent: f32,
    /// Added to what an item's list is divided by: the higher, the less do items speak that few have liked.
    pub shrinkage: f32,
    /// `a`: 1 makes lists of probabilities, 0 leaves the counts.
    pub normalisation: f32,
    /// The longest list of an item.
    pub per_item: usize,
    /// How many of a visitor's newest events are looked at; at least 1.
    pub profile_window: u32,
    /// What an event of a visitor counts beside the next newer one: above 0, up to 1.
    pub profile_decay: f32,
    /// Scores are divided by `likes^(damping / 8)`; at most 16.
    pub damping: u8,
}

impl Default for SequenceSettings {
    fn default() -> Self {
        SequenceSettings {
            window: 10,
            decay: 0.8,
            backward: 0.1,
            length_exponent: 0.0,
            shrinkage: 50.0,
            normalisation: 1.0,
            per_item: 50,
            profile_window: 20,
            profile_decay: 0.75,
            damping: 0,
        }
    }
}

/// What every user did, oldest first, by the places of items in a catalogue.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Histories {
    items: Vec<u32>,
    /// Where each user's items end; they start where those before end.
    ends: Vec<usize>,
}

impl Histories {
    /// One history a user, oldest first.
    pub fn from_users<H: AsRef<[u32]>>(users: impl IntoIterator<Item = H>) -> Self {
        let mut histories = Histories::default();
        for user in users {
            histories.items.extend_from_slice(user.as_ref());
            histories.ends.push(histories.items.len());
        }
        histories
    }

    /// One history after the other.
    pub(crate) fn users(&self) -> impl Iterator<Item = &[u32]> {
        let starts = std::iter::once(&0).chain(&self.ends);
        starts.zip(&self.ends).map(|(&start, &end)| &self.items[start..end])
    }

    /// The likes among events, by user, oldest first, in the order of the file within a second. `places` holds the
    /// place in the catalogue of each item that events speak of. Events of unknown time (see [`has_order`]) are left
    /// out: nobody knows between which others they belong.
    ///
    /// # Panics
    /// If an item has no place.
    pub fn of_likes(events: &Events, threshold: Option<f32>, places: &[ItemIdx]) -> Self {
        let n_users = events.users.iter().max().map_or(0, |last| last.at() + 1);
        let mut users = vec![Vec::new(); n_users];
        for row in events.in_time_order().into_iter().filter(|&row| is_like(events, row, threshold)) {
            if time_of(events, row).is_some() {
                users[events.users[row].at()].push(places[events.items[row].at()].0);
            }
        }
        Histories::from_users(users.into_iter().filter(|user| !user.is_empty()))
    }
}

/// Whether events have an order that counts can be made of: times tell apart at least a quarter of the pairs of
/// neighbouring events of the same user.
///
/// A time of 0 is unknown (a third of ml-1m has it). Where a whole history bears one time, it was written down at once
/// and in no order; where only some events share a second, the order of the file goes on within it. Of MovieLens, whose
/// times are those of entering ratings, often several a second, 36 to 84 % of the pairs are told apart.
pub fn has_order(events: &Events) -> bool {
    let mut newest: Vec<Option<usize>> = vec![None; events.users.iter().max().map_or(0, |last| last.at() + 1)];
    let (mut n_pairs, mut n_told_apart) = (0_usize, 0_usize);
    for row in events.in_time_order() {
        if let Some(before) = newest[events.users[row].at()].replace(row) {
            n_pairs += 1;
            let times = time_of(events, before).zip(time_of(events, row));
            n_told_apart += usize::from(times.is_some_and(|(before, after)| before != after));
        }
    }
    n_told_apart > 0 && n_told_apart * 4 >= n_pairs
}

/// Seconds since 1970, where known.
fn time_of(events: &Events, row: usize) -> Option<i64> {
    events.times.get(row).copied().filter(|&time| time != 0)
}

/// Counts what comes next, one list an item up to the last that occurs. One item follows another where at least
/// `min_support` people passed from one to the other within the window.
///
/// # Errors
/// [`OutOfBounds`], as a large normalisation without shrinkage may lead to.
pub fn sequence(
    histories: &Histories,
    settings: &SequenceSettings,
    min_support: usize,
) -> Result<ItemLists, OutOfBounds> {
    rounded(unrounded(histories, settings, min_support), settings)
}

/// The entries of the lists before they are rounded to int8.
pub fn unrounded(histories: &Histories, settings: &SequenceSettings, min_support: usize) -> Vec<Vec<(u32, f32)>> {
    of_items(histories, settings, |counter, counts, item| {
        let mut row = counter.followers(item, counts);
        row.retain(|follower| follower.people as usize >= min_support);
        counter.list(row)
    })
}

/// Lists of weights that were counted elsewhere, one row an item in catalogue order: the heaviest of each, rounded to
/// int8.
///
/// # Errors
/// [`OutOfBounds`].
pub(crate) fn of_rows(mut rows: Vec<Vec<(u32, f32)>>, settings: &SequenceSettings) -> Result<ItemLists, OutOfBounds> {
    for row in &mut rows {
        row.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        row.truncate(settings.per_item);
        row.sort_unstable_by_key(|&(item, _)| item);
    }
    rounded(rows, settings)
}

fn rounded(rows: Vec<Vec<(u32, f32)>>, settings: &SequenceSettings) -> Result<ItemLists, OutOfBounds> {
    let damping = match settings.damping {
        0 => Vec::new(),
        eighths => vec![Damping { from: 0, exponent: Eighths(eighths) }],
    };
    let weighting = Weighting { decay: settings.profile_decay, window: settings.profile_window, damping };
    Ok(ItemLists { rows: SparseRows::try_quantise(rows).ok_or(OutOfBounds)?, weighting })
}

/// How many people pass between each item and those that follow it: pairs of an item and a number of people, by item.
pub(crate) fn passers(histories: &Histories, settings: &SequenceSettings) -> Vec<Vec<(u32, u32)>> {
    of_items(histories, settings, |counter, counts, item| {
        counter.followers(item, counts).into_iter().map(|follower| (follower.item, follower.people)).collect()
    })
}

/// What `of` gives for every item up to the last that occurs.
fn of_items<T: Send>(
    histories: &Histories,
    settings: &SequenceSettings,
    of: impl Fn(&Counter<'_>, &mut Counts, usize) -> T + Sync + Send,
) -> Vec<T> {
    let n_items = histories.items.iter().max().map_or(0, |&last| last as usize + 1);
    let occurrences = Occurrences::of(histories, n_items);
    let counter = Counter { histories, occurrences, steps: steps(settings), settings };
    let counts = || Counts { sums: vec![Sum::default(); n_items], touched: Vec::new() };
    map_up_to_with(n_items, counts, |counts, item| of(&counter, counts, item))
}

/// What a step of each distance counts, the distance of 1 first.
fn steps(settings: &SequenceSettings) -> Vec<f64> {
    let decay = f64::from(settings.decay);
    std::iter::successors(Some(1.0), |step| Some(step * decay)).take(settings.window).collect()
}

/// Where in the histories each item occurs.
struct Occurrences {
    /// Places in the histories and the user whose they are, by item, ascending.
    places: Vec<(usize, u32)>,
    /// Where each item's places end.
    ends: Vec<usize>,
}

impl Occurrences {
    fn of(histories: &Histories, n_items: usize) -> Self {
        let mut next = vec![0; n_items + 1];
        histories.items.iter().for_each(|&item| next[item as usize + 1] += 1);
        for item in 0..n_items {
            next[item + 1] += next[item];
        }
        let mut places = vec![(0, 0); histories.items.len()];
        let mut user = 0;
        for (place, &item) in histories.items.iter().enumerate() {
            while histories.ends[user] <= place {
                user += 1;
            }
            places[next[item as usize]] = (place, user as u32);
            next[item as usize] += 1;
        }
        next.pop();
        Occurrences { places, ends: next }
    }

    fn of_item(&self, item: usize) -> &[(usize, u32)] {
        let start = if item == 0 { 0 } else { self.ends[item - 1] };
        &self.places[start..self.ends[item]]
    }
}

/// What the steps to one item add up to.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    count: f64,
    people: u32,
    /// The last user who took one, plus 1.
    last: u32,
}

/// One item's counts; zeros but for the touched, between items as well.
struct Counts {
    sums: Vec<Sum>,
    touched: Vec<u32>,
}

impl Counts {
    fn add(&mut self, item: u32, count: f64, user: u32) {
        let sum = &mut self.sums[item as usize];
        if sum.people == 0 {
            self.touched.push(item);
        }
        sum.count += count;
        sum.people += u32::from(sum.last != user + 1);
        sum.last = user + 1;
    }
}

/// An item that comes after another.
struct Follower {
    item: u32,
    count: f64,
    /// How many people pass between the two.
    people: u32,
}

struct Counter<'a> {
    histories: &'a Histories,
    occurrences: Occurrences,
    /// What a step of each distance counts.
    steps: Vec<f64>,
    settings: &'a SequenceSettings,
}

impl Counter<'_> {
    /// What follows an item.
    fn followers(&self, item: usize, counts: &mut Counts) -> Vec<Follower> {
        let (items, settings) = (&self.histories.items, self.settings);
        for &(place, user) in self.occurrences.of_item(item) {
            let end = self.histories.ends[user as usize];
            let start = if user == 0 { 0 } else { self.histories.ends[user as usize - 1] };
            let share = ((end - start) as f64).powf(-f64::from(settings.length_exponent));
            for (&next, step) in items[place + 1..end].iter().zip(&self.steps) {
                counts.add(next, share * step, user);
            }
            if settings.backward > 0.0 {
                for (&before, step) in items[start..place].iter().rev().zip(&self.steps) {
                    counts.add(before, share * f64::from(settings.backward) * step, user);
                }
            }
        }
        let Counts { sums, touched } = counts;
        let follower = |item: u32| {
            let Sum { count, people, .. } = std::mem::take(&mut sums[item as usize]);
            Follower { item, count, people }
        };
        let mut row: Vec<Follower> = touched.drain(..).map(follower).collect();
        // Nothing follows itself: a visitor's own items are never recommended.
        row.retain(|follower| follower.item as usize != item && follower.count > 0.0);
        row
    }

    /// The heaviest followers with their weights, by item.
    fn list(&self, mut row: Vec<Follower>) -> Vec<(u32, f32)> {
        let settings = self.settings;
        let total: f64 = row.iter().map(|follower| follower.count).sum();
        row.sort_unstable_by(|a, b| b.count.total_cmp(&a.count).then(a.item.cmp(&b.item)));
        row.truncate(settings.per_item);
        row.sort_unstable_by_key(|follower| follower.item);
        let norm = (total + f64::from(settings.shrinkage)).powf(f64::from(settings.normalisation));
        row.into_iter().map(|follower| (follower.item, (follower.count / norm) as f32)).collect()
    }
}

#[cfg(test)]
mod tests;
