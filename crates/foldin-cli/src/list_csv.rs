//! Lists of recommendations as CSV, so that others can check our figures with evaluators of their own, and we theirs.

use std::collections::HashMap;
use std::io::{self, Read, Write};

use foldin_data::{Ids, ItemNo, UserNo};

/// Writes `user,rank,item,score`, with a header and ranks from 1. Each user comes with a list of item ids and scores,
/// the best first.
pub(crate) fn write_recommendations<'a, List>(
    out: impl Write,
    users: impl IntoIterator<Item = (&'a str, List)>,
) -> io::Result<()>
where
    List: IntoIterator<Item = (&'a str, f32)>,
{
    let mut out = csv::Writer::from_writer(out);
    out.write_record(["user", "rank", "item", "score"])?;
    for (user, list) in users {
        for (above, (item, score)) in list.into_iter().enumerate() {
            out.write_record([user, (above + 1).to_string().as_str(), item, score.to_string().as_str()])?;
        }
    }
    out.flush()
}

/// Lists that were read: items, the best first, by user.
pub(crate) type ReadLists = HashMap<UserNo, Vec<ItemNo>>;

/// Why a file of lists cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum ReadListsError {
    /// The file is no CSV, or cannot be read at all.
    #[error("the lists cannot be read: {0}")]
    Csv(#[from] csv::Error),
    /// A column is not there.
    #[error("there is no column `{0}`; the first line must name user, rank and item")]
    NoColumn(&'static str),
    /// A rank is not a number.
    #[error("line {line}: the rank is {value:?}; expected a whole number")]
    Rank {
        /// Line of the file, from 1.
        line: u64,
        /// What stands there.
        value: String,
    },
}

/// Reads lists as [`write_recommendations`] writes them, or anybody: columns `user`, `rank` and `item` in any order,
/// others are left aside. Lists of users that `users` does not hold are left out. Items that `items` does not hold join
/// it, since they take up places.
///
/// # Errors
/// See [`ReadListsError`].
pub(crate) fn read_recommendations(from: impl Read, users: &Ids, items: &mut Ids) -> Result<ReadLists, ReadListsError> {
    let mut from = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(from);
    let names = from.headers()?.clone();
    let column = |name| names.iter().position(|one| one == name).ok_or(ReadListsError::NoColumn(name));
    let (user, rank, item) = (column("user")?, column("rank")?, column("item")?);
    let mut ranked: HashMap<UserNo, Vec<(u64, ItemNo)>> = HashMap::new();
    for row in from.records() {
        let row = row?;
        let line = row.position().map_or(0, csv::Position::line);
        let place = row[rank].parse().map_err(|_| ReadListsError::Rank { line, value: row[rank].to_owned() })?;
        if let Some(user) = users.get_index_of(&row[user]) {
            let item = items.get_index_of(&row[item]).unwrap_or_else(|| items.insert_full(row[item].into()).0);
            ranked.entry(UserNo(user as u32)).or_default().push((place, ItemNo(item as u32)));
        }
    }
    let in_order = |mut list: Vec<(u64, ItemNo)>| {
        list.sort_by_key(|&(place, _)| place);
        list.into_iter().map(|(_, item)| item).collect()
    };
    Ok(ranked.into_iter().map(|(user, list)| (user, in_order(list))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_start_at_one_for_every_user_and_odd_ids_are_quoted() {
        let mut out = Vec::new();
        let lists = [("ann", vec![("7", 2.5), ("a,b", 0.25)]), ("bob", vec![]), ("cy", vec![("7", -1.0)])];
        write_recommendations(&mut out, lists).unwrap();
        let text = "user,rank,item,score\nann,1,7,2.5\nann,2,\"a,b\",0.25\ncy,1,7,-1\n";
        assert_eq!(String::from_utf8(out).unwrap(), text);
    }

    #[test]
    fn lists_are_read_by_rank_and_unknown_items_take_up_places() {
        let users = ["ann", "bob"].map(Box::from).into_iter().collect();
        let mut items: Ids = ["x", "y"].map(Box::from).into_iter().collect();
        let text = "item,rank,user\ny,2,ann\nz,1,ann\nx,3,ann\nx,1,eve\n";
        let lists = read_recommendations(text.as_bytes(), &users, &mut items).unwrap();
        assert_eq!(lists, HashMap::from([(UserNo(0), [2, 1, 0].map(ItemNo).into())]));
        assert_eq!(&*items[2], "z");
    }

    #[test]
    fn files_that_are_no_lists_are_refused_by_column_and_line() {
        let read =
            |text: &str| read_recommendations(text.as_bytes(), &Ids::new(), &mut Ids::new()).unwrap_err().to_string();
        assert_eq!(read("user,item\na,b\n"), "there is no column `rank`; the first line must name user, rank and item");
        let said = read("user,rank,item\na,1,b\na,first,c\n");
        assert_eq!(said, "line 3: the rank is \"first\"; expected a whole number");
        assert!(read("user,rank,item\na,1\n").starts_with("the lists cannot be read: "));
    }
}
