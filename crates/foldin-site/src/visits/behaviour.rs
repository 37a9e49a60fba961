//! Programs that call themselves browsers, told by what they do.

use super::View;
use super::visitors::{Visitor, Visitors};

/// More pages than this within a minute nobody reads.
pub(super) const MOST_A_MINUTE: usize = 30;

/// Who views at least so many pages without any picture or style loads pages only, where others load both.
const PAGES_WITHOUT_ASSETS: u32 = 3;

/// Share of the visitors who load pictures or styles from which on it is odd not to: on some sites those come from
/// another host, or are not logged.
const USUAL: f64 = 0.5;

/// Which visitors, by number, are programs: they read `robots.txt`, more than 30 pages a minute, or pages only.
/// `views` is in order.
pub(super) fn robots(visitors: &Visitors, views: &[View]) -> Vec<bool> {
    let readers = || visitors.all.iter().filter(|visitor| visitor.n_pages > 0 && !visitor.read_robots);
    let with_assets = readers().filter(|visitor| visitor.has_assets).count() as f64;
    let are_assets_usual = with_assets > USUAL * readers().count() as f64;
    let is_robot = |visitor: &Visitor| {
        let has_pages_only = !visitor.has_assets && visitor.n_pages >= PAGES_WITHOUT_ASSETS;
        visitor.read_robots || (are_assets_usual && has_pages_only)
    };
    let mut robots: Vec<bool> = visitors.all.iter().map(is_robot).collect();
    for of_visitor in views.chunk_by(|a, b| a.visitor == b.visitor) {
        let is_hasty = |pair: &[View]| pair[MOST_A_MINUTE].time - pair[0].time < 60;
        if of_visitor.windows(MOST_A_MINUTE + 1).any(is_hasty) {
            robots[of_visitor[0].visitor as usize] = true;
        }
    }
    robots
}
