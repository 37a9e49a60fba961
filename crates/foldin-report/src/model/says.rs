//! The sentences of a model card.

use super::{Curve, Diversity, Estimate, ModelFacts, Protocol, System};
use crate::report::number::{percent, trimmed, whole};
use crate::text::grouped;
use crate::text::{count, size};

pub(super) fn lead(facts: &ModelFacts) -> Vec<String> {
    let simulated =
        if facts.simulated { ", whose events were made by a program and say nothing about people" } else { "" };
    let liked = match facts.like_threshold {
        Some(stars) => format!("ratings of {stars} and more"),
        None => "every event".to_owned(),
    };
    let factors = match facts.factors {
        Some(factors) => format!("It holds {} for {}.", count(factors, "factor"), count(facts.liked_items, "item")),
        None => "It holds no factors: nothing could be learned.".to_owned(),
    };
    vec![
        format!(
            "Trained by {} on {}{simulated}: {} of {} ({liked}) on {}.",
            facts.program,
            facts.data,
            count(facts.likes as usize, "like"),
            count(facts.users as usize, "user"),
            count(facts.items, "item")
        ),
        factors,
    ]
}

/// What the protocol does, for those that are known.
pub(super) fn protocol(protocol: &Protocol) -> String {
    let what = match protocol.protocol.as_str() {
        "strong" => {
            "Users whom learning has never seen show four fifths of their likes; the rest is to be found.".to_owned()
        }
        "loo" => "The newest like of each user is to be found from the earlier ones.".to_owned(),
        "holdout" => "A random fifth of each user's events is to be found from the others.".to_owned(),
        "cold" => "Users whom learning has never seen show very few likes; the rest is to be found.".to_owned(),
        name if name.strip_prefix("cold").is_some_and(|n| n.parse::<u32>().is_ok()) => {
            let shown = count(name[4..].parse().unwrap_or(0), "like");
            format!("Users whom learning has never seen show {shown}; the rest is to be found.")
        }
        "" => "Measured by a protocol that the file does not name.".to_owned(),
        name => format!("Measured by the protocol {name}."),
    };
    let mut details = Vec::new();
    details.extend(protocol.part.as_ref().map(|part| format!("{part} part")));
    details.extend(protocol.users.map(|users| count(users as usize, "user")));
    details.extend(protocol.threshold.map(|stars| format!("likes from {} on", trimmed(stars, 4))));
    details.extend(protocol.seed.map(|seed| format!("seed {seed}")));
    let details = if details.is_empty() { String::new() } else { format!(" ({})", details.join(", ")) };
    format!("{what}{details}")
}

/// How the model compares with the best of the others by a figure where more is better.
pub(super) fn comparison(protocol: &Protocol, metric: &str) -> String {
    let figure = |system: &System| system.metrics.get(metric).copied();
    let ours = protocol.systems.iter().find(|system| is_ours(system)).and_then(figure);
    let others = protocol.systems.iter().filter(|system| !is_ours(system));
    let others = others.filter_map(|system| Some((system.name.as_str(), figure(system)?)));
    let best = others.max_by(|a, b| a.1.mean.total_cmp(&b.1.mean));
    match (ours, best) {
        (Some(ours), Some((name, best))) if best.mean > 0.0 => {
            let verdict = match (ours.interval(), best.interval()) {
                (Some(a), Some(b)) if a.0 > b.1 => {
                    " The intervals do not touch: that is no accident of which users were drawn."
                }
                (Some(a), Some(b)) if b.0 > a.1 => " The intervals do not touch: the model is the worse one here.",
                (Some(_), Some(_)) => " The intervals overlap: another draw of users might turn it round.",
                _ => "",
            };
            format!("foldin reaches {}, {} {name}.{verdict}", four(ours), times(ours.mean / best.mean))
        }
        (Some(ours), _) => format!("foldin reaches {}.", four(ours)),
        _ => "What was measured, side by side.".to_owned(),
    }
}

fn four(figure: Estimate) -> String {
    format!("{:.4}", figure.mean)
}

fn times(ratio: f64) -> String {
    match ratio {
        ratio if ratio >= 1.15 => format!("{ratio:.1} times what is reached by"),
        ratio if ratio > 1.0 => format!("{} more than", percent(ratio - 1.0)),
        1.0 => "the same as".to_owned(),
        ratio => format!("{} less than", percent(1.0 - ratio)),
    }
}

