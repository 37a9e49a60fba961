//! Weights of sources: what a request puts on top of what the ranker has learned.

#![cfg(not(target_arch = "wasm32"))]

use foldin_core::model::Ranker;
use foldin_core::model::ranker::{Blend, FEATURES};
use foldin_core::{Profile, Recommender, Request, RequestError, Source};
use foldin_fixtures::parity;

/// A ranker that adds up the scores of sources, with no other feature.
fn linear() -> Recommender {
    let (mut model, _) = parity::model();
    let weight = |feature: &foldin_core::model::ranker::Feature| f32::from(feature.source.is_some());
    let weights = std::array::from_fn(|_| FEATURES.iter().map(weight).collect());
    model.ranker = Some(Ranker { blend: Blend { weights }, trees: None });
    Recommender::new(model)
}

#[test]
fn weights_of_0_on_all_sources_but_one_order_by_that_one() {
    let recommender = linear();
    let profile = Profile::liking(["item-1", "item-7", "item-30"]);
    for source in [Source::Factors, Source::Neighbours, Source::Content, Source::Popular] {
        let others = Source::ALL.into_iter().filter(|other| *other != source);
        let request = Request { k: 40, weights: others.map(|other| (other, 0.0)).collect(), ..Request::default() };
        let answer = recommender.recommend(&profile, &request).unwrap();
        assert!(
            answer.len() == 40
                && answer.iter().all(|one| one.sources.iter().all(|from| [source, Source::Popular].contains(from)))
        );
        let plain = Request { weights: Vec::new(), ..request.clone() };
        let part = |one: &foldin_core::Recommendation| {
            let explained = recommender.explain(&profile, recommender.id(one.item), &plain).unwrap();
            explained.sources.iter().find(|of| of.source == source).map_or(0.0, |of| of.part)
        };
        let parts: Vec<f32> = answer.iter().map(part).collect();
        assert!(parts.is_sorted_by(|one, next| *one >= next - 1e-4), "{source:?}: {parts:?}");
    }
}

#[test]
fn a_weight_adds_its_share_of_the_part_that_an_explanation_names() {
    let (model, _) = parity::model();
    let recommender = Recommender::new(model);
    let profile = Profile::liking(["item-1", "item-7", "item-30"]);
    let plain = Request::default();
    let weighted = Request { weights: vec![(Source::Content, 0.25), (Source::Factors, 2.0)], ..Request::default() };
    for one in recommender.recommend(&profile, &plain).unwrap() {
        let id = recommender.id(one.item);
        let before = recommender.explain(&profile, id, &plain).unwrap();
        let after = recommender.explain(&profile, id, &weighted).unwrap();
        let part = |source| before.sources.iter().find(|of| of.source == source).map_or(0.0, |of| of.part);
        let expected = before.score - 0.75 * part(Source::Content) + part(Source::Factors);
        assert!((after.score - expected).abs() < 1e-4, "{}: {} {expected}", id, after.score);
        assert!((after.weights - (after.score - after.blend - after.trees)).abs() < 1e-4);
        assert_eq!(before.weights, 0.0);
    }
}

#[test]
fn a_weight_that_is_no_number_is_refused() {
    let recommender = linear();
    for weight in [f32::NAN, f32::INFINITY] {
        let request = Request { weights: vec![(Source::Content, weight)], ..Request::default() };
        let error = recommender.recommend(&Profile::liking(["item-1"]), &request).unwrap_err();
        assert!(matches!(error, RequestError::InvalidValue { .. }));
        assert_eq!(error.to_string(), "a weight is not a finite number; expected a number such as 0, 1 or 2");
    }
}
