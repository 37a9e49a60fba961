//! Model files, and every question to the models that are accepted.

use std::path::Path;
use std::sync::LazyLock;

use foldin_core::file::{list_sections, read_score, read_show, read_users, write_score};
use foldin_core::{
    ItemIdx, Profile, Recommendation, Recommender, Request, RequestError, Search, Signal, Similarity, Strategy,
};
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use xxhash_rust::xxh64::xxh64;

use super::container::{put_together, take_apart};
use super::{Outcome, Target, files_below};
use crate::mutate;

pub(crate) const TARGET: Target = Target { name: "model", seeds: golden, is_seed: is_sound, damage, check };

/// The kinds of files, as their headers have them.
const SCORE: u16 = 1;
const SHOW: u16 = 2;

pub(super) fn golden() -> Vec<Vec<u8>> {
    files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden"))
}

/// The kind of a file, as its header has it.
fn kind_of(file: &[u8]) -> u16 {
    u16::from_le_bytes([file[10], file[11]])
}

/// The model that the golden show and users files belong to.
static GOLDEN: LazyLock<Recommender> = LazyLock::new(|| {
    let score = golden().into_iter().find(|file| kind_of(file) == SCORE).expect("a golden score file");
    Recommender::new(read_score(&score.into()).expect("it is sound"))
});

fn is_sound(file: &[u8]) -> bool {
    list_sections(&file.to_vec().into()).is_ok()
}

/// One file with one of its sections damaged or taken from another file, and with right checksums.
fn damage(corpus: &[Vec<u8>], rng: &mut ChaCha8Rng) -> Vec<u8> {
    let (kind, mut sections) = take_apart(&corpus[rng.random_range(0..corpus.len())]);
    let others = take_apart(&corpus[rng.random_range(0..corpus.len())]).1;
    match rng.random_range(0..40) {
        0 => drop(sections.pop()),
        1 => sections.rotate_left(1),
        _ if !sections.is_empty() => {
            let place = rng.random_range(0..sections.len());
            let section = &mut sections[place];
            let same: Vec<Vec<u8>> =
                others.into_iter().filter(|other| other.kind == section.kind).map(|other| other.content).collect();
            mutate::damage(&mut section.content, &same, &[], rng);
        }
        _ => {}
    }
    put_together(kind, &sections)
}

fn check(input: &[u8]) -> Outcome {
    let kind = kind_of(input);
    if kind != SCORE {
        return check_companion(kind, input);
    }
    let Ok(model) = read_score(&input.to_vec().into()) else { return Outcome::Refused };
    // One question an input, by its hash: ten times as many models are asked as by all questions to each, and an input
    // that broke a promise breaks it again.
    let mut choice = Choice(xxh64(input, 0));
    if choice.is(QUESTIONS.len() + 1) == 0 {
        assert!(read_score(&write_score(&model).into()).is_ok(), "what was read can be written and read again");
    }
    let recommender = Recommender::new(model);
    let ids: Vec<String> = recommender.model().catalogue.items().map(|item| recommender.id(item).to_owned()).collect();
    let profile = profile(&ids, choice.is(3));
    QUESTIONS[choice.is(QUESTIONS.len())](&recommender, &profile, &ids, &mut choice);
    Outcome::Accepted
}

/// What is asked about a model, as its bytes decide.
struct Choice(u64);

impl Choice {
    /// One of so many.
    fn is(&mut self, of: usize) -> usize {
        let chosen = self.0 % of as u64;
        self.0 /= of as u64;
        chosen as usize
    }
}

/// Reads a show or users file with the model of the golden files, to which it belongs.
fn check_companion(kind: u16, input: &[u8]) -> Outcome {
    let recommender = &*GOLDEN;
    let model = recommender.model();
    if kind != SHOW {
        let Ok(users) = read_users(&input.to_vec().into(), &model.catalogue) else { return Outcome::Refused };
        for user in users.ids().iter().take(20) {
            let profile = model.profile_of_user(&users, user).expect("the user is known");
            check_answer(recommender, &profile, recommender.recommend(&profile, &Request::default()), 10);
        }
        return Outcome::Accepted;
    }
    let Ok(descriptions) = read_show(&input.to_vec().into(), &model.catalogue) else { return Outcome::Refused };
    let search = Search::new(&descriptions);
    for query in ["a", "al", "blade runner", "é", "\u{202e}"] {
        assert!(search.find(&model.catalogue, query, 5).len() <= 5);
    }
    if let Some(map) = descriptions.map() {
        let likes = model.catalogue.items().take(2).map(|item| recommender.id(item));
        let place = recommender.place(map, &Profile::liking(likes)).expect("known items");
        assert!(place.is_none_or(|place| place.iter().all(|axis| (0.0..=1.0).contains(axis))), "{place:?}");
    }
    Outcome::Accepted
}

