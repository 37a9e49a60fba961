//! The price of diversity.

use std::fmt::Write;

use foldin_train::artefacts::DiversityPoint;
use foldin_train::evaluate::diversity::SHOWN;

use super::with_interval;

const K: usize = 10;

pub(super) fn table(points: &[DiversityPoint]) -> String {
    let users = points.first().map_or(0, |point| point.users);
    let mut text = format!(
        "the price of diversity, for {users} of the users: how much similarity counts against an item\n  lambda"
    );
    for metric in SHOWN {
        let _ = write!(text, "  {:>13}", metric.at(K));
    }
    text.push('\n');
    for DiversityPoint { lambda, metrics, .. } in points {
        let _ = write!(text, "  {lambda:>6}");
        for metric in SHOWN {
            let value = metrics.get(&metric.at(K)).map_or_else(|| "-".to_owned(), with_interval);
            let _ = write!(text, "  {value:>13}");
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use foldin_train::artefacts::Estimate;

    use super::*;

    #[test]
    fn a_lambda_has_a_line_and_what_was_not_measured_a_dash() {
        let metrics = [
            ("ndcg@10".to_owned(), Estimate::new(0.5, Some((0.0, 1.0)))),
            ("coverage@10".to_owned(), Estimate::new(0.4, None)),
        ];
        let text = table(&[DiversityPoint { lambda: 0.3, users: 2, metrics: metrics.into() }]);
        let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(lines[0][..8], ["the", "price", "of", "diversity,", "for", "2", "of", "the"]);
        assert_eq!(lines[1], ["lambda", "ndcg@10", "ild@10", "coverage@10", "long_tail@10"]);
        assert_eq!(lines[2], ["0.3", ".5000", "±.5000", "-", ".4000", "-"]);
        assert!(text.lines().all(|line| line.chars().count() <= super::super::WIDTH), "{text}");
    }
}
