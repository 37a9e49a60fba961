//! Reasons to doubt a model before it becomes the current one: data that were understood wrongly, and figures that are
//! worse than they can be.
//!
//! Every check compares counts or intervals, and each doubt is one sentence with its numbers.

use std::fmt;

use foldin_data::interactions::is_like;
use foldin_data::{Dataset, ReadReport};

use crate::artefacts::{Estimate, MetricsFile};
use crate::evaluate::{FOLDIN, POPULARITY};

/// Below this share of events, likes are too few to be meant.
const LEAST_LIKED: f64 = 0.02;

/// From this share of lines on, what was left out is more than dirt.
const MOST_BAD: f64 = 0.1;

/// With fewer users or events, shares say little.
const ENOUGH: usize = 10;

/// The metric that models are compared by.
const METRIC: &str = "ndcg@10";

/// What the current version of a model has.
#[derive(Debug, Clone, Default)]
pub struct Predecessor {
    /// Its name, such as `v1.2.0`.
    pub version: String,
    /// Likes that it was learned from.
    pub likes: usize,
    /// What was measured of it.
    pub metrics: Option<MetricsFile>,
}

/// A reason to doubt a model.
#[derive(Debug, Clone, PartialEq)]
pub enum Doubt {
    /// There is nothing to learn from, and the current version had likes.
    NoLikesAnyMore {
        /// The current version.
        version: String,
        /// Its likes.
        likes: usize,
    },
    /// Only the catalogue was read, although other files look like events.
    EventsNotRead {
        /// The names of the files.
        files: Vec<String>,
    },
    /// Hardly any event is a like.
    FewLikes {
        /// Likes among the events.
        likes: usize,
        /// All events.
        events: usize,
        /// The rating from which on an event is a like.
        threshold: f32,
    },
    /// At least half of the users like nothing: ratings may be on two scales.
    UsersWithoutLikes {
        /// Users with a like.
        with: usize,
        /// All users.
        users: usize,
        /// The rating from which on an event is a like.
        threshold: f32,
    },
    /// Many lines were left out.
    BadLines {
        /// Lines that were left out.
        left_out: usize,
        /// All lines.
        lines: usize,
    },
    /// Most events name no user, or no item.
    NobodyNamed {
        /// Events without a user or an item.
        without: usize,
        /// All events.
        events: usize,
    },
    /// Nobody likes two items, so nothing can be learned of what goes together.
    NoPairs {
        /// Users with a like.
        users: usize,
    },
    /// Fewer than half of the events are about an item of the catalogue.
    ItemsDoNotMeet {
        /// Events whose item the catalogue has.
        found: usize,
        /// All events.
        events: usize,
        /// What would join them.
        advice: Option<String>,
    },
    /// The model is worse than the list of popular items.
    WorseThanPopularity {
        /// NDCG@10 of the model.
        model: Estimate,
        /// NDCG@10 of popularity.
        popularity: Estimate,
    },
    /// The model is worse than the current version.
    WorseThanCurrent {
        /// The current version.
        version: String,
        /// NDCG@10 of the model.
        model: Estimate,
        /// NDCG@10 of the current version.
        current: Estimate,
        /// The protocol that both were measured by.
        protocol: String,
    },
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Doubt::NoLikesAnyMore { version, likes } => {
                write!(f, "there is no like, and the current version {version} was learned from {likes}")
            }
            Doubt::EventsNotRead { files } => {
                write!(f, "only the catalogue was read, beside files that look like events: {}", files.join(", "))
            }
            Doubt::FewLikes { likes, events, threshold } => write!(
                f,
                "only {likes} of {events} events are likes (ratings of {threshold} and more); --threshold sets where they \
                 begin"
            ),
            Doubt::UsersWithoutLikes { with, users, threshold } => write!(
                f,
                "only {with} of {users} users have a like (a rating of {threshold} or more); are the ratings on two \
                 scales? --threshold sets where likes begin"
            ),
            Doubt::BadLines { left_out, lines } => {
                write!(f, "{left_out} of {lines} lines were left out, more than one in ten")
            }
            Doubt::NobodyNamed { without, events } => {
                write!(
                    f,
                    "{without} of {events} events name no user or no item; --columns says which columns hold them"
                )
            }
            Doubt::NoPairs { users } => write!(
                f,
                "none of {users} users with a like has two, so nothing can be learned of what goes together; is the \
                 column of users the right one? --columns sets it"
            ),
            Doubt::ItemsDoNotMeet { found, events, advice } => {
                write!(f, "only {found} of {events} events are about an item of the catalogue")?;
                advice.as_ref().map_or(Ok(()), |advice| write!(f, "; {advice}"))
            }
            Doubt::WorseThanPopularity { model, popularity } => {
                write!(f, "NDCG@10 is {}, below that of the popular items, {}", interval(model), interval(popularity))
            }
            Doubt::WorseThanCurrent { version, model, current, protocol } => write!(
                f,
                "NDCG@10 by protocol {protocol} is {}, below that of the current version {version}, {}",
                interval(model),
                interval(current)
            ),
        }
    }
}

