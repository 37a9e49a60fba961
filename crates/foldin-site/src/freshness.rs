//! Newer pages first, as far as the site wants it: `--half-life`.
//!
//! A list is ordered by `2^(-age / half-life) / place`: the weight of a page is one over its place among the candidates,
//! and it halves with every half-life since the page's date. So the page on place 2 comes before the one on place 1 if
//! it is newer by more than one half-life, and so does the page on place 4 if it is newer by more than two. Only
//! differences of dates matter, so the order does not depend on the day of the run.
//!
//! `pkg/src/related/freshness.js` orders personal lists by the same rule.

use std::cmp::Ordering;

use serde::Serialize;

use crate::pages::{Page, Pages, day};

/// So many candidates for each place of a list.
pub const CANDIDATES: usize = 5;

const SECONDS_OF_A_DAY: i64 = 86_400;

/// How much newer pages are preferred.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Freshness {
    /// Days in which the weight of a page halves.
    half_life: f64,
    /// The date that pages without one are taken for, as `2024-05-01`: the median of the others.
    undated: String,
    #[serde(skip)]
    undated_day: i64,
}

impl Freshness {
    /// The preference for newer pages among those of a site; nothing if no page has a date.
    pub fn new(half_life: f64, pages: &Pages) -> Option<Self> {
        let mut days: Vec<i64> = pages.pages.iter().filter_map(day_of).collect();
        days.sort_unstable();
        let undated_day = *days.get(days.len() / 2)?;
        Some(Freshness { half_life, undated: day(undated_day * SECONDS_OF_A_DAY), undated_day })
    }

    /// Orders candidates, which come with the best first.
    pub fn order(&self, candidates: Vec<usize>, pages: &Pages) -> Vec<usize> {
        let weigh = |(n, page): (usize, usize)| {
            let days = day_of(&pages.pages[page]).unwrap_or(self.undated_day) - self.undated_day;
            // The logarithm of the weight: days may be many half-lives apart.
            (days as f64 / self.half_life - ((n + 1) as f64).log2(), page)
        };
        let mut weighed: Vec<(f64, usize)> = candidates.into_iter().enumerate().map(weigh).collect();
        weighed.sort_by(|(a, _), (b, _)| b.partial_cmp(a).unwrap_or(Ordering::Equal));
        weighed.into_iter().map(|(_, page)| page).collect()
    }
}

/// The date of a page in days since 1970.
fn day_of(page: &Page) -> Option<i64> {
    page.date.map(|seconds| seconds.div_euclid(SECONDS_OF_A_DAY))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pages whose dates are so many days after the first.
    fn pages(days: &[Option<i64>]) -> Pages {
        let page = |days: &Option<i64>| Page { date: days.map(|days| days * SECONDS_OF_A_DAY), ..Page::default() };
        let mut site = Pages::default();
        site.pages = days.iter().map(page).collect();
        site
    }

    #[test]
    fn a_page_on_twice_the_place_goes_ahead_if_it_is_newer_by_more_than_a_half_life() {
        let order = |pages: &Pages| Freshness::new(10.0, pages).unwrap().order(vec![0, 1], pages);
        assert_eq!(order(&pages(&[Some(0), Some(9)])), [0, 1]);
        assert_eq!(order(&pages(&[Some(0), Some(11)])), [1, 0]);
    }

    #[test]
    fn pages_without_a_date_are_taken_for_those_of_the_median_date() {
        let pages = pages(&[Some(0), None, Some(50), Some(100)]);
        let freshness = Freshness::new(1.0, &pages).unwrap();
        assert_eq!(freshness.undated, "1970-02-20");
        assert_eq!(freshness.order(vec![0, 1, 2, 3], &pages), [3, 1, 2, 0]);
    }

    #[test]
    fn a_site_without_dates_has_no_newer_pages() {
        assert_eq!(Freshness::new(10.0, &pages(&[None, None])), None);
    }
}
