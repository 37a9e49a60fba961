//! The sentences of a model card.

use foldin_data::split::Protocol;
use foldin_data::text::{count, grouped, size};
use foldin_train::artefacts::{
    AlsLoss, ColdPoint, DiversityPoint, Estimate, PrivacyFigures, ProtocolMetrics, RatingMetrics, SystemMetrics,
};
use foldin_train::evaluate::{FOLDIN, POPULARITY};

use super::metric::{COVERAGE_AT_10, ILD_AT_10, LONG_TAIL_AT_10, MetricAt, NDCG_AT_10};
use super::{FileFacts, ModelFacts};
use crate::number::{percent, share, trimmed, whole};

pub(super) fn lead(facts: &ModelFacts) -> Vec<String> {
    let liked = match facts.like_threshold {
        Some(threshold) => format!("ratings of {threshold} or more"),
        None => "every event".to_owned(),
    };
    let trained = format!(
        "Trained by {} on {}: {} ({liked}) from {} on {}.",
        facts.program,
        facts.data,
        count(facts.likes as usize, "like"),
        count(facts.users as usize, "user"),
        count(facts.items, "item")
    );
    let simulated = "The events are simulated and say nothing about real people.";
    let factors = match facts.factors {
        Some(factors) => {
            format!("It has {} per item, for {}.", count(factors, "factor"), count(facts.liked_items, "item"))
        }
        None => "It has no factors.".to_owned(),
    };
    [Some(trained), facts.simulated.then(|| simulated.to_owned()), Some(factors)].into_iter().flatten().collect()
}

/// A line of the program as a sentence.
pub(super) fn sentence(line: &str) -> String {
    let mut letters = line.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).chain(['.']).collect()
}

/// What becomes of items that few people like.
pub(super) fn rare_items(figures: &PrivacyFigures) -> String {
    match figures.min_support {
        0 | 1 => "Every item that anybody likes has entries and counts of its own.".to_owned(),
        n => format!(
            "Fewer than {n} of {} people like {}, which the model knows by content alone.",
            grouped(figures.people as u64),
            count(figures.rare_items, "item")
        ),
    }
}

/// What the protocol measures, and on whom.
pub(super) fn protocol(protocol: &ProtocolMetrics) -> String {
    let description = match protocol.protocol.parse::<Protocol>() {
        Ok(known) => known.description(),
        Err(_) => format!("Measured by the protocol \"{}\".", protocol.protocol),
    };
    let likes = protocol.threshold.map(|threshold| format!(", ratings of {threshold} or more as likes"));
    format!(
        "{description} Measured on the {} part: {}{}, seed {}.",
        protocol.part,
        count(protocol.users, "user"),
        likes.unwrap_or_default(),
        protocol.seed
    )
}

/// Compares the model with the best of the other systems, by a metric of which more is better.
pub(super) fn comparison(protocol: &ProtocolMetrics, metric: MetricAt) -> String {
    let Some(ours) = metric.value_of(FOLDIN.name(), protocol) else {
        return format!("{metric} of all systems.");
    };
    let value_of = |system: &SystemMetrics| Some((system.name.clone(), metric.value_in(&system.metrics)?));
    let others = protocol.systems.iter().filter(|system| system.name != FOLDIN.name()).filter_map(value_of);
    let best = others.max_by(|a, b| a.1.mean.total_cmp(&b.1.mean));
    match best.filter(|(_, best)| best.mean > 0.0) {
        None => format!("foldin reaches {:.4}.", ours.mean),
        Some((name, best)) => {
            let ratio = ratio(ours.mean / best.mean);
            format!("foldin reaches {:.4}, {ratio} {name}.{}", ours.mean, verdict(ours, best))
        }
    }
}

fn ratio(ratio: f64) -> String {
    match ratio {
        1.0 => "the same as".to_owned(),
        ratio if ratio >= 1.15 => format!("{ratio:.1} times the value of"),
        ratio if ratio > 1.0 => format!("{} more than", percent(ratio - 1.0)),
        ratio => format!("{} less than", percent(1.0 - ratio)),
    }
}

fn verdict(ours: Estimate, best: Estimate) -> &'static str {
    match (ours.interval(), best.interval()) {
        (Some((low, _)), Some((_, high))) if low > high => {
            " The intervals do not overlap, so the difference is hardly chance."
        }
        (Some((_, high)), Some((low, _))) if low > high => " The intervals do not overlap: foldin is worse here.",
        (Some(_), Some(_)) => " The intervals overlap, so the order could be different with other users.",
        _ => "",
    }
}

