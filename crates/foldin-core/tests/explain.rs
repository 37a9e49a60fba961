//! An explanation and an answer are of one score: whatever is recommended is explained by the same numbers.

#![cfg(not(target_arch = "wasm32"))]

use foldin_core::model::Model;
use foldin_core::model::ranker::FEATURES;
use foldin_core::{Explanation, Profile, Reason, Recommendation, Recommender, Request, RequestError, Source, Strategy};
use foldin_fixtures::parity;

fn recommender(change: impl FnOnce(&mut Model)) -> Recommender {
    let (mut model, _) = parity::model();
    change(&mut model);
    Recommender::new(model)
}

/// Whether two numbers are the same but for what rounding leaves of terms of this size.
fn near(a: f32, b: f32, size: f32) -> bool {
    (a - b).abs() <= 1e-5 * size.max(1.0)
}

/// What holds of every explanation.
fn check(explanation: &Explanation) {
    let contributions = explanation.features.iter().map(|feature| feature.contribution);
    let size: f32 = contributions.clone().map(f32::abs).sum();
    assert!(near(contributions.sum(), explanation.blend, size));
    assert!(near(explanation.blend + explanation.trees + explanation.weights, explanation.score, size));
    for (feature, one) in FEATURES.iter().zip(&explanation.features) {
        assert_eq!(one.feature, *feature);
        assert!(one.value.is_finite() && one.mean.is_finite());
    }
    for one in explanation.sources.iter().filter(|one| !one.because.is_empty()) {
        let (total, shares) = one
            .because
            .iter()
            .fold((0.0, 0.0), |(total, shares), reason| (total + reason.contribution, shares + reason.share.abs()));
        assert!(near(shares, 1.0, 1.0), "{:?}: {shares}", one.source);
        if let Some(score) = one.score {
            // Factors round the visitor's vector for its scores.
            assert!((total - score).abs() <= 2e-3 * size.max(1.0), "{:?}: {total} {score}", one.source);
        }
    }
}

#[test]
fn whatever_is_recommended_is_explained_by_the_same_score_sources_and_reasons() {
    let recommenders = [recommender(|_| {}), recommender(|model| model.ranker.as_mut().unwrap().trees = None)];
    for (n, profile) in parity::profiles().iter().enumerate().step_by(13) {
        let mut request = Request { strategy: Strategy::Hybrid, ..parity::request(n) };
        if n.is_multiple_of(4) {
            request.genres = vec!["genre 3".to_owned()];
        }
        let recommender = &recommenders[n % 2];
        let answer = recommender.recommend(profile, &request).unwrap();
        let candidates = recommender.candidates(profile, &request).unwrap();
        for (place, one) in answer.iter().enumerate() {
            let explanation = recommender.explain(profile, recommender.id(one.item), &request).unwrap();
            assert_eq!(explanation.item, *one, "profile {n}");
            assert_eq!(explanation.candidates, candidates.items.len());
            if candidates.items.is_empty() {
                continue;
            }
            assert_eq!(explanation.score, one.score, "profile {n}");
            check(&explanation);
            if request.diversity == 0.0 {
                assert_eq!(explanation.place, Some(place + 1), "profile {n}");
            }
            let moves_up = explanation.sources.iter().filter(|source| source.part > 0.0);
            let mut moves_up: Vec<(Source, f32)> = moves_up.map(|one| (one.source, one.part)).collect();
            moves_up.sort_by(|a, b| b.1.total_cmp(&a.1));
            let mut sources: Vec<Source> = moves_up.into_iter().map(|(source, _)| source).collect();
            // Popularity comes last, and only of the most liked fifth.
            let is_by_popularity = sources.contains(&Source::Popular);
            sources.retain(|source| *source != Source::Popular);
            let catalogue = &recommender.model().catalogue;
            let is_popular = one.item.at() < catalogue.len().div_ceil(5) && catalogue.likes(one.item) > 0;
            if is_popular && (is_by_popularity || sources.is_empty()) {
                sources.push(Source::Popular);
            }
            assert_eq!(one.sources, sources, "profile {n}");
        }
    }
}

