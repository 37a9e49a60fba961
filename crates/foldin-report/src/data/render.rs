//! The page of a data set.

use super::{Content as Known, DataFacts, RatingKind, says};
use crate::report::chart::{Bars, Chart, Heat, Line, Lines, Mark, Row, Rows, Series, Table};
use crate::report::number::{Unit, percent, share, trimmed, whole};
use crate::report::page::{Block, Content, Figure, Page, Section, Tile};
use crate::text::grouped;

/// A mean of fewer ratings says nothing.
pub(super) const ENOUGH_EVENTS: usize = 20;
/// Genres that are drawn; the rest of a long list is left to the JSON.
const MOST_GENRES: usize = 30;

/// The facts as a page of HTML: the same facts give the same bytes.
pub fn render(facts: &DataFacts) -> String {
    let mut events = people(facts);
    events.blocks.extend([long_tail(facts), most_liked(facts), time(facts)]);
    let mut sections = vec![events];
    sections.extend(content(facts));
    sections.push(cold_start(facts));
    sections.push(oddities(facts));
    let page = Page {
        title: facts.name.clone(),
        kind: "Data report",
        lead: says::lead(facts),
        summary: summary(facts),
        sections,
    };
    page.render()
}

fn summary(facts: &DataFacts) -> Vec<Tile> {
    let tile = |name: &str, value: String| Tile { name: name.to_owned(), value };
    let concentration = &facts.likes_on_items;
    let five = facts.feasibility.liking.iter().find(|row| row.likes == 5);
    vec![
        tile("events", grouped(facts.events as u64)),
        tile("users", grouped(facts.users as u64)),
        tile("items", grouped(facts.items as u64)),
        tile("of all pairs of user and item have an event", percent(facts.density)),
        tile("of events are likes", percent(share(facts.likes, facts.events))),
        tile("events of a user in the middle", grouped(facts.user_activity.median.into())),
        tile("of liked items have half of the likes", percent(concentration.half_on_share)),
        tile("Gini coefficient of likes on items", format!("{:.2}", concentration.gini)),
        tile("of users have 5 likes or more", percent(five.map_or(0.0, |row| row.share))),
        tile("of items have no event", percent(share(facts.oddities.items_without_events, facts.items))),
    ]
}

fn people(facts: &DataFacts) -> Section {
    let bins = &facts.ratings.bins;
    let marked = facts.like_threshold.map(|stars| bins.iter().position(|bin| bin.to >= f64::from(stars) - 1e-6));
    let ratings = Bars {
        name: if facts.ratings.kind == RatingKind::Counts { "count" } else { "rating" }.to_owned(),
        labels: bins.iter().map(super::Bin::label).collect(),
        series: series("events", bins.iter().map(|bin| bin.count)),
        unit: Unit::Count,
        marked_from: marked.map(|place| place.unwrap_or(bins.len())),
    };
    let activity = |activity: &super::Activity, name: &str, of: &str| {
        Chart::Bars(Bars {
            name: name.to_owned(),
            labels: activity.bins.iter().map(super::Bin::label).collect(),
            series: series(of, activity.bins.iter().map(|bin| bin.count)),
            unit: Unit::Count,
            marked_from: None,
        })
    };
    Section {
        id: "events".to_owned(),
        heading: "Events".to_owned(),
        blocks: vec![
            figure("ratings", "Ratings", says::ratings(facts), Chart::Bars(ratings)),
            figure(
                "activity",
                "Events of a user",
                says::user_activity(facts),
                activity(&facts.user_activity, "events of a user", "users"),
            ),
            figure(
                "popularity",
                "Events of an item",
                says::item_popularity(facts),
                activity(&facts.item_popularity, "events of an item", "items"),
            ),
        ],
    }
}

fn long_tail(facts: &DataFacts) -> Block {
    let line = |name: &str, curve: &[f64]| Line {
        name: name.to_owned(),
        values: curve.iter().copied().map(Some).collect(),
        intervals: Vec::new(),
    };
    let even: Vec<f64> = (0..=100).map(|percent| f64::from(percent) / 100.0).collect();
    let mut lines = vec![line("likes", &facts.likes_on_items.curve), line("all events", &facts.events_on_items.curve)];
    // Where every event is a like there are not two curves.
    lines.truncate(if facts.like_threshold.is_some() { 2 } else { 1 });
    lines.retain(|line| !line.values.is_empty());
    lines.push(line("if spread evenly", &even));
    let chart = Lines {
        name: "most popular items".to_owned(),
        x: even,
        x_unit: Unit::Share,
        is_ordinal: false,
        lines,
        unit: Unit::Share,
        from_zero: true,
    };
    figure("long-tail", "Share of likes on the most popular items", says::concentration(facts), Chart::Lines(chart))
}

fn most_liked(facts: &DataFacts) -> Block {
    let row = |item: &super::LikedItem| Row { name: item.title.clone(), value: item.likes.into(), ..Row::default() };
    let chart = Rows {
        name: "item".to_owned(),
        value_name: "likes".to_owned(),
        rows: facts.most_liked.iter().map(row).collect(),
        unit: Unit::Count,
        mark: Mark::Bar,
    };
    figure("most-liked", "The most liked items", says::most_liked(facts), Chart::Rows(chart))
}

