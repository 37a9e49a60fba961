//! Splits as CSV files, so that other programs can be measured on the same work, and ours on theirs.

use std::collections::HashMap;
use std::path::Path;
use std::{fs, io};

use indexmap::IndexMap;

use super::rows::{Known, newest_of_each, oldest_first, time_of};
use super::{HeldOut, Split, SplitError};
use crate::dataset::{Dataset, Events};
use crate::train::Likes;

/// Writes the test part of a split into a folder, which is made if need be:
/// `train.csv`, `shown.csv` and `test.csv` with the columns `user,item,rating,timestamp`, and `about`, one line that
/// says how the split was made.
///
/// The rows of `shown.csv` and `test.csv` stand user by user. A rating that is not known is 1, a time 0; where a user
/// rated an item several times, the newest rating is written.
pub fn write_csv(split: &Split, dataset: &Dataset, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let train = &split.train;
    let trained = (0..train.items.len())
        .map(|row| (train.users[row], train.items[row], (train.ratings[row], time_of(train, row))));
    write_rows(&folder.join("train.csv"), dataset, trained)?;

    let facts = facts_of_held_out(split, &dataset.events);
    let row = |user: u32, item: u32| (user, item, facts.get(&(user, item)).copied().unwrap_or((1.0, 0)));
    let shown = split.test.iter().flat_map(|one| one.shown.iter().map(move |shown| row(one.user, shown.item)));
    write_rows(&folder.join("shown.csv"), dataset, shown)?;
    let relevant = split.test.iter().flat_map(|one| one.relevant.iter().map(move |&item| row(one.user, item)));
    write_rows(&folder.join("test.csv"), dataset, relevant)?;
    fs::write(folder.join("about"), format!("{}\n", split.about))
}

/// The split that three given files describe; all three count users and items by the same indices. `likes` says which
/// events of `train` are likes; those of `test` all are.
///
/// What is relevant are the items of `test` that occur in `train`, and users without any drop out; the others come in
/// the order in which `test` first names them. Items that are unknown to `train` are kept out of `shown`, and so are
/// users that are not in `test`. Unlike [`split`](super::split) this leaves a test item that is also shown where it
/// is, because the files say so. There is no validation part.
pub fn from_events(train: Events, shown: Events, test: Events, likes: Likes) -> Result<Split, SplitError> {
    if train.items.is_empty() {
        return Err(SplitError::NoTrainingEvents { n_test: test.items.len() });
    }
    let known = Known::of(&train);
    let mut shown_to = rows_by_user(&shown);
    let relevant_to = rows_by_user(&test);
    let n_held_out = relevant_to.len();
    let items = |events: &Events, mut rows: Vec<usize>| {
        oldest_first(events, &mut rows);
        newest_of_each(events, &rows, |item| known.has(item))
    };
    let held_out: Vec<HeldOut> = relevant_to
        .into_iter()
        .map(|(user, rows)| HeldOut {
            user,
            shown: items(&shown, shown_to.swap_remove(&user).unwrap_or_default()),
            relevant: items(&test, rows).into_iter().map(|one| one.item).collect(),
        })
        .filter(|one| !one.relevant.is_empty())
        .collect();
    if held_out.is_empty() {
        return Err(SplitError::NoTestUser { n_held_out, n_train: train.items.len() });
    }
    Ok(Split { train, likes, validation: Vec::new(), test: held_out, about: "given files".to_owned() })
}

/// Users in the order in which they first occur, with their rows.
fn rows_by_user(events: &Events) -> IndexMap<u32, Vec<usize>> {
    let mut rows: IndexMap<u32, Vec<usize>> = IndexMap::new();
    for (row, &user) in events.users.iter().enumerate() {
        rows.entry(user).or_default().push(row);
    }
    rows
}

/// Rating and time of what the test users did, the newest of each user and item.
fn facts_of_held_out(split: &Split, events: &Events) -> HashMap<(u32, u32), (f32, i64)> {
    let mut facts: HashMap<(u32, u32), (f32, i64)> = HashMap::new();
    for one in &split.test {
        facts.extend(one.items().map(|item| ((one.user, item), (1.0, i64::MIN))));
    }
    for row in 0..events.items.len() {
        let time = time_of(events, row);
        if let Some(newest) = facts.get_mut(&(events.users[row], events.items[row]))
            && time >= newest.1
        {
            *newest = (events.ratings[row], time);
        }
    }
    facts.retain(|_, &mut (_, time)| time > i64::MIN);
    facts
}

fn write_rows(path: &Path, dataset: &Dataset, rows: impl Iterator<Item = (u32, u32, (f32, i64))>) -> io::Result<()> {
    let mut out = csv::Writer::from_path(path)?;
    out.write_record(["user", "item", "rating", "timestamp"])?;
    for (user, item, (rating, time)) in rows {
        let (user, item) = (&dataset.users[user as usize], &dataset.items[item as usize]);
        out.write_record([user, item, rating.to_string().as_str(), time.to_string().as_str()])?;
    }
    out.flush()
}
