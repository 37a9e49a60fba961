//! `foldin report`: the page of a data set, the card of a model, and what is neither.

use crate::fixtures::{films, trained};
use crate::harness::{Place, says};

/// Asserts that a page asks nobody for anything.
#[track_caller]
fn stands_alone(page: &str) {
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"en\">") && page.ends_with("</html>\n"));
    for word in ["http", "<script", "src=", "url(", "@import", "NaN"] {
        assert!(!page.contains(word), "{word}");
    }
    assert_eq!(page.matches("<svg").count(), page.matches("role=\"img\"").count());
}

#[test]
fn a_data_set_gets_a_page_that_stands_alone() {
    let place = films();
    let run = place.foldin("report films");
    assert_eq!(run.out, "");
    run.says(&["read films: 400 events of 40 users on 21 items", "wrote report.html ("]);
    let page = place.read("report.html");
    stands_alone(&page);
    says(&page, &["<h1>films</h1>", "Ratings of 4 or more count as likes", "Science Fiction", "Years of release"]);
    place.foldin("report films --out again.html --threads 1");
    assert_eq!(place.read("again.html"), page);
}

#[test]
fn facts_of_a_data_set_are_json_too() {
    let place = films();
    let facts = place.foldin("report films --json").json();
    assert_eq!((&facts["events"], &facts["likes"], &facts["items"]), (&400.into(), &320.into(), &21.into()));
    assert_eq!(facts["oddities"]["itemsWithoutEvents"], 1);
    assert_eq!(place.file_names(".").iter().filter(|name| name.ends_with(".html")).count(), 0);
    let facts = place.foldin("report films --json --threshold 2").json();
    assert_eq!((&facts["likes"], &facts["likeThreshold"]), (&400.into(), &2.0.into()));
}

#[test]
fn hostile_titles_stay_text() {
    let place = Place::new();
    place.write("d/events.csv", "user,item,rating\nann,a,5\nann,b,4\nbob,a,5\n");
    place.write(
        "d/items.csv",
        "id,title,genres\na,&lt;script&gt;alert(1)&lt;/script&gt;,&lt;b&gt;bold&lt;/b&gt;\nb,\"\"\"><img onerror=x>\",War\n",
    );
    place.foldin("report d");
    let page = place.read("report.html");
    stands_alone(&page);
    assert!(!page.contains("<b>") && !page.contains("<img"));
    says(&page, &["&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;b&gt;bold&lt;/b&gt;"]);
}

#[test]
fn bad_lines_are_refused_or_counted() {
    let place = Place::new();
    place.write("d/events.csv", "user,item,rating\nann,a,5\nann,b,x\nbob,a,3\n");
    says(&place.refused("report d"), &["\"x\" is not a number", "--skip-bad-lines"]);
    place.foldin("report d --skip-bad-lines");
    says(&place.read("report.html"), &["Left out 1 bad line"]);
}

#[test]
fn without_a_path_the_sample_is_shown_and_called_simulated() {
    let place = Place::new();
    place.foldin("report").says(&["using the simulated sample", "wrote report.html"]);
    let page = place.read("report.html");
    stands_alone(&page);
    says(&page, &["<h1>simulated sample</h1>", "The events are simulated"]);
}

#[test]
fn a_model_gets_a_card_with_its_figures() {
    let place = films();
    place.foldin("train films --factors 4");
    place.foldin("report model").says(&["read model v1.0.0", "wrote model-card.html ("]);
    let page = place.read("model-card.html");
    stands_alone(&page);
    says(
        &page,
        &["<h1>films v1.0.0</h1>", "320 likes (ratings of 4 or more) from 40 users", "score: factors", "(this card)"],
    );
    says(&page, &["Loss of iALS by iteration", "RMSE of predicted stars", "als.factors</th><td>4</td><td>64</td>"]);
    says(&page, &["The price of diversity", "All rows are measured on the same 8 users"]);
    place.foldin("report model/v1.0.0 --out one.html");
    place.foldin("report model/manifest.json --out same.html");
    assert_eq!(place.read("one.html"), page);
    assert_eq!(place.read("same.html"), page);
    let facts = place.foldin("report model --json").json();
    assert_eq!((&facts["version"], &facts["factors"]), (&"v1.0.0".into(), &4.into()));
}

#[test]
fn an_earlier_version_is_shown_where_it_is_asked_for() {
    let place = trained();
    place.foldin("train films --factors 2 --no-evaluate");
    place.foldin("report model --version v1.0.0");
    says(&place.read("model-card.html"), &["<h1>films v1.0.0</h1>", "which is not the current version"]);
    let message = place.refused("report model --version v3.0.0");
    says(&message, &["model has no version v3.0.0; it has v1.0.0, v1.1.0"]);
}

#[test]
fn what_is_neither_data_nor_a_model_is_refused() {
    let place = trained();
    place.write("other/notes.txt", "Hello.");
    says(&place.refused("report other"), &["other is neither a data set nor a model", "notes.txt"]);
    says(&place.refused("report nowhere"), &["there is no file or folder `nowhere`"]);
    let score = place.only_file("model/v1.0.0", "score-");
    says(&place.refused(&format!("report {score}")), &["is one file of a model; give the folder it lies in"]);
    says(&place.refused("report model --threshold 3"), &["--threshold is about data sets"]);
    says(&place.refused("report model --skip-bad-lines"), &["--skip-bad-lines is about data sets"]);
    says(&place.refused("report films --version v1.0.0"), &["films is not a model, so it has no version v1.0.0"]);
    says(&place.refused("report films --out no/such/folder.html"), &["cannot write no/such/folder.html"]);
    assert!(!place.path("report.html").exists() && !place.path("model-card.html").exists());
}