fn liking(facts: &DataFacts) -> Block {
    let row = |row: &super::Liking| Row { name: format!("{} or more", row.likes), value: row.share, ..Row::default() };
    let chart = Rows {
        name: "likes".to_owned(),
        value_name: "share of users".to_owned(),
        rows: facts.feasibility.liking.iter().map(row).collect(),
        unit: Unit::Share,
        mark: Mark::Bar,
    };
    figure("liking", "Users with enough likes", says::liking(facts), Chart::Rows(chart))
}

fn time(facts: &DataFacts) -> Block {
    match &facts.timeline {
        None => Block::Note(says::no_timeline(facts)),
        Some(timeline) => {
            let chart = Bars {
                name: timeline.unit.word().to_owned(),
                labels: timeline.periods.iter().map(|period| period.from.clone()).collect(),
                series: series("events", timeline.periods.iter().map(|period| period.count)),
                unit: Unit::Count,
                marked_from: None,
            };
            figure("timeline", "Events over time", says::timeline(facts, timeline), Chart::Bars(chart))
        }
    }
}

/// Genres and years, where there are any.
fn content(facts: &DataFacts) -> Option<Section> {
    let mut blocks = Vec::new();
    if let Some(genres) = &facts.genres {
        let shown = &genres.all[..genres.all.len().min(MOST_GENRES)];
        let items = Rows {
            name: "genre".to_owned(),
            value_name: "items".to_owned(),
            rows: shown
                .iter()
                .map(|genre| Row { name: genre.name.clone(), value: genre.items as f64, ..Row::default() })
                .collect(),
            unit: Unit::Count,
            mark: Mark::Bar,
        };
        blocks.push(figure("genres", "Genres", says::genres(facts), Chart::Rows(items)));
        let rated = shown.iter().filter(|genre| genre.events >= ENOUGH_EVENTS);
        let mut rated: Vec<(&str, f64)> = rated.filter_map(|genre| Some((&*genre.name, genre.mean_rating?))).collect();
        rated.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        if facts.ratings.kind == RatingKind::Stars && !rated.is_empty() {
            let row = |(name, value): (&str, f64)| Row { name: name.to_owned(), value, marked: true, interval: None };
            let means = Rows {
                name: "genre".to_owned(),
                value_name: "mean rating".to_owned(),
                rows: rated.into_iter().map(row).collect(),
                unit: Unit::Stars,
                mark: Mark::Dot,
            };
            blocks.push(figure("genre-means", "Mean rating of genres", says::genre_means(facts), Chart::Rows(means)));
        }
        if genres.together.len() > 1 {
            let row = |(a, row): (usize, &Vec<f64>)| {
                row.iter().enumerate().map(|(b, &share)| (a != b).then_some(share)).collect()
            };
            let heat = Heat {
                name: "genre".to_owned(),
                names: genres.all.iter().take(genres.together.len()).map(|genre| genre.name.clone()).collect(),
                shares: genres.together.iter().enumerate().map(row).collect(),
            };
            blocks.push(figure("together", "Genres that come together", says::together(facts), Chart::Heat(heat)));
        }
    }
    if let Some(years) = &facts.years {
        let all: (usize, usize) = years.bins.iter().fold((0, 0), |all, bin| (all.0 + bin.items, all.1 + bin.likes));
        let shares = |name: &str, values: Vec<f64>| Series { name: name.to_owned(), values };
        let chart = Bars {
            name: match years.width {
                1 => "year of release".to_owned(),
                width => format!("first of {width} years of release"),
            },
            labels: years.bins.iter().map(|bin| bin.from.to_string()).collect(),
            series: vec![
                shares("share of items", years.bins.iter().map(|bin| share(bin.items, all.0)).collect()),
                shares("share of likes", years.bins.iter().map(|bin| share(bin.likes, all.1)).collect()),
            ],
            unit: Unit::Share,
            marked_from: None,
        };
        blocks.push(figure("years", "Years of release", says::years(facts), Chart::Bars(chart)));
    }
    (!blocks.is_empty()).then(|| Section { id: "content".to_owned(), heading: "Content".to_owned(), blocks })
}

