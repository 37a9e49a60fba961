//! `foldin export`: what other programs read of a model.

use std::fs;

use crate::harness::{Place, says};

/// Likes of two tastes, by which all sources but the transformer can be learned.
fn place() -> Place {
    let place = Place::new();
    let mut events = "user,item,time\n".to_owned();
    for user in 0..60 {
        for n in 0..6 {
            let item = 2 * ((user * 5 + n) % 9) + user % 2;
            events += &format!("u{user},i{item},{}\n", 1_600_000_000 + 100 * user + n);
        }
    }
    fs::write(place.path("events.csv"), events).unwrap();
    let rest: String = (1..18).map(|n| format!("i{n},Film {n},,,\n")).collect();
    let items = format!("id,title,year,genres,tags\ni0,\"Film, \"\"0\"\"\",1999,a|b,old\n{rest}");
    fs::write(place.path("items.csv"), items).unwrap();
    place.foldin("train events.csv --no-auto --no-evaluate");
    place
}

#[test]
fn files_of_numpy_hold_a_row_an_item_and_come_back_as_vectors() {
    let place = place();
    let run = place.foldin("export --to npy");
    says(&run.out, &["items.csv", "ids.txt", "factors.npy", "neighbours.npz", "ease.npz", "sequence.npz"]);
    let ids = place.read("export/ids.txt");
    assert_eq!(ids.lines().count(), 18);
    let items = place.read("export/items.csv");
    says(&items, &["id,title,year,genres,tags,likes", "i0,\"Film, \"\"0\"\"\",1999,a|b,old,"]);
    let again =
        place.foldin("import export/factors.npy --ids export/ids.txt --about content --compare dot --out again");
    says(&again.err, &["read 18 vectors of 64 numbers"]);
    says(&place.refused("export --to parquet"), &["export is not empty", "--out"]);
}

#[test]
fn parquet_files_are_read_back_as_a_catalogue_and_as_vectors() {
    let place = place();
    let run = place.foldin("export --to parquet --out tables");
    says(&run.out, &["items.parquet", "factors.parquet", "neighbours.parquet"]);
    says(&run.err, &["stay in the model, since no other program reads them"]);
    let again = place.foldin(
        "import tables/factors.parquet events.csv --items tables/items.parquet --compare dot --no-auto --no-evaluate --out again",
    );
    says(&again.err, &["read 18 vectors of 64 numbers", "18 of 18 items have a vector"]);
    let taste = |model: &str| place.foldin(&format!("similar i0 -k 3 --model {model}")).out;
    assert_eq!(taste("again").lines().count(), 3);
    says(&taste("again"), &["i2"]);
}
