//! `strong` and `coldN`: whole users are held out, 1,000 to test and 500 to validate on, or a fifth and a tenth where
//! there are fewer than 5,000. `strong` shows 80 % of the likes of each, `coldN` only N of them.
//!
//! Both draw the same users and put the likes of each into the same random order, of which they show the beginning: what
//! `cold1` shows, `cold3` shows too. A curve over N then compares the same people, and since the training part is the
//! same, it takes one training ([`cold_start`]).

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use super::protocol::COLD_RELEVANT;
use super::rows::{self, Known, Rows, by_item_id, held_out, oldest_first, rows_of_users, users_by_id};
use super::{HeldOut, Part, Protocol, Split, SplitError, SplitOptions, assembled, enough_users};
use crate::dataset::{Dataset, Events, UserNo};
use crate::interactions::is_like;

/// `strong`, and the same users with fewer and fewer likes shown: what a cold-start curve is measured on.
#[derive(Debug, Clone, PartialEq)]
pub struct ColdStart {
    /// The split of [`Protocol::Strong`]. Its training part is that of every number of likes.
    pub full: Split,
    /// In the order asked for, without those for which no test user has enough likes.
    pub at: Vec<ColdPart>,
}

/// The held-out users of [`Protocol::Cold`] at one number of shown likes.
#[derive(Debug, Clone, PartialEq)]
pub struct ColdPart {
    /// How many likes are shown of each user.
    pub shown: u16,
    /// Users to make choices on. May be empty.
    pub validation: Vec<HeldOut>,
    /// Users to publish figures of, never empty.
    pub test: Vec<HeldOut>,
}

impl ColdStart {
    /// The users of a part at each number of shown likes at which it has any.
    pub fn points(&self, part: Part) -> Vec<(u16, &[HeldOut])> {
        let points = self.at.iter().map(|at| match part {
            Part::Validation => (at.shown, at.validation.as_slice()),
            Part::Test => (at.shown, at.test.as_slice()),
        });
        points.filter(|(_, held_out)| !held_out.is_empty()).collect()
    }
}

/// The split of `strong` with those of `coldN` for several N; each is what [`split`](super::split) gives.
///
/// # Errors
/// Those of `strong`.
pub fn cold_start(dataset: &Dataset, shown: &[u16], options: &SplitOptions) -> Result<ColdStart, SplitError> {
    let likes_of_users = rows_of_users(dataset, options.threshold, Protocol::Strong.min_events());
    enough_users(dataset, Protocol::Strong, options.threshold, &likes_of_users)?;
    let drawn = drawn(dataset, &likes_of_users, options.seed);
    let full = assembled(dataset, Protocol::Strong, options, &drawn.rows(&dataset.events, Show::FourFifths))?;
    let known = Known::of(&full.train);
    let part = |&shown: &u16| {
        let of = |users| held_out(&dataset.events, &parts(&dataset.events, users, Show::Only(shown)), &known);
        ColdPart { shown, validation: of(&drawn.validation), test: of(&drawn.test) }
    };
    let at = shown.iter().map(part).filter(|part| !part.test.is_empty()).collect();
    Ok(ColdStart { full, at })
}

/// Folds of users, each held out once with everybody else to learn from, as long as fewer than `enough` have been held
/// out. Of each 80 % is shown, as by [`Protocol::Strong`]; users with fewer likes than `protocol` asks for are left out.
pub fn folds_of_users(
    dataset: &Dataset,
    protocol: Protocol,
    options: &SplitOptions,
    n_folds: usize,
    enough: usize,
) -> Vec<(Events, Vec<HeldOut>)> {
    let likes_of_users = rows_of_users(dataset, options.threshold, protocol.min_events());
    let mut random = ChaCha8Rng::seed_from_u64(options.seed);
    let mut users = users_by_id(dataset, &likes_of_users);
    users.shuffle(&mut random);
    let mut folds = Vec::new();
    let mut n_held_out = 0;
    for fold in users.chunks(users.len().div_ceil(n_folds).max(1)) {
        if n_held_out >= enough {
            break;
        }
        n_held_out += fold.len();
        let held = in_random_order(dataset, &likes_of_users, fold, &mut random);
        let mut is_held = vec![false; dataset.users.len()];
        fold.iter().for_each(|&user| is_held[user] = true);
        let events = &dataset.events;
        let is_known = |row: usize| is_like(events, row, options.threshold) && !is_held[events.users[row].at()];
        let train = events.rows(is_known);
        let held_out = held_out(events, &parts(events, &held, Show::FourFifths), &Known::of(&train));
        folds.push((train, held_out));
    }
    folds
}

/// How much of each held-out user is shown.
#[derive(Clone, Copy)]
pub(super) enum Show {
    /// 80 % of the likes.
    FourFifths,
    /// So many likes, of users who have enough others.
    Only(u16),
}

/// Users that are held out, with their likes in random order, and the rows of all others.
pub(super) struct Drawn {
    train: Vec<usize>,
    validation: Vec<(UserNo, Vec<usize>)>,
    test: Vec<(UserNo, Vec<usize>)>,
}

pub(super) fn drawn(dataset: &Dataset, likes_of_users: &[Vec<usize>], seed: u64) -> Drawn {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut users = users_by_id(dataset, likes_of_users);
    users.shuffle(&mut random);
    let n_test = (users.len() / 5).min(1000);
    let (test, others) = users.split_at(n_test);
    let (validation, others) = others.split_at(n_test / 2);

    let mut train: Vec<usize> = others.iter().flat_map(|&user| &likes_of_users[user]).copied().collect();
    train.sort_unstable();
    let mut in_random_order = |users: &[usize]| in_random_order(dataset, likes_of_users, users, &mut random);
    Drawn { train, test: in_random_order(test), validation: in_random_order(validation) }
}

/// Users with their likes, of each in an order of its own that does not depend on that of the file.
fn in_random_order(
    dataset: &Dataset,
    likes_of_users: &[Vec<usize>],
    users: &[usize],
    random: &mut ChaCha8Rng,
) -> Vec<(UserNo, Vec<usize>)> {
    let of_user = |&user: &usize| {
        let mut likes = by_item_id(dataset, &likes_of_users[user]);
        likes.shuffle(random);
        (UserNo(user as u32), likes)
    };
    users.iter().map(of_user).collect()
}

impl Drawn {
    pub(super) fn n_test(&self) -> usize {
        self.test.len()
    }

    pub(super) fn rows(&self, events: &Events, show: Show) -> Rows {
        let (validation, test) = (parts(events, &self.validation, show), parts(events, &self.test, show));
        Rows { train: self.train.clone(), validation, test }
    }
}

fn parts(events: &Events, users: &[(UserNo, Vec<usize>)], show: Show) -> Vec<rows::Part> {
    let of_user = |(user, likes): &(UserNo, Vec<usize>)| {
        let n_shown = match show {
            // The like of rank r (from 1) among n is shown where r / n <= 0.8, so this rounds down.
            Show::FourFifths => likes.len() * 4 / 5,
            Show::Only(n) if likes.len() >= usize::from(n) + COLD_RELEVANT => n.into(),
            Show::Only(_) => return None,
        };
        let mut shown = likes.clone();
        let mut relevant = shown.split_off(n_shown);
        oldest_first(events, &mut shown);
        oldest_first(events, &mut relevant);
        Some(rows::Part { user: *user, shown, relevant })
    };
    users.iter().filter_map(of_user).collect()
}
