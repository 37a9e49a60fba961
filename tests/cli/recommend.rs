//! `foldin recommend`: what it prints, in which order, and what it says of ids that are none.

use crate::fixtures::{LOVE, SPACE, UNSEEN, events, films, is_space, items, trained};
use crate::harness::{Place, says};

#[test]
fn likes_give_titles_in_the_order_of_their_scores() {
    let run = trained().foldin("recommend --liked 0078748,0083658 -k 5");
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines.len(), 5, "{run}");
    assert!(run.ids().iter().all(|id| is_space(id)), "{run}");
    let scores: Vec<f32> = lines.iter().map(|line| line.split_whitespace().nth(1).unwrap().parse().unwrap()).collect();
    assert!(scores.is_sorted_by(|a, b| a >= b), "{run}");
    for (line, (rank, id)) in lines.iter().zip((1..).zip(run.ids())) {
        let (_, title, year) = SPACE.iter().find(|(space, ..)| *space == id).unwrap();
        says(line, &[&format!("{title} ({year})"), "because of "]);
        assert!(line.trim_start().starts_with(&format!("{rank} ")), "{line}");
    }
    run.says(&["for somebody who likes Alien (1979), Blade Runner (1982)"]);
}

#[test]
fn what_is_liked_or_disliked_is_never_recommended() {
    let run = trained().foldin("recommend --liked 0078748,0083658 --disliked 0090605 -k 100");
    let ids = run.ids();
    assert_eq!(ids.len(), 18, "{run}");
    assert!(!ids.iter().any(|id| ["0078748", "0083658", "0090605"].contains(id)), "{run}");
}

#[test]
fn more_than_there_is_gives_all_there_is_with_popular_items_at_the_end() {
    let run = trained().foldin("recommend --liked 0078748 -k 1000000");
    assert_eq!(run.out.lines().count(), 20, "{run}");
    assert!(run.ids().contains(&UNSEEN));
    // A source alone says nothing of some items: these come last, by popularity.
    let run = trained().foldin("recommend --liked 0078748 -k 1000000 --strategy taste");
    assert_eq!(run.out.lines().count(), 20, "{run}");
    assert_eq!(run.ids().last(), Some(&UNSEEN));
    assert!(!run.out.lines().last().unwrap().contains("popular"), "nobody likes it: {run}");
}

#[test]
fn nothing_liked_gives_what_is_popular() {
    let place = trained();
    for arguments in ["recommend -k 3", "recommend -k 3 --disliked 0078748"] {
        let run = place.foldin(arguments);
        run.says(&["nothing is liked yet: these are popular"]);
        assert!(run.out.lines().count() == 3 && run.out.lines().all(|line| line.ends_with("popular")), "{run}");
    }
    // A score of popularity is a number of likes, rounded down to a multiple of three.
    let first = place.foldin("recommend -k 1 --json").json();
    assert_eq!(first["items"][0]["sources"], serde_json::json!(["popular"]));
    assert!(first["items"][0]["score"].as_f64().is_some_and(|score| score >= 15.0 && score % 3.0 == 0.0), "{first}");
}

#[test]
fn what_is_popular_can_be_asked_for_in_spite_of_likes() {
    let run = trained().foldin("recommend --liked 0078748 --strategy popular -k 4 --json").json();
    let list = run["items"].as_array().unwrap();
    assert!(list.len() == 4 && list.iter().all(|one| one["sources"][0] == "popular" && one["id"] != "0078748"));
}

