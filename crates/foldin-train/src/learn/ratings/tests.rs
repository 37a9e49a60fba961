use foldin_core::ItemIdx;
use foldin_core::score::VisitorRatings;
use foldin_data::interactions::rated;

use super::*;
use crate::parallel::on_threads;

fn small() -> Interactions {
    let ratings = [(0, 0, 5.0), (0, 1, 3.0), (0, 2, 4.0), (1, 0, 4.0), (1, 3, 1.0), (2, 1, 2.0), (2, 2, 5.0)];
    rated(ratings.into_iter().chain([(2, 3, 2.0), (3, 4, 3.0), (4, 0, 5.0), (4, 4, 1.0)]).collect(), 5, 6)
}

fn settings(factors: usize, iterations: usize) -> RatingsSettings {
    RatingsSettings { factors, iterations, tolerance: 0.0, seed: 7 }
}

/// An item's system, `noise * precisions + sum E[z zT]` and `sum E[(r - b_u) z]`, in f64 from the users' posteriors.
fn normal_equations(observed: &Interactions, users: &Side, item: usize, scale: Scale) -> (Vec<Vec<f64>>, Vec<f64>) {
    let Layout { size, width, length } = users.layout;
    let (mut a, mut b) = (vec![vec![0.0; size]; size], vec![0.0; size]);
    for user in 0..observed.rows() {
        let Some(rating) = observed.get(user, item) else { continue };
        let rating = f64::from((rating - scale.mean) / scale.deviation);
        let moments = &users.moments[user * length..][..length];
        for i in 0..size {
            (0..size).for_each(|j| a[i][j] += f64::from(moments[users.layout.triangle(i.max(j)) + i.min(j)]));
            b[i] += rating * f64::from(moments[i]) - f64::from(moments[width + i]);
        }
    }
    (a, b)
}

#[test]
fn every_row_solves_its_normal_equations() {
    let observed = small();
    let scale = Scale::of(observed.data());
    let standard = observed.map(|r| (r - scale.mean) / scale.deviation);
    let layout = Layout::new(3);
    let (mut users, mut items) = (Side::zeros(5, layout), Side::random(6, layout, 7));
    users.solve(&items, standard.view(), 0.8);
    items.solve(&users, standard.transpose_view().to_csr().view(), 0.8);
    for item in 0..6 {
        let (a, b) = normal_equations(&observed, &users, item, scale);
        for i in 0..layout.size {
            let mean = |k: usize| f64::from(items.means[item * layout.width + k]);
            let slope: f64 = (0..layout.size).map(|k| a[i][k] * mean(k)).sum::<f64>() - b[i]
                + 0.8 * f64::from(items.precisions[i]) * mean(i);
            assert!(slope.abs() < 1e-5, "item {item}: {slope}");
        }
    }
}

#[test]
fn one_rating_by_hand() {
    // Two equal users, one item, no deviation beyond it: ratings 1 and 3 have mean 2 and deviation 1.
    let observed = rated(vec![(0, 0, 1.0), (1, 1, 3.0)], 2, 2);
    let scale = Scale::of(observed.data());
    assert_eq!(scale, Scale { mean: 2.0, deviation: 1.0, range: (1.0, 3.0) });
    let layout = Layout::new(1);
    let (mut users, items) = (Side::zeros(2, layout), Side::zeros(2, layout));
    // Items of which nothing is known but that z = (0, 1): the bias is r / (1 + noise * precision), 1 / (1 + 0.5 * 4).
    let mut items = Side { moments: vec![0.0; items.moments.len()], ..items };
    let nothing = vec![0.0; layout.size * layout.width];
    for moments in items.moments.chunks_exact_mut(layout.length) {
        layout.write(moments, &[0.0, 0.0], &nothing);
    }
    let unexplained = users.solve(&items, observed.map(|r| r - 2.0).view(), 0.5);
    assert_eq!(users.means().column(0).to_vec(), [0.0, 0.0]);
    assert!((users.means()[[0, 1]] + 1.0 / 3.0).abs() < 1e-6 && (users.means()[[1, 1]] - 1.0 / 3.0).abs() < 1e-6);
    // Each leaves (2/3)^2 and the variance of its bias, 0.5 / 3.
    assert!((unexplained - 2.0 * (4.0 / 9.0 + 1.0 / 6.0)).abs() < 1e-5, "{unexplained}");
}

