use std::array;

use foldin_core::ItemIdx;
use foldin_core::linalg::{QuantisedRows, SparseRows};
use foldin_core::model::{About, Catalogue, CatalogueItem, Content, Factors, LossWeights};
use rand::Rng;

use super::*;
use crate::parallel::on_threads;

const GROUPS: usize = 12;
const FACTORS: usize = 16;

/// A model of items with these numbers of likes, in their order, and with some factors, a row an item.
fn model(likes: impl Iterator<Item = u32>, factors: &[[f32; FACTORS]]) -> Model {
    let item =
        |(n, likes): (usize, u32)| CatalogueItem { id: format!("{n:05}"), likes, year: None, genres: Vec::new() };
    let catalogue = Catalogue::new(likes.enumerate().map(item).collect());
    let weights = LossWeights { alpha0: 0.1, reg: 0.01, nu: 1.0, like_weight: 1.0 };
    let rows = QuantisedRows::quantise(factors.as_flattened(), FACTORS);
    let factors = (!factors.is_empty()).then_some(Factors::of_loss(rows, weights));
    Model { factors, ..Model::new(About::default(), catalogue) }
}

/// Items in turn of so many groups; the members of a group are scattered around its direction.
fn grouped(n_items: usize, n_groups: usize) -> Vec<[f32; FACTORS]> {
    let mut rng = ChaCha8Rng::seed_from_u64(3);
    let mut normal = || -> f32 { StandardNormal.sample(&mut rng) };
    let directions: Vec<[f32; FACTORS]> = (0..n_groups).map(|_| array::from_fn(|_| normal())).collect();
    (0..n_items).map(|n| directions[n % n_groups].map(|value| value + 0.4 * normal())).collect()
}

/// A model of such items, of which the first is the most liked.
fn of_groups(n_items: usize, n_groups: usize) -> Model {
    model((0..n_items).map(|n| (2 * n_items - n) as u32), &grouped(n_items, n_groups))
}

fn points(map: &ItemMap) -> Vec<Point> {
    (0..map.len()).map(|n| map.position(ItemIdx(n as u32))).collect()
}

fn distance(a: Point, b: Point) -> f32 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// The numbers of the `k` nearest of each point.
fn nearest_points(points: &[Point], k: usize) -> Vec<Vec<usize>> {
    let of = |n: usize| {
        let mut others: Vec<usize> = (0..points.len()).filter(|&other| other != n).collect();
        others.sort_by(|&a, &b| distance(points[n], points[a]).total_cmp(&distance(points[n], points[b])));
        others.truncate(k);
        others
    };
    (0..points.len()).map(of).collect()
}

/// What share of the ten nearest by cosine are among the ten nearest in a picture.
fn kept(vectors: &Vectors, points: &[Point]) -> f64 {
    let (by_cosine, by_place) = (nearest(vectors, vectors, 10, Near::Others), nearest_points(points, 10));
    let both = by_cosine
        .iter()
        .zip(by_place)
        .map(|(cosine, place)| cosine.iter().filter(|(other, _)| place.contains(&(*other as usize))).count());
    both.sum::<usize>() as f64 / (10 * points.len()) as f64
}

#[test]
fn two_communities_lie_apart() {
    let points = points(&map(&of_groups(400, 2), &MapSettings::default()).unwrap());
    let mean = |group: usize| -> Point {
        let of_group = || points.iter().skip(group).step_by(2);
        [0, 1].map(|axis| of_group().map(|point| point[axis]).sum::<f32>() / of_group().count() as f32)
    };
    let (first, second) = (mean(0), mean(1));
    assert!(distance(first, second) > 0.4, "{first:?} {second:?}");
    for (n, point) in points.iter().enumerate() {
        let [own, other] = if n % 2 == 0 { [first, second] } else { [second, first] };
        assert!(distance(*point, own) < distance(*point, other), "item {n} at {point:?} lies with the others");
    }
}

#[test]
fn neighbours_are_kept_better_than_by_principal_components_and_by_chance() {
    let model = of_groups(600, GROUPS);
    let vectors = Vectors::of_factors(&model.factors.as_ref().unwrap().rows);
    let mut rng = ChaCha8Rng::seed_from_u64(5);
    let random: Vec<Point> = (0..600).map(|_| rng.random()).collect();
    let ours = kept(&vectors, &points(&map(&model, &MapSettings::default()).unwrap()));
    let (principal, chance) = (kept(&vectors, &vectors.principal()), kept(&vectors, &random));
    assert!(chance < 0.03 && ours > 1.5 * principal && ours > 0.3, "{ours:.3} {principal:.3} {chance:.3}");
}

#[test]
fn the_same_seed_gives_the_same_map_at_any_number_of_threads_and_another_seed_another() {
    let model = of_groups(300, 5);
    let with = |threads: usize, seed: u64| {
        on_threads(threads, || map(&model, &MapSettings { epochs: 50, seed, ..Default::default() }).unwrap())
    };
    assert_eq!(with(1, 1), with(3, 1));
    assert_ne!(with(1, 1), with(1, 2));
}

