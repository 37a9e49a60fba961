//! Data sets, good and bad, through the whole program.

use std::fs::File;

use crate::fixtures::{films, write_as_movielens};
use crate::harness::{Place, Run, says};

fn with_events(events: &str) -> Place {
    let place = Place::new();
    place.write("d/events.csv", events);
    place
}

#[test]
fn movielens_is_recognised_and_its_titles_and_years_are_told_apart() {
    let place = Place::new();
    write_as_movielens(&place, "ml");
    let run = place.foldin("train ml --factors 4 --no-evaluate");
    run.says(&["read ml: 400 events of 40 users on 20 items as MovieLens 1M/10M"]);
    run.says(&["text in movies.dat is not UTF-8 and was read as Windows-1252"]);
    says(&place.foldin("recommend --liked 0314331").out, &["Amélie (2001)"]);
}

#[test]
fn movielens_with_commas_has_quotes_half_stars_and_carriage_returns() {
    let place = Place::new();
    place.write("ml/ratings.csv", "userId,movieId,rating,timestamp\r\n1,10,4.5,964982703\r\n1,20,0.5,964981247\r\n2,10,5.0,964982224\r\n2,30,4.0,964983815\r\n");
    place.write("ml/movies.csv", "movieId,title,genres\r\n10,\"American President, The (1995)\",Comedy|Drama\r\n20,\"He said \"\"Hi\"\" (2001)\",(no genres listed)\r\n30,Up (2009),Comedy\r\n");
    let run = place.foldin("train ml --no-evaluate --min-support 1");
    run.says(&["4 events of 2 users on 3 items as MovieLens latest/20M/25M/32M", "(ratings of 4 or more)"]);
    let json = place.foldin("recommend --json").json();
    assert_eq!(
        (&json["items"][0]["title"], &json["items"][0]["year"]),
        (&"The American President".into(), &1995.into())
    );
    says(&place.foldin("recommend").out, &["He said \"Hi\" (2001)"]);
}

#[test]
fn one_file_of_events_is_a_data_set_whose_ids_stand_for_titles() {
    let place = Place::new();
    place.write("mine.csv", "user,item\nann,a\nann,b\nbob,a\n");
    let run = place.foldin("train mine.csv --no-evaluate --min-support 1");
    run.says(&["there is no items.csv, so no item has a title"]);
    says(&place.foldin("recommend -k 1").out, &["a  a  popular"]);
}

#[test]
fn a_bad_line_names_file_line_column_value_and_expectation() {
    for (lines, said) in [
        (
            "u1,a,five,1",
            "events.csv:3: column 3 (rating): \"five\" is not a number; expected a number such as 4 or 3.5",
        ),
        ("u1,a,1e39,1", "column 3 (rating): \"1e39\" is not finite"),
        ("u1,a", "column 3 (rating) is missing"),
        ("u1,9.78E+12,3,1", "column 2 (item): \"9.78E+12\" was rounded by a spreadsheet"),
        ("u1,a,3,noon", "column 4 (timestamp): \"noon\""),
        ("\"u1,a,3,1", "opens a quote and does not close it"),
    ] {
        let message = with_events(&format!("user,item,rating,timestamp\nu1,b,3,1\n{lines}\n")).refused("train d");
        says(&message, &["error: the data set d cannot be read", "events.csv:3: ", said]);
        says(&message, &["hint: `--skip-bad-lines` leaves such lines out and counts them"]);
    }
}

#[test]
fn a_bad_line_of_the_catalogue_is_named_alike() {
    let place = with_events("user,item\nann,a\n");
    place.write("d/items.csv", "id,title,year\na,A,nineteen\n");
    says(&place.refused("train d"), &["items.csv:2: column 3 (year): \"nineteen\" is not a whole number"]);
}

#[test]
fn bad_lines_can_be_left_out_and_are_counted() {
    let place = films();
    let events = place.read("films/events.csv") + "u1,0078748,five,1\n,x,1,1\nu1,0078748\n";
    place.write("films/events.csv", events);
    place.refused("train films");
    let run = place.foldin("train films --skip-bad-lines --factors 3 --no-evaluate");
    run.says(&["read films: 400 events of 40 users", "left out 2 bad lines, the first being events.csv:402: "]);
    run.says(&["left out 1 event that name"]);
    let run = place.foldin("evaluate films --skip-bad-lines --factors 3");
    run.says(&["left out 2 bad lines"]);
}

#[test]
fn where_all_lines_are_bad_nothing_is_trained() {
    let place = with_events("user,item,rating\nu1,a,x\n");
    let message = place.refused("train d --skip-bad-lines");
    says(&message, &["holds no event apart from bad lines left out (1)"]);
    assert!(!place.path("model").exists());
}

