//! Protocol `newcomers`: how soon answers to questions lead to good lists, by what is asked.

use std::fmt::Write;

use foldin_train::artefacts::Estimate;
use foldin_train::evaluate::Newcomers;
use foldin_train::evaluate::newcomers::{Asked, POPULAR, Point};

use super::{four_decimals, with_interval};

pub(crate) fn newcomers(heading: &str, measured: &Newcomers) -> String {
    let Newcomers { users, unknown, known, asked } = measured;
    let mut text = format!(
        "{heading}\nndcg@10 of recommendations to {users} newcomers who tap what they like of the items shown\n\
         ±: half the 95 % interval; in brackets: how many they tapped\n  nothing known {}, everything known {}\n\n",
        four_decimals(unknown.mean),
        four_decimals(known.mean),
    );
    let all: Vec<&Asked> = asked.iter().collect();
    let ahead: Vec<&Asked> = asked.iter().filter(|one| one.name != POPULAR).collect();
    write_points(&mut text, &all, 19, |Point { likes, ndcg, .. }| format!("{} ({likes:>4.1})", with_interval(ndcg)));
    text += "\nahead of popular, user by user\n";
    write_points(&mut text, &ahead, 13, |point| with_sign(&point.over_popular));
    text += "\nitems shown until ndcg@10 reaches what popular items lead to\n";
    write_names(&mut text, 8, "ndcg@10", &all, 13);
    let popular = asked.iter().find(|one| one.name == POPULAR);
    for Point { ndcg: level, .. } in popular.into_iter().flat_map(|one| &one.points) {
        let _ = write!(text, "  {:>8}", four_decimals(level.mean));
        for one in asked {
            let questions = measured.questions_to(one, level.mean);
            let _ = write!(text, "  {:>13}", questions.map_or_else(|| "never".to_owned(), |n| format!("{n:.0}")));
        }
        text.push('\n');
    }
    text
}

fn write_names(text: &mut String, first_width: usize, first: &str, asked: &[&Asked], width: usize) {
    let _ = write!(text, "  {first:>first_width$}");
    asked.iter().for_each(|one| *text += &format!("  {:>width$}", one.name));
    text.push('\n');
}

fn write_points(text: &mut String, asked: &[&Asked], width: usize, cell: impl Fn(&Point) -> String) {
    write_names(text, 5, "shown", asked, width);
    let n_points = asked.first().map_or(0, |one| one.points.len());
    for at in 0..n_points {
        let _ = write!(text, "  {:>5}", asked[0].points[at].questions);
        asked.iter().for_each(|one| *text += &format!("  {:>width$}", cell(&one.points[at])));
        text.push('\n');
    }
}

fn with_sign(estimate: &Estimate) -> String {
    let sign = if estimate.mean < 0.0 { '-' } else { '+' };
    format!("{sign}{}", with_interval(&Estimate { mean: estimate.mean.abs(), ..*estimate }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_of_asking_stand_beside_each_other_and_popular_is_what_they_are_ahead_of() {
        let estimate = |mean| Estimate::new(mean, Some((mean - 0.01, mean + 0.01)));
        let asked = |name, ndcg, over| Asked {
            name,
            points: vec![Point { questions: 5, likes: 1.5, ndcg: estimate(ndcg), over_popular: estimate(over) }],
        };
        let measured = Newcomers {
            users: 3,
            unknown: estimate(0.1),
            known: estimate(0.4),
            asked: vec![asked("seeds", 0.3, 0.1), asked(POPULAR, 0.2, 0.0), asked("random", 0.1, -0.1)],
        };
        let text = newcomers("newcomers on small, seed 7", &measured);
        let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(lines[5], ["shown", "seeds", "popular", "random"]);
        let cells =
            ["5", ".3000", "±.0100", "(", "1.5)", ".2000", "±.0100", "(", "1.5)", ".1000", "±.0100", "(", "1.5)"];
        assert_eq!(lines[6], cells);
        assert_eq!(lines[9], ["shown", "seeds", "random"]);
        assert_eq!(lines[10], ["5", "+.1000", "±.0100", "-.1000", "±.0100"]);
        // Seeds reach .2 half way from 0 questions (.1) to 5 (.3): at 2.5, which rounds to 3. Random items never do.
        assert_eq!(lines[14], [".2000", "3", "5", "never"]);
    }
}
