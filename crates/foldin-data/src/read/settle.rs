//! What the values of events mean, decided when all of them are known: times, ratings, repeated events.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::event_table::{NO_TIME, RawEvents, ValueKind};
use super::options::{DateOrder, ReadOptions, ZeroRating};
use super::report::ReadLog;
use super::times::NumericDates;
use super::{BadLine, DatasetError};
use crate::dataset::{Events, ItemNo, UserNo};
use crate::duplicates::{remove_repeated_events, sum_repeated_events};
use crate::likes::HIGHEST_SCALE;

/// A rating that so few have and that is so far above the next is a slip.
const SLIP_SHARE: f64 = 0.01;
const SLIP_RATIO: f32 = 1.5;

/// From this share on, negative ratings belong to a scale around 0; fewer are slips.
const NEGATIVE_SHARE: f64 = 0.02;

/// From this share on, a 0 below a scale that begins at 1 says that there is no rating.
const ZERO_SHARE: f64 = 0.1;

/// Events, and the pairs of a user and an item of which is only known that the user had to do with the item.
pub(super) struct Settled {
    pub events: Events,
    pub unrated: Vec<(UserNo, ItemNo)>,
    pub ratings_are_counts: bool,
}

/// Decides what the values of all events mean.
pub(super) fn settle(mut raw: RawEvents, options: &ReadOptions, log: &mut ReadLog) -> Result<Settled, DatasetError> {
    settle_times(&mut raw, options, log)?;
    let n_rated = raw.ratings.iter().filter(|rating| !rating.is_nan()).count();
    if raw.kind.is_some() && n_rated == 0 {
        raw.kind = None;
        raw.ratings.fill(1.0);
    }
    match raw.kind {
        Some(ValueKind::Stars) => settle_stars(&mut raw, options, log)?,
        Some(ValueKind::Counts) | None => {}
    }
    let n_without = raw.ratings.iter().filter(|rating| rating.is_nan()).count();
    log.report.events_without_rating += n_without;
    log.report.ratings_missing = raw.kind.is_none();
    let counts = raw.kind == Some(ValueKind::Counts);
    log.report.ratings_are_counts = counts;
    let RawEvents { users, items, ratings, times, .. } = raw;
    let mut events = Events { users, items, ratings, times };
    let mut unrated = Vec::new();
    if n_without > 0 {
        unrated = take_out(&mut events, f32::is_nan);
    }
    if counts {
        log.report.events_summed += sum_repeated_events(&mut events);
        unrated.extend(take_out(&mut events, |sum| sum == 0.0));
    } else {
        log.report.duplicate_events += remove_repeated_events(&mut events);
    }
    forget_rated(&mut unrated, &events);
    log.report.times_missing = events.times.is_empty();
    Ok(Settled { events, unrated, ratings_are_counts: counts })
}

fn settle_times(raw: &mut RawEvents, options: &ReadOptions, log: &mut ReadLog) -> Result<(), DatasetError> {
    if raw.times.iter().all(|time| *time == NO_TIME) {
        raw.times = Vec::new();
        return Ok(());
    }
    let order = raw.dates.order(options.dates);
    if raw.dates.any() {
        let Some(order) = order else {
            let bad = raw.first_numeric_date.take().expect("a date was added where it was noted");
            return Err(DatasetError::DateOrder(bad));
        };
        if options.dates == DateOrder::Auto {
            let said = if order == DateOrder::Dmy { "day/month/year (dmy)" } else { "month/day/year (mdy)" };
            log.note(format!("Dates such as {} were read as {said}.", first_value(raw.first_numeric_date.as_deref())));
        }
        for time in raw.times.iter_mut().filter(|time| NumericDates::is_packed(**time)) {
            *time = NumericDates::seconds(*time, order).unwrap_or(NO_TIME);
        }
    }
    let n_missing = raw.times.iter().filter(|time| **time == NO_TIME).count();
    if n_missing > 0 {
        let bad = raw.first_without_time.take().or_else(|| raw.first_numeric_date.take());
        let bad = bad.expect("a line without a time was noted");
        // Where files were read together, one of them may have no times: then none has.
        log.keep_good::<()>(Err(bad))?;
        log.report.bad_lines += n_missing - 1;
        let keep: Vec<bool> = raw.times.iter().map(|time| *time != NO_TIME).collect();
        keep_only(raw, &keep);
    }
    for (sum, n) in log.report.times_in_parts.iter_mut().zip(raw.units) {
        *sum += n;
    }
    Ok(())
}

