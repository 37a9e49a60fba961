//! Where visitors stand on a map, asked as a page asks it.

use foldin_core::linalg::QuantisedRows;
use foldin_core::model::{About, Catalogue, CatalogueItem, Factors, ItemMap, LossWeights, Model};
use foldin_core::{ItemIdx, Profile, Recommender, RequestError, Signal};

const PER_KIND: usize = 40;

/// Two kinds of films in two corners of the map: whoever likes one likes others of its kind.
fn recommender(with_factors: bool) -> (Recommender, ItemMap) {
    let id = |n: usize| format!("{}{n:02}", if n.is_multiple_of(2) { "western" } else { "musical" });
    let items = (0..2 * PER_KIND).map(|n| CatalogueItem { id: id(n), likes: 500 - n as u32, ..Default::default() });
    let wobble = |n: usize| (n * 7 % 10) as f32 / 50.0;
    let position = |n: usize| {
        if n.is_multiple_of(2) { [wobble(n), wobble(n + 3)] } else { [1.0 - wobble(n), 1.0 - wobble(n + 3)] }
    };
    let values = (0..2 * PER_KIND).flat_map(|n| {
        if n.is_multiple_of(2) { [0.5 + wobble(n), 0.1 * wobble(n)] } else { [0.1 * wobble(n), 0.5 + wobble(n)] }
    });
    let mut model = Model::new(About::default(), Catalogue::new(items.collect()));
    if with_factors {
        let weights = LossWeights { alpha0: 0.1, reg: 0.01, nu: 1.0, like_weight: 1.0 };
        model.factors = Some(Factors::of_loss(QuantisedRows::quantise(&values.collect::<Vec<_>>(), 2), weights));
    }
    (Recommender::new(model), ItemMap::new(&(0..2 * PER_KIND).map(position).collect::<Vec<_>>()))
}

fn apart(a: [f32; 2], b: [f32; 2]) -> f32 {
    ((a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2)).sqrt()
}

fn liking(recommender: &Recommender, items: &[u32]) -> Profile {
    Profile::liking(items.iter().map(|&item| recommender.model().catalogue.id(ItemIdx(item))))
}

#[test]
fn with_one_like_a_visitor_is_near_it() {
    let (recommender, map) = recommender(true);
    for item in 0..2 * PER_KIND as u32 {
        let place = recommender.place(&map, &liking(&recommender, &[item])).unwrap().unwrap();
        assert!(apart(place, map.position(ItemIdx(item))) < 0.1, "{item}: {place:?}");
    }
}

#[test]
fn each_further_like_moves_the_visitor_by_less_than_its_share_and_never_out_of_the_map() {
    let (recommender, map) = recommender(true);
    let likes: Vec<u32> = (0..30).map(|n| (n * 11) % (2 * PER_KIND as u32)).collect();
    let mut last = None;
    for n in 1..=likes.len() {
        let place = recommender.place(&map, &liking(&recommender, &likes[..n])).unwrap().unwrap();
        assert!(place.iter().all(|value| (0.0..=1.0).contains(value)));
        if let Some(last) = last {
            assert!(apart(place, last) < 1.5 / n as f32, "after {n} likes from {last:?} to {place:?}");
        }
        last = Some(place);
    }
}

#[test]
fn likes_of_one_kind_lead_into_its_corner_and_dislikes_count_through_taste() {
    let (recommender, map) = recommender(true);
    let mut profile = liking(&recommender, &[0, 2, 4, 6, 8, 10]);
    let western = recommender.place(&map, &profile).unwrap().unwrap();
    assert!(apart(western, [0.1, 0.1]) < 0.1, "{western:?}");
    let both = recommender.place(&map, &liking(&recommender, &[0, 1, 2, 3, 4, 5])).unwrap().unwrap();
    assert!(apart(both, [0.5, 0.5]) < 0.3, "{both:?}");
    profile.push("musical01", Signal::Disliked);
    assert_ne!(recommender.place(&map, &profile).unwrap().unwrap(), western);
}

#[test]
fn without_factors_a_visitor_stands_among_the_likes_and_without_a_like_nowhere() {
    let (recommender, map) = recommender(false);
    let place = recommender.place(&map, &liking(&recommender, &[0, 1])).unwrap().unwrap();
    let [first, second] = [0, 1].map(|item| map.position(ItemIdx(item)));
    assert!(apart(place, [(first[0] + second[0]) / 2.0, (first[1] + second[1]) / 2.0]) < 1e-5);
    let mut seen = Profile::new();
    seen.push("western00", Signal::Seen);
    seen.push("musical01", Signal::Disliked);
    assert_eq!(recommender.place(&map, &seen), Ok(None));
    let unknown = recommender.place(&map, &Profile::liking(["opera"])).unwrap_err();
    assert_eq!(unknown, RequestError::UnknownItem { id: "opera".to_owned() });
}
