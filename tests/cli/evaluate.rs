//! `foldin evaluate`: the table, its files, and that given files give the figures of the split that wrote them.

use crate::fixtures::films;
use crate::harness::{Place, says};

/// A mean of a system at 10.
#[track_caller]
fn at_10(json: &serde_json::Value, system: &str, metric: &str) -> f64 {
    let systems = json["protocols"][0]["systems"].as_array().unwrap();
    let system = systems.iter().find(|one| one["name"] == system).unwrap();
    system["metrics"][format!("{metric}@10")]["mean"].as_f64().unwrap()
}

/// The names of the systems that were measured.
fn systems(json: &serde_json::Value) -> Vec<&str> {
    json["protocols"][0]["systems"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect()
}

#[test]
fn the_table_has_foldin_beside_popularity_and_chance() {
    let run = films().foldin("evaluate films --factors 4");
    says(&run.out, &["strong on films: 8 test users, likes are ratings of 4 or above, seed 7"]);
    let heading = run.out.lines().find(|line| line.contains("foldin")).unwrap();
    assert_eq!(heading.split_whitespace().collect::<Vec<_>>(), ["foldin", "popularity", "random"]);
    says(&run.out, &["ndcg@10", "recall@20", "coverage@10", "map@5", "±", "95 % interval"]);
    run.says(&["read films: 400 events", "learned taste (4 factors), "]);
}

#[test]
fn taste_beats_popularity_where_there_are_tastes() {
    let json = films().foldin("evaluate films --factors 4 --json").json();
    let strong = &json["protocols"][0];
    assert_eq!((&strong["protocol"], &strong["part"]), (&"strong".into(), &"test".into()));
    assert_eq!((&strong["seed"], &strong["users"], &strong["threshold"]), (&7.into(), &8.into(), &4.0.into()));
    let ndcg = &strong["systems"][0]["metrics"]["ndcg@10"];
    assert!(ndcg["low"].as_f64() <= ndcg["mean"].as_f64() && ndcg["mean"].as_f64() <= ndcg["high"].as_f64());
    let [ours, popular, random] = ["foldin", "popularity", "random"].map(|system| at_10(&json, system, "ndcg"));
    assert!(ours > popular && ours > random, "{ours} {popular} {random}");
}

#[test]
fn leaving_one_out_asks_about_every_user() {
    let place = films();
    says(&place.foldin("evaluate films --factors 4 --protocol loo").out, &["loo on films: 40 test users"]);
    let json = place.foldin("evaluate films --factors 4 --protocol loo --json").json();
    assert_eq!(json["protocols"][0]["protocol"], "loo");
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
    // A ranker is learned on validation users, which given files do not have.
    place.write("foldin.toml", "[ranker]\nkind = \"fixed\"\n");
    let files = "--train split/train.csv --shown split/shown.csv --test split/test.csv";
    for protocol in ["strong", "loo", "cold3", "holdout"] {
        // Of holdout the training file holds dislikes, too.
        let options = "--no-auto --factors 4 --json --threshold 4";
        let own = place.foldin(&format!("evaluate films --protocol {protocol} {options} --write-split split")).json();
        says(&place.read("split/about"), &[protocol, "films threshold 4.0 seed 7"]);
        // With the data set beside them items are counted as before, and every figure is the same.
        let given = place.foldin(&format!("evaluate films {files} {options}")).json();
        assert_eq!(given["protocols"][0]["protocol"], "given files");
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
    let message = films().refused("evaluate films --protocol x");
    says(
        &message,
        &["there is no protocol `x`; choose one of: loo, holdout, strong, cold1,", "cold20, sessions, cold"],
    );
}

#[test]
fn holdout_asks_every_user_for_a_fifth_and_never_recommends_what_was_rated() {
    let place = films();
    let run = place.foldin("evaluate films --factors 4 --protocol holdout --dump lists.csv --write-split split");
    // One of the 40 likes nothing of the fifth.
    says(&run.out, &["holdout on films: 39 test users, likes are ratings of 4 or above, seed 7"]);
    // 6 of the 10 ratings of each of 40 users, dislikes too.
    let train = place.read("split/train.csv");
    assert_eq!(train.lines().count(), 1 + 6 * 40);
    assert!(train.lines().any(|line| line.contains(",2,")), "{train}");
    assert!(!place.read("split/test.csv").lines().any(|line| line.contains(",2,")));
    let rated: Vec<String> = train.lines().map(pair).collect();
    for line in place.read("lists.csv").lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        assert!(!rated.contains(&format!("{},{}", fields[0], fields[2])), "rated and recommended: {line}");
    }
    let validation = place.foldin("evaluate films --factors 4 --protocol holdout --part validation");
    says(&validation.out, &["holdout (validation) on films: "]);
}

#[test]
fn a_cold_start_curve_takes_one_training_and_has_the_users_of_strong() {
    let place = films();
    // A ranker would be learned on the validation users of each protocol.
    place.write("foldin.toml", "[ranker]\nkind = \"fixed\"\n");
    let run = place.foldin("evaluate films --no-auto --factors 4 --protocol cold --strategies taste");
    says(&run.out, &["strong on films: 8 test users", "ndcg@10 by the number of likes shown"]);
    assert_eq!(run.err.matches("taste (4 factors)").count(), 1, "{run}");
    let json = place.foldin("evaluate films --no-auto --factors 4 --protocol cold --json").json();
    // Everybody has 8 likes: 1 and 3 leave 5 to be found, 5 do not.
    let points = json["coldStart"].as_array().unwrap();
    let shown = |point: &serde_json::Value| (point["shown"].as_u64().unwrap(), point["users"].as_u64().unwrap());
    assert_eq!(points.iter().map(shown).collect::<Vec<_>>(), [(1, 8), (3, 8)]);
    // A point of the curve is what its protocol gives by itself.
    let alone = place.foldin("evaluate films --no-auto --factors 4 --protocol cold3 --json").json();
    assert_eq!(points[1]["systems"][0]["name"], "foldin");
    assert_eq!(points[1]["systems"][0]["ndcg@10"], alone["protocols"][0]["systems"][0]["metrics"]["ndcg@10"]);
    let message = place.refused("evaluate films --protocol cold5");
    says(&message, &["`cold5` shows 5 likes and looks for 5 more at least, and none of the 8 held-out users"]);
}

#[test]
fn the_price_of_variety_is_told_where_it_is_asked_for() {
    let place = films();
    let run = place.foldin("evaluate films --no-auto --factors 4 --diversity");
    says(&run.out, &["the price of diversity, for 8 of the users", "  lambda        ndcg@10         ild@10"]);
    let json = place.foldin("evaluate films --no-auto --factors 4 --diversity --json").json();
    let points = json["diversity"].as_array().unwrap();
    assert_eq!((points.len(), &points[0]["lambda"], &points[0]["users"]), (6, &0.0.into(), &8.into()));
    // Without diversity the lists are those of the table.
    assert_eq!(points[0]["ndcg@10"], json["protocols"][0]["systems"][0]["metrics"]["ndcg@10"]);
    assert!(place.foldin("evaluate films --no-auto --factors 4 --json").json()["diversity"].is_null());
    for protocol in ["folds", "newcomers"] {
        let message = place.refused(&format!("evaluate films --protocol {protocol} --diversity"));
        says(&message, &["--diversity needs lists for users with likes; use it with --protocol strong"]);
    }
}

#[test]
fn sources_are_measured_where_they_are_asked_for() {
    let place = films();
    let json = |options: &str| place.foldin(&format!("evaluate films --factors 4 --json {options}")).json();
    assert_eq!(systems(&json("")), ["foldin", "popularity", "random"]);
    assert_eq!(systems(&json("--strategies taste,popular")), ["foldin", "taste", "popularity", "random"]);
    let all = json("--all");
    let all = systems(&all);
    assert_eq!((all[0], &all[all.len() - 2..]), ("foldin", &["popularity", "random"][..]));
    assert!(all.contains(&"taste"), "{all:?}");
    says(&place.refused("evaluate films --strategies best"), &["expected one of hybrid, taste, neighbours"]);
}

#[test]
fn a_comparison_is_paired_and_said_in_words() {
    let place = films();
    let run = place.foldin("evaluate films --factors 4 --against popular");
    says(&run.out, &["foldin against popularity, on the same users", "  ndcg@10       better by ", "; better for "]);
    let run = place.foldin("evaluate films --factors 4 --strategy random --against foldin");
    says(&run.out, &["random against foldin", "  ndcg@10       worse by "]);
    let json = place.foldin("evaluate films --factors 4 --against random --json").json();
    let difference = json["against"]["comparisons"][0]["difference"].as_f64().unwrap();
    assert!((difference - (at_10(&json, "foldin", "ndcg") - at_10(&json, "random", "ndcg"))).abs() < 1e-12);
}

#[test]
fn the_lists_of_a_dump_can_be_compared_with() {
    let place = films();
    place.foldin("evaluate films --factors 4 --strategy popular --dump popular.csv");
    let run = place.foldin("evaluate films --factors 4 --strategy popular --against popular.csv");
    says(&run.out, &["popularity against popular.csv", "  ndcg@10       no difference for any user"]);
    let heading = run.out.lines().find(|line| line.contains("foldin")).unwrap();
    assert!(heading.contains("popular.csv"), "{run}");
    // Items that nobody knows take up places, and users without a list count 0.
    let users =
        place.read("popular.csv").lines().nth(1).map(|line| line.split(',').next().unwrap().to_owned()).unwrap();
    place.write("odd.csv", format!("user,rank,item\n{users},1,no-such-film\n"));
    let run = place.foldin("evaluate films --factors 4 --against odd.csv");
    says(&run.out, &["foldin against odd.csv", "better by"]);
    run.says(&["note: odd.csv has no list for 7 users, which counts 0"]);
    place.write("others.csv", "user,rank,item\nnobody,1,x\n");
    says(&place.refused("evaluate films --against others.csv"), &["others.csv has no list for any of the 8 users"]);
    place.write("bad.csv", "user,item\nnobody,x\n");
    says(&place.refused("evaluate films --against bad.csv"), &["bad.csv cannot be compared with", "no column `rank`"]);
    says(&place.refused("evaluate films --against nowhere.csv"), &["expected a file, or one of foldin, taste"]);
}

#[test]
fn given_files_may_say_from_which_rating_on_is_liked() {
    let place = films();
    place.foldin("evaluate films --factors 4 --protocol holdout --write-split split");
    let files = "--train split/train.csv --shown split/shown.csv --test split/test.csv";
    let run = place.foldin(&format!("evaluate {files} --factors 4 --threshold 4"));
    run.says(&["(ratings of 4 or more)"]);
    says(&run.out, &["39 test users, likes are ratings of 4 or above"]);
    // Nothing below 4 is to be found, and some of what is learned from is below it: likes begin there.
    place.foldin(&format!("evaluate {files} --factors 4")).says(&["(ratings of 4 or more)"]);
    let every = place.foldin(&format!("evaluate {files} --factors 4 --threshold 0"));
    every.says(&["from 240 likes of 40 users"]);
    let message = place.refused(&format!("evaluate {files} --factors 4 --threshold 9"));
    says(&message, &["no rating reaches the threshold 9 (the highest is 5)"]);
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
    // So few ratings leave little to learn beside the mean.
    assert!(ours < biases && ours < 1.05 * mean, "{ours} {biases} {mean}");
}