#[test]
fn an_item_without_ratings_has_no_factors_and_no_bias() {
    let learned = ratings(&small(), &settings(3, 4), |_| Ok(())).unwrap();
    assert!(learned.items.row(5).iter().all(|&value| value == 0.0));
    assert_eq!(learned.to_rating_model().biases.get(5), 0.0);
}

#[test]
fn equal_ratings_are_learned_as_what_they_are() {
    let learned =
        ratings(&rated(vec![(0, 0, 4.0), (0, 1, 4.0), (1, 0, 4.0)], 2, 2), &settings(2, 10), |_| Ok(())).unwrap();
    let model = learned.to_rating_model();
    let visitor = VisitorRatings::fold_in(&model, &[(ItemIdx(0), 4.0)]);
    assert_eq!(visitor.predict(ItemIdx(1)), 4.0);
}

#[test]
fn ten_times_the_stars_give_ten_times_the_predictions() {
    let learn = |observed: &Interactions| ratings(observed, &settings(3, 6), |_| Ok(())).unwrap().to_rating_model();
    let (one, ten) = (learn(&small()), learn(&small().map(|r| r * 10.0)));
    let item = ItemIdx;
    let (by_one, by_ten) = (
        VisitorRatings::fold_in(&one, &[(item(0), 5.0), (item(3), 1.0)]),
        VisitorRatings::fold_in(&ten, &[(item(0), 50.0), (item(3), 10.0)]),
    );
    for n in 0..5 {
        let (one, ten) = (by_one.predict(item(n)), by_ten.predict(item(n)));
        assert!((one * 10.0 - ten).abs() < 0.05, "{one} {ten}");
    }
}

#[test]
fn a_user_folded_in_is_the_user_who_was_learned() {
    // What is folded in has one doubt an item and rounded rows: near, but not the same.
    let taste = |user: u32, item: u32| if (user + item).is_multiple_of(2) { 4.5 } else { 1.5 };
    let triples =
        (0..40).flat_map(|user| (0..30).map(move |item| (user, item))).filter(|(u, i)| (u * 7 + i * 3) % 4 != 0);
    let observed = rated(triples.map(|(user, item)| (user, item, taste(user, item))).collect(), 40, 30);
    let learned = ratings(&observed, &settings(4, 20), |_| Ok(())).unwrap();
    let model = learned.to_rating_model();
    for user in [0, 7, 39] {
        let own: Vec<_> = (0..30).filter_map(|i| Some((ItemIdx(i), *observed.get(user, i as usize)?))).collect();
        let visitor = VisitorRatings::fold_in(&model, &own);
        for item in 0..30 {
            let (u, i) = (learned.users.row(user), learned.items.row(item));
            let product: f32 = (0..4).map(|k| u[k] * i[k]).sum();
            let expected = (learned.scale.mean + learned.scale.deviation * (product + u[4] + i[4])).clamp(1.5, 4.5);
            let found = visitor.predict(ItemIdx(item as u32));
            assert!((found - expected).abs() < 0.05, "user {user}, item {item}: {found} {expected}");
            assert!((found - taste(user as u32, item as u32)).abs() < 0.5);
        }
    }
}

#[test]
fn any_number_of_threads_gives_the_same_bits() {
    let triples = (0..4000_u32).map(|n| (n * 7919 % 300, (n * n + n / 7) % 170, (n % 5 + 1) as f32));
    let observed = rated(triples.collect(), 300, 170);
    let learn = |n_threads: usize| on_threads(n_threads, || ratings(&observed, &settings(15, 6), |_| Ok(())).unwrap());
    let (one, three) = (learn(1), learn(3));
    let same = |a: &Array2<f32>, b: &Array2<f32>| a.iter().zip(b).all(|(a, b)| a.to_bits() == b.to_bits());
    assert!(same(&one.items, &three.items) && same(&one.users, &three.users));
    assert_eq!(one.noise.to_bits(), three.noise.to_bits());
}
