//! One system compared with another.

use foldin_data::text::count;
use foldin_train::artefacts::{Comparison, Duel};

use super::in_words;

pub(super) fn table(Duel { first, second, comparisons }: &Duel) -> String {
    let mut text = format!("{first} against {second}, on the same users (95 % interval of the difference)\n");
    for one in comparisons {
        let percent = |share: f64| 100.0 * share;
        text += &format!(
            "  {:<12}  {}; better for {:.0} %, worse for {:.0} %, equal for {:.0} %\n",
            one.metric,
            verdict(one),
            percent(one.better),
            percent(one.worse),
            percent(one.equal),
        );
    }
    text
}

fn verdict(one: &Comparison) -> String {
    if one.equal == 1.0 {
        return "no difference for any user".to_owned();
    }
    in_words(one.difference, one.low, one.high, &count(one.users, "user"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_metric_has_a_verdict_and_the_shares_of_users() {
        let one = Comparison {
            metric: "mrr@10".to_owned(),
            difference: 0.0833,
            low: 0.02,
            high: 0.1,
            users: 50,
            better: 0.5,
            worse: 0.25,
            equal: 0.25,
        };
        let same =
            Comparison { difference: 0.0, low: 0.0, high: 0.0, better: 0.0, worse: 0.0, equal: 1.0, ..one.clone() };
        let text = table(&Duel { first: "a".to_owned(), second: "b".to_owned(), comparisons: vec![one, same] });
        let lines: Vec<&str> = text.lines().skip(1).collect();
        let shares = "better for 50 %, worse for 25 %, equal for 25 %";
        assert_eq!(lines[0], format!("  mrr@10        better by .0833 [.0200, .1000]; {shares}"));
        assert!(lines[1].starts_with("  mrr@10        no difference for any user; "), "{text}");
    }
}
