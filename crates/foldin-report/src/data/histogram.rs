//! Histograms.

use serde::Serialize;

use crate::number::Unit;

/// Values from `from` to `to`, both included.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bin {
    /// The lowest value.
    pub from: f64,
    /// The highest value.
    pub to: f64,
    /// The number of values.
    pub count: usize,
}

impl Bin {
    /// The bin as a label: `4`, `8–15`.
    pub fn label(&self) -> String {
        if self.from == self.to {
            return self.from.to_string();
        }
        let write = |value: f64| if self.to < 1e4 { Unit::Count.exact(value) } else { Unit::Count.short(value) };
        format!("{}–{}", write(self.from), write(self.to))
    }
}

/// Whole numbers of at least 1 in bins that double, 1, 2–3, 4–7, 8–15 and so on, from the first bin that is not empty to
/// the last.
pub(super) fn doubling_bins(values: impl Iterator<Item = u64>) -> Vec<Bin> {
    let mut counts = [0usize; 64];
    values.filter(|&value| value > 0).for_each(|value| counts[value.ilog2() as usize] += 1);
    let Some(first) = counts.iter().position(|&count| count > 0) else { return Vec::new() };
    let last = counts.iter().rposition(|&count| count > 0).unwrap_or(first);
    let bin = |power: usize| Bin {
        from: (1u64 << power) as f64,
        to: (u64::MAX >> (63 - power)) as f64,
        count: counts[power],
    };
    (first..=last).map(bin).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_double_from_the_first_to_the_last_that_is_not_empty() {
        let bins = doubling_bins([2, 3, 3, 9, 15, 0].into_iter());
        let found: Vec<(f64, f64, usize)> = bins.iter().map(|bin| (bin.from, bin.to, bin.count)).collect();
        assert_eq!(found, [(2.0, 3.0, 3), (4.0, 7.0, 0), (8.0, 15.0, 2)]);
        assert!(doubling_bins([0].into_iter()).is_empty());
        assert_eq!(doubling_bins([1].into_iter())[0].label(), "1");
    }
}