#[test]
fn a_sources_own_score_and_place_are_those_of_asking_it_alone() {
    let recommender = recommender(|_| {});
    let profile = Profile::liking(["item-3", "item-14", "item-159"]);
    for source in Source::ALL {
        let request = Request { strategy: Strategy::Only(source), k: 100, ..Request::default() };
        let answer: Vec<Recommendation> = recommender.recommend(&profile, &request).unwrap();
        // Where a source has little to say, popular items fill up.
        let own = answer.iter().filter(|one| one.sources == [source]).count();
        assert!(own > 10, "{source:?}");
        for place in [0, 1, own / 2, own - 1] {
            let explanation =
                recommender.explain(&profile, recommender.id(answer[place].item), &Request::default()).unwrap();
            let own = explanation.sources.iter().find(|one| one.source == source).unwrap();
            assert_eq!((own.score, own.place), (Some(answer[place].score), Some(place + 1)), "{source:?}");
            // An explanation has all terms of a score; a recommendation names those with evidence.
            for reason in &answer[place].because {
                let same = |other: &Reason| (other.item, other.contribution) == (reason.item, reason.contribution);
                assert!(own.because.iter().any(same), "{source:?}: {reason:?}");
            }
        }
    }
}

#[test]
fn means_are_of_the_candidates_and_parts_are_what_is_lost_at_the_mean() {
    let recommender = recommender(|_| {});
    let (profile, request) = (Profile::liking(["item-3", "item-14"]), Request::default());
    let candidates = recommender.candidates(&profile, &request).unwrap();
    let first = recommender.recommend(&profile, &request).unwrap().remove(0);
    let at = candidates.items.binary_search(&first.item).unwrap();
    let explanation = recommender.explain(&profile, recommender.id(first.item), &request).unwrap();
    let ranker = recommender.model().ranker.as_ref().unwrap();
    for (n, feature) in explanation.features.iter().enumerate() {
        assert_eq!(feature.value, candidates.rows[at][n]);
        let mean = candidates.rows.iter().map(|row| f64::from(row[n])).sum::<f64>() / candidates.rows.len() as f64;
        assert!((f64::from(feature.mean) - mean).abs() < 1e-4 * mean.abs().max(1.0));
    }
    for one in &explanation.sources {
        let mut without = candidates.rows[at];
        for (n, feature) in explanation.features.iter().enumerate() {
            if feature.feature.source == Some(one.source) {
                without[n] = feature.mean;
            }
        }
        assert_eq!(one.part, explanation.score - ranker.scores(&[without])[0], "{:?}", one.source);
    }
}

#[test]
fn what_is_not_recommended_is_explained_as_if_it_were_one_more_candidate() {
    let recommender = recommender(|_| {});
    let profile = Profile::liking(["item-3", "item-14", "item-159"]);
    let request = Request::default();
    let first = recommender.recommend(&profile, &request).unwrap().remove(0);
    let asked = recommender.explain(&profile, recommender.id(first.item), &request).unwrap();
    // Left out by a filter: the same numbers but for the places, which are of what passes, and what is beside the best.
    let without = Request { exclude: vec![recommender.id(first.item).to_owned()], ..request.clone() };
    let excluded = recommender.explain(&profile, recommender.id(first.item), &without).unwrap();
    check(&excluded);
    assert_eq!((asked.place, excluded.place), (Some(1), None));
    assert!(asked.sources.iter().any(|one| one.place.is_some()));
    assert!(excluded.sources.iter().all(|one| one.place.is_none()));
    for (before, after) in asked.sources.iter().zip(&excluded.sources) {
        assert_eq!((before.source, before.score, &before.because), (after.source, after.score, &after.because));
    }
    // Known already, and an item that is among the best of no source.
    let candidates = recommender.candidates(&profile, &request).unwrap();
    assert_eq!(excluded.candidates, recommender.candidates(&profile, &without).unwrap().items.len());
    let catalogue = &recommender.model().catalogue;
    let other = catalogue.items().filter(|item| !candidates.items.contains(item)).last().unwrap();
    for id in ["item-3", catalogue.id(other)] {
        let explanation = recommender.explain(&profile, id, &request).unwrap();
        assert_eq!((explanation.place, recommender.id(explanation.item.item)), (None, id));
        check(&explanation);
    }
}