#[test]
fn json_has_ids_titles_and_the_share_of_every_like() {
    let place = trained();
    let run = place.foldin("recommend --liked 0078748,0083658 -k 4 --strategy taste --json");
    let json = run.json();
    let list = json["items"].as_array().unwrap();
    assert_eq!(list.len(), 4);
    for (n, one) in list.iter().enumerate() {
        let (_, title, year) = SPACE.iter().find(|(id, ..)| one["id"] == *id).unwrap();
        assert_eq!((&one["title"], &one["year"], &one["rank"]), (&(*title).into(), &(*year).into(), &(n + 1).into()));
        assert_eq!(one["genres"], serde_json::json!(["Science Fiction", "Thriller"]));
        assert_eq!(one["sources"], serde_json::json!(["taste"]));
        let because = one["because"].as_array().unwrap();
        assert_eq!(because.len(), 2);
        let shares: f64 = because.iter().map(|one| one["share"].as_f64().unwrap().abs()).sum();
        assert!((shares - 1.0).abs() < 1e-5, "{shares}");
        assert!(because.iter().all(|one| one["title"] == "Alien" || one["title"] == "Blade Runner"));
    }
    let table = place.foldin("recommend --liked 0078748,0083658 -k 4 --strategy taste");
    assert_eq!(table.ids(), list.iter().map(|one| one["id"].as_str().unwrap()).collect::<Vec<_>>());
}

#[test]
fn an_id_that_is_nearly_a_title_suggests_titles() {
    let place = trained();
    let message = place.refused("recommend --liked the-matrix");
    says(&message, &["error: no item has the id \"the-matrix\"; did you mean one of these?"]);
    says(&message, &["\n  0133093  The Matrix (1999)\n  0234215  The Matrix Reloaded (2003)\n"]);
}

#[test]
fn an_id_without_its_leading_zeros_suggests_the_one_with_them() {
    let place = trained();
    says(
        &place.refused("recommend --liked 133093"),
        &["no item has the id \"133093\"", "\n  0133093  The Matrix (1999)"],
    );
    says(&place.refused("recommend --liked 000133093"), &["\n  0133093  The Matrix (1999)"]);
}

#[test]
fn an_id_that_is_near_to_nothing_says_where_ids_come_from() {
    let message = trained().refused("recommend --liked qqqqqq");
    says(&message, &["no item has the id \"qqqqqq\", and no title is near it; ids are those of the data set"]);
}

#[test]
fn an_empty_id_is_refused() {
    let place = trained();
    for arguments in ["--liked=", "--liked 0078748,,0083658", "--disliked 0078748,"] {
        says(&place.refused(&format!("recommend {arguments}")), &["an id is empty"]);
    }
}

#[test]
fn the_same_like_twice_is_said_and_counted_once() {
    let place = trained();
    let twice = place.foldin("recommend --liked 0078748,0078748 -k 5");
    twice.says(&["for somebody who likes Alien (1979)\n"]);
    assert_eq!(twice.out, place.foldin("recommend --liked 0078748 -k 5").out);
}

#[test]
fn filters_hold_before_the_best_are_taken() {
    let place = trained();
    // A lover of space asks for romance: the eight that are wanted come, though far down without the filter.
    let run = place.foldin("recommend --liked 0078748,0083658 --genre Romance -k 8");
    assert_eq!(run.ids().len(), 8, "{run}");
    assert!(run.ids().iter().all(|id| LOVE.iter().any(|(love, ..)| love == id)), "{run}");

    let run = place.foldin("recommend --liked 0078748 --years 1980-1999 -k 11 --json").json();
    let years: Vec<i64> = run["items"].as_array().unwrap().iter().map(|one| one["year"].as_i64().unwrap()).collect();
    assert!(years.len() == 11 && years.iter().all(|year| (1980..=1999).contains(year)), "{years:?}");

    let run = place.foldin("recommend --liked 0078748 --genre Thriller --genre Drama --years 1940-1985 -k 5");
    assert_eq!(run.ids().len(), 5, "{run}");
    let both = place.foldin("recommend --genre Comedy --years 1942 -k 5");
    assert_eq!(both.ids(), ["0034583"]);
}

#[test]
fn genres_may_be_typed_in_small_letters() {
    let place = trained();
    let (small, exact) = ("recommend --liked 0078748 --genre romance", "recommend --liked 0078748 --genre Romance");
    assert_eq!(place.foldin(small).out, place.foldin(exact).out);
}

