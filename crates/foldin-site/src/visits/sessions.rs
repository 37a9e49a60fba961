//! Page views to sessions: what one person read in one go.

use std::collections::HashSet;

use super::View;
use super::funnel::Funnel;

/// After so many seconds without a view a session has ended.
const SESSION_GAP: i64 = 30 * 60;

/// Pages that one person read in one go, in their order, each once. Nothing tells whose two sessions are.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    /// Places of the pages in the catalogue.
    pub pages: Vec<u32>,
    /// The time of each view, in seconds since 1970.
    pub times: Vec<i64>,
}

/// Divides views, in order, into sessions by the time of the first view. A page counts once a visitor, so that what
/// several sessions have in common is common to as many people. Sessions of one page are dropped.
pub(super) fn sessions(views: &[View], funnel: &mut Funnel) -> Vec<Session> {
    let mut sessions = Vec::new();
    for of_visitor in views.chunk_by(|a, b| a.visitor == b.visitor) {
        funnel.visitors += 1;
        let mut met = HashSet::new();
        for in_one_go in of_visitor.chunk_by(|a, b| b.time - a.time <= SESSION_GAP) {
            let new: Vec<&View> = in_one_go.iter().filter(|view| met.insert(view.page)).collect();
            funnel.repeats += (in_one_go.len() - new.len()) as u64;
            funnel.sessions += 1;
            if new.len() < 2 {
                funnel.bounces += 1;
                continue;
            }
            funnel.kept_views += new.len() as u64;
            sessions.push(Session {
                pages: new.iter().map(|view| view.page).collect(),
                times: new.iter().map(|view| view.time).collect(),
            });
        }
    }
    // The order must not tell which sessions are of one visitor.
    sessions.sort_by(|a, b| (&a.times, &a.pages).cmp(&(&b.times, &b.pages)));
    sessions
}

#[cfg(test)]
mod tests {
    use super::*;

    fn views(rows: &[(u32, i64, u32)]) -> Vec<View> {
        rows.iter().map(|&(visitor, time, page)| View { visitor, time, page }).collect()
    }

    #[test]
    fn sessions_end_after_half_an_hour_and_a_page_counts_once_a_visitor() {
        let gap = SESSION_GAP;
        let rows = [
            (0, 0, 5),
            (0, gap, 6),
            (0, gap + 1, 5),
            (0, 2 * gap + 2, 7),
            (0, 2 * gap + 3, 6),
            (1, 5, 1),
            (2, 1, 5),
            (2, 2, 6),
        ];
        let mut funnel = Funnel::default();
        let found = sessions(&views(&rows), &mut funnel);
        let pages: Vec<&[u32]> = found.iter().map(|session| session.pages.as_slice()).collect();
        assert_eq!(pages, [[5, 6], [5, 6]]);
        assert_eq!((funnel.visitors, funnel.sessions, funnel.bounces, funnel.repeats), (3, 4, 2, 2));
        assert_eq!((funnel.kept_sessions(), funnel.kept_views), (2, 4));
    }
}