#[test]
fn every_candidate_has_a_place_of_its_own_and_trees_look_at_the_first_only() {
    let recommender = recommender(|_| {});
    let (profile, request) = (Profile::liking(["item-3", "item-14"]), Request::default());
    let candidates = recommender.candidates(&profile, &request).unwrap();
    let catalogue = &recommender.model().catalogue;
    let mut explained: Vec<Explanation> = candidates
        .items
        .iter()
        .map(|&item| recommender.explain(&profile, catalogue.id(item), &request).unwrap())
        .collect();
    explained.sort_by_key(|one| one.place);
    assert!(explained.iter().enumerate().all(|(n, one)| one.place == Some(n + 1)));
    explained.iter().for_each(check);
    assert!(explained.len() > foldin_core::POOL);
    let (looked_at, others) = explained.split_at(foldin_core::POOL);
    assert!(looked_at.iter().any(|one| one.trees != 0.0) && others.iter().all(|one| one.trees == 0.0));
    for part in [looked_at, others] {
        assert!(part.is_sorted_by(|a, b| a.score >= b.score));
    }
}

#[test]
fn without_a_like_there_is_nothing_to_rank() {
    let recommender = recommender(|_| {});
    let explanation = recommender.explain(&Profile::new(), "item-7", &Request::default()).unwrap();
    let answer = recommender.recommend(&Profile::new(), &Request::default()).unwrap();
    assert_eq!(explanation.item, answer[7]);
    assert_eq!((explanation.place, explanation.candidates, explanation.features.len()), (None, 0, 0));
    assert_eq!((explanation.blend, explanation.trees, explanation.score), (0.0, 0.0, 0.0));
    let popular = explanation.sources.iter().find(|one| one.source == Source::Popular).unwrap();
    assert_eq!((popular.place, popular.part), (Some(8), 0.0));
    assert_eq!(explanation.sources.len(), 3);
}

#[test]
fn what_cannot_be_explained_is_an_error_as_of_recommending() {
    let recommender = recommender(|_| {});
    let explain =
        |profile: &Profile, id: &str, request: &Request| recommender.explain(profile, id, request).unwrap_err();
    let unknown = RequestError::UnknownItem { id: "nope".to_owned() };
    assert_eq!(explain(&Profile::new(), "nope", &Request::default()), unknown);
    assert_eq!(explain(&Profile::liking(["nope"]), "item-1", &Request::default()), unknown);
    let request = Request { diversity: 7.0, ..Request::default() };
    assert_eq!(explain(&Profile::new(), "item-1", &request).code(), "invalid-value");
}

#[test]
fn without_what_is_named_first_an_item_scores_lower() {
    let recommender = recommender(|_| {});
    let mut n_checked = 0;
    let checked = |profile: &foldin_core::Profile| profile.events().len() <= 50;
    for (n, profile) in parity::profiles().iter().enumerate().filter(|(_, profile)| checked(profile)).step_by(7) {
        let request = Request { strategy: Strategy::Hybrid, diversity: 0.0, ..parity::request(n) };
        for one in recommender.recommend(profile, &request).unwrap() {
            let Some(first) = one.because.first().filter(|first| first.contribution > 0.0) else { continue };
            let without = profile.without(recommender.id(first.item));
            let explanation = recommender.explain(&without, recommender.id(one.item), &request).unwrap();
            // Scores of an item that trees score and of one that they do not are not comparable.
            if explanation.place.is_some() && explanation.trees != 0.0 {
                assert!(explanation.score < one.score, "profile {n}, item {}", one.item.at());
                n_checked += 1;
            }
        }
    }
    assert!(n_checked > 100, "{n_checked}");
}
