//! The section about events: ratings, activity, popularity and time.

use super::super::{Activity, Bin, DataFacts, LikedItem, RatingKind, Ratings, Timeline, prose};
use crate::chart::{Bars, Chart, Line, Lines, Mark, Row, Rows, Series};
use crate::number::Unit;
use crate::page::{Block, Section};

pub(super) fn section(facts: &DataFacts) -> Section {
    let mut blocks = Vec::new();
    blocks.extend(facts.ratings.as_ref().map(|ratings| self::ratings(facts, ratings)));
    blocks.extend(facts.user_activity.as_ref().map(|activity| {
        let chart = activity_bars(activity, "events per user", "users");
        Block::chart("activity", "Events per user", prose::user_activity(activity), chart)
    }));
    blocks.extend(facts.item_popularity.as_ref().map(|activity| {
        let chart = activity_bars(activity, "events per item", "items");
        Block::chart("popularity", "Events per item", prose::item_popularity(activity), chart)
    }));
    if facts.events == 0 {
        blocks.push(Block::Note("There are no events.".to_owned()));
    } else {
        blocks.extend([long_tail(facts), most_liked(facts)]);
        blocks.push(match &facts.timeline {
            Some(timeline) => self::timeline(facts, timeline),
            None => Block::Note(prose::NO_TIMELINE.to_owned()),
        });
    }
    Section::new("events", "Events", blocks)
}

fn ratings(facts: &DataFacts, ratings: &Ratings) -> Block {
    let first_like = |threshold: f32| {
        let reaches = |bin: &Bin| bin.to >= f64::from(threshold) - 1e-6;
        ratings.bins.iter().position(reaches).unwrap_or(ratings.bins.len())
    };
    let chart = Bars {
        name: if ratings.kind == RatingKind::Counts { "count" } else { "rating" }.to_owned(),
        labels: ratings.bins.iter().map(Bin::label).collect(),
        series: counts("events", ratings.bins.iter().map(|bin| bin.count)),
        unit: Unit::Count,
        solid_from: facts.like_threshold.map(first_like),
    };
    Block::chart("ratings", "Ratings", prose::ratings(facts, ratings), Chart::Bars(chart))
}

fn activity_bars(activity: &Activity, name: &str, counted: &str) -> Chart {
    Chart::Bars(Bars {
        name: name.to_owned(),
        labels: activity.bins.iter().map(Bin::label).collect(),
        series: counts(counted, activity.bins.iter().map(|bin| bin.count)),
        unit: Unit::Count,
        solid_from: None,
    })
}

fn long_tail(facts: &DataFacts) -> Block {
    let line = |name: &str, curve: &[f64]| Line {
        name: name.to_owned(),
        values: curve.iter().copied().map(Some).collect(),
        intervals: Vec::new(),
    };
    let even: Vec<f64> = (0..=100).map(|percent| f64::from(percent) / 100.0).collect();
    let mut lines = Vec::new();
    lines.extend(facts.likes_on_items.as_ref().map(|likes| line("likes", &likes.curve)));
    // Where every event is a like, both curves are the same.
    let all_events = facts.events_on_items.as_ref().filter(|_| facts.like_threshold.is_some());
    lines.extend(all_events.map(|events| line("all events", &events.curve)));
    lines.push(line("if spread evenly", &even));
    let chart = Lines {
        name: "share of items, most popular first".to_owned(),
        x: even,
        x_unit: Unit::Share,
        is_ordinal: false,
        lines,
        unit: Unit::Share,
        from_zero: true,
    };
    let caption = prose::concentration(facts.likes_on_items.as_ref());
    Block::chart("long-tail", "Share of likes on the most popular items", caption, Chart::Lines(chart))
}

fn most_liked(facts: &DataFacts) -> Block {
    let row = |item: &LikedItem| Row { name: item.title.clone(), value: item.likes.into(), ..Row::default() };
    let chart = Rows {
        name: "item".to_owned(),
        value_name: "likes".to_owned(),
        rows: facts.most_liked.iter().map(row).collect(),
        unit: Unit::Count,
        mark: Mark::Bar,
    };
    Block::chart("most-liked", "The most liked items", prose::most_liked(facts), Chart::Rows(chart))
}

fn timeline(facts: &DataFacts, timeline: &Timeline) -> Block {
    let chart = Bars {
        name: timeline.unit.word().to_owned(),
        labels: timeline.periods.iter().map(|period| period.from.clone()).collect(),
        series: counts("events", timeline.periods.iter().map(|period| period.count)),
        unit: Unit::Count,
        solid_from: None,
    };
    Block::chart("timeline", "Events over time", prose::timeline(facts, timeline), Chart::Bars(chart))
}

/// A single series of counts.
fn counts(name: &str, counts: impl Iterator<Item = usize>) -> Vec<Series> {
    vec![Series { name: name.to_owned(), values: counts.map(|count| count as f64).collect() }]
}