#[test]
fn a_genre_that_is_unknown_lists_those_that_are() {
    let message = trained().refused("recommend --genre Western");
    says(
        &message,
        &["no item has the genre \"Western\"; there are: Comedy, Drama, Romance, Science Fiction, Thriller"],
    );
}

#[test]
fn a_model_without_genres_says_so() {
    let place = Place::new();
    place.write("d/events.csv", "user,item\nann,a\nann,b\nbob,a\n").foldin("train d --no-evaluate");
    says(&place.refused("recommend --genre Rock"), &["no item has the genre \"Rock\": this model knows no genres"]);
}

#[test]
fn filters_that_nothing_passes_give_an_empty_list_and_say_why() {
    let place = trained();
    let run = place.foldin("recommend --liked 0078748 --years 1800-1810");
    assert_eq!(run.out, "");
    run.says(&["no item passes the filters"]);
    let run = place.foldin("recommend --liked 0078748 --years 1800-1810 --json");
    assert_eq!(run.json(), serde_json::json!({ "simulated": false, "items": [] }));
}

#[test]
fn values_out_of_range_say_what_was_expected() {
    let place = trained();
    for (arguments, said) in [
        ("-k 0", "'-k <K>': expected a whole number of at least 1"),
        ("-k -3", "'-k <K>': expected a whole number of at least 1"),
        ("-k ten", "'-k <K>': expected a whole number of at least 1"),
        ("--years abc", "expected a year, or two as in 1980-1999"),
        ("--years 1999-1980", "years is 1999 to 1980; expected the earlier year first"),
        ("--strategy best", "expected one of hybrid, taste, neighbours,"),
        ("--user u1 --liked 0078748", "cannot be used with"),
        ("--data films", "--user <ID>"),
    ] {
        says(&place.refused(&format!("recommend {arguments}")), &[said]);
    }
}

#[test]
fn a_known_user_gets_the_same_from_the_data_set_and_from_the_model() {
    let place = films();
    place.foldin("train films --factors 4 --no-evaluate --with-users");
    for user in ["u1", "u2", "u17", "u40"] {
        let from_data = place.foldin(&format!("recommend --user {user} --data films -k 50"));
        let from_model = place.foldin(&format!("recommend --user {user} -k 50"));
        assert_eq!(from_model.out, from_data.out);
        from_model.says(&["for somebody who likes "]);
        // 8 are liked and 2 disliked, of 21 films: none of them is recommended.
        let ids = from_model.ids();
        assert_eq!(ids.len(), 11, "{from_model}");
        let is_rated = |id: &&str| events().contains(&format!("\n{user},{id},"));
        assert!(!ids.iter().any(is_rated), "{from_model}");
        // The two of their own taste that are left come first.
        let likes_space = user.trim_start_matches('u').parse::<u32>().unwrap() % 2 == 0;
        assert!(ids[..2].iter().all(|id| is_space(id) == likes_space), "{from_model}");
    }
}

#[test]
fn a_data_set_is_read_again_as_it_was_for_training() {
    let place = Place::new();
    // What is asked for is in columns that no rule of names would take.
    let named = events().replacen("user,item,rating,timestamp", "who,film,points,timestamp", 1);
    place.write("films/events.csv", named).write("films/items.csv", items());
    place.foldin("train films --columns user=who,item=film,rating=points --factors 4 --no-evaluate --with-users");
    let from_data = place.foldin("recommend --user u2 --data films");
    assert_eq!(from_data.out, place.foldin("recommend --user u2").out);
}