/// Whether a system is the model as it answers by default.
pub(super) fn is_ours(system: &System) -> bool {
    system.name == "foldin"
}

pub(super) fn variety(protocol: &Protocol) -> String {
    let of = |name: &str, metric: &str| {
        let system = protocol.systems.iter().find(|system| system.name == name)?;
        system.metrics.get(metric).map(|figure| figure.mean)
    };
    let ours = of("foldin", "coverage@10")
        .map(|part| format!("foldin recommends {} of the catalogue to somebody", percent(part)));
    let popular = of("popularity", "coverage@10").map(|part| format!("popularity {}", percent(part)));
    let tail = of("foldin", "long_tail@10")
        .map(|part| format!("{} of its recommendations lie outside the most popular fifth", percent(part)));
    let said: Vec<String> = [ours, popular, tail].into_iter().flatten().collect();
    match said.is_empty() {
        true => "What all lists together are made of.".to_owned(),
        false => format!(
            "{}. High figures with little coverage would mean that everybody is shown the same.",
            said.join("; ")
        ),
    }
}

pub(super) fn cold_start(facts: &ModelFacts, metric: &str) -> String {
    let points = facts.measured.cold_start.iter().filter_map(|point| {
        let system = point.systems.iter().find(|system| is_ours(system))?;
        Some((point.shown, system.metrics.get(metric)?.mean))
    });
    let points: Vec<(u64, f64)> = points.collect();
    match (points.first(), points.last()) {
        (Some(first), Some(last)) if first.0 < last.0 => format!(
            "After {} a stranger gets {:.4}, after {} {:.4}: that is what the first likes are worth.",
            count(first.0 as usize, "like"),
            first.1,
            grouped(last.0),
            last.1
        ),
        _ => "What strangers get after their first likes.".to_owned(),
    }
}

/// So much of NDCG is cheap to give up for variety.
const CHEAP: f64 = 0.02;

/// What lists gain in variety and lose in worth: as far as it is cheap, and at the end of the curve.
pub(super) fn diversity(points: &[Diversity]) -> String {
    let of = |point: &Diversity| Some((point.metrics.get("ild@10")?.mean, point.metrics.get("ndcg@10")?.mean));
    let known: Vec<(f64, f64, f64)> =
        points.iter().filter_map(|point| of(point).map(|(ild, ndcg)| (point.lambda, ild, ndcg))).collect();
    let plain = known.first().filter(|(lambda, ild, ndcg)| *lambda == 0.0 && *ild > 0.0 && *ndcg > 0.0);
    let Some(&(_, ild, ndcg)) = plain else { return "What lists are worth the more their items differ.".to_owned() };
    // How much more the items of a list differ, and what part of NDCG that costs.
    let changes: Vec<(f64, f64, f64)> =
        known.iter().skip(1).map(|(lambda, i, n)| (*lambda, i / ild - 1.0, 1.0 - n / ndcg)).collect();
    let said = |&(lambda, more, cost): &(f64, f64, f64)| {
        // That it adds something is chance, as likely as not.
        let cost = match cost {
            cost if cost >= 0.0005 => format!("costs {} of NDCG@10", percent(cost)),
            _ => "costs nothing of NDCG@10".to_owned(),
        };
        format!("{} more variety {cost} (diversity {})", percent(more), trimmed(lambda, 2))
    };
    let gains: Vec<&(f64, f64, f64)> = changes.iter().filter(|(_, more, _)| *more >= 0.0005).collect();
    let cheap = gains.iter().rev().find(|(_, _, cost)| *cost <= CHEAP).or(gains.first());
    match (cheap, gains.last()) {
        (Some(cheap), Some(last)) if cheap.0 < last.0 => format!("{}; {}.", said(cheap), said(last)),
        (Some(cheap), _) => format!("{}.", said(cheap)),
        _ => "Lists do not become more varied here, whatever is asked for.".to_owned(),
    }
}

