//! The cold-start curve: what systems are worth to somebody of whom one like is known, three, five and so on.
//!
//! All points are measured on the same held-out users, of those who have enough likes, and from one training
//! ([`split::cold_start`](crate::split::cold_start)).

use std::fmt::Write;

use foldin_core::RequestError;

use super::intervals::{RESAMPLES, interval};
use super::metrics::{Measured, Metric};
use super::systems::{System, Task, figures};
use super::table::four_decimals;
use crate::split::HeldOut;

/// The numbers of shown likes that a curve is made of.
pub const COLD_LENGTHS: [u16; 5] = [1, 3, 5, 10, 20];

/// The cutoff of the curve. Lists need not be longer.
const K: usize = 10;

/// Figures at one number of shown likes.
#[derive(Debug, Clone, PartialEq)]
pub struct ColdPoint {
    /// How many likes are shown of each user.
    pub shown: u16,
    /// How many users the figures are taken over.
    pub users: usize,
    /// Names of systems and their figures, of which those beyond a cutoff of 10 mean nothing.
    pub systems: Vec<(String, Measured)>,
}

/// The points of the curve, each a number of shown likes with its users, for several systems; `progress` as in
/// [`figures`], over all points. `task` says what to ask of whom, but for the users and the length of lists.
///
/// # Errors
/// Those of [`figures`].
pub fn cold_curve(
    task: &Task<'_>,
    points: &[(u16, &[HeldOut])],
    systems: &[System],
    mut progress: impl FnMut(usize),
) -> Result<Vec<ColdPoint>, RequestError> {
    let mut done = 0;
    let mut curve = Vec::new();
    for &(shown, held_out) in points {
        let of_systems = figures(&Task { k: K, held_out, ..*task }, systems, |n| progress(done + n))?;
        done += held_out.len() * systems.len();
        let systems = of_systems.into_iter().map(|one| (one.system.name().to_owned(), one.measured)).collect();
        curve.push(ColdPoint { shown, users: held_out.len(), systems });
    }
    Ok(curve)
}

/// How many lists a curve takes, for progress.
pub fn lists_of_curve(points: &[(u16, &[HeldOut])], systems: &[System]) -> usize {
    points.iter().map(|(_, held_out)| held_out.len() * systems.len()).sum()
}

/// Mean and 95 % interval of ndcg@10.
pub(super) fn ndcg_at_10(measured: &Measured, seed: u64) -> (f64, (f64, f64)) {
    let per_user = measured.per_user(Metric::Ndcg, K).expect("10 is a cutoff, and users have this figure");
    (measured.metrics.get(Metric::Ndcg, K).expect("10 is a cutoff"), interval(&per_user, seed, RESAMPLES))
}

/// Systems that fit side by side.
pub(super) const SIDE_BY_SIDE: usize = 5;

/// A table of ndcg@10 with half its interval: one line a number of likes, one column a system. The last line, `all`, are
/// the users of `strong` with four fifths of their likes. Systems that do not fit next to each other follow below.
pub fn render_curve(curve: &[ColdPoint], full: &[(&str, &Measured)], seed: u64) -> String {
    let mut text = "ndcg@10 by the number of likes that are shown; ±: half the 95 % interval\n".to_owned();
    for (block, full) in full.chunks(SIDE_BY_SIDE).enumerate() {
        let _ = write!(text, "  {:>5}  {:>5}", "shown", "users");
        for (name, _) in full {
            let _ = write!(text, "  {name:>13}");
        }
        text.push('\n');
        for ColdPoint { shown, users, systems } in curve {
            let of_block = systems.iter().skip(block * SIDE_BY_SIDE).take(full.len()).map(|(_, measured)| measured);
            write_point(&mut text, &shown.to_string(), *users, of_block, seed);
        }
        let users = full.first().map_or(0, |(_, measured)| measured.metrics.users);
        write_point(&mut text, "all", users, full.iter().map(|&(_, measured)| measured), seed);
    }
    text
}

fn write_point<'a>(
    text: &mut String,
    shown: &str,
    users: usize,
    systems: impl Iterator<Item = &'a Measured>,
    seed: u64,
) {
    let _ = write!(text, "  {shown:>5}  {users:>5}");
    for measured in systems {
        let (mean, (low, high)) = ndcg_at_10(measured, seed);
        let cell = format!("{} ±{}", four_decimals(mean), four_decimals((high - low) / 2.0));
        let _ = write!(text, "  {cell:>13}");
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::{ItemFacts, measure};

    #[test]
    fn a_curve_has_a_line_a_point_and_one_for_full_histories() {
        let one = HeldOut { user: 0, shown: Vec::new(), relevant: vec![0] };
        let facts = ItemFacts { likes: vec![1; 2], most_popular: vec![0, 1], n_users: 2, about: vec![vec![]; 2] };
        let measured = measure(&[vec![0], vec![1]], &[one.clone(), one], &facts);
        let point = ColdPoint { shown: 3, users: 2, systems: vec![("foldin".to_owned(), measured.clone())] };
        let text = render_curve(&[point], &[("foldin", &measured)], 7);
        let lines: Vec<&str> = text.lines().skip(1).collect();
        assert_eq!(
            lines,
            ["  shown  users         foldin", "      3      2   .5000 ±.5000", "    all      2   .5000 ±.5000",]
        );
    }

    #[test]
    fn more_systems_than_fit_follow_below() {
        let facts = ItemFacts { likes: vec![1], most_popular: vec![0], n_users: 1, about: vec![vec![]] };
        let held_out = [HeldOut { user: 0, shown: Vec::new(), relevant: vec![0] }];
        let [found, missed] = [vec![0], vec![]].map(|list| measure(&[list], &held_out, &facts));
        let names = ["a", "b", "c", "d", "e", "f", "g"];
        let systems: Vec<(String, Measured)> =
            names.map(|name| (name.to_owned(), if name == "f" { found.clone() } else { missed.clone() })).into();
        let full: Vec<(&str, &Measured)> = systems.iter().map(|(name, measured)| (name.as_str(), measured)).collect();
        let text = render_curve(&[ColdPoint { shown: 1, users: 1, systems: systems.clone() }], &full, 7);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 7);
        assert_eq!(lines[4].split_whitespace().collect::<Vec<_>>(), ["shown", "users", "f", "g"]);
        assert_eq!(lines[5].split_whitespace().collect::<Vec<_>>(), ["1", "1", "1.0000", "±.0000", ".0000", "±.0000"]);
        assert!(lines.iter().all(|line| line.chars().count() <= 100), "{text}");
    }
}
