//! The section about content: genres and years of release.

use super::super::{DataFacts, GenreFacts, Genres, RatingKind, Years, prose};
use crate::chart::{Bars, Chart, Heat, Mark, Row, Rows, Series};
use crate::number::{Unit, share};
use crate::page::{Block, Section};

/// The mean of fewer ratings would be mostly chance.
const ENOUGH_EVENTS: usize = 20;
/// How many genres are drawn; the JSON has all of them.
const MOST_GENRES: usize = 30;

/// `None` where no item has a genre or a year.
pub(super) fn section(facts: &DataFacts) -> Option<Section> {
    let mut blocks = Vec::new();
    if let Some(genres) = &facts.genres {
        blocks.push(items_of(genres));
        blocks.extend(means_of(genres, facts));
        blocks.extend(pairs_of(genres));
    }
    blocks.extend(facts.years.as_ref().map(years));
    (!blocks.is_empty()).then(|| Section::new("content", "Content", blocks))
}

fn drawn(genres: &Genres) -> &[GenreFacts] {
    &genres.all[..genres.all.len().min(MOST_GENRES)]
}

fn items_of(genres: &Genres) -> Block {
    let row = |genre: &GenreFacts| Row { name: genre.name.clone(), value: genre.items as f64, ..Row::default() };
    let chart = Rows {
        name: "genre".to_owned(),
        value_name: "items".to_owned(),
        rows: drawn(genres).iter().map(row).collect(),
        unit: Unit::Count,
        mark: Mark::Bar,
    };
    Block::chart("genres", "Genres", prose::genres(genres), Chart::Rows(chart))
}

/// `None` where there are no stars, or no genre with enough of them.
fn means_of(genres: &Genres, facts: &DataFacts) -> Option<Block> {
    let ratings = facts.ratings.as_ref().filter(|ratings| ratings.kind == RatingKind::Stars)?;
    let rated = drawn(genres).iter().filter(|genre| genre.events >= ENOUGH_EVENTS);
    let mut rated: Vec<(&GenreFacts, f64)> = rated.filter_map(|genre| Some((genre, genre.mean_rating?))).collect();
    rated.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.name.cmp(&b.0.name)));
    if rated.is_empty() {
        return None;
    }
    let row = |(genre, mean): &(&GenreFacts, f64)| Row {
        name: genre.name.clone(),
        value: *mean,
        is_marked: true,
        interval: None,
    };
    let chart = Rows {
        name: "genre".to_owned(),
        value_name: "mean rating".to_owned(),
        rows: rated.iter().map(row).collect(),
        unit: Unit::Rating,
        mark: Mark::Dot,
    };
    let caption = prose::genre_means(&rated, ratings.deviation);
    Some(Block::chart("genre-means", "Mean rating of genres", caption, Chart::Rows(chart)))
}

/// `None` where there are not two genres.
fn pairs_of(genres: &Genres) -> Option<Block> {
    let n_genres = genres.together.len();
    let row =
        |(a, row): (usize, &Vec<f64>)| row.iter().enumerate().map(|(b, &share)| (a != b).then_some(share)).collect();
    let chart = Heat {
        name: "genre".to_owned(),
        names: genres.all.iter().take(n_genres).map(|genre| genre.name.clone()).collect(),
        shares: genres.together.iter().enumerate().map(row).collect(),
    };
    let block = || Block::chart("together", "Genres that occur together", prose::together(genres), Chart::Heat(chart));
    (n_genres > 1).then(block)
}

fn years(years: &Years) -> Block {
    let n_items = years.bins.iter().map(|bin| bin.items).sum::<usize>();
    let n_likes = years.bins.iter().map(|bin| bin.likes).sum::<usize>();
    let series = |name: &str, values: Vec<f64>| Series { name: name.to_owned(), values };
    let chart = Bars {
        name: match years.width {
            1 => "year of release".to_owned(),
            width => format!("year of release, in steps of {width}"),
        },
        labels: years.bins.iter().map(|bin| bin.from.to_string()).collect(),
        series: vec![
            series("share of items", years.bins.iter().map(|bin| share(bin.items, n_items)).collect()),
            series("share of likes", years.bins.iter().map(|bin| share(bin.likes, n_likes)).collect()),
        ],
        unit: Unit::Share,
        solid_from: None,
    };
    Block::chart("years", "Years of release", prose::years(years), Chart::Bars(chart))
}
