//! Data in the shapes that people have: each must be read as its owner means it, or refused with what to do.
//!
//! All shapes hold the same facts where they can: 40 users of two tastes, 20 items, 6 events each, half of them rated 5.

use std::fmt::Write as _;

use foldin_data::{
    Dataset, DateOrder, IdMatch, IdMatches, InMemory, Likes, ReadOptions, ReadReport, ZeroRating, read_files,
};

/// One event: user, item, rating and second.
type Row = (usize, usize, u8, i64);

const FIRST_SECOND: i64 = 1_293_840_000;

fn rows() -> Vec<Row> {
    let of_user = |user: usize| {
        (0..6).map(move |n| {
            let item = (user * 3 + n * 7) % 10 + 10 * (user % 2);
            (user, item, if n < 3 { 5 } else { 4 - (n % 3) as u8 }, FIRST_SECOND + (user * 6 + n) as i64 * 3600)
        })
    };
    (0..40).flat_map(of_user).collect()
}

/// A file with a header and one line per event.
fn table(header: &str, line: impl Fn(Row) -> String) -> String {
    rows().into_iter().fold(format!("{header}\n"), |text, row| text + &line(row) + "\n")
}

fn items(header: &str, line: impl Fn(usize) -> String) -> String {
    (0..20).fold(format!("{header}\n"), |text, item| text + &line(item) + "\n")
}

fn plain_items() -> String {
    items("id,title,genres", |item| format!("i{item:02},Title {item},{}", if item < 10 { "Food" } else { "Tool" }))
}

fn plain_events() -> String {
    table("user,item,rating,timestamp", |(user, item, rating, time)| format!("u{user},i{item:02},{rating},{time}"))
}

fn read_with(files: &[(&str, Vec<u8>)], options: &ReadOptions) -> Result<(Dataset, ReadReport), String> {
    let files = InMemory::new("shape", files.iter().map(|(name, bytes)| (*name, bytes.clone())));
    read_files(&files, options).map_err(|error| error.to_string())
}

fn read(files: &[(&str, Vec<u8>)]) -> Result<(Dataset, ReadReport), String> {
    read_with(files, &ReadOptions::default())
}

fn text(name: &'static str, content: impl Into<String>) -> (&'static str, Vec<u8>) {
    (name, content.into().into_bytes())
}

/// Events, users, items and likes of a data set.
fn counts(dataset: &Dataset) -> (usize, usize, usize, usize) {
    let threshold = Likes::Automatic.threshold(dataset);
    let ratings = &dataset.events.ratings;
    let likes = ratings.iter().filter(|rating| threshold.is_none_or(|threshold| **rating >= threshold)).count();
    (dataset.events.len(), dataset.users.len(), dataset.items.len(), likes)
}

/// What all shapes with ratings hold: 120 fives, 40 fours.
const RATED: (usize, usize, usize, usize) = (240, 40, 20, 160);
/// The same without ratings.
const UNRATED: (usize, usize, usize, usize) = (240, 40, 20, 240);

#[test]
fn columns_are_found_under_the_names_that_well_known_data_sets_give_them() {
    let rated: &[&str] = &[
        "user,item,rating,timestamp",
        "User-ID,ISBN,Book-Rating,Time",
        "user_id,parent_asin,rating,timestamp",
        "reviewerID,asin,overall,unixReviewTime",
        "UserId,ProductId,Score,Time",
        " User ID , Item ID ,Rating,Date",
        "user_id,anime_id,rating,created_at",
        "user_id:token,item_id:token,rating:float,timestamp:float",
        "user_id,business_id,stars,date",
        "review/userId,product/productId,review/score,review/time",
        "MEMBER_ID,Recipe ID,Stars,Event Time",
        "listener,track_id,my_rating,ts",
    ];
    for header in rated {
        let events = table(header, |(user, item, rating, time)| format!("{user},{item},{rating},{time}"));
        let found = read(&[text("events.csv", events)]);
        let (dataset, _) = found.unwrap_or_else(|error| panic!("{header}: {error}"));
        assert_eq!(counts(&dataset), RATED, "{header}");
        assert_eq!(dataset.events.times.len(), 240, "{header}");
    }
    let unrated: &[&str] =
        &["t_dat,customer_id,article_id,price", "date,session_id,page_path,referrer", "time,visitorid,sku,x"];
    for header in unrated {
        let events = table(header, |(user, item, rating, time)| format!("{time},{user},{item},0.0{rating}"));
        let (dataset, _) = read(&[text("events.csv", events)]).unwrap_or_else(|error| panic!("{header}: {error}"));
        assert_eq!(counts(&dataset), UNRATED, "{header}");
        assert_eq!(dataset.events.times.len(), 240, "{header}");
    }
}

