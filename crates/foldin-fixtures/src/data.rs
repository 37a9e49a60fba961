//! Small data sets, and where the real ones are.

use foldin_data::interactions::{Interactions, rated};
use foldin_data::split::{HeldOut, Shown};
use foldin_data::{Dataset, Events, ItemNo, ItemRecord, UserNo};

/// Items by their numbers.
pub fn items(numbers: &[u32]) -> Vec<ItemNo> {
    numbers.iter().copied().map(ItemNo).collect()
}

/// Items that are shown, each rated 1.
pub fn shown(numbers: &[u32]) -> Vec<Shown> {
    numbers.iter().map(|&item| Shown { item: ItemNo(item), rating: 1.0 }).collect()
}

/// A held-out user: the numbers of the shown items, each rated 1, and of the relevant ones.
pub fn held_out(user: u32, shown_items: &[u32], relevant: &[u32]) -> HeldOut {
    HeldOut { user: UserNo(user), shown: shown(shown_items), relevant: items(relevant) }
}

/// Events of a user, an item, a rating and a time each.
pub fn events(rows: &[(u32, u32, f32, i64)]) -> Events {
    Events {
        users: rows.iter().map(|row| UserNo(row.0)).collect(),
        items: rows.iter().map(|row| ItemNo(row.1)).collect(),
        ratings: rows.iter().map(|row| row.2).collect(),
        times: rows.iter().map(|row| row.3).collect(),
    }
}

/// A data set of such events, with as many users and items as they need: `u0`, `u1`, ... and `i0`, `i1`, ...
pub fn dataset_of(rows: &[(u32, u32, f32, i64)]) -> Dataset {
    let n_users = rows.iter().map(|row| row.0 + 1).max().unwrap_or(0);
    let n_items = rows.iter().map(|row| row.1 + 1).max().unwrap_or(0);
    Dataset {
        name: "small".to_owned(),
        users: (0..n_users).map(|user| format!("u{user}").into_boxed_str()).collect(),
        items: (0..n_items).map(|item| format!("i{item}").into_boxed_str()).collect(),
        catalogue: vec![ItemRecord::default(); n_items as usize],
        events: events(rows),
        ..Dataset::default()
    }
}

/// The matrix with a 1 at every pair of a user and an item.
pub fn interactions(pairs: Vec<(u32, u32)>, n_users: usize, n_items: usize) -> Interactions {
    rated(pairs.into_iter().map(|(user, item)| (user, item, 1.0)).collect(), n_users, n_items)
}

/// The folder of a real data set in `FOLDIN_DATA_DIR`; `None`, and a line that says so, where it is absent.
#[cfg(not(target_arch = "wasm32"))]
pub fn real_data(name: &str) -> Option<std::path::PathBuf> {
    let folder = std::env::var_os("FOLDIN_DATA_DIR").map(|all| std::path::PathBuf::from(all).join(name));
    let folder = folder.filter(|folder| folder.is_dir());
    if folder.is_none() {
        eprintln!("skipped: FOLDIN_DATA_DIR has no {name}");
    }
    folder
}

/// A temporary folder with these files.
#[cfg(not(target_arch = "wasm32"))]
pub fn folder_with<T: AsRef<[u8]> + ?Sized>(files: &[(&str, &T)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    for (name, content) in files {
        std::fs::write(folder.path().join(name), content).expect("a file can be written");
    }
    folder
}