#[test]
fn items_that_few_like_lie_with_what_they_are_most_alike() {
    let n_items = LEAST + 300;
    let likes = (0..n_items).map(|n| if n < LEAST { 1000 - n as u32 } else { 1 });
    let places = points(&map(&model(likes, &grouped(n_items, 5)), &MapSettings::default()).unwrap());
    let nearest = nearest_points(&places, 5);
    let groups_kept = |n: &usize| nearest[*n].iter().all(|other| other % 5 == n % 5);
    let kept = (LEAST..n_items).filter(groups_kept).count();
    assert!(kept > 280, "{kept} of 300");
}

#[test]
fn every_item_has_room() {
    let places = points(&map(&of_groups(500, 3), &MapSettings::default()).unwrap());
    let nearest = nearest_points(&places, 1);
    let crowded = (0..500).filter(|&n| distance(places[n], places[nearest[n][0]]) < 0.2 / 500_f32.sqrt()).count();
    assert!(crowded < 10, "{crowded} items are hardly to be told from another");
    assert!(places.iter().flatten().all(|value| (0.0..=1.0).contains(value)));
}

#[test]
fn items_without_factors_lie_with_like_content_and_unknown_ones_at_the_lower_edge() {
    let factors = grouped(100, 2);
    let mut model = model((0..104).map(|n| if n < 100 { 200 - n as u32 } else { 0 }), &factors);
    // Terms go with the groups; the last two items have none.
    let rows: Vec<Vec<(u32, f32)>> = (0..102).map(|n| vec![(n % 2, 1.0), (2 + n, 0.1)]).collect();
    model.content = Some(Content::new(SparseRows::quantise(rows)));
    let places = points(&map(&model, &MapSettings::default()).unwrap());
    for n in [100, 101] {
        let near = nearest_points(&places[..102], 10)[n].clone();
        assert!(near.iter().all(|other| other % 2 == n % 2), "{n}: {near:?}");
    }
    assert_eq!((places[102][1], places[103][1]), (1.0, 1.0));
    assert!(places[102][0] < places[103][0] && places[..102].iter().all(|place| place[1] < 1.0));
}

#[test]
fn a_catalogue_alone_is_laid_out_by_what_items_are_about() {
    let mut model = model((0..60).map(|_| 0), &[]);
    let rows: Vec<Vec<(u32, f32)>> = (0..60).map(|n| vec![(n % 3, 1.0), (3 + n, 0.3)]).collect();
    model.content = Some(Content::new(SparseRows::quantise(rows)));
    let places = points(&map(&model, &MapSettings { neighbours: 10, ..Default::default() }).unwrap());
    for (n, near) in nearest_points(&places, 5).iter().enumerate() {
        assert!(near.iter().all(|other| other % 3 == n % 3), "{n}: {near:?}");
    }
}

#[test]
fn without_anything_known_there_is_no_map_and_a_few_items_are_enough_for_one() {
    assert_eq!(map(&model((0..3).map(|_| 1), &[]), &MapSettings::default()), None);
    assert_eq!(map(&model((0..3).map(|_| 1), &[[0.0; FACTORS]; 3]), &MapSettings::default()), None);
    for n_items in 1..5 {
        assert_eq!(map(&of_groups(n_items, 1), &MapSettings::default()).unwrap().len(), n_items);
    }
    // All alike.
    let places = points(&map(&model((0..40).map(|_| 9), &[[1.0; FACTORS]; 40]), &MapSettings::default()).unwrap());
    assert!((1..40).all(|n| places[n] != places[0]), "{places:?}");
}

#[test]
fn an_outlier_leaves_the_rest_its_room_and_stays_inside() {
    let grid = (0..400).map(|n| [(n % 20) as f32, (n / 20) as f32]);
    let placed: Vec<(usize, Point)> = grid.chain([[1e4, 10.0], [2e4, 10.0]]).enumerate().collect();
    let places = whole(&placed, &[true; 402]);
    let (left, right) = (places[0][0], places[19][0]);
    assert!(right - left > 0.85, "{left} to {right}");
    assert!(right < places[400][0] && places[400][0] < places[401][0] && places[401][0] <= 1.0, "{:?}", &places[400..]);
}

#[test]
fn the_nearest_counts_one_and_all_together_the_logarithm_of_their_number() {
    let weights = fuzzy(&[(7, 0.9), (1, 0.7), (3, 0.6), (2, 0.1)]);
    assert_eq!(weights[0], 1.0);
    assert!(weights.is_sorted_by(|a, b| a > b), "{weights:?}");
    assert!((weights.iter().sum::<f32>() - 2.0).abs() < 1e-3, "{weights:?}");
    // One or two neighbours count as they are, and equal ones all the same.
    assert_eq!(fuzzy(&[(7, 0.2)]), [1.0]);
    assert_eq!(fuzzy(&[(7, 0.5), (8, 0.5), (9, 0.5)]), [1.0; 3]);
}

#[test]
fn a_pair_of_neighbours_counts_from_both_sides() {
    // 0 and 1 are each other's nearest; 2 has only 0, which does not have it.
    let rows = graph(&[vec![(1, 0.9)], vec![(0, 0.9)], vec![(0, 0.4)]]);
    assert_eq!(rows, [vec![(1, 1.0), (2, 1.0)], vec![(0, 1.0)], vec![(0, 1.0)]]);
}
