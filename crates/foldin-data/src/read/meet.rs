//! Whether the events are about the items of the catalogue.

use std::collections::HashMap;

use super::options::IdMatch;
use super::report::ReadLog;
use crate::dataset::{Ids, ItemNo};

/// A pair of ids that would be one if a difference were overlooked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearMiss {
    /// What would be overlooked.
    pub matched: IdMatch,
    /// The id in the events.
    pub event: String,
    /// The id in the catalogue.
    pub catalogue: String,
    /// Items of the events that would so be found in the catalogue.
    pub items: usize,
}

impl NearMiss {
    /// A sentence with the pair and the option that joins them.
    pub fn advice(&self) -> String {
        let NearMiss { matched, event, catalogue, items } = self;
        format!(
            "{items} items of the events are missing from the catalogue only by {}: `{event}` there is `{catalogue}` here; \
             `--match-ids {}` joins them.",
            match matched {
                IdMatch::Case => "upper and lower case",
                IdMatch::LeadingZeros => "leading zeros",
                IdMatch::Decimals => "a trailing .0",
            },
            matched.name()
        )
    }
}

/// Joins items of events with those of the catalogue as `matches` say, and counts what does not meet.
///
/// `items` holds the `n_catalogue` items of the catalogue first. The numbers in `events` are changed, and items that
/// are joined leave `items`.
pub(super) fn join(items: &mut Ids, events: &mut [ItemNo], n_catalogue: usize, matches: &[IdMatch], log: &mut ReadLog) {
    for matched in matches {
        let keys = keys_of(items, n_catalogue, *matched);
        let n = items.len();
        let places: Vec<u32> = (0..n as u32)
            .map(|item| match item as usize {
                known if known < n_catalogue => item,
                _ => keys.get(&matched.key(&items[item as usize])).copied().flatten().unwrap_or(item),
            })
            .collect();
        let n_joined = places.iter().enumerate().filter(|(item, place)| *item as u32 != **place).count();
        if n_joined == 0 {
            continue;
        }
        log.note(format!(
            "Joined {n_joined} items of the events with the catalogue, without regard to {}.",
            matched.name()
        ));
        let kept: Vec<u32> = (0..n as u32).filter(|item| places[*item as usize] == *item).collect();
        let mut renumbered = vec![0_u32; n];
        kept.iter().zip(0_u32..).for_each(|(item, number)| renumbered[*item as usize] = number);
        events.iter_mut().for_each(|item| *item = ItemNo(renumbered[places[item.at()] as usize]));
        *items = kept.iter().map(|item| items[*item as usize].clone()).collect();
    }
    log.report.events_with_record = events.iter().filter(|item| item.at() < n_catalogue).count();
    log.report.near_miss = near_miss(items, n_catalogue);
}

/// The catalogue's items by what is left of their ids; `None` where two have the same.
fn keys_of(items: &Ids, n_catalogue: usize, matched: IdMatch) -> HashMap<String, Option<u32>> {
    let mut keys: HashMap<String, Option<u32>> = HashMap::new();
    for (item, id) in (0_u32..).zip(items.iter().take(n_catalogue)) {
        keys.entry(matched.key(id)).and_modify(|place| *place = None).or_insert(Some(item));
    }
    keys
}

/// What would join most of the items that the catalogue lacks.
fn near_miss(items: &Ids, n_catalogue: usize) -> Option<NearMiss> {
    if n_catalogue == 0 || items.len() == n_catalogue {
        return None;
    }
    let misses = IdMatch::ALL.into_iter().filter_map(|matched| {
        let keys = keys_of(items, n_catalogue, matched);
        let found = |id: &str| keys.get(&matched.key(id)).copied().flatten();
        let mut pairs = items.iter().skip(n_catalogue).filter_map(|id| Some((id, found(id)?)));
        let (event, catalogue) = pairs.next()?;
        let pair = (event.to_string(), items[catalogue as usize].to_string());
        Some(NearMiss { matched, event: pair.0, catalogue: pair.1, items: 1 + pairs.count() })
    });
    misses.max_by_key(|miss| miss.items)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Format, ReadOptions};

    fn joined(catalogue: &[&str], events: &[&str], matches: &[IdMatch]) -> (Vec<String>, Vec<u32>, Option<NearMiss>) {
        let mut items: Ids = catalogue.iter().map(|id| Box::from(*id)).collect();
        let mut numbers: Vec<ItemNo> =
            events.iter().map(|id| ItemNo(items.insert_full(Box::from(*id)).0 as u32)).collect();
        let mut log = ReadLog::new(Format::General, &ReadOptions::default());
        join(&mut items, &mut numbers, catalogue.len(), matches, &mut log);
        let ids = items.iter().map(|id| id.to_string()).collect();
        (ids, numbers.iter().map(|item| item.0).collect(), log.report.near_miss)
    }

    #[test]
    fn what_would_join_is_found_with_an_example() {
        let (_, _, miss) = joined(&["007", "008"], &["7", "x", "8"], &[]);
        let expected =
            NearMiss { matched: IdMatch::LeadingZeros, event: "7".into(), catalogue: "007".into(), items: 2 };
        assert_eq!(miss, Some(expected));
        assert_eq!(joined(&["a"], &["a"], &[]).2, None);
    }

    #[test]
    fn items_are_joined_where_that_is_wanted_and_there_is_one_to_join_with() {
        let (ids, numbers, _) = joined(&["14", "15", "a", "A"], &["14.0", "z", "15", "15.0"], &[IdMatch::Decimals]);
        assert_eq!(ids, ["14", "15", "a", "A", "z"]);
        assert_eq!(numbers, [0, 4, 1, 1]);
        let (ids, ..) = joined(&["i1", "I1"], &["\u{49}1x", "i1"], &[IdMatch::Case]);
        assert_eq!(ids, ["i1", "I1", "I1x"]);
    }
}