fn interval(estimate: &Estimate) -> String {
    match estimate.interval() {
        Some((low, high)) => format!("{:.3} ({low:.3} to {high:.3})", estimate.mean),
        None => format!("{:.3}", estimate.mean),
    }
}

/// All reasons to doubt a model that was learned from `dataset`. `threshold` is the rating from which on events are
/// likes; `None`: every event is one.
pub fn doubts(
    dataset: &Dataset,
    report: Option<&ReadReport>,
    threshold: Option<f32>,
    metrics: Option<&MetricsFile>,
    current: Option<&Predecessor>,
) -> Vec<Doubt> {
    let mut doubts = of_likes(dataset, threshold, current);
    if let Some(report) = report {
        doubts.extend(of_reading(dataset, report));
    }
    if let Some(metrics) = metrics {
        doubts.extend(worse_than_popularity(metrics));
        doubts.extend(current.and_then(|current| worse_than_current(metrics, current)));
    }
    doubts
}

fn of_likes(dataset: &Dataset, threshold: Option<f32>, current: Option<&Predecessor>) -> Vec<Doubt> {
    let events = &dataset.events;
    let mut of_user = vec![0_usize; dataset.users.len()];
    for row in 0..events.len() {
        of_user[events.users[row].at()] += usize::from(is_like(events, row, threshold));
    }
    let likes: usize = of_user.iter().sum();
    let with = of_user.iter().filter(|likes| **likes > 0).count();
    let mut doubts = Vec::new();
    if let Some(current) = current
        && likes == 0
        && current.likes > 0
    {
        doubts.push(Doubt::NoLikesAnyMore { version: current.version.clone(), likes: current.likes });
    }
    if likes == 0 {
        return doubts;
    }
    if let Some(threshold) = threshold {
        if events.len() >= ENOUGH && (likes as f64) < LEAST_LIKED * events.len() as f64 {
            doubts.push(Doubt::FewLikes { likes, events: events.len(), threshold });
        }
        if of_user.len() >= ENOUGH && 2 * with <= of_user.len() {
            doubts.push(Doubt::UsersWithoutLikes { with, users: of_user.len(), threshold });
        }
    }
    if of_user.iter().all(|likes| *likes < 2) {
        doubts.push(Doubt::NoPairs { users: with });
    }
    doubts
}

fn of_reading(dataset: &Dataset, report: &ReadReport) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    if report.events_missing && !report.unread_event_files.is_empty() {
        doubts.push(Doubt::EventsNotRead { files: report.unread_event_files.clone() });
    }
    let lines = report.bad_lines + report.events_read + report.items_in_catalogue;
    if report.bad_lines as f64 > MOST_BAD * lines as f64 {
        doubts.push(Doubt::BadLines { left_out: report.bad_lines, lines });
    }
    let events = report.events_read;
    // Guests have no id; a column of users that most events leave empty is not that of the users.
    let without = report.events_without_user + report.events_without_item;
    if without > events {
        doubts.push(Doubt::NobodyNamed { without, events: events + without });
    }
    if report.items_in_catalogue > 0 && 2 * report.events_with_record < events && !dataset.events.is_empty() {
        let advice = report.near_miss.as_ref().map(|miss| miss.advice());
        doubts.push(Doubt::ItemsDoNotMeet { found: report.events_with_record, events, advice });
    }
    doubts
}

/// Below, where the intervals do not even touch.
fn is_clearly_below(lower: &Estimate, upper: &Estimate) -> bool {
    let above = |estimate: &Estimate| estimate.interval().map_or(estimate.mean, |(_, high)| high);
    let below = |estimate: &Estimate| estimate.interval().map_or(estimate.mean, |(low, _)| low);
    above(lower) < below(upper)
}

fn worse_than_popularity(metrics: &MetricsFile) -> Option<Doubt> {
    let protocol = metrics.protocols.first()?;
    let of = |name: &str| protocol.systems.iter().find(|system| system.name == name)?.metrics.get(METRIC).copied();
    let (model, popularity) = (of(FOLDIN.name())?, of(POPULARITY.name())?);
    is_clearly_below(&model, &popularity).then_some(Doubt::WorseThanPopularity { model, popularity })
}

