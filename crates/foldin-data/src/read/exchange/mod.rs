//! The exchange folder: what another program has learned from data that are too large for this one, and a sample of
//! people whom it has not learned from.
//!
//! | file | holds | columns |
//! |---|---|---|
//! | `foldin.json` | how all of it was made | [`ExchangeAbout`] |
//! | `items.parquet` | the catalogue, in one file | `id`, `likes`; `title` and others as in any catalogue |
//! | `factors.parquet` | item factors | `id`, `vector` |
//! | `neighbours.parquet` | weights of what is liked together | `item`, `other`, `weight`, `people` |
//! | `next.parquet` | weights of what is liked next | the same |
//! | `sample.parquet` | whole histories | `user`, `item`, `rating`, `time` |
//!
//! Each table is a Parquet file, or a folder of Parquet files as Spark writes it. `factors`, `neighbours` and `next` may
//! be absent: they are then learned from the sample.

mod about;
mod error;
mod table;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::Path;
use std::sync::Arc;

pub use self::about::{AlsOrigin, ExchangeAbout, NeighbourCounts, NextCounts, SampleOrigin};
pub use self::error::ExchangeError;
use self::table::{Row, Table};
use super::{Columns, ReadOptions, ReadReport, ZeroRating, read_paths};
use crate::dataset::{Dataset, Ids};
use crate::files::{Files, Folder};
use crate::given::{Given, GivenEntry, GivenFactors, GivenLists, GivenLoss};

const ABOUT: &str = "foldin.json";
const ITEMS: &str = "items.parquet";
const FACTORS: &str = "factors.parquet";
const NEIGHBOURS: &str = "neighbours.parquet";
const NEXT: &str = "next.parquet";
const SAMPLE: &str = "sample.parquet";

/// The version of the format that is read.
const FORMAT: u32 = 1;

/// What an exchange folder holds.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// The sample and the catalogue, with what was [given](Dataset::given).
    pub dataset: Dataset,
    /// What the reader of the sample noticed.
    pub report: ReadReport,
    /// How all of it was made.
    pub about: ExchangeAbout,
}

/// Reads an exchange folder.
///
/// # Errors
/// [`ExchangeError`].
pub fn read_exchange(path: &Path) -> Result<Exchange, ExchangeError> {
    let about = read_about(path)?;
    let folder = Folder::new(path);
    let names = folder.names().map_err(|source| ExchangeError::Io { path: path.to_owned(), source })?;
    let (mut dataset, report) = read_sample(path, &folder, &names, &about)?;
    let items = &dataset.items;
    let likes = likes(&Table::need(&folder, &names, ITEMS)?, items)?;
    let n_liked = likes.iter().filter(|&&likes| likes > 0).count();
    let of = |is_written: bool, name| if is_written { Table::need(&folder, &names, name).map(Some) } else { Ok(None) };
    let factors = match (&about.als, of(about.als.is_some(), FACTORS)?) {
        (Some(als), Some(table)) => Some(factors(&table, items, als, &about, n_liked)?),
        _ => None,
    };
    let read_lists = |table: Option<Table<'_>>| table.map(|table| lists(&table, items)).transpose();
    let neighbours = read_lists(of(about.neighbours.is_some(), NEIGHBOURS)?)?;
    let sequence = read_lists(of(about.next.is_some(), NEXT)?)?;
    let given = Given { likes: Some(likes), n_users: about.users, n_likes: about.likes, factors, neighbours, sequence };
    dataset.given = Some(Arc::new(given));
    if !about.data.is_empty() {
        dataset.name.clone_from(&about.data);
    }
    Ok(Exchange { dataset, report, about })
}

fn read_about(folder: &Path) -> Result<ExchangeAbout, ExchangeError> {
    let path = folder.join(ABOUT);
    if !path.is_file() {
        return Err(ExchangeError::NoFolder { path: folder.to_owned() });
    }
    let text = fs::read(&path).map_err(|source| ExchangeError::Io { path: path.clone(), source })?;
    let wrong = |problem: String| ExchangeError::About { path: path.clone(), problem };
    let about: ExchangeAbout = serde_json::from_slice(&text).map_err(|error| wrong(error.to_string()))?;
    let is_above_0 = |value: f32| value.is_finite() && value > 0.0;
    match &about {
        ExchangeAbout { format, .. } if *format != FORMAT => {
            Err(wrong(format!("format {format} is not known, only {FORMAT} is")))
        }
        ExchangeAbout { min_support: 0, .. } => Err(wrong("minSupport is 0, and has to be 1 or more".to_owned())),
        ExchangeAbout { als: Some(als), .. }
            if als.rank == 0 || !is_above_0(als.alpha) || !is_above_0(als.reg_param) =>
        {
            Err(wrong("alpha, regParam and rank of als have to be above 0".to_owned()))
        }
        _ => Ok(about),
    }
}

