//! `foldin evaluate`: the table, its files, and that given files give the figures of the split that wrote them.

use crate::fixtures::films;
use crate::harness::{Place, says};

/// A figure of a system at 10.
#[track_caller]
fn at_10(json: &serde_json::Value, system: &str, metric: &str) -> f64 {
    let systems = json["systems"].as_array().unwrap();
    let system = systems.iter().find(|one| one["name"] == system).unwrap();
    let at = system["at"].as_array().unwrap().iter().find(|at| at["k"] == 10).unwrap();
    at[metric].as_f64().unwrap()
}

#[test]
fn the_table_has_foldin_beside_popularity_and_chance() {
    let run = films().foldin("evaluate films --factors 4");
    says(&run.out, &["strong on films: 8 test users, likes are ratings of 4 or above, seed 7"]);
    let heading = run.out.lines().find(|line| line.contains("foldin")).unwrap();
    assert_eq!(heading.split_whitespace().collect::<Vec<_>>(), ["foldin", "popularity", "random"]);
    says(&run.out, &["ndcg@10", "recall@20", "coverage@10", "map@5", "±", "95 % interval"]);
    run.says(&["read films: 400 events", "learned 4 factors from"]);
}

#[test]
fn taste_beats_popularity_where_there_are_tastes() {
    let json = films().foldin("evaluate films --factors 4 --json").json();
    assert_eq!((&json["protocol"], &json["seed"]), (&"strong".into(), &7.into()));
    let [ours, popular, random] = ["foldin", "popularity", "random"].map(|system| at_10(&json, system, "ndcg"));
    assert!(ours > popular && ours > random, "{ours} {popular} {random}");
}

#[test]
fn leaving_one_out_asks_about_every_user() {
    let place = films();
    says(&place.foldin("evaluate films --factors 4 --protocol loo").out, &["loo on films: 40 test users"]);
    let json = place.foldin("evaluate films --factors 4 --protocol loo --json").json();
    assert_eq!(json["protocol"], "loo");
    assert!(at_10(&json, "foldin", "recall") > 0.9);
}

#[test]
fn the_validation_part_says_that_it_is_one() {
    let run = films().foldin("evaluate films --factors 4 --part validation");
    says(&run.out, &["strong (validation) on films: 4 test users"]);
}

#[test]
fn two_runs_give_the_same_figures_and_another_split_others() {
    let place = films();
    let one = place.foldin("evaluate films --factors 4 --json --threads 1").out;
    assert_eq!(one, place.foldin("evaluate films --factors 4 --json --threads 2").out);
    assert_ne!(one, place.foldin("evaluate films --factors 4 --json --split-seed 8").out);
}

#[test]
fn the_dump_holds_the_lists_that_were_measured() {
    let place = films();
    place.foldin("evaluate films --factors 4 --dump lists.csv --write-split split");
    let dump = place.read("lists.csv");
    let mut lines = dump.lines();
    assert_eq!(lines.next(), Some("user,rank,item,score"));
    let shown: Vec<String> = place.read("split/shown.csv").lines().map(pair).collect();
    let (mut n_users, mut rank_before) = (0, 0);
    for line in lines {
        let fields: Vec<&str> = line.split(',').collect();
        let rank: usize = fields[1].parse().unwrap();
        n_users += usize::from(rank == 1);
        assert!(rank == 1 || rank == rank_before + 1, "{line}");
        rank_before = rank;
        assert!(fields[3].parse::<f32>().unwrap().is_finite());
        assert!(!shown.contains(&format!("{},{}", fields[0], fields[2])), "shown and recommended: {line}");
    }
    assert_eq!(n_users, 8);
}

/// User and item of a line.
fn pair(line: &str) -> String {
    line.splitn(3, ',').take(2).collect::<Vec<_>>().join(",")
}

#[test]
fn the_written_split_gives_the_same_figures_as_given_files() {
    let place = films();
    let files = "--train split/train.csv --shown split/shown.csv --test split/test.csv";
    for protocol in ["strong", "loo"] {
        let options = "--factors 4 --json";
        let own = place.foldin(&format!("evaluate films --protocol {protocol} {options} --write-split split")).json();
        says(&place.read("split/about"), &[protocol, "films threshold 4.0 seed 7"]);
        // With the data set beside them items are counted as before, and every figure is the same.
        let given = place.foldin(&format!("evaluate films {files} {options}")).json();
        assert_eq!(given["protocol"], "given files");
        for system in ["foldin", "popularity"] {
            let [own, given] = [&own, &given].map(|json| ["ndcg", "recall", "mrr"].map(|m| at_10(json, system, m)));
            assert_eq!(own, given, "{protocol} {system}");
        }
        // Without it learning begins at other random numbers: nearly the same.
        let alone = place.foldin(&format!("evaluate {files} {options}")).json();
        let difference = at_10(&own, "foldin", "ndcg") - at_10(&alone, "foldin", "ndcg");
        assert!(difference.abs() < 0.05, "{protocol}: {difference}");
    }
}

#[test]
fn given_files_go_together() {
    let place = films();
    says(&place.refused("evaluate --train films/events.csv"), &["--shown <CSV>", "--test <CSV>"]);
    let message = place.refused("evaluate --train a.csv --shown b.csv --test c.csv --protocol loo");
    says(&message, &["cannot be used with"]);
    place.write("empty.csv", "user,item\n");
    let message = place.refused("evaluate --train films/events.csv --shown empty.csv --test no.csv");
    says(&message, &["empty.csv"]);
}

#[test]
fn a_data_set_that_is_too_small_says_what_it_lacks() {
    let place = Place::new();
    place.write("tiny/events.csv", "user,item,rating\nann,a,5\nann,b,1\nbob,a,4\n");
    let message = place.refused("evaluate tiny");
    says(&message, &["`strong` needs at least 5 users with 5 or more ratings of 4 or above, and has 0"]);
    says(&message, &["the data set has 3 events of 2 users; hint: lower the threshold or add events"]);
    says(&place.refused("evaluate tiny --protocol loo"), &["`loo` needs at least 1 user with 3 or more ratings"]);
}

#[test]
fn events_without_stars_are_all_likes_and_the_heading_does_not_speak_of_ratings() {
    let place = films();
    let events = place.read("films/events.csv");
    let bare: Vec<String> = events.lines().map(pair).collect();
    place.write("bare/events.csv", bare.join("\n") + "\n");
    let run = place.foldin("evaluate bare --factors 4");
    says(&run.out, &["strong on bare: ", " test users, seed 7\n"]);
}

#[test]
fn an_unknown_protocol_lists_those_that_there_are() {
    says(&films().refused("evaluate films --protocol x"), &["there is no protocol `x`; choose one of: loo, strong"]);
}

#[test]
fn folds_predict_stars_better_than_biases_where_there_are_tastes() {
    let place = films();
    let run = place.foldin("evaluate films --protocol folds");
    says(&run.out, &["folds on films: 5 random folds, seed 7", "RMSE", "foldin", "biases", "mean", "MAE"]);
    run.says(&["predicted 400 ratings in 5 folds"]);
    let json = place.foldin("evaluate films --protocol folds --json").json();
    assert_eq!((&json["protocol"], &json["kind"]), (&"folds".into(), &"random".into()));
    let [ours, biases, mean] = ["foldin", "biases", "mean"].map(|name| json["mean"][name]["rmse"].as_f64().unwrap());
    assert!(ours < biases && ours < mean, "{ours} {biases} {mean}");
}
