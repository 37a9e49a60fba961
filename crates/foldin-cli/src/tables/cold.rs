//! The cold-start curve.

use std::fmt::Write;

use foldin_train::artefacts::{ColdPoint, Estimate, ProtocolMetrics};

use super::{SIDE_BY_SIDE, with_interval};

/// A line per point, and a last one for the whole histories of `full`.
pub(super) fn table(curve: &[ColdPoint], full: Option<&ProtocolMetrics>) -> String {
    let mut text = "ndcg@10 by the number of likes shown; ±: half the 95 % interval\n".to_owned();
    let names: Vec<&str> =
        curve.first().into_iter().flat_map(|point| &point.systems).map(|one| one.name.as_str()).collect();
    for names in names.chunks(SIDE_BY_SIDE) {
        let _ = write!(text, "  {:>5}  {:>5}", "shown", "users");
        for name in names {
            let _ = write!(text, "  {name:>13}");
        }
        text.push('\n');
        for ColdPoint { shown, users, systems } in curve {
            let find = |name: &&str| systems.iter().find(|one| one.name == *name).map(|one| one.ndcg_at_10);
            write_point(&mut text, &shown.to_string(), *users, names.iter().map(find));
        }
        if let Some(full) = full {
            let find = |name: &&str| {
                let system = full.systems.iter().find(|one| one.name == *name)?;
                system.metrics.get("ndcg@10").copied()
            };
            write_point(&mut text, "all", full.users, names.iter().map(find));
        }
    }
    text
}

fn write_point(text: &mut String, shown: &str, users: usize, systems: impl Iterator<Item = Option<Estimate>>) {
    let _ = write!(text, "  {shown:>5}  {users:>5}");
    for estimate in systems {
        let _ = write!(text, "  {:>13}", estimate.as_ref().map(with_interval).unwrap_or_default());
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use foldin_train::artefacts::{NamedEstimate, SystemMetrics};

    use super::*;

    fn estimate(mean: f64) -> Estimate {
        Estimate::new(mean, Some((mean - 0.5, mean + 0.5)))
    }

    fn point(names: &[&str]) -> ColdPoint {
        let named = |(n, name): (usize, &&str)| NamedEstimate {
            name: (*name).to_owned(),
            ndcg_at_10: estimate(0.5 + n as f64 / 10.0),
        };
        ColdPoint { shown: 3, users: 2, systems: names.iter().enumerate().map(named).collect() }
    }

    #[test]
    fn a_point_has_a_line_and_the_last_one_is_for_whole_histories() {
        let metrics = [("ndcg@10".to_owned(), estimate(0.75))].into();
        let system = SystemMetrics { name: "foldin".to_owned(), metrics, ..SystemMetrics::default() };
        let full = ProtocolMetrics { users: 2, systems: vec![system], ..ProtocolMetrics::default() };
        let text = table(&[point(&["foldin"])], Some(&full));
        let lines: Vec<&str> = text.lines().skip(1).collect();
        let expected =
            ["  shown  users         foldin", "      3      2   .5000 ±.5000", "    all      2   .7500 ±.5000"];
        assert_eq!(lines, expected);
    }

    #[test]
    fn systems_that_do_not_fit_follow_below() {
        let text = table(&[point(&["a", "b", "c", "d", "e", "f", "g"])], None);
        let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(lines.len(), 5);
        assert_eq!(lines[3], ["shown", "users", "f", "g"]);
        assert_eq!(lines[4], ["3", "2", "1.0000", "±.5000", "1.1000", "±.5000"]);
        assert!(text.lines().all(|line| line.chars().count() <= super::super::WIDTH), "{text}");
    }
}