/// The sample as a data set. Its columns have fixed names, so that nothing is guessed.
fn read_sample(
    path: &Path,
    folder: &Folder,
    names: &[String],
    about: &ExchangeAbout,
) -> Result<(Dataset, ReadReport), ExchangeError> {
    let sample = Table::need(folder, names, SAMPLE)?;
    let items = Table::need(folder, names, ITEMS)?;
    let name = |name: &str| Some(name.to_owned());
    // Where every event is a like, the column of ratings says nothing.
    let rating = about.threshold.and_then(|_| name("rating"));
    let columns = Columns { user: name("user"), item: name("item"), rating, time: name("time"), event: None };
    let options = ReadOptions { columns, zero: ZeroRating::Rating, ..ReadOptions::default() };
    let events: Vec<_> = sample.files.iter().map(|file| path.join(file)).collect();
    let (dataset, mut report) = read_paths(&events, Some(&path.join(items.single()?)), &options)?;
    // It is read, but not as a part of the catalogue.
    report.ignored_columns.retain(|(_, column)| column != "likes");
    Ok((dataset, report))
}

/// The number of an item that a row names.
fn item_of(row: &Row<'_>, column: usize, items: &Ids) -> Result<usize, ExchangeError> {
    items.get_index_of(row.text(column)).ok_or_else(|| {
        row.wrong(column, "is not among the ids of items.parquet; write all tables in one run".to_owned())
    })
}

fn likes(table: &Table<'_>, items: &Ids) -> Result<Vec<u32>, ExchangeError> {
    let mut likes = vec![0; items.len()];
    table.rows(&["id", "likes"], |row| {
        // The reader of the catalogue has left out lines without an id.
        if let Some(item) = items.get_index_of(row.text(0)) {
            likes[item] = row.number(1, "a number of people")?;
        }
        Ok(())
    })?;
    Ok(likes)
}

fn factors(
    table: &Table<'_>,
    items: &Ids,
    als: &AlsOrigin,
    about: &ExchangeAbout,
    n_liked: usize,
) -> Result<GivenFactors, ExchangeError> {
    let rank = als.rank;
    let mut values = vec![0.0; items.len() * rank];
    let mut vector = Vec::with_capacity(rank);
    table.rows(&["id", "vector"], |row| {
        let item = item_of(row, 0, items)?;
        vector.clear();
        row.numbers(1, &mut vector)?;
        if vector.len() != rank {
            let problem = format!("has {} numbers, and `rank` in foldin.json is {rank}", vector.len());
            return Err(row.wrong(1, problem));
        }
        values[item * rank..][..rank].copy_from_slice(&vector);
        Ok(())
    })?;
    let (alpha0, reg) = als.loss_weights(about.users, n_liked, about.likes);
    // Every like counted the same.
    let loss = GivenLoss { alpha0, reg, nu: 1.0, like_weight: 1.0 };
    Ok(GivenFactors { values, rank, loss: Some(loss), of_content: false })
}

fn lists(table: &Table<'_>, items: &Ids) -> Result<GivenLists, ExchangeError> {
    let mut lists = vec![Vec::new(); items.len()];
    table.rows(&["item", "other", "weight", "people"], |row| {
        let item = item_of(row, 0, items)?;
        let other = item_of(row, 1, items)?;
        let weight: f32 = row.number(2, "a number")?;
        if !weight.is_finite() || weight < 0.0 {
            return Err(row.wrong(2, "is not a finite weight of 0 or more".to_owned()));
        }
        let people = row.number(3, "a number of people")?;
        if other == item {
            return Err(row.wrong(1, "is the item itself; leave such rows out".to_owned()));
        }
        lists[item].push(GivenEntry { item: other as u32, weight, people });
        Ok(())
    })?;
    for list in &mut lists {
        list.sort_unstable_by_key(|entry| entry.item);
        list.dedup_by_key(|entry| entry.item);
    }
    Ok(lists)
}
