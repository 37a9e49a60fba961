//! Real data sets, where `FOLDIN_DATA_DIR` has them.

use std::path::PathBuf;

use crate::harness::{Place, says};

/// The folder of a data set, or none with a word about it.
fn data_set(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("FOLDIN_DATA_DIR").map(|dir| PathBuf::from(dir).join(name));
    let folder = folder.filter(|folder| folder.is_dir());
    if folder.is_none() {
        println!("skipped: {name} is not in the folder that FOLDIN_DATA_DIR names");
    }
    folder
}

/// Trains on a data set, if it is there.
fn trained_on(name: &str, said: &str) -> Option<Place> {
    let folder = data_set(name)?;
    let place = Place::new();
    let run = place.foldin(&format!("train {} --no-auto --factors 16 --iterations 4 --no-evaluate", folder.display()));
    run.says(&[said]);
    Some(place)
}

#[test]
fn movielens_100k_is_read_and_recommends_the_next_star_wars() {
    let said = "read ml-100k: 100,000 events of 943 users on 1,682 items as MovieLens 100K";
    let Some(place) = trained_on("ml-100k", said) else { return };
    says(&place.foldin("recommend --liked 50,172 -k 10").out, &["Return of the Jedi (1983)"]);
}

#[test]
fn movielens_latest_is_read_and_finds_films_by_the_likes_of_its_users() {
    let said = "read ml-latest-small: 100,836 events of 610 users on 9,742 items as MovieLens latest";
    let Some(place) = trained_on("ml-latest-small", said) else { return };
    let run = place.foldin("recommend --liked 1,260,1198");
    says(&run.out, &["Star Wars: Episode V"]);
    assert!(!run.ids().iter().any(|id| ["1", "260", "1198"].contains(id)), "{run}");
    says(&place.refused("recommend --liked the-matrix"), &["\n  2571 ", " The Matrix (1999)\n"]);
    says(&place.foldin("similar 1 -k 20").out, &["Aladdin (1992)"]);
}

#[test]
fn ids_of_movietweetings_keep_their_leading_zeros() {
    let Some(place) = trained_on("movietweetings-100k", "read movietweetings-100k: 100,000 events") else { return };
    place.foldin("recommend --liked 0104257").says(&["A Few Good Men (1992)"]);
    says(&place.refused("recommend --liked 104257"), &["0104257  A Few Good Men (1992)"]);
}

#[test]
fn plays_of_lastfm_are_likes_without_stars() {
    let Some(place) = trained_on("lastfm-2k", "read lastfm-2k: 92,834 events of 1,892 users") else { return };
    let inspected = place.foldin("inspect").out;
    says(&inspected, &["learned   from 77,477 likes of 1,882 users\n", "0 genres"]);
    assert_eq!(place.foldin("recommend --liked 289 -k 5").out.lines().count(), 5);
}

#[test]
fn facts_of_movielens_1m_are_those_that_a_script_of_its_own_counted() {
    let Some(folder) = data_set("ml-1m") else { return };
    let facts = Place::new().foldin(&format!("report {} --json", folder.display())).json();
    assert_eq!((&facts["likes"], &facts["timeline"]["withoutTime"]), (&575_281.into(), &310_550.into()));
    let likes = &facts["likesOnItems"];
    assert_eq!((&likes["items"], &likes["halfOn"]), (&3533.into(), &325.into()));
    assert!((likes["gini"].as_f64().unwrap() - 0.699_028_1).abs() < 1e-6, "{likes}");
    let bursts = &facts["oddities"]["bursts"];
    assert_eq!((&bursts["users"], &bursts["most"]), (&71.into(), &30.into()));
    let users: Vec<u64> =
        facts["feasibility"]["liking"].as_array().unwrap().iter().map(|row| row["users"].as_u64().unwrap()).collect();
    assert_eq!(users, [6038, 6035, 6034, 5950, 5180]);
}
