//! What the page shows.

use foldin_train::artefacts::MetricsFile;

use super::super::{model_facts, render};
use super::{diverse, folder, measured, protocol, system, value};
use crate::page::well_formed::assert_well_formed;

fn page_of(measured: MetricsFile) -> String {
    let dir = folder(measured);
    let page = render(&model_facts(dir.path(), None).unwrap());
    assert_well_formed(&page);
    page
}

#[test]
fn the_page_shows_every_part_and_loads_no_other_files() {
    let page = page_of(measured());
    for text in ["http", "<script", "src=", "url(", "@import", "NaN"] {
        assert!(!page.contains(text), "{text}");
    }
    let page = page.replace('\u{a0}', " ");
    for text in [
        "&lt;script&gt;films&lt;/script&gt; v1.1.0",
        "NDCG@10 for new users",
        "the recommender sees 80 % of the likes of each",
        "Measured on the test part: 1,000 users, ratings of 4 or more as likes, seed 7.",
        "2.0 times the value of popularity. The intervals do not overlap",
        "0.3300 to 0.3500",
        "NDCG@10 by length of history",
        "<dt>Coverage</dt><dd>share of the catalogue that anybody is recommended</dd>",
        "With 1 like shown, NDCG@10 of a new user is 0.4600; with 3, it is 0.5000.",
        "Measured on 900 users with 1 like, 800 users with 3 likes.",
        "NDCG@10 against Variety@10",
        "With diversity 0.3, lists are 20 % more varied and NDCG@10 falls by 1.0 %",
        "All rows are measured on the same 300 users",
        "The loss of iALS goes from 200 to 123.4 in 2 iterations.",
        "off by 0.910 (root mean squared error). The best baseline, biases, is off by 0.944.",
        "2000-02-29 00:00 UTC",
        "2 of 4 settings differ from their defaults",
        "als.factors</th><td>4</td><td>64</td>",
        "<summary>als: Matrix factorisation by implicit alternating least squares (iALS), the source taste.",
        "4<br><small>default: 64</small>",
        "At least 3 people behind every entry; 0 of 3 likes can be named from the files.",
        "Fewer than 3 of 2 people like 2 items, which the model knows by content alone.",
        "v1.1.0 (current) (this card)",
    ] {
        assert!(page.contains(text), "{text}");
    }
}

#[test]
fn the_same_facts_give_the_same_page_also_while_a_version_is_written() {
    let dir = folder(measured());
    let facts = model_facts(dir.path(), None).unwrap();
    assert_eq!(render(&facts), render(&facts));
    let written = std::fs::read_to_string(dir.path().join("v1.1.0/card.html")).unwrap();
    assert_eq!(written, render(&facts));
}

#[test]
fn metrics_at_unusual_cutoffs_are_folded_unless_there_are_no_others() {
    let page = |keys: &[&str]| {
        let metrics: Vec<_> = keys.iter().map(|key| (*key, value(0.4))).collect();
        page_of(MetricsFile {
            protocols: vec![protocol("strong", vec![system("foldin", &metrics)])],
            ..MetricsFile::default()
        })
    };
    let both = page(&["ndcg@10", "ndcg@50"]);
    let fold = both.find("<summary>At other cutoffs</summary>").unwrap();
    assert!(both[..fold].contains("NDCG@10</th>") && !both[..fold].contains("NDCG@50</th>"));
    assert!(both[fold..].contains("NDCG@50</th>"));
    let unusual = page(&["ndcg@50"]);
    assert!(unusual.contains("NDCG@50</th>") && !unusual.contains("At other cutoffs"));
}

#[test]
fn metrics_and_protocols_of_other_versions_are_shown_by_their_names() {
    let systems = vec![system("foldin", &[("serendipity@10", value(0.1234)), ("ndcg@10", value(0.3))])];
    let page = page_of(MetricsFile { protocols: vec![protocol("weekly", systems)], ..MetricsFile::default() });
    assert!(page.contains("Measured by the protocol &quot;weekly&quot;.") && page.contains("Metrics: weekly, test"));
    let (ndcg, other) = (page.find("NDCG@10</th>").unwrap(), page.find("Serendipity@10</th><td>0.1234").unwrap());
    assert!(ndcg < other);
    // It is not known whom the protocol asks about.
    assert!(!page.contains("for new users"));
}

#[test]
fn the_price_of_diversity_is_shown_as_far_as_it_is_known() {
    assert!(!page_of(MetricsFile { diversity: Vec::new(), ..measured() }).contains("The price of diversity"));
    let bare = MetricsFile { diversity: vec![diverse(0.1, &[])], ..measured() };
    assert!(!page_of(bare).contains("The price of diversity"));
    // Where the content of items is unknown there is a table, but no curve.
    let point = |lambda: f64| diverse(lambda, &[("ndcg@10", 0.5), ("coverage@10", lambda)]);
    let page = page_of(MetricsFile { diversity: vec![point(0.0), point(0.5)], ..MetricsFile::default() });
    assert!(page.contains("The price of diversity") && page.contains("Coverage@10") && !page.contains("Variety@10"));
}

#[test]
fn an_empty_metrics_file_counts_as_not_measured() {
    assert!(page_of(MetricsFile::default()).contains("Nothing was measured"));
}
