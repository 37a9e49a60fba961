//! A replay of events with two systems side by side.

use std::fmt::Write;

use foldin_data::text::{count, grouped};
use foldin_train::evaluate::simulate::{Group, Mean, Sides, Simulation};

use super::{four_decimals, in_words};

pub(crate) fn simulation(data: &str, simulation: &Simulation) -> String {
    let Simulation { a, b, k, from, trained_on, after, all, known, new, stages } = simulation;
    let mut text = format!(
        "{data} from {from} on, with a model of the {} events before: {}\n\n",
        grouped(*trained_on as u64),
        if all.likes < after.likes {
            format!("{} of {} likes, drawn at random", grouped(all.likes as u64), grouped(after.likes as u64))
        } else {
            count(all.likes, "like")
        }
    );
    let _ = writeln!(text, "  {:<14}  {a:<14}  {b:<14}  {a} is", "");
    for (name, group) in [("all users", Some(all)), ("known users", known.as_ref()), ("new users", new.as_ref())] {
        if let Some(group) = group {
            write_group(&mut text, name, group, *k);
        }
    }
    let _ = writeln!(text, "\nhit@{k} as the model ages");
    for stage in stages {
        let days = if stage.from == stage.to { stage.from.clone() } else { format!("{} to {}", stage.from, stage.to) };
        let (a, b) = (four_decimals(stage.hit_a), four_decimals(stage.hit_b));
        let _ = writeln!(text, "  {days:<24}  {a:>6}  {b:>6}   {}", count(stage.likes, "like"));
    }
    text += "\nhit: likes that were among the items recommended just before; mrr: mean of 1 / rank; wins: likes of\n\
             a system's picks in one list that both make together (team-draft interleaving); ±: half the 95 %\n\
             interval, over users; p: sign test over users\n";
    text
}

fn write_group(text: &mut String, name: &str, group: &Group, k: usize) {
    let Group { users, likes, hit, mrr, interleaving } = group;
    let _ = writeln!(text, "{name}: {} of {}", count(*likes, "like"), count(*users, "user"));
    for (name, Sides { a, b, difference }) in [("hit", hit), ("mrr", mrr)] {
        let Mean { mean, low, high } = *difference;
        let words = in_words(mean, low, high, "they");
        let _ = writeln!(text, "  {:<14}  {:<14}  {:<14}  {words}", format!("{name}@{k}"), cell(a), cell(b));
    }
    let Mean { mean, low, high } = interleaving.share_a;
    let percent = |share: f64| 100.0 * share;
    let _ = writeln!(
        text,
        "  {:<14}  {:<14}  {:<14}  the winner in {:.1} % [{:.1}, {:.1}], p {}",
        "wins",
        grouped(interleaving.wins_a as u64),
        grouped(interleaving.wins_b as u64),
        percent(mean),
        percent(low),
        percent(high),
        if interleaving.p < 1e-4 { "below .0001".to_owned() } else { four_decimals(interleaving.p) },
    );
}

fn cell(mean: &Mean) -> String {
    format!("{} ±{}", four_decimals(mean.mean), four_decimals((mean.high - mean.low) / 2.0))
}
