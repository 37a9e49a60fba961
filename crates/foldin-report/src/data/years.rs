//! Years of release.

use foldin_data::Dataset;
use serde::Serialize;

use super::Counts;

/// More pairs of bars cannot be told apart.
const MOST_BINS: i32 = 24;

/// Years of release.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Years {
    /// The first.
    pub first: i32,
    /// The last.
    pub last: i32,
    /// Half of the items with a year are from this year or earlier.
    pub median: i32,
    /// Half of the likes of items with a year go to items from this year or earlier; `None` without such likes.
    pub median_of_likes: Option<i32>,
    /// Number of years in a bin.
    pub width: i32,
    /// The bins without gaps, ascending.
    pub bins: Vec<YearBin>,
}

/// The items released in some years.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct YearBin {
    /// The first year.
    pub from: i32,
    /// Number of items.
    pub items: usize,
    /// Number of their likes.
    pub likes: usize,
}

impl Years {
    /// `None` where no item has a year.
    pub(super) fn new(dataset: &Dataset, counts: &Counts) -> Option<Self> {
        let dated = dataset.catalogue.iter().zip(&counts.likes_of_items);
        let mut dated: Vec<(i32, usize)> =
            dated.filter_map(|(record, &likes)| Some((record.year?, likes as usize))).collect();
        dated.sort_unstable();
        let (&(first, _), &(last, _)) = (dated.first()?, dated.last()?);
        let n_bins = |width: i32| last.div_euclid(width) - first.div_euclid(width) + 1;
        let width = [1, 2, 5, 10, 20, 50, 100, 1000].into_iter().find(|&width| n_bins(width) <= MOST_BINS)?;
        let start = first.div_euclid(width);
        let bin = |place: i32| YearBin { from: (start + place) * width, items: 0, likes: 0 };
        let mut bins: Vec<YearBin> = (0..n_bins(width)).map(bin).collect();
        for &(year, likes) in &dated {
            let bin = &mut bins[(year.div_euclid(width) - start) as usize];
            bin.items += 1;
            bin.likes += likes;
        }
        let n_likes: usize = dated.iter().map(|(_, likes)| likes).sum();
        let mut seen = 0;
        let median_of_likes = dated.iter().find(|(_, likes)| {
            seen += likes;
            2 * seen >= n_likes
        });
        Some(Years {
            first,
            last,
            median: dated[dated.len().div_ceil(2) - 1].0,
            median_of_likes: median_of_likes.filter(|_| n_likes > 0).map(|(year, _)| *year),
            width,
            bins,
        })
    }
}