#[test]
fn a_later_event_replaces_an_earlier_one_of_the_same_user_and_item() {
    let run =
        with_events("user,item,rating\nu,a,1\nu,a,5\nv,a,5\nv,b,5\n").foldin("train d --no-evaluate --min-support 1");
    run.says(&["removed 1 event whose user has a later one with the same item", "3 events", "from 3 likes of 2 users"]);
}

#[test]
fn files_without_events_or_without_names_of_columns_are_refused() {
    for (events, said) in [
        ("", "`d/events.csv` holds no event; a data set needs at least one"),
        ("user,item,rating\n", "`d/events.csv` holds no event"),
        ("who,what\nann,a\n", "`events.csv` has no column for the user; its columns are who, what; say which is which"),
    ] {
        says(&with_events(events).refused("train d"), &[said]);
    }
}

#[test]
fn plays_are_all_likes_however_few_and_one_absurd_rating_is_said() {
    let rows: String = (0..40).map(|n| format!("u{},i{},{}\n", n / 4, n % 4 + n / 20, n % 9 + 1)).collect();
    let place = with_events(&format!("user,item,plays\n{rows}"));
    place.foldin("train d --no-evaluate").says(&["from 40 likes", "(every event)"]);
    place.write("d/events.csv", format!("user,item,rating\n{rows}"));
    place.foldin("train d --no-evaluate --accept").says(&["(ratings of 7.2 or more)"]);
    place.write("d/events.csv", format!("user,item,rating\n{rows}u1,i9,99\n"));
    place
        .foldin("train d --no-evaluate --accept")
        .says(&["1 of 41 ratings are 99, beside a scale from 1 to 9", "of 7.2 or more)"]);
    place.write("d/events.csv", format!("user,item,rating\n{rows}").replace(",9\n", ",55\n"));
    place.foldin("train d --no-evaluate").says(&["ratings reach 55, so they are taken for counts"]);
}

#[test]
fn a_file_that_is_no_text_does_not_flood_the_terminal() {
    let place = Place::new();
    let noise: Vec<u8> = (0..50_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    place.write("d/events.csv", noise);
    let message = place.refused("train d");
    assert!(message.len() < 2000 && !message.contains('\u{1b}'), "{message}");
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let message = Place::new().refused("train nowhere");
    says(&message, &["there is no file or folder `nowhere`; give a file of events, or the folder"]);
}

#[test]
fn a_folder_that_is_not_recognised_lists_what_was_sought_and_found() {
    let place = Place::new();
    place.write("d/photo.jpg", "");
    let message = place.refused("train d");
    says(&message, &["no data set was recognised in `d`; found photo.jpg", "hint: give the file itself"]);
    says(&message, &["`user,item,rating,timestamp`", "docs/data.md"]);
    place.write("m/ratings.dat", "");
    says(&place.refused("train m"), &["looks like MovieLens 1M/10M, but `movies.dat` with the titles is missing"]);
    says(&place.refused("train d/photo.jpg"), &["holds no event"]);
}

#[test]
fn several_files_patterns_and_standard_input_are_data_sets() {
    let place = films();
    let events = place.read("films/events.csv");
    let (header, rows) = events.split_once('\n').unwrap();
    let half = rows.len() / 2 + rows[rows.len() / 2..].find('\n').unwrap() + 1;
    place.write("parts/first.csv", format!("{header}\n{}", &rows[..half]));
    place.write("parts/second.csv", format!("{header}\n{}", &rows[half..]));
    for line in [
        "train parts/first.csv parts/second.csv --items films/items.csv --factors 3 --no-evaluate",
        "train parts/*.csv --items films/items.csv --factors 3 --no-evaluate",
    ] {
        place.foldin(line).says(&["400 events of 40 users on 21 items"]);
    }
    let line = "train - --items films/items.csv --factors 3 --no-evaluate";
    let mut command = place.command(line);
    command.stdin(File::open(place.path("films/events.csv")).unwrap());
    Run::of(line, command).says(&["400 events of 40 users on 21 items"]);
}

#[test]
fn a_model_that_nothing_speaks_for_is_put_aside_with_an_exit_code_of_its_own() {
    let place = films();
    place.foldin("train films --factors 3 --no-evaluate");
    let before = place.read("model/manifest.json");
    // An export that was compressed under another name leaves the catalogue alone.
    place.write("films/events.csv", "user,item,rating\nann,0078748,5\nbob,0078748,5\n");
    let run = place.run("train films --factors 3 --no-evaluate");
    assert_eq!(run.code, Some(3), "{}", run.err);
    says(&run.err, &["was not made current in model", "none of 2 users with a like has two", "--accept"]);
    assert_eq!(place.read("model/manifest.json"), before);
    assert!(place.path("model.refused/manifest.json").exists());
    place.foldin("train films --factors 3 --no-evaluate --accept").says(&["accepted although none of 2 users"]);
    assert_ne!(place.read("model/manifest.json"), before);
}