pub(super) fn coverage(protocol: &ProtocolMetrics) -> String {
    let part_of = |system: &str, metric: MetricAt| metric.value_of(system, protocol).map(|part| percent(part.mean));
    let ours = part_of(FOLDIN.name(), COVERAGE_AT_10)
        .map(|part| format!("foldin recommends {part} of the catalogue to at least one user."));
    let popular = part_of(POPULARITY.name(), COVERAGE_AT_10)
        .map(|part| format!("Recommending the most popular items covers {part}."));
    let tail = part_of(FOLDIN.name(), LONG_TAIL_AT_10)
        .map(|part| format!("{part} of what foldin recommends is outside the most popular 20 % of the items."));
    let warning = "Accurate lists with low coverage would mean that all users see the same items.";
    let sentences: Vec<String> = [ours, popular, tail, Some(warning.to_owned())].into_iter().flatten().collect();
    sentences.join(" ")
}

pub(super) fn by_history(metric: MetricAt) -> String {
    format!(
        "{metric} by the number of likes shown. The groups consist of different users, so part of a difference may come \
         from the users and not from the number of likes."
    )
}

pub(super) fn cold_start(points: &[ColdPoint]) -> String {
    let value_of = |point: &ColdPoint| {
        let ours = point.systems.iter().find(|system| system.name == FOLDIN.name())?;
        Some((point.shown, ours.ndcg_at_10.mean))
    };
    let values: Vec<(u16, f64)> = points.iter().filter_map(value_of).collect();
    match values.as_slice() {
        [(fewest, first), .., (most, last)] => format!(
            "With {} shown, {NDCG_AT_10} of a new user is {first:.4}; with {}, it is {last:.4}. Only users with \
             enough further likes take part, so there are fewer of them on the right.",
            count((*fewest).into(), "like"),
            grouped((*most).into())
        ),
        _ => format!("{NDCG_AT_10} of new users by the number of likes shown."),
    }
}

pub(super) fn cold_start_users(points: &[ColdPoint]) -> String {
    let users: Vec<String> = points
        .iter()
        .map(|point| format!("{} with {}", count(point.users, "user"), count(point.shown.into(), "like")))
        .collect();
    format!("Measured on {}.", users.join(", "))
}

/// This loss of NDCG is worth it for more varied lists.
const CHEAP: f64 = 0.02;
/// Smaller changes are chance as likely as not.
const NEGLIGIBLE: f64 = 0.0005;

/// What a value of `diversity` changes, beside lists without it.
struct Change {
    lambda: f64,
    /// How much more the items of a list differ, as a share.
    gain: f64,
    /// How much NDCG is lost, as a share.
    cost: f64,
}

/// What more varied lists cost: as far as it is cheap, and at the end of the curve.
pub(super) fn diversity(points: &[DiversityPoint]) -> String {
    let values = |point: &DiversityPoint| {
        let (ild, ndcg) = (ILD_AT_10.value_in(&point.metrics)?, NDCG_AT_10.value_in(&point.metrics)?);
        Some((point.lambda, ild.mean, ndcg.mean))
    };
    let mut values = points.iter().filter_map(values);
    let plain = values.next().filter(|(lambda, ild, ndcg)| *lambda == 0.0 && *ild > 0.0 && *ndcg > 0.0);
    let Some((_, plain_ild, plain_ndcg)) = plain else {
        return format!("{NDCG_AT_10} of lists whose items differ more and more.");
    };
    let changes =
        values.map(|(lambda, ild, ndcg)| Change { lambda, gain: ild / plain_ild - 1.0, cost: 1.0 - ndcg / plain_ndcg });
    let gains: Vec<Change> = changes.filter(|change| change.gain >= NEGLIGIBLE).collect();
    let cheap = gains.iter().rev().find(|change| change.cost <= CHEAP).or(gains.first());
    match (cheap, gains.last()) {
        (Some(cheap), Some(last)) if cheap.lambda < last.lambda => {
            format!("With diversity {}; with diversity {}.", outcome(cheap), outcome(last))
        }
        (Some(cheap), _) => format!("With diversity {}.", outcome(cheap)),
        _ => "Lists do not become more varied here at any diversity.".to_owned(),
    }
}

fn outcome(Change { lambda, gain, cost }: &Change) -> String {
    let ndcg = match *cost {
        cost if cost >= NEGLIGIBLE => format!("{NDCG_AT_10} falls by {}", percent(cost)),
        _ => format!("{NDCG_AT_10} does not fall"),
    };
    format!("{}, lists are {} more varied and {ndcg}", trimmed(*lambda, 2), percent(*gain))
}

pub(super) fn diversity_table(points: &[DiversityPoint]) -> String {
    let users = points.first().map(|point| count(point.users, "user")).unwrap_or_default();
    format!(
        "A request can ask for more varied lists with \"diversity\", from 0 to 1: the more an item resembles those above \
         it, the more this lowers its score. All rows are measured on the same {users}, so coverage counts what these \
         users are recommended."
    )
}

pub(super) fn rating_errors(ratings: &RatingMetrics) -> String {
    let ours = format!("Predicted stars are off by {:.3} (root mean squared error).", ratings.foldin.rmse);
    let best = ratings.baselines.iter().min_by(|a, b| a.1.rmse.total_cmp(&b.1.rmse));
    let best = best.map(|(name, errors)| format!(" The best baseline, {name}, is off by {:.3}.", errors.rmse));
    format!("{ours}{} Lower is better.", best.unwrap_or_default())
}