pub(super) fn diversity_table(points: &[Diversity]) -> String {
    let users = points.iter().find_map(|point| point.users);
    let users = users.map(|users| format!(", {} here", count(users as usize, "user"))).unwrap_or_default();
    format!(
        "A request may ask for variety (`diversity`, 0 to 1): likeness to what stands above counts so much against an \
         item. The same people at every line{users}, so coverage counts what these are recommended."
    )
}

pub(super) fn by_history(metric: &str) -> String {
    format!(
        "{} by the number of likes that a user has shown: means over users of a group, so groups differ in difficulty too.",
        name(metric)
    )
}

pub(super) fn sizes(facts: &ModelFacts) -> String {
    let all: u64 = facts.files.iter().map(|file| file.bytes).sum();
    let sections = facts.files.iter().flat_map(|file| file.sections.iter().map(move |section| (file.kind, section)));
    // The first of equals, so that the sentence is always the same.
    let largest = sections.fold(None, |best: Option<(&str, &super::SectionFacts)>, one| match best {
        Some(best) if best.1.bytes >= one.1.bytes => Some(best),
        _ => Some(one),
    });
    let largest = largest.map(|(kind, section)| {
        format!(
            " The largest part is {} in the {kind} file, {}.",
            section.name,
            percent(section.bytes as f64 / all as f64)
        )
    });
    format!("{} in all, before compression by the host.{}", size(all), largest.unwrap_or_default())
}

pub(super) fn curve(curve: &Curve) -> String {
    let (Some(first), Some(last)) = (curve.points.first(), curve.points.last()) else { return String::new() };
    let half = curve.points.get(curve.points.len() / 2).map_or(last.1, |point| point.1);
    let change = first.1 - last.1;
    let settled = change != 0.0 && ((half - last.1) / change).abs() < 0.05;
    format!(
        "{} of {} goes from {} to {} in {}{}",
        name(&curve.figure),
        curve.learner,
        plain(first.1),
        plain(last.1),
        count(last.0 as usize, "iteration"),
        if settled { ": the second half hardly changes it, so more would be of no use." } else { "." }
    )
}

/// A number of any size: whole where it is large.
fn plain(value: f64) -> String {
    if value >= 1e4 { whole(value) } else { trimmed(value, 4) }
}

pub(super) fn stars(facts: &ModelFacts) -> String {
    let Some(stars) = &facts.measured.stars else { return String::new() };
    let best = stars.baselines.iter().filter_map(|(name, errors)| Some((name, errors.get("rmse")?.mean)));
    let best = best.min_by(|a, b| a.1.total_cmp(&b.1));
    match (stars.errors.get("rmse"), best) {
        (Some(ours), Some((name, best))) => format!(
            "Predicted stars are off by {:.3} (root mean square); the best of what it is compared with, {name}, by {best:.3}. Less is better.",
            ours.mean
        ),
        (Some(ours), None) => format!("Predicted stars are off by {:.3} (root mean square).", ours.mean),
        _ => "How far predicted stars are off. Less is better.".to_owned(),
    }
}

pub(super) fn settings(n_changed: usize, n_settings: usize) -> String {
    let differ = match n_changed {
        0 => "All are as by default".to_owned(),
        1 => format!("1 of {n_settings} differs from the default"),
        _ => format!("{n_changed} of {n_settings} differ from the defaults"),
    };
    format!("{differ}. With the same settings and data, the same bytes come out again.")
}

pub(super) fn versions(facts: &ModelFacts) -> String {
    match facts.is_current {
        Some(true) => "This card is about the current version, which is what a page loads.".to_owned(),
        _ => format!("This card is about {}, which is not the current version.", facts.version),
    }
}

/// The name of a metric as people write it.
pub(super) fn name(metric: &str) -> String {
    let (name, at) = metric.split_once('@').map_or((metric, ""), |(name, at)| (name, at));
    let name = match name {
        "ndcg" => "NDCG",
        "map" => "MAP",
        "mrr" => "MRR",
        "ild" => "ILD",
        "rmse" => "RMSE",
        "mae" => "MAE",
        "capped_recall" => "Capped recall",
        "long_tail" => "Long tail",
        other => return capital(other) + &if at.is_empty() { String::new() } else { format!("@{at}") },
    };
    if at.is_empty() { name.to_owned() } else { format!("{name}@{at}") }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