fn first_value(bad: Option<&BadLine>) -> String {
    bad.and_then(|bad| bad.value.clone()).map_or_else(String::new, |value| format!("`{value}`"))
}

/// Leaves the events with these flags. Columns that are empty stay so.
fn keep_only(raw: &mut RawEvents, keep: &[bool]) {
    fn filter<T>(values: &mut Vec<T>, keep: &[bool]) {
        let mut flags = keep.iter();
        values.retain(|_| flags.next().copied().unwrap_or_default());
    }
    filter(&mut raw.users, keep);
    filter(&mut raw.items, keep);
    filter(&mut raw.ratings, keep);
    filter(&mut raw.times, keep);
}

/// Values that stand for no rating, slips far above the scale, and scales that reach below 0.
fn settle_stars(raw: &mut RawEvents, options: &ReadOptions, log: &mut ReadLog) -> Result<(), DatasetError> {
    let mut counted = Distribution::of(&raw.ratings);
    for sign in [99.0, -1.0, 0.0] {
        let n = counted.count(sign);
        if n == 0 {
            continue;
        }
        let unrated = match options.zero {
            ZeroRating::Auto => counted.means_no_rating(sign),
            ZeroRating::Unrated => true,
            ZeroRating::Like => counted.means_no_rating(sign) || sign == 0.0,
            ZeroRating::Rating => false,
        };
        if !unrated {
            continue;
        }
        counted.remove(sign);
        let as_like = options.zero == ZeroRating::Like;
        let value = if as_like { counted.highest().unwrap_or(1.0) } else { f32::NAN };
        raw.ratings.iter_mut().filter(|rating| **rating == sign).for_each(|rating| *rating = value);
        let (low, high) = (counted.lowest().unwrap_or_default(), counted.highest().unwrap_or_default());
        let what = if as_like { "likes" } else { "not rated, so neither likes nor ratings" };
        log.note(format!(
            "{n} of {} ratings are {sign}, beside a scale from {low} to {high}: they count as {what}; `--zero` decides \
             (unrated, like or rating).",
            raw.ratings.len()
        ));
    }
    if let Some(top) = counted.top_without_slips() {
        let highest = counted.highest().unwrap_or(top);
        let n = raw.ratings.iter().filter(|rating| **rating > top).count();
        raw.ratings.iter_mut().filter(|rating| **rating > top).for_each(|rating| *rating = top);
        let (those, are) = if n == 1 { ("One rating", "is") } else { ("Some ratings", "are") };
        log.note(format!(
            "{those} of up to {highest} {are} far above the scale, which ends at {top}; counted as {top}."
        ));
    }
    let high = counted.highest().unwrap_or_default();
    let n_negative = counted.negative();
    let is_scale = high > 0.0 && n_negative as f64 >= NEGATIVE_SHARE * counted.n as f64;
    if n_negative > 0 && !is_scale {
        // No scale around 0: the first of them is shown.
        if let Some(bad) = raw.first_negative.take() {
            log.keep_good::<()>(Err(bad))?;
            log.report.bad_lines += n_negative - 1;
            let keep: Vec<bool> = raw.ratings.iter().map(|rating| rating.is_nan() || *rating >= 0.0).collect();
            keep_only(raw, &keep);
        }
    }
    Ok(())
}

/// How often each rating occurs.
struct Distribution {
    counts: BTreeMap<i64, usize>,
    n: usize,
}

impl Distribution {
    /// Ratings in thousandths, so that they can be keys.
    fn of(ratings: &[f32]) -> Self {
        let mut counts: HashMap<i64, usize> = HashMap::new();
        for rating in ratings.iter().filter(|rating| !rating.is_nan()) {
            *counts.entry(key(*rating)).or_default() += 1;
        }
        Distribution { n: counts.values().sum(), counts: counts.into_iter().collect() }
    }