pub(super) fn sizes(files: &[FileFacts]) -> String {
    let total: u64 = files.iter().map(|file| file.bytes).sum();
    let sections = files.iter().flat_map(|file| file.sections.iter().map(move |section| (file, section)));
    // The first of equals, so that the same model gives the same sentence.
    let largest = sections.reduce(|best, one| if one.1.bytes > best.1.bytes { one } else { best });
    let largest = largest.map(|(file, section)| {
        let part = percent(share(section.bytes, total));
        format!(" The largest section is {} in the {} file, {part} of the total.", section.name, file.kind)
    });
    format!("{} in total, before compression by the host.{}", size(total), largest.unwrap_or_default())
}

/// How the loss changes from the first to the last iteration.
pub(super) fn losses(first: AlsLoss, middle: AlsLoss, last: AlsLoss) -> String {
    let change = first.loss - last.loss;
    let has_settled = change != 0.0 && ((middle.loss - last.loss) / change).abs() < 0.05;
    let plain = |loss: f64| if loss >= 1e4 { whole(loss) } else { trimmed(loss, 4) };
    format!(
        "The loss of iALS goes from {} to {} in {}.{}",
        plain(first.loss),
        plain(last.loss),
        count(last.iteration, "iteration"),
        if has_settled { " The second half hardly changes it, so more iterations would not help." } else { "" }
    )
}

pub(super) fn settings(n_changed: usize, n_settings: usize) -> String {
    let differ = match n_changed {
        0 => "All settings have their defaults".to_owned(),
        1 => format!("1 of {n_settings} settings differs from its default"),
        _ => format!("{n_changed} of {n_settings} settings differ from their defaults"),
    };
    format!("{differ}. The same settings and data give the same model, byte for byte.")
}

pub(super) fn versions(facts: &ModelFacts) -> String {
    if facts.is_current == Some(true) {
        "This card describes the current version, the one that pages load.".to_owned()
    } else {
        format!("This card describes {}, which is not the current version.", facts.version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(lambda: f64, ndcg: f64, ild: f64) -> DiversityPoint {
        let metrics = [("ndcg@10", ndcg), ("ild@10", ild)];
        let metrics = metrics.into_iter().map(|(key, mean)| (key.to_owned(), Estimate::new(mean, None)));
        DiversityPoint { lambda, users: 300, metrics: metrics.collect() }
    }

    #[test]
    fn the_price_of_diversity_is_told_where_it_is_cheap_and_at_the_end() {
        let text = |points: &[DiversityPoint]| diversity(points).replace('\u{a0}', " ");
        let plain = || point(0.0, 0.5, 0.5);
        assert_eq!(
            text(&[plain(), point(0.1, 0.51, 0.55)]),
            "With diversity 0.1, lists are 10 % more varied and NDCG@10 does not fall."
        );
        assert_eq!(
            text(&[plain(), point(0.1, 0.495, 0.55), point(0.3, 0.4, 0.6), point(0.7, 0.3, 0.7)]),
            "With diversity 0.1, lists are 10 % more varied and NDCG@10 falls by 1.0 %; with diversity 0.7, lists are \
             40 % more varied and NDCG@10 falls by 40 %."
        );
        // Where nothing is cheap, the first gain is told.
        assert!(text(&[plain(), point(0.1, 0.4, 0.6), point(0.2, 0.3, 0.7)]).starts_with("With diversity 0.1, lists"));
        assert!(text(&[plain(), point(0.1, 0.5, 0.5)]).starts_with("Lists do not become more varied"));
        assert!(text(&[point(0.1, 0.5, 0.5)]).starts_with("NDCG@10 of lists"));
    }

    #[test]
    fn overlapping_intervals_decide_nothing() {
        let system = |name: &str, mean: f64, interval: (f64, f64)| SystemMetrics {
            name: name.to_owned(),
            metrics: [("ndcg@10".to_owned(), Estimate::new(mean, Some(interval)))].into(),
            ..SystemMetrics::default()
        };
        let text = |ours: (f64, (f64, f64))| {
            let systems = vec![system("foldin", ours.0, ours.1), system("ease", 0.2, (0.19, 0.21))];
            comparison(&ProtocolMetrics { systems, ..ProtocolMetrics::default() }, NDCG_AT_10).replace('\u{a0}', " ")
        };
        assert!(text((0.4, (0.38, 0.42))).starts_with("foldin reaches 0.4000, 2.0 times the value of ease. The int"));
        assert!(text((0.4, (0.38, 0.42))).ends_with("hardly chance."));
        assert!(text((0.21, (0.2, 0.22))).contains("5.0 % more than ease. The intervals overlap"));
        assert!(
            text((0.1, (0.09, 0.11)))
                .ends_with("50 % less than ease. The intervals do not overlap: foldin is worse here.")
        );
    }
}