/// Only where both were measured by the same protocol.
fn worse_than_current(metrics: &MetricsFile, current: &Predecessor) -> Option<Doubt> {
    let of = |metrics: &MetricsFile, protocol: &str| {
        let measured = metrics.protocols.iter().find(|one| one.protocol == protocol)?;
        measured.systems.iter().find(|system| system.name == FOLDIN.name())?.metrics.get(METRIC).copied()
    };
    let protocol = &metrics.protocols.first()?.protocol;
    let (model, before) = (of(metrics, protocol)?, of(current.metrics.as_ref()?, protocol)?);
    is_clearly_below(&model, &before).then(|| Doubt::WorseThanCurrent {
        version: current.version.clone(),
        model,
        current: before,
        protocol: protocol.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::artefacts::{ProtocolMetrics, SystemMetrics};

    /// Ratings of users with items, all at once.
    fn dataset(ratings: &[(&str, &str, f32)]) -> Dataset {
        Dataset::from_events("test", ratings.iter().map(|&(user, item, rating)| (user, item, rating, 0)))
    }

    fn of(dataset: &Dataset, threshold: Option<f32>) -> Vec<Doubt> {
        doubts(dataset, None, threshold, None, None)
    }

    fn measured(systems: &[(&str, f64, f64)]) -> MetricsFile {
        let systems = systems.iter().map(|&(name, low, high)| SystemMetrics {
            name: name.to_owned(),
            metrics: [(METRIC.to_owned(), Estimate::new((low + high) / 2.0, Some((low, high))))].into(),
            ..SystemMetrics::default()
        });
        let protocol =
            ProtocolMetrics { protocol: "strong".to_owned(), systems: systems.collect(), ..ProtocolMetrics::default() };
        MetricsFile { protocols: vec![protocol], ..MetricsFile::default() }
    }

    #[test]
    fn a_usual_data_set_raises_no_doubt() {
        let rows: Vec<(String, f32)> = (0..20).map(|n| (format!("u{n}"), if n % 4 == 0 { 2.0 } else { 5.0 })).collect();
        let rows: Vec<(&str, &str, f32)> =
            rows.iter().flat_map(|(user, rating)| [(user.as_str(), "a", *rating), (user.as_str(), "b", 5.0)]).collect();
        assert_eq!(of(&dataset(&rows), Some(4.0)), []);
    }

    #[test]
    fn ratings_on_two_scales_leave_half_of_the_users_without_a_like() {
        let users: Vec<String> = (0..10).map(|n| format!("u{n}")).collect();
        let rows: Vec<(&str, &str, f32)> = users
            .iter()
            .enumerate()
            .flat_map(|(n, user)| {
                let top = if n < 5 { 5.0 } else { 10.0 };
                [(user.as_str(), "a", top), (user.as_str(), "b", top)]
            })
            .collect();
        let expected = Doubt::UsersWithoutLikes { with: 5, users: 10, threshold: 8.0 };
        assert_eq!(of(&dataset(&rows), Some(8.0)), [expected]);
    }

    #[test]
    fn users_with_one_like_each_say_nothing_of_what_goes_together() {
        assert_eq!(of(&dataset(&[("u", "a", 1.0), ("v", "b", 1.0)]), None), [Doubt::NoPairs { users: 2 }]);
    }

    #[test]
    fn likes_that_have_gone_are_missed() {
        let current = Predecessor { version: "v1.0.0".to_owned(), likes: 191, metrics: None };
        let found = doubts(&Dataset::default(), None, None, None, Some(&current));
        assert_eq!(found, [Doubt::NoLikesAnyMore { version: "v1.0.0".to_owned(), likes: 191 }]);
        assert!(found[0].to_string().contains("191"));
    }

    #[test]
    fn events_that_were_not_read_and_lines_that_were_left_out_are_named() {
        let mut report = ReadReport::default();
        report.events_missing = true;
        report.unread_event_files = vec!["events.csv.gz".to_owned()];
        report.bad_lines = 20;
        report.events_read = 100;
        let found = doubts(&Dataset::default(), Some(&report), None, None, None);
        assert_eq!(
            found,
            [
                Doubt::EventsNotRead { files: vec!["events.csv.gz".to_owned()] },
                Doubt::BadLines { left_out: 20, lines: 120 }
            ]
        );
    }

    #[test]
    fn guests_are_no_reason_to_doubt_until_they_are_most() {
        let mut report = ReadReport::default();
        (report.events_read, report.events_without_user) = (100, 60);
        assert_eq!(doubts(&Dataset::default(), Some(&report), None, None, None), []);
        report.events_without_user = 101;
        let expected = Doubt::NobodyNamed { without: 101, events: 201 };
        assert_eq!(doubts(&Dataset::default(), Some(&report), None, None, None), [expected]);
    }

    #[test]
    fn a_model_is_compared_with_popularity_and_with_the_current_one_beyond_the_intervals() {
        let worse = measured(&[(FOLDIN.name(), 0.1, 0.2), (POPULARITY.name(), 0.25, 0.3)]);
        let touching = measured(&[(FOLDIN.name(), 0.1, 0.26), (POPULARITY.name(), 0.25, 0.3)]);
        let of = |metrics: &MetricsFile, current: Option<&Predecessor>| {
            doubts(&Dataset::default(), None, None, Some(metrics), current)
        };
        assert!(matches!(of(&worse, None)[..], [Doubt::WorseThanPopularity { .. }]));
        assert_eq!(of(&touching, None), []);
        let before = Some(measured(&[(FOLDIN.name(), 0.3, 0.4)]));
        let current = Predecessor { version: "v1.0.0".to_owned(), likes: 0, metrics: before };
        assert!(matches!(of(&touching, Some(&current))[..], [Doubt::WorseThanCurrent { .. }]));
    }
}