#[test]
fn an_id_that_numbers_lines_is_no_item() {
    let mut n = 0;
    let numbered = rows().iter().fold("Id,UserId,Thing,Score\n".to_owned(), |text, (user, item, rating, _)| {
        n += 1;
        text + &format!("{n},u{user},i{item},{rating}\n")
    });
    let error = read(&[text("events.csv", numbered)]).unwrap_err();
    assert!(
        error.contains("numbers lines") && error.contains("--columns item=COLUMN") && error.contains("Thing"),
        "{error}"
    );
    let products = rows().iter().enumerate().fold("Id,UserId,ProductId,Score\n".to_owned(), |text, (n, row)| {
        text + &format!("{n},u{},i{},{}\n", row.0, row.1, row.2)
    });
    assert_eq!(counts(&read(&[text("events.csv", products)]).unwrap().0), RATED);
}

#[test]
fn separators_line_ends_quotes_and_byte_order_marks_do_not_matter() {
    let plain = plain_events();
    let shapes: Vec<(&str, Vec<u8>)> = vec![
        ("semicolons", plain.replace(',', ";").into()),
        ("tabs", plain.replace(',', "\t").into()),
        ("pipes", plain.replace(',', "|").into()),
        ("double colons", plain.replace(',', "::").into()),
        ("CRLF", plain.replace('\n', "\r\n").into()),
        ("CR", plain.replace('\n', "\r").into()),
        (
            "quotes",
            plain.lines().map(|line| format!("\"{}\"\n", line.replace(',', "\",\""))).collect::<String>().into(),
        ),
        ("sep=", format!("sep=,\n{plain}").into()),
        ("sep=;", format!("sep=;\r\n{}", plain.replace(',', ";")).into()),
        ("UTF-8 mark", format!("\u{feff}{plain}").into()),
        ("UTF-16 LE", utf16(&plain, u16::to_le_bytes)),
        ("UTF-16 BE", utf16(&plain, u16::to_be_bytes)),
        ("trailing separators", plain.replace('\n', ",\n").into()),
        (
            "row numbers",
            plain
                .lines()
                .enumerate()
                .fold(String::new(), |text, (n, line)| {
                    text + &if n == 0 { format!(",{line}\n") } else { format!("{n},{line}\n") }
                })
                .into(),
        ),
        ("blank lines", plain.replace('\n', "\n\n").into()),
        ("header again", format!("{plain}user,item,rating,timestamp\n").into()),
    ];
    for (name, bytes) in shapes {
        let (dataset, _) = read(&[("events.csv", bytes), text("items.csv", plain_items())])
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(counts(&dataset), RATED, "{name}");
        assert_eq!(dataset.catalogue[0].title, "Title 0", "{name}");
    }
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    format!("\u{feff}{text}").encode_utf16().flat_map(bytes).collect()
}

#[test]
fn files_without_a_header_are_read_where_their_shape_is_plain() {
    let line = |(user, item, rating, time): Row| format!("A{user},B{item},{rating}.0,{time}\n");
    let four: String = rows().into_iter().map(line).collect();
    let (dataset, report) = read(&[text("ratings_Books.csv", four.clone()), text("events.csv", four)]).unwrap();
    assert_eq!(counts(&dataset), RATED);
    assert!(report.notes().iter().any(|note| note.contains("no line of column names")), "{:?}", report.notes());
    let three: String =
        rows().into_iter().map(|(user, item, rating, _)| format!("u{user}\ts{item}\t{rating}\n")).collect();
    assert_eq!(counts(&read(&[text("events.tsv", three)]).unwrap().0), RATED);
    let two: String = rows().into_iter().map(|(user, item, ..)| format!("{user},{item}\n")).collect();
    assert_eq!(counts(&read(&[text("events.csv", two)]).unwrap().0), UNRATED);
    let names: String = rows().into_iter().map(|(user, item, ..)| format!("u{user},i{item},some title,x\n")).collect();
    let error = read(&[text("events.csv", names.clone())]).unwrap_err();
    assert!(error.contains("--columns \"user="), "{error}");
    let options = ReadOptions { columns: "user=1,item=2".parse().unwrap(), ..ReadOptions::default() };
    assert_eq!(counts(&read_with(&[text("events.csv", names)], &options).unwrap().0).0, 240);
}

