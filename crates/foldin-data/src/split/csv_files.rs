//! Splits as CSV files, so that other programs can be measured on the same work, and ours on theirs.

use std::collections::HashMap;
use std::path::Path;
use std::{fs, io};

use super::Split;
use super::rows::time_of;
use crate::dataset::{Dataset, Events, ItemNo, UserNo};

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
    let row = |user: UserNo, item: ItemNo| (user, item, facts.get(&(user, item)).copied().unwrap_or((1.0, 0)));
    let shown = split.test.iter().flat_map(|one| one.shown.iter().map(move |shown| row(one.user, shown.item)));
    write_rows(&folder.join("shown.csv"), dataset, shown)?;
    let relevant = split.test.iter().flat_map(|one| one.relevant.iter().map(move |&item| row(one.user, item)));
    write_rows(&folder.join("test.csv"), dataset, relevant)?;
    fs::write(folder.join("about"), format!("{}\n", split.about))
}

/// Rating and time of what the test users did, the newest of each user and item.
fn facts_of_held_out(split: &Split, events: &Events) -> HashMap<(UserNo, ItemNo), (f32, i64)> {
    let mut facts: HashMap<(UserNo, ItemNo), (f32, i64)> = HashMap::new();
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

fn write_rows(
    path: &Path,
    dataset: &Dataset,
    rows: impl Iterator<Item = (UserNo, ItemNo, (f32, i64))>,
) -> io::Result<()> {
    let mut out = csv::Writer::from_path(path)?;
    out.write_record(["user", "item", "rating", "timestamp"])?;
    for (user, item, (rating, time)) in rows {
        let (user, item) = (&dataset.users[user.at()], &dataset.items[item.at()]);
        out.write_record([user, item, rating.to_string().as_str(), time.to_string().as_str()])?;
    }
    out.flush()
}