    fn negative(&self) -> usize {
        self.counts.range(..0).map(|(_, n)| n).sum()
    }

    fn count(&self, value: f32) -> usize {
        self.counts.get(&key(value)).copied().unwrap_or_default()
    }

    fn remove(&mut self, value: f32) {
        self.n -= self.counts.remove(&key(value)).unwrap_or_default();
    }

    fn lowest(&self) -> Option<f32> {
        self.counts.keys().next().map(|key| *key as f32 / 1e3)
    }

    fn highest(&self) -> Option<f32> {
        self.counts.keys().next_back().map(|key| *key as f32 / 1e3)
    }

    /// Whether a value beside the others stands for no rating: 0 often, below a scale from 1 on; -1 below one of
    /// positive numbers; 99 above one up to 10.
    fn means_no_rating(&self, sign: f32) -> bool {
        let others: Vec<f32> =
            self.counts.keys().filter(|own| **own != key(sign)).map(|own| *own as f32 / 1e3).collect();
        let (Some(&low), Some(&high)) = (others.first(), others.last()) else { return false };
        let is_scale = others.len() >= 2 && high <= HIGHEST_SCALE;
        let share = self.count(sign) as f64 / self.n as f64;
        match sign {
            // A single other rating of 2 or more is not next to 0 on any scale either.
            0.0 => {
                (is_scale && low >= 1.0 || low >= 2.0 && high <= HIGHEST_SCALE) && high >= 3.0 && share >= ZERO_SHARE
            }
            -1.0 => is_scale && low >= 0.0 && high >= 3.0,
            _ => is_scale,
        }
    }

    /// The highest rating that is no slip, where there are slips above it.
    fn top_without_slips(&self) -> Option<f32> {
        let most = ((self.n as f64 * SLIP_SHARE) as usize).max(1);
        let (mut above, mut top) = (0, None);
        let mut values = self.counts.iter().rev().peekable();
        while let Some((value, n)) = values.next() {
            above += n;
            let Some((next, _)) = values.peek() else { break };
            let (value, next) = (*value as f32 / 1e3, **next as f32 / 1e3);
            // Without a handful of ratings below there is no scale to be above of.
            if above > most || self.n < 20 {
                break;
            }
            if next > 0.0 && value >= SLIP_RATIO * next && next <= HIGHEST_SCALE && self.counts.len() > 2 {
                top = Some(next);
            }
        }
        top
    }
}

fn key(rating: f32) -> i64 {
    (f64::from(rating) * 1e3).round() as i64
}

/// Takes the events with such ratings out and gives their pairs.
fn take_out(events: &mut Events, is_taken: fn(f32) -> bool) -> Vec<(UserNo, ItemNo)> {
    let taken: Vec<(UserNo, ItemNo)> = (0..events.len())
        .filter(|&row| is_taken(events.ratings[row]))
        .map(|row| (events.users[row], events.items[row]))
        .collect();
    if !taken.is_empty() {
        let kept = events.rows(|row| !is_taken(events.ratings[row]));
        *events = kept;
    }
    taken
}