fn cold_start(facts: &DataFacts) -> Section {
    let feasibility = &facts.feasibility;
    let row = |row: &super::FewerThan| {
        vec![
            format!("fewer than {}", row.events),
            grouped(row.users as u64),
            percent(row.users_share),
            grouped(row.items as u64),
            percent(row.items_share),
        ]
    };
    let fewer_than = Table {
        head: ["events", "users", "of users", "items", "of items"].map(str::to_owned).to_vec(),
        rows: feasibility.fewer_than.iter().map(row).collect(),
    };
    type Part = (&'static str, fn(&Known) -> f64);
    let parts: [Part; 4] = [
        ("title", |known| known.title),
        ("genres", |known| known.genres),
        ("year", |known| known.year),
        ("tags", |known| known.tags),
    ];
    let row = |(name, part): &Part| {
        let shares = [&feasibility.known_of_liked_items, &feasibility.known_of_likes].map(|known| percent(part(known)));
        std::iter::once((*name).to_owned()).chain(shares).collect()
    };
    let content = Table {
        head: ["what is known", "of liked items", "of likes"].map(str::to_owned).to_vec(),
        rows: parts.iter().map(row).collect(),
    };
    let table = |heading: &str, says: String, table: Table| Block::Table {
        heading: heading.to_owned(),
        says,
        table,
        content: Content::Numbers,
        folded: Vec::new(),
    };
    Section {
        id: "cold-start".to_owned(),
        heading: "Cold start".to_owned(),
        blocks: vec![
            liking(facts),
            table("Users and items of whom little is known", says::fewer_than(facts), fewer_than),
            table("What content could help with", says::content(facts), content),
        ],
    }
}

fn oddities(facts: &DataFacts) -> Section {
    let odd = &facts.oddities;
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut row = |name: &str, value: String, meaning: String| rows.push(vec![name.to_owned(), value, meaning]);
    let number = |value: usize| grouped(value as u64);
    let of_items = |value: usize| format!("{} ({})", number(value), percent(share(value, facts.items)));
    let removed = |what: Option<usize>| what.map_or("not read from files".to_owned(), number);
    row(
        "bad lines left out",
        removed(odd.bad_lines),
        "Lines that could not be read; without --skip-bad-lines the first one stops the reading.".into(),
    );
    row(
        "repeated events",
        removed(odd.duplicate_events),
        "The same user and item again: only the latest counts.".into(),
    );
    row("repeated ids in the catalogue", removed(odd.duplicate_items), "Only the first line of an id counts.".into());
    row("items without a title", of_items(odd.items_without_title), "They are shown by their id.".into());
    row(
        "items without a genre",
        of_items(odd.items_without_genre),
        "They cannot be filtered by genre or compared by content.".into(),
    );
    row(
        "items without a year",
        of_items(odd.items_without_year),
        "They drop out where a visitor filters by years.".into(),
    );
    row(
        "items without an event",
        of_items(odd.items_without_events),
        "They are known to search and filters, and learning says nothing of them.".into(),
    );
    let examples = match odd.repeated_titles.examples.as_slice() {
        [] => String::new(),
        examples => format!(" For instance {}.", examples.join("; ")),
    };
    row(
        "titles of more than one item",
        number(odd.repeated_titles.count),
        format!("Perhaps one thing under two ids, whose likes are then split; a visitor sees it twice.{examples}"),
    );
    if let Some(users) = odd.users_with_one_rating {
        row(
            "users with one rating value only",
            number(users),
            "At least five events, all rated alike: their ratings say nothing of what they like more.".into(),
        );
    }
    match odd.bursts {
        Some(bursts) => {
            row(
                "users with more than 10 events in one second",
                number(bursts.users),
                match bursts.users {
                    0 => format!("The most in one second is {}.", number(bursts.most)),
                    _ => format!("The most in one second is {}: imported lists, or a program.", number(bursts.most)),
                },
            );
            row(
                "events whose user has another in the same second",
                percent(bursts.share_in_company),
                "Their order is unknown: what comes next after them cannot be learned or tested.".into(),
            );
        }
        None => row("bursts of events", "unknown".into(), "There are no times.".into()),
    }
    row(
        "events of the most active user",
        percent(odd.most_active_user),
        "A large share would make one person's taste everybody's.".into(),
    );
    row(
        "events of the most active hundredth of users",
        percent(odd.most_active_percent),
        "They weigh the more, the less regularisation is scaled by how often somebody occurs.".into(),
    );
    let table = Table { head: ["what", "how many", "what it means"].map(str::to_owned).to_vec(), rows };
    let ratings = &facts.ratings;
    let spread = format!(
        "Ratings go from {} to {}, with a mean of {:.2} and a standard deviation of {:.2}.",
        whole_or_decimals(ratings.lowest),
        whole_or_decimals(ratings.highest),
        ratings.mean,
        ratings.deviation
    );
    let mut blocks = vec![Block::Table {
        heading: "What to look at before trusting the data".to_owned(),
        says: spread,
        table,
        content: Content::Words,
        folded: Vec::new(),
    }];
    blocks.extend(facts.notes.iter().map(|note| Block::Note(format!("While reading: {note}"))));
    Section { id: "oddities".to_owned(), heading: "Duplicates and oddities".to_owned(), blocks }
}

fn whole_or_decimals(value: f64) -> String {
    if value.fract() == 0.0 { whole(value) } else { trimmed(value, 2) }
}

fn series(name: &str, counts: impl Iterator<Item = usize>) -> Vec<Series> {
    vec![Series { name: name.to_owned(), values: counts.map(|count| count as f64).collect() }]
}

fn figure(id: &str, heading: &str, says: String, chart: Chart) -> Block {
    Block::Figure(Figure { id: id.to_owned(), heading: heading.to_owned(), says, chart })
}
