//! What holds of every answer to every question, whatever the profile: filters, no repeats, nothing that the visitor
//! knows, at most `k`, and that leaving something out moves nothing else.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::HashSet;
use std::sync::LazyLock;

use foldin_core::{Profile, Recommender, Request, Signal, Source, Strategy as Way};
use foldin_fixtures::parity;
use proptest::prelude::*;

static RECOMMENDER: LazyLock<Recommender> = LazyLock::new(|| Recommender::new(parity::model().0));
const N_ITEMS: u32 = 1500;

fn id() -> impl Strategy<Value = String> {
    // Popular items and others, and a few that the model does not know.
    prop_oneof![0..40u32, 0..N_ITEMS + 20].prop_map(|n| format!("item-{n}"))
}

fn profile() -> impl Strategy<Value = Profile> {
    let signal = prop_oneof![
        6 => Just(Signal::Liked),
        1 => Just(Signal::Disliked),
        1 => Just(Signal::Seen),
        2 => (0..=10u8).prop_map(|halves| Signal::Stars(f32::from(halves) / 2.0)),
    ];
    prop::collection::vec((id(), signal), 0..30).prop_map(|events| {
        let mut profile = Profile::new();
        events.into_iter().for_each(|(item, signal)| profile.push(item, signal));
        profile
    })
}

prop_compose! {
    fn request()(
        k in 1..60usize,
        exclude in prop::collection::vec(id(), 0..20),
        only in prop::option::weighted(0.2, prop::collection::vec(id(), 0..80)),
        genres in prop::collection::vec((0..13u8).prop_map(|n| format!("genre {n}")), 0..3),
        years in prop::option::weighted(0.3, (1900..2040i32, 1900..2040i32)),
        way in prop::sample::select(Way::ALL.to_vec()),
        is_hybrid in any::<bool>(),
        diversity in prop_oneof![Just(0.0f32), 0.0..=1.0f32],
        reasons in any::<bool>(),
        weights in prop_oneof![2 => Just(Vec::new()), 1 => weights()],
    ) -> Request {
        let strategy = if is_hybrid { Way::Hybrid } else { way };
        Request { k, exclude, only, genres, years, strategy, diversity, reasons, weights }
    }
}

fn weights() -> impl Strategy<Value = Vec<(Source, f32)>> {
    let weight =
        prop_oneof![Just(0.0f32), Just(1.0), 0.0..=2.0f32, any::<f32>().prop_filter("finite", |w| w.is_finite())];
    prop::collection::vec((prop::sample::select(Source::ALL.to_vec()), weight), 0..4)
}

fn ids(profile: &Profile, request: &Request) -> Vec<String> {
    let answer = RECOMMENDER.recommend(profile, request).unwrap_or_default();
    answer.iter().map(|one| RECOMMENDER.id(one.item).to_owned()).collect()
}

/// The genres and the year of an item, as the fixture gives them.
fn described(id: &str) -> ([String; 2], Option<i32>) {
    let n: i32 = id.trim_start_matches("item-").parse().unwrap();
    ([11, 5].map(|of| format!("genre {}", n % of)), (n % 7 != 0).then_some(1920 + n % 100))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..Default::default() })]

    #[test]
    fn an_answer_holds_what_was_asked_for_and_nothing_else(profile in profile(), request in request()) {
        let answer = ids(&profile, &request);
        prop_assert!(answer.len() <= request.k);
        prop_assert_eq!(answer.iter().collect::<HashSet<_>>().len(), answer.len());
        for id in &answer {
            prop_assert!(profile.events().iter().all(|event| event.item != *id));
            prop_assert!(!request.exclude.contains(id));
            prop_assert!(request.only.as_ref().is_none_or(|only| only.contains(id)));
            let (genres, year) = described(id);
            prop_assert!(request.genres.is_empty() || request.genres.iter().any(|genre| genres.contains(genre)));
            if let Some((first, last)) = request.years {
                prop_assert!(year.is_some_and(|year| (first..=last).contains(&year)));
            }
        }
    }

    #[test]
    fn scores_and_stars_are_finite_and_reasons_are_of_the_profile(profile in profile(), request in request()) {
        for one in RECOMMENDER.recommend(&profile, &request).unwrap_or_default() {
            prop_assert!(one.score.is_finite());
            prop_assert!(one.stars.is_none_or(|stars| (0.5..=5.0).contains(&stars)));
            prop_assert!(request.reasons || one.because.is_empty());
            for reason in &one.because {
                let id = RECOMMENDER.id(reason.item);
                prop_assert!(profile.events().iter().any(|event| event.item == id));
                prop_assert!(reason.contribution.is_finite() && reason.share.abs() <= 1.0 + 1e-5);
            }
        }
    }

    #[test]
    fn a_shorter_answer_is_the_head_of_a_longer_one(profile in profile(), request in request(), k in 1..30usize) {
        // Variety chooses among more of what is best, the more is asked for.
        let longer = Request { diversity: 0.0, reasons: false, ..request };
        let shorter = Request { k: k.min(longer.k), ..longer.clone() };
        let (few, many) = (ids(&profile, &shorter), ids(&profile, &longer));
        prop_assert_eq!(&few[..], &many[..few.len()]);
    }

    #[test]
    fn by_one_source_what_is_left_out_moves_nothing_else(
        profile in profile(),
        request in request(),
        way in prop::sample::select(Way::ALL[1..].to_vec()),
        place in 0..60usize,
    ) {
        let request = Request { strategy: way, diversity: 0.0, reasons: false, ..request };
        let before = ids(&profile, &request);
        let Some(left_out) = before.get(place % before.len().max(1)).cloned() else { return Ok(()) };
        let mut without = request;
        without.exclude.push(left_out.clone());
        let after = ids(&profile, &without);
        let rest: Vec<_> = before.into_iter().filter(|id| *id != left_out).collect();
        prop_assert_eq!(&rest[..], &after[..rest.len()]);
    }

    #[test]
    fn weights_of_1_change_nothing(profile in profile(), request in request()) {
        let learned = Request { weights: Vec::new(), ..request };
        let weighted = Request { weights: Source::ALL.map(|source| (source, 1.0)).to_vec(), ..learned.clone() };
        prop_assert_eq!(RECOMMENDER.recommend(&profile, &weighted), RECOMMENDER.recommend(&profile, &learned));
    }

    #[test]
    fn what_is_recommended_by_weights_is_explained_by_the_same_numbers(
        profile in profile(),
        request in request(),
        weights in weights(),
    ) {
        let request = Request { strategy: Way::Hybrid, k: request.k.min(5), reasons: true, weights, ..request };
        for one in RECOMMENDER.recommend(&profile, &request).unwrap_or_default() {
            let explained = RECOMMENDER.explain(&profile, RECOMMENDER.id(one.item), &request).unwrap();
            if !explained.features.is_empty() && one.score != 0.0 {
                // What fills up a list is not explained by its score.
                prop_assert_eq!(explained.item.score, one.score);
                prop_assert_eq!(&explained.item, &one);
            }
        }
    }

    #[test]
    fn the_same_question_has_the_same_answer(profile in profile(), request in request()) {
        let once = RECOMMENDER.recommend(&profile, &request);
        ids(&Profile::liking(["item-1", "item-7"]), &Request::default());
        prop_assert_eq!(once, RECOMMENDER.recommend(&profile, &request));
    }
}