/// Of a pair that is rated as well, the rating tells more. Pairs come out in order and once.
fn forget_rated(unrated: &mut Vec<(UserNo, ItemNo)>, events: &Events) {
    if unrated.is_empty() {
        return;
    }
    unrated.sort_unstable();
    unrated.dedup();
    let rated: HashSet<(UserNo, ItemNo)> = events.users.iter().copied().zip(events.items.iter().copied()).collect();
    unrated.retain(|pair| !rated.contains(pair));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(ratings: &[f32], kind: ValueKind) -> RawEvents {
        let n = ratings.len() as u32;
        RawEvents {
            users: (0..n).map(UserNo).collect(),
            items: vec![ItemNo(0); ratings.len()],
            ratings: ratings.to_vec(),
            times: vec![NO_TIME; ratings.len()],
            kind: Some(kind),
            ..RawEvents::default()
        }
    }

    fn settled(ratings: &[f32], zero: ZeroRating) -> (Vec<f32>, usize, Vec<String>) {
        let options = ReadOptions { zero, ..ReadOptions::default() };
        let mut log = ReadLog::new(super::super::Format::General, &options);
        let settled = settle(raw(ratings, ValueKind::Stars), &options, &mut log).ok().unwrap();
        (settled.events.ratings, settled.unrated.len(), log.report.notes())
    }

    #[test]
    fn a_zero_below_a_scale_is_no_rating_unless_a_person_says_so() {
        let ratings = [0.0, 0.0, 5.0, 8.0, 10.0];
        let (rated, unrated, notes) = settled(&ratings, ZeroRating::Auto);
        assert_eq!((rated, unrated), (vec![5.0, 8.0, 10.0], 2));
        assert!(
            notes.iter().any(|note| note.starts_with("2 of 5 ratings are 0") && note.contains("--zero")),
            "{notes:?}"
        );
        assert_eq!(settled(&ratings, ZeroRating::Rating).0, ratings);
        assert_eq!(settled(&ratings, ZeroRating::Like).0, [10.0, 10.0, 5.0, 8.0, 10.0]);
    }

    #[test]
    fn a_zero_that_belongs_to_the_scale_stays() {
        assert_eq!(settled(&[0.0, 0.5, 5.0, 3.0], ZeroRating::Auto).0.len(), 4);
        assert_eq!(settled(&[0.0, 1.0, 1.0, 0.0], ZeroRating::Auto).0.len(), 4);
    }

    #[test]
    fn a_zero_beside_one_other_rating_is_no_rating_unless_the_other_is_one() {
        assert_eq!(settled(&[0.0, 8.0, 8.0], ZeroRating::Auto).0, [8.0, 8.0]);
        assert_eq!(settled(&[0.0, 1.0, 1.0], ZeroRating::Auto).0.len(), 3);
    }

    #[test]
    fn one_negative_rating_among_many_is_a_bad_line() {
        let mut ratings: Vec<f32> = (0..100).map(|n| (n % 5 + 1) as f32).collect();
        ratings.push(-3.0);
        let options = ReadOptions::default();
        let mut log = ReadLog::new(super::super::Format::General, &options);
        let mut slip = raw(&ratings, ValueKind::Stars);
        slip.first_negative = Some(Box::new(BadLine {
            file: "events.csv".into(),
            line: 102,
            column: 3,
            column_name: "rating".into(),
            value: Some("-3".into()),
            problem: "is negative".into(),
            expected: "a number such as 4 or 3.5".into(),
        }));
        let error = settle(slip, &options, &mut log).err().unwrap().to_string();
        assert!(error.starts_with("events.csv:102: column 3 (rating): \"-3\" is negative"), "{error}");
    }

    #[test]
    fn minus_one_and_ninety_nine_beside_a_scale_are_no_ratings() {
        assert_eq!(settled(&[-1.0, 7.0, 8.0, 10.0], ZeroRating::Auto).0, [7.0, 8.0, 10.0]);
        assert_eq!(settled(&[99.0, -9.5, 8.0, 3.0], ZeroRating::Auto).0, [-9.5, 8.0, 3.0]);
        assert_eq!(settled(&[-1.0, 0.0, 1.0], ZeroRating::Auto).0, [-1.0, 0.0, 1.0]);
    }

    #[test]
    fn one_slip_does_not_stretch_the_scale() {
        let mut ratings: Vec<f32> = (0..100).map(|n| (n % 5 + 1) as f32).collect();
        ratings.push(55.0);
        let (settled, _, notes) = settled(&ratings, ZeroRating::Auto);
        assert_eq!(settled.iter().copied().fold(0.0, f32::max), 5.0);
        assert!(notes.iter().any(|note| note.contains("ends at 5")), "{notes:?}");
    }

    #[test]
    fn counts_are_summed_and_a_sum_of_nothing_says_nothing() {
        let options = ReadOptions::default();
        let mut log = ReadLog::new(super::super::Format::General, &options);
        let mut raw = raw(&[3.0, -3.0, 2.0, 5.0], ValueKind::Counts);
        raw.users = vec![UserNo(0), UserNo(0), UserNo(1), UserNo(1)];
        let settled = settle(raw, &options, &mut log).ok().unwrap();
        assert_eq!(settled.events.ratings, [7.0]);
        assert_eq!(settled.unrated, [(UserNo(0), ItemNo(0))]);
    }
}