#[test]
fn json_lines_and_arrays_are_tables() {
    let object = |(user, item, rating, time): Row| {
        format!(
            r#"{{"title": "fine", "user_id": "u{user}", "parent_asin": "i{item}", "rating": {rating}.0, "timestamp": {time}000, "images": []}}"#
        )
    };
    let lines: String = rows().into_iter().map(|row| object(row) + "\n").collect();
    let array = format!("[{}]", rows().into_iter().map(object).collect::<Vec<_>>().join(",\n"));
    for content in [lines, array] {
        let (dataset, _) = read(&[text("Books.jsonl", content)]).unwrap();
        assert_eq!((counts(&dataset), dataset.events.times[0]), (RATED, FIRST_SECOND));
    }
    let error = read(&[text("events.json", r#"{"db": [{"data": {"posts": []}}]}"#)]).unwrap_err();
    assert!(error.contains("array of objects"), "{error}");
}

#[test]
fn titles_are_found_in_a_file_of_any_name_beside_the_events() {
    let ratings = table("\"User-ID\";\"ISBN\";\"Book-Rating\"", |(user, item, rating, _)| {
        format!("\"{user}\";\"0{item}\";\"{}\"", rating * 2)
    });
    let books = items("\"ISBN\";\"Book-Title\";\"Year-Of-Publication\"", |item| {
        format!("\"0{item}\";\"R\u{e9}cit &amp; {item}\";\"{}\"", if item == 0 { 0 } else { 1990 })
    });
    let users = "\"User-ID\";\"Location\";\"Age\"\n\"1\";\"nyc\";NULL\n".to_owned();
    let books: Vec<u8> = books.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
    let files = [text("BX-Book-Ratings.csv", ratings), ("BX-Books.csv", books), text("BX-Users.csv", users)];
    let (dataset, report) = read(&files).unwrap();
    assert_eq!(counts(&dataset), RATED);
    assert_eq!((dataset.catalogue[0].title.as_str(), dataset.catalogue[0].year), ("Récit & 0", None));
    assert_eq!(dataset.catalogue[1].year, Some(1990));
    let notes = report.notes().join("\n");
    assert!(notes.contains("BX-Book-Ratings.csv") && notes.contains("Windows-1252"), "{notes}");
}

#[test]
fn zeros_that_say_not_rated_are_no_ratings() {
    let events = table("user,item,rating", |(user, item, rating, _)| {
        format!("u{user},i{item},{}", if rating == 5 { 0 } else { rating * 2 })
    });
    let (dataset, report) = read(&[text("events.csv", events.clone())]).unwrap();
    // 40 users with a four, a three and a two in points of ten.
    assert_eq!((dataset.events.len(), dataset.unrated.len()), (120, 120));
    assert!(
        report.notes().iter().any(|note| note.contains("120 of 240") && note.contains("--zero")),
        "{:?}",
        report.notes()
    );
    let as_ratings = ReadOptions { zero: ZeroRating::Rating, ..ReadOptions::default() };
    assert_eq!(read_with(&[text("events.csv", events)], &as_ratings).unwrap().0.events.len(), 240);
}

#[test]
fn minus_one_beside_a_scale_and_words_for_nothing_are_no_ratings() {
    for sign in ["-1", "", "NULL", "nan", "N/A", "\\N"] {
        let events = table("user_id,anime_id,rating", |(user, item, rating, _)| {
            format!("{user},{item},{}", if rating == 2 { sign.to_owned() } else { (rating * 2).to_string() })
        });
        let (dataset, _) = read(&[text("events.csv", events)]).unwrap_or_else(|error| panic!("{sign}: {error}"));
        assert_eq!((dataset.events.len(), dataset.unrated.len(), counts(&dataset).3), (200, 40, 160), "{sign}");
    }
}

#[test]
fn symmetric_scales_and_thumbs_have_negative_ratings() {
    let jester = table("user,item,rating", |(user, item, rating, _)| {
        format!("{user},{item},{}", f32::from(rating) * 4.5 - 13.0)
    });
    let (dataset, _) = read(&[text("events.csv", jester)]).unwrap();
    assert_eq!(counts(&dataset), (240, 40, 20, 160));
    let thumbs = table("user,item,rating", |(user, item, rating, _)| {
        format!("{user},{item},{}", i32::from(rating == 5) - i32::from(rating == 2))
    });
    assert_eq!(counts(&read(&[text("events.csv", thumbs)]).unwrap().0), (240, 40, 20, 120));
}

#[test]
fn event_types_weigh_and_dislikes_are_no_likes() {
    let words = |row: Row| match row.2 {
        5 => "purchase",
        4 => "view",
        3 => "dislike",
        _ => "remove_from_cart",
    };
    let events = table("user,item,event", |row| format!("u{},i{},{}", row.0, row.1, words(row)));
    let (dataset, _) = read(&[text("events.csv", events)]).unwrap();
    assert_eq!(counts(&dataset), (240, 40, 20, 160));
    let ratings = table("user,item,rating", |row| {
        format!("u{},i{},{}", row.0, row.1, if row.2 == 5 { "like" } else { "dislike" })
    });
    assert_eq!(counts(&read(&[text("events.csv", ratings)]).unwrap().0), (240, 40, 20, 120));
    let weights = ReadOptions { event_weights: "skim=1,read to the end=5".parse().unwrap(), ..ReadOptions::default() };
    let own = table("user,item,event", |row| {
        format!("u{},i{},{}", row.0, row.1, if row.2 == 5 { "read to the end" } else { "login" })
    });
    let (dataset, report) = read_with(&[text("events.csv", own)], &weights).unwrap();
    assert_eq!((dataset.events.len(), report.unknown_event_types["login"]), (120, 120));
}

#[test]
fn counts_that_come_again_are_summed_and_returns_take_away() {
    let mut events = table("user,item,quantity", |(user, item, ..)| format!("u{user},i{item:02},3"));
    events.push_str("u0,i00,4\nu1,i13,-3\n");
    let (dataset, _) = read(&[text("events.csv", events)]).unwrap();
    let largest = dataset.events.ratings.iter().copied().fold(0.0, f32::max);
    assert_eq!((dataset.events.len(), largest, dataset.unrated.len()), (239, 7.0, 1));
}

#[test]
fn guests_without_an_id_are_left_out() {
    for guest in ["", "NULL", "None", "nan", "\\N"] {
        let events = table("user,item", |(user, item, ..)| {
            format!("{},i{item}", if user < 10 { guest.to_owned() } else { format!("u{user}") })
        });
        let (dataset, report) = read(&[text("events.csv", events)]).unwrap();
        assert_eq!((dataset.users.len(), report.events_without_user), (30, 60), "{guest}");
    }
}

#[test]
fn ids_that_a_spreadsheet_rounded_are_refused() {
    let events = table("user,item", |(user, item, ..)| format!("u{user},9.7804390{item:02}E+12"));
    let error = read(&[text("events.csv", events)]).unwrap_err();
    assert!(error.contains("rounded by a spreadsheet") && error.contains("column 2 (item)"), "{error}");
    assert!(!error.contains("--skip-bad-lines"), "no line was good: {error}");
}

#[test]
fn times_are_read_in_the_forms_that_programs_write() {
    let stamp = |time: i64, form: &str| match form {
        "ms" => format!("{time}000"),
        "us" => format!("{time}000000"),
        "ns" => format!("{time}000000000"),
        "iso" => iso(time, "T", "Z"),
        "sql" => iso(time, " ", ""),
        "zone" => iso(time, " ", " +0000"),
        _ => iso(time, " ", "")[..10].to_owned(),
    };
    for form in ["ms", "us", "ns", "iso", "sql", "zone", "date"] {
        let events = table("user,item,rating,created_at", |(user, item, rating, time)| {
            format!("u{user},i{item},{rating},{}", stamp(time, form))
        });
        let (dataset, _) = read(&[text("events.csv", events)]).unwrap_or_else(|error| panic!("{form}: {error}"));
        assert_eq!(counts(&dataset), RATED, "{form}");
        let expected = if form == "date" { FIRST_SECOND } else { FIRST_SECOND + 5 * 3600 };
        assert_eq!(dataset.events.times[5], expected, "{form}");
    }
}

/// A time of January 2011.
fn iso(time: i64, between: &str, zone: &str) -> String {
    let (day, second) = ((time - FIRST_SECOND) / 86_400 + 1, (time - FIRST_SECOND) % 86_400);
    format!("2011-01-{day:02}{between}{:02}:{:02}:00{zone}", second / 3600, second / 60 % 60)
}

#[test]
fn dates_of_either_order_are_told_by_a_day_above_twelve_or_by_their_owner() {
    let short = |first: usize, second: usize| {
        table("user,item,time", move |(user, item, ..)| {
            format!("u{user},i{item},{}/{}/2011 4:00", first, second + user % 2)
        })
    };
    let error = read(&[text("events.csv", short(1, 2))]).unwrap_err();
    assert!(error.contains("--dates dmy") && error.contains("1/2/2011"), "{error}");
    let said = ReadOptions { dates: DateOrder::Mdy, ..ReadOptions::default() };
    let of = |content: String, options: &ReadOptions| {
        read_with(&[text("events.csv", content)], options).unwrap().0.events.times[0]
    };
    assert_eq!(of(short(1, 2), &said), FIRST_SECOND + 86_400 + 4 * 3600);
    assert_eq!(of(short(1, 30), &ReadOptions::default()), FIRST_SECOND + 29 * 86_400 + 4 * 3600);
}

#[test]
fn lists_in_cells_are_read_whatever_is_between() {
    let forms: &[(&str, &str)] = &[
        ("Food|Soup", "Tool|Steel"),
        ("\"Food, Soup\"", "\"Tool, Steel\""),
        ("Food;Soup", "Tool;Steel"),
        ("\"['Food', 'Soup']\"", "\"['Tool', 'Steel']\""),
        ("\"[\"\"Food\"\", \"\"Soup\"\"]\"", "\"[\"\"Tool\"\", \"\"Steel\"\"]\""),
        ("\"[{'id': 1, 'name': 'Food'}, {'id': 2, 'name': 'Soup'}]\"", "\"[{'id': 3, 'name': 'Tool'}]\""),
    ];
    for (food, tool) in forms {
        let catalogue =
            items("id,name,genre", |item| format!("i{item:02},T{item},{}", if item < 10 { food } else { tool }));
        let (dataset, _) = read(&[text("events.csv", plain_events()), text("items.csv", catalogue)]).unwrap();
        assert_eq!(dataset.catalogue[0].genres, ["Food", "Soup"], "{food}");
        assert_eq!(dataset.catalogue[19].genres[0], "Tool", "{food}");
    }
}

#[test]
fn titles_are_text_and_ids_are_composed() {
    let catalogue = items("id,title", |item| format!("caf\u{e9}-{item:02},Tom &amp; <b>Jerry</b> {item}"));
    let events = table("user,item", |(user, item, ..)| format!("u{user},cafe\u{301}-{item:02}\u{200b}"));
    let (dataset, report) = read(&[text("events.csv", events), text("items.csv", catalogue)]).unwrap();
    assert_eq!((counts(&dataset), report.events_with_record), (UNRATED, 240));
    assert_eq!(dataset.catalogue[3].title, "Tom & Jerry 3");
    assert!(report.ids_joined > 0);
}

#[test]
fn events_that_miss_the_catalogue_by_little_are_shown_and_can_be_joined() {
    type IdOf = fn(usize) -> String;
    let cases: &[(IdMatch, IdOf, IdOf)] = &[
        (IdMatch::Decimals, |item| format!("{item}.0"), |item| item.to_string()),
        (IdMatch::LeadingZeros, |item| item.to_string(), |item| format!("{item:05}")),
        (IdMatch::Case, |item| format!("I{item:02}"), |item| format!("i{item:02}")),
    ];
    for (matched, in_events, in_catalogue) in cases {
        let events = table("user,item", |(user, item, ..)| format!("u{user},{}", in_events(item)));
        let catalogue = items("id,title", |item| format!("{},T{item}", in_catalogue(item)));
        let files = [text("events.csv", events), text("items.csv", catalogue)];
        let (_, report) = read(&files).unwrap();
        let advice = report.near_miss.as_ref().unwrap_or_else(|| panic!("{matched:?}: nothing said")).advice();
        assert!(advice.contains(&format!("--match-ids {}", matched.name())), "{advice}");
        let joined = ReadOptions { match_ids: IdMatches(vec![*matched]), ..ReadOptions::default() };
        let (dataset, report) = read_with(&files, &joined).unwrap();
        assert_eq!(
            (counts(&dataset), report.events_with_record, report.near_miss),
            (UNRATED, 240, None),
            "{matched:?}"
        );
    }
}

#[test]
fn a_text_with_line_breaks_makes_no_events() {
    let events = table("user,item,rating,text", |(user, item, rating, _)| {
        format!("u{user},i{item:02},{rating},\"Liked it.\nu9,i99,5,\"\"really\"\"\"")
    });
    let (dataset, _) = read(&[text("events.csv", events)]).unwrap();
    assert_eq!(counts(&dataset), RATED);
    // A quote that is never closed takes what follows with it.
    let open = format!(
        "{}u0,i01,5,\"open\nu9,i99,5\nu8,i98,5\n",
        table("user,item,rating,text", |(user, item, rating, _)| { format!("u{user},i{item:02},{rating},") })
    );
    let skipping = ReadOptions { skip_bad_lines: true, ..ReadOptions::default() };
    let (dataset, report) = read_with(&[text("events.csv", open)], &skipping).unwrap();
    assert_eq!((counts(&dataset), report.bad_lines), (RATED, 1));
}

#[test]
fn one_slip_among_stars_does_not_move_the_scale() {
    for slip in ["55", "10"] {
        let events = plain_events() + &format!("u0,i05,{slip},{FIRST_SECOND}\n");
        let (dataset, _) = read(&[text("events.csv", events)]).unwrap();
        assert_eq!(Likes::Automatic.threshold(&dataset), Some(4.0), "{slip}");
    }
}

#[test]
fn several_files_of_events_are_one_data_set() {
    let half = |first: bool| {
        rows().into_iter().filter(|row| (row.0 < 20) == first).fold("user,item,rating\n".to_owned(), |mut text, row| {
            let _ = writeln!(text, "u{},i{:02},{}", row.0, row.1, row.2);
            text
        })
    };
    let files =
        [text("events-2023.csv", half(true)), text("events-2024.csv", half(false)), text("items.csv", plain_items())];
    let (dataset, _) = read(&files).unwrap();
    assert_eq!(counts(&dataset), RATED);
    assert_eq!(dataset.catalogue[0].title, "Title 0");
}

#[test]
fn what_is_no_data_set_is_refused_with_what_is_needed() {
    for (name, content) in [
        ("post.md", "---\ntitle: x\n---\n"),
        ("export.xml", "<rss></rss>"),
        ("one.csv", "Date,Name,Rating\n2024-01-01,x,5\n"),
    ] {
        let error = read(&[text(name, content)]).unwrap_err();
        assert!(
            error.contains(name) && error.contains("foldin train FILE") && error.contains("user,item"),
            "{name}: {error}"
        );
    }
}

#[test]
fn titles_that_only_the_events_have_are_taken_from_them() {
    let events = table("event_timestamp,event_name,user_pseudo_id,item_id,item_name", |(user, item, _, time)| {
        format!("{time}000000,view_item,{user}.8,SKU {item},Stew no. {item}")
    });
    let (dataset, _) = read(&[text("events.csv", events)]).unwrap();
    assert_eq!((counts(&dataset), dataset.catalogue[0].title.as_str()), (UNRATED, "Stew no. 0"));
}
