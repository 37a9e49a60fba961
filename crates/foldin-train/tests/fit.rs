//! The recipe as a whole: what it tells its observer, how it is cancelled, and that it gives the same model again.

use foldin_core::file::{write_score, write_show, write_users};
use foldin_data::sample::sample;
use foldin_data::{Dataset, Likes};
use foldin_train::cancel::Cancelled;
use foldin_train::config::{Config, RankerKind};
use foldin_train::fit::{Event, FitError, Fitted, Phase, fit};

/// Settings that take little time, and every phase.
fn quick() -> Config {
    let mut config = Config::default();
    config.als.factors = 8;
    config.als.iterations = 2;
    config.search.trials = 2;
    config.ranker.kind = RankerKind::Blend;
    config.ranker.profiles = 100;
    config
}

/// Every eighth viewer of the sample.
fn small() -> Dataset {
    let mut dataset = sample();
    dataset.events = dataset.events.rows(|row| dataset.events.users[row].0.is_multiple_of(8));
    dataset
}

fn bytes(fitted: &Fitted) -> (Vec<u8>, Vec<u8>, Option<Vec<u8>>) {
    (write_score(&fitted.model), write_show(&fitted.descriptions), fitted.users.as_ref().map(write_users))
}

#[test]
fn an_observer_is_told_of_every_phase_in_order() {
    let (mut phases, mut others) = (Vec::new(), Vec::new());
    let fitted = fit(&small(), &quick(), &mut |event: Event<'_>| {
        match event {
            Event::Started(phase) => phases.push(phase),
            Event::Learned { .. } => others.push("learned"),
            Event::Searched { .. } => others.push("searched"),
            Event::Ranked { .. } => others.push("ranked"),
            Event::Measured(_) => others.push("measured"),
            Event::RatingsMeasured { .. } => others.push("ratings measured"),
            Event::Mapped { .. } => others.push("mapped"),
            _ => {}
        }
        Ok(())
    });
    let fitted = fitted.unwrap();
    assert_eq!(phases, [Phase::Searching, Phase::Learning, Phase::Ranking, Phase::Measuring, Phase::Mapping]);
    let expected = ["searched", "learned", "ranked", "learned", "measured", "ratings measured", "mapped"];
    assert_eq!(others, expected);
    assert!(fitted.metrics.is_some() && fitted.users.is_none() && fitted.descriptions.map().is_some());
}

#[test]
fn a_training_can_be_cancelled_at_any_event() {
    let (dataset, mut config) = (small(), quick());
    config.search.enabled = false;
    let mut n_events = 0;
    fit(&dataset, &config, &mut |_: Event<'_>| {
        n_events += 1;
        Ok(())
    })
    .unwrap();
    for stop_at in (1..=n_events).step_by(n_events / 5) {
        let mut n = 0;
        let cancelled = fit(&dataset, &config, &mut |_: Event<'_>| {
            n += 1;
            if n == stop_at { Err(Cancelled) } else { Ok(()) }
        });
        assert!(cancelled.is_err_and(|error| error.is_cancelled()), "event {stop_at} of {n_events}");
        assert_eq!(n, stop_at);
    }
}

#[test]
fn the_settings_that_come_back_make_the_same_model_again() {
    let (dataset, mut config) = (small(), quick());
    config.train.with_users = true;
    let first = fit(&dataset, &config, &mut ()).unwrap();
    assert!(!first.config.search.enabled && first.config.data.threshold == Likes::From(4.0));
    let again = fit(&dataset, &first.config, &mut ()).unwrap();
    assert_eq!(bytes(&again), bytes(&first));
    assert_eq!(again.metrics, first.metrics);
    assert_eq!(again.config, first.config);
}

#[test]
fn a_model_without_one_like_is_refused_by_threshold_and_highest_rating() {
    let mut config = quick();
    config.data.threshold = Likes::From(6.0);
    let error = fit(&small(), &config, &mut ()).unwrap_err();
    assert!(matches!(error, FitError::NoLikes { threshold: 6.0, highest: 5.0 }), "{error}");
}

#[test]
fn a_few_users_are_learned_from_but_not_measured() {
    let rows = [("ann", "a", 5.0, 1), ("ann", "b", 5.0, 2), ("bob", "a", 5.0, 3), ("bob", "c", 5.0, 4)];
    let dataset = Dataset::from_events("few", rows);
    let mut said = None;
    let fitted = fit(&dataset, &Config::default(), &mut |event: Event<'_>| {
        if let Event::NotHeldOut(error) = event {
            said = Some(error.to_string());
        }
        Ok(())
    });
    let fitted = fitted.unwrap();
    assert!(fitted.metrics.is_none() && fitted.model.ranker.is_none());
    assert_eq!(fitted.model.catalogue.len(), 3);
    assert!(said.is_some());
}