/// Nobody, one like, or likes and dislikes and stars at their extremes.
fn profile(ids: &[String], which: usize) -> Profile {
    let mut profile = Profile::new();
    match which {
        0 => {}
        1 => profile = Profile::liking(ids.first()),
        _ => {
            let signals = [Signal::Liked, Signal::Disliked, Signal::Stars(f32::MAX), Signal::Seen, Signal::Stars(0.0)];
            ids.iter().rev().take(8).zip(signals.iter().cycle()).for_each(|(id, signal)| profile.push(id, *signal));
        }
    }
    profile
}

type Question = fn(&Recommender, &Profile, &[String], &mut Choice);

/// Every question to a model. Lists have most places, since they are what most is computed for.
const QUESTIONS: [Question; 8] = [
    ask_for_a_list,
    ask_for_a_list,
    ask_for_a_list,
    ask_for_variety,
    ask_with_filters,
    ask_for_seeds,
    ask_why,
    ask_about_an_item,
];

fn ask_for_a_list(recommender: &Recommender, profile: &Profile, _: &[String], choice: &mut Choice) {
    let strategy = Strategy::ALL[choice.is(Strategy::ALL.len())];
    let request = Request { k: 3, strategy, ..Request::default() };
    check_answer(recommender, profile, recommender.recommend(profile, &request), request.k);
}

fn ask_for_variety(recommender: &Recommender, profile: &Profile, _: &[String], choice: &mut Choice) {
    let request = Request { k: 4, diversity: [0.5, 1.0][choice.is(2)], ..Request::default() };
    check_answer(recommender, profile, recommender.recommend(profile, &request), request.k);
}

fn ask_with_filters(recommender: &Recommender, profile: &Profile, _: &[String], _: &mut Choice) {
    let genre = recommender.model().catalogue.genre_names().iter().next().map(str::to_owned);
    let filtered = Request { genres: genre.into_iter().collect(), years: Some((1960, 2000)), ..Request::default() };
    check_answer(recommender, profile, recommender.recommend(profile, &filtered), filtered.k);
}

fn ask_for_seeds(recommender: &Recommender, profile: &Profile, _: &[String], _: &mut Choice) {
    let seeds = recommender.seeds(profile, &Request::default()).expect("seeds need nothing");
    check_items(recommender, profile, &seeds, 10);
}

fn ask_why(recommender: &Recommender, profile: &Profile, ids: &[String], choice: &mut Choice) {
    let Some(id) = some_item(ids, choice) else { return };
    let explanation = recommender.explain(profile, id, &Request::default()).expect("a known item");
    check_one(recommender, &explanation.item);
    let sources = explanation.sources.iter().flat_map(|source| {
        let reasons = source.because.iter().flat_map(|reason| [reason.contribution, reason.share]);
        [source.score.unwrap_or(0.0), source.part].into_iter().chain(reasons)
    });
    let features = explanation.features.iter().flat_map(|one| [one.value, one.mean, one.contribution]);
    let own = [explanation.blend, explanation.trees, explanation.score];
    assert!(own.into_iter().chain(sources).chain(features).all(f32::is_finite), "explain: {explanation:?}");
}

fn ask_about_an_item(recommender: &Recommender, profile: &Profile, ids: &[String], choice: &mut Choice) {
    let Some(id) = some_item(ids, choice) else { return };
    for by in Similarity::ALL {
        let similar = recommender.similar(id, by, 3).unwrap_or_default();
        assert!(similar.iter().all(|one| one.score.is_finite() && one.score.abs() <= 1.001), "similar: {similar:?}");
    }
    if let Ok(stars) = recommender.predict(profile, id) {
        assert!(stars.is_finite(), "predict: {stars}");
    }
}

fn some_item<'a>(ids: &'a [String], choice: &mut Choice) -> Option<&'a String> {
    (!ids.is_empty()).then(|| &ids[choice.is(ids.len())])
}

fn check_answer(
    recommender: &Recommender,
    profile: &Profile,
    answer: Result<Vec<Recommendation>, RequestError>,
    k: usize,
) {
    // What a model lacks is an error.
    let Ok(answer) = answer else { return };
    let items: Vec<ItemIdx> = answer.iter().map(|one| one.item).collect();
    check_items(recommender, profile, &items, k);
    answer.iter().for_each(|one| check_one(recommender, one));
}

/// At most `k` items, none twice and none known.
fn check_items(recommender: &Recommender, profile: &Profile, items: &[ItemIdx], k: usize) {
    assert!(items.len() <= k, "{} items where {k} were asked for", items.len());
    let known = |item: ItemIdx| profile.events().iter().any(|event| event.item == recommender.id(item));
    for (n, item) in items.iter().enumerate() {
        assert!(!items[..n].contains(item), "{item:?} comes twice");
        assert!(!known(*item), "{item:?} is known");
    }
}

fn check_one(recommender: &Recommender, one: &Recommendation) {
    let reasons = one.because.iter();
    let are_sound = reasons.clone().all(|reason| reason.contribution.is_finite() && reason.share.abs() <= 1.001);
    assert!(one.score.is_finite() && are_sound, "{one:?}");
    if let (Some(stars), Some(ratings)) = (one.stars, &recommender.model().rating_model) {
        assert!((ratings.range.0..=ratings.range.1).contains(&stars), "{stars} stars");
    }
}
