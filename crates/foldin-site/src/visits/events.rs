//! Page views of an analytics tool, as the readers of foldin-data give them, to sessions.

use foldin_data::Dataset;

use super::View;
use super::funnel::Funnel;
use super::read::{Visits, visits_of};
use crate::pages::Pages;

/// The sessions of a data set whose items are addresses of pages, and whose users are visitors or sessions. Where views
/// have no times, all of one user are one session, in the order of the file.
pub fn from_dataset(dataset: &Dataset, pages: &Pages) -> Visits {
    let events = &dataset.events;
    let places: Vec<Option<usize>> = dataset.items.iter().map(|address| pages.find(address)).collect();
    let mut funnel = Funnel { files: 1, lines: events.len() as u64, ..Funnel::default() };
    let mut views = Vec::new();
    for row in 0..events.len() {
        match places[events.items[row].at()] {
            Some(page) => {
                // Without times, seconds of a day keep the order.
                let time = events.times.get(row).copied().unwrap_or(row as i64 % 1000);
                views.push(View { visitor: events.users[row].0, time, page: page as u32 });
            }
            None => funnel.elsewhere += 1,
        }
    }
    // Stable: views of the same second stay in the order of the file.
    views.sort_by_key(|view| (view.visitor, view.time));
    let until = events.times.iter().max().copied();
    visits_of(&views, pages, funnel, until)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::pages::read_pages;

    #[test]
    fn addresses_of_an_export_are_those_of_pages_however_they_are_spelled() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a", "b", "c"] {
            fs::write(folder.path().join(format!("{name}.html")), format!("<title>{name}</title><main>{name}"))
                .unwrap();
        }
        let pages = read_pages(folder.path(), None, "foldin").unwrap();
        let day = 86_400;
        let events = [
            ("v", "https://example.org/a", 1.0, day),
            ("v", "/b.html?x=1", 1.0, day + 60),
            ("w", "/c/", 1.0, day),
            ("w", "/nowhere", 1.0, day + 1),
            ("v", "/c", 1.0, 2 * day),
        ];
        let visits = from_dataset(&Dataset::from_events("export", events), &pages);
        assert_eq!(visits.sessions.len(), 1);
        assert_eq!(visits.sessions[0].pages, [0, 1]);
        assert_eq!((visits.funnel.elsewhere, visits.funnel.bounces, visits.views), (1, 2, vec![1, 1, 2]));
    }
}