#[test]
fn ids_with_commas_in_decomposed_letters_and_in_files_are_found() {
    let place = Place::new();
    let events: String = (0..6).map(|user| format!("u{user},\"a,b\"\nu{user},caf\u{e9}\nu{user},c\n")).collect();
    place.write("d/events.csv", format!("user,item\n{events}"));
    place.foldin("train d --factors 2 --no-evaluate --no-auto");
    let whole = place.foldin("recommend --liked a,b -k 5");
    assert_eq!(whole.out.lines().count(), 2, "{whole}");
    let apart = place.foldin("recommend --liked c,cafe\u{301} -k 5");
    assert_eq!(apart.out.lines().count(), 1, "{apart}");
    assert_eq!(place.foldin("similar cafe\u{301}").out, place.foldin("similar caf\u{e9}").out);
    place.write("ids.txt", "c\ncaf\u{e9}\n");
    assert_eq!(place.foldin("recommend --liked @ids.txt -k 5").out, apart.out);
    says(
        &place.refused("recommend --liked c,,c"),
        &["an id is empty in \"c,,c\"; expected ids with a comma between two"],
    );
    says(&place.refused("recommend --liked @none.txt"), &["cannot read the ids in none.txt"]);
}

#[test]
fn a_user_of_a_model_without_users_is_refused_with_the_ways_out() {
    let message = trained().refused("recommend --user u2");
    says(&message, &["this model holds no users", "--data DATA", "--with-users", "--liked"]);
}

#[test]
fn a_user_that_is_unknown_is_named_and_so_is_one_that_is_known() {
    let place = trained();
    let message = place.refused("recommend --user u99 --data films");
    says(&message, &["no user has the id \"u99\": the data set has 40 users, such as u1"]);
    place.foldin("train films --factors 3 --no-evaluate --with-users --out known");
    let message = place.refused("recommend --user u99 --model known");
    says(&message, &["no user has the id \"u99\": the model knows 40 users, such as u"]);
}

#[test]
fn a_user_of_another_data_set_is_told_that_items_are_unknown() {
    let place = trained();
    place.write("other/events.csv", "user,item,rating\nann,zzz,5\nann,0078748,5\n");
    let run = place.foldin("recommend --user ann --data other -k 2");
    run.says(&["the model does not know 1 item of this user; is it trained on this data set?"]);
    run.says(&["for somebody who likes Alien (1979)\n"]);
}

#[test]
fn a_place_without_a_model_says_how_to_make_one() {
    let place = Place::new();
    let message = place.refused("recommend --liked 1");
    says(&message, &["there is no model in model: it has no manifest.json; train one with `foldin train --out model`"]);
    place.write("empty/.keep", "");
    says(&place.refused("recommend --model empty"), &["there is no model in empty"]);
}

#[test]
fn long_and_wide_titles_are_cut_and_columns_stay_aligned() {
    let place = Place::new();
    let long = "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb";
    place.write("d/events.csv", "user,item\nann,a\nann,b\nann,c\nbob,a\nbob,b\nbob,c\n");
    place.write("d/items.csv", format!("id,title,year\na,千と千尋の神隠し,2001\nb,{long},1964\nc,Up,2009\n"));
    place.foldin("train d --no-evaluate");
    let run = place.foldin("recommend --strategy popular");
    says(&run.out, &["Dr. Strangelove or: How I Learned to Stop… (1964)  popular", "千と千尋の神隠し (2001)"]);
    // Eight of these letters are two columns wide: eight fewer letters stand in the same columns.
    let letters = |line: &str| line.strip_suffix("popular").unwrap().chars().count();
    let of = |title: &str| letters(run.out.lines().find(|line| line.contains(title)).unwrap());
    assert_eq!(of("Up"), of("千と") + 8);
    assert_eq!(of("Up"), of("Strangelove"));
    // Whoever wants the whole title asks for JSON.
    says(&place.foldin("recommend --json").out, &[long]);
}

#[test]
fn control_characters_in_titles_do_not_reach_the_terminal() {
    let place = Place::new();
    place.write("d/events.csv", "user,item\nann,a\nann,b\nbob,a\n");
    place.write("d/items.csv", "id,title\na,Red \u{1b}[31malert\nb,B\n");
    place.foldin("train d --no-evaluate");
    let run = place.foldin("recommend --liked a");
    assert!(!run.out.contains('\u{1b}') && !run.err.contains('\u{1b}'), "{run}");
}
