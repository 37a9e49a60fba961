//! Predicted stars through the front door.

use foldin_core::linalg::{QuantisedRows, QuantisedValues};
use foldin_core::model::{About, Catalogue, CatalogueItem, Model, RatingModel};
use foldin_core::{Profile, Recommender, RequestError, Signal};

fn recommender(rating_model: Option<RatingModel>) -> Recommender {
    let items = [("alien", 3), ("aliens", 2), ("amelie", 1), ("unrated", 0)];
    let item = |(id, likes): (&str, u32)| CatalogueItem { id: id.to_owned(), likes, ..Default::default() };
    let catalogue = Catalogue::new(items.map(item).to_vec());
    Recommender::new(Model { rating_model, ..Model::new(About::default(), catalogue) })
}

/// Aliens is like Alien, Amélie the opposite.
fn with_stars() -> Recommender {
    recommender(Some(RatingModel {
        mean: 3.0,
        range: (0.5, 5.0),
        biases: QuantisedValues::quantise(&[0.5, 0.25, 0.0]),
        rows: QuantisedRows::quantise(&[1.0, 0.9, -1.0], 1),
        uncertainties: QuantisedValues::quantise(&[1.0, 1.0, 1.0]),
        variances: vec![0.01],
        regs: vec![1.0, 10.0],
    }))
}

fn rated(events: &[(&str, Signal)]) -> Profile {
    let mut profile = Profile::new();
    events.iter().for_each(|&(id, signal)| profile.push(id, signal));
    profile
}

#[test]
fn stars_for_an_item_raise_what_is_like_it_and_lower_its_opposite() {
    let recommender = with_stars();
    let predict = |profile: &Profile, id: &str| recommender.predict(profile, id).unwrap();
    let (nobody, fan) = (Profile::new(), rated(&[("alien", Signal::Stars(5.0))]));
    assert!((predict(&nobody, "aliens") - 3.25).abs() < 1e-4);
    assert!(predict(&fan, "aliens") > predict(&nobody, "aliens") + 0.3);
    assert!(predict(&fan, "amelie") < predict(&nobody, "amelie") - 0.3);
    assert!((predict(&nobody, "unrated") - 3.0).abs() < 1e-6);
}

#[test]
fn of_several_stars_for_one_item_the_last_count_and_likes_count_as_nothing() {
    let recommender = with_stars();
    let predict = |profile: &Profile| recommender.predict(profile, "aliens").unwrap();
    let changed = rated(&[("alien", Signal::Stars(5.0)), ("alien", Signal::Stars(1.0))]);
    assert_eq!(predict(&changed), predict(&rated(&[("alien", Signal::Stars(1.0))])));
    let liked = rated(&[("alien", Signal::Liked), ("amelie", Signal::Disliked)]);
    assert_eq!(predict(&liked), predict(&Profile::new()));
}

#[test]
fn what_cannot_be_predicted_is_an_error_that_says_so() {
    let recommender = with_stars();
    let unknown = RequestError::UnknownItem { id: "titanic".to_owned() };
    assert_eq!(recommender.predict(&Profile::new(), "titanic"), Err(unknown.clone()));
    assert_eq!(recommender.predict(&rated(&[("titanic", Signal::Stars(3.0))]), "alien"), Err(unknown));
    let not_a_number = recommender.predict(&rated(&[("alien", Signal::Stars(f32::NAN))]), "alien");
    assert!(matches!(not_a_number, Err(RequestError::InvalidValue { .. })));
    let without = self::recommender(None).predict(&Profile::new(), "alien");
    assert_eq!(without, Err(RequestError::NotInModel { part: "stars" }));
}
