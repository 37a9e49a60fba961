use foldin_core::file::{read_score, write_score};
use foldin_core::model::{About, Catalogue, CatalogueItem, Model};
use foldin_core::{Profile, Recommender, Request, Source, Strategy};

use super::*;
use crate::parallel::on_threads;

fn shape() -> Shape {
    Shape { n_items: 9, length: 6, d: 8, hidden: 16, blocks: 2, heads: 2 }
}

fn random_values(shape: Shape) -> (Places, Vec<f32>) {
    let places = Places::of(shape);
    let mut random = ChaCha8Rng::seed_from_u64(5);
    let mut values = places.initial(shape, &mut random);
    // Embeddings of a size at which curvature shows.
    values.iter_mut().for_each(|value| *value += random.random_range(-0.3..0.3));
    (places, values)
}

/// A loop over the items: after each comes the next one, and after the last the first.
fn loops(n_users: usize, n_items: u32) -> Histories {
    Histories::from_users((0..n_users as u32).map(|user| (0..6).map(|n| (user + n) % n_items).collect::<Vec<u32>>()))
}

fn settings() -> TransformerSettings {
    TransformerSettings { head_width: 8, blocks: 1, length: 8, steps: 320, batch: 8, ..TransformerSettings::default() }
}

#[test]
fn the_gradient_is_that_of_finite_differences() {
    let shape = shape();
    let (places, values) = random_values(shape);
    let items = [3, 1, 4, 5, 8, 2, 0];
    let windows =
        [windows::Window { before: &[7], items: &items }, windows::Window { before: &[], items: &items[2..5] }];
    let loss_of = |values: &[f32]| {
        let network = Network { shape, places: &places, values };
        network.learn(&windows, 0.0, &mut Bits::new(1), &mut vec![0.0; places.n])
    };
    let mut gradient = vec![0.0; places.n];
    Network { shape, places: &places, values: &values }.learn(&windows, 0.0, &mut Bits::new(1), &mut gradient);
    let step = 2e-3;
    for n in (0..places.n).step_by(7) {
        let at = |change: f32| {
            let mut values = values.clone();
            values[n] += change;
            loss_of(&values)
        };
        let expected = (at(step) - at(-step)) / f64::from(2.0 * step);
        assert!((expected - f64::from(gradient[n])).abs() < 2e-2, "{n}: {expected} {}", gradient[n]);
    }
    assert!(gradient.iter().any(|value| value.abs() > 0.1));
}

/// The shipped network is the trained one, but for what rounding to int8 takes.
#[test]
fn the_recommender_computes_what_was_trained() {
    let shape = Shape { n_items: 40, ..shape() };
    let (places, mut values) = random_values(shape);
    // Logits that are apart.
    values[places.items.clone()].iter_mut().for_each(|value| *value *= 2.0);
    let shown = [3, 1, 4];
    let window = windows::Window { before: &[], items: &[3, 1, 4, 0] };
    let states = Network { shape, places: &places, values: &values }.states(&[window]);
    let state = &states[states.len() - shape.d..];
    let logits: Vec<f32> = values[places.items.clone()]
        .chunks_exact(shape.d)
        .map(|row| row.iter().zip(state).map(|(row, state)| row * state).sum())
        .collect();
    let recommender = Recommender::new(model(quantised(shape, &places, &values).unwrap(), shape.n_items));
    let profile = Profile::liking(shown.map(|item| item.to_string()));
    let request = Request { k: 9, strategy: Strategy::Only(Source::Transformer), ..Request::default() };
    let answer = recommender.recommend(&profile, &request).unwrap();
    // Scores are logits in bits, less what all have in common.
    let scored: Vec<(usize, f32)> = answer
        .iter()
        .filter(|one| one.sources == [Source::Transformer])
        .map(|one| (one.item.at(), one.score))
        .collect();
    assert!(scored.len() >= 5, "{scored:?}");
    for pair in scored.windows(2) {
        let expected = (logits[pair[0].0] - logits[pair[1].0]) * std::f32::consts::LOG2_E;
        assert!((pair[0].1 - pair[1].1 - expected).abs() < 0.1, "{pair:?} {expected}");
    }
}

fn model(transformer: Transformer, n_items: usize) -> Model {
    let item = |n: usize| CatalogueItem { id: n.to_string(), likes: (n_items - n) as u32, ..Default::default() };
    let model = Model::new(About::default(), Catalogue::new((0..n_items).map(item).collect()));
    let model = Model { transformer: Some(transformer), ..model };
    read_score(&write_score(&model).into()).unwrap()
}

#[test]
fn it_learns_what_comes_next() {
    let learned = transformer(&loops(60, 12), 12, &settings(), |_, _| Ok(())).unwrap();
    let recommender = Recommender::new(model(learned, 12));
    let request = Request { strategy: Strategy::Only(Source::Transformer), ..Request::default() };
    for first in 0..12_u32 {
        let shown: Vec<String> = (0..3).map(|n| ((first + n) % 12).to_string()).collect();
        let answer = recommender.recommend(&Profile::liking(shown), &request).unwrap();
        assert_eq!(recommender.id(answer[0].item), ((first + 3) % 12).to_string());
    }
}

#[test]
fn it_goes_on_from_an_earlier_network_by_the_items_that_both_know() {
    let loss_of = |earlier: Option<Earlier<'_>>, steps| {
        let mut losses = Vec::new();
        let settings = TransformerSettings { steps, ..settings() };
        let report = |_, loss| {
            losses.push(loss);
            Ok(())
        };
        let learned = transformer_from(&loops(60, 12), 12, earlier, &settings, report).unwrap();
        (losses[0], learned)
    };
    let (cold, learned) = loss_of(None, settings().steps);
    let rows: Vec<Option<usize>> = (0..12).map(Some).collect();
    let (warm, _) = loss_of(Some(Earlier { network: &learned, rows: &rows }), 20);
    let (shuffled, _) = loss_of(Some(Earlier { network: &learned, rows: &[None; 12] }), 20);
    assert!(warm < 0.5 * cold && warm < 0.5 * shuffled, "{warm} {shuffled} {cold}");
    // Of other sizes: from the start.
    let other = TransformerSettings { steps: 1, blocks: 1, length: 4, ..settings() };
    let other = transformer(&loops(60, 12), 12, &other, |_, _| Ok(())).unwrap();
    let (unused, _) = loss_of(Some(Earlier { network: &other, rows: &rows }), settings().steps);
    assert_eq!(unused, cold);
}

#[test]
fn any_number_of_threads_gives_the_same_network() {
    let learned =
        || transformer(&loops(40, 9), 9, &TransformerSettings { steps: 15, ..settings() }, |_, _| Ok(())).unwrap();
    assert_eq!(on_threads(1, learned), on_threads(3, learned));
}

#[test]
fn the_loss_falls_and_the_caller_may_cancel() {
    let mut losses = Vec::new();
    let cancelled = transformer(&loops(40, 9), 9, &settings(), |report, loss| {
        losses.push(loss);
        if report == 10 { Err(Cancelled) } else { Ok(()) }
    });
    assert!(matches!(cancelled, Err(TransformerError::Cancelled(_))));
    assert!(losses.len() == 10 && losses[9] < 0.7 * losses[0], "{losses:?}");
}

#[test]
fn rare_items_beyond_the_most_are_left_out() {
    let settings = TransformerSettings { max_items: 5, steps: 1, ..settings() };
    let learned = transformer(&loops(40, 9), 9, &settings, |_, _| Ok(())).unwrap();
    assert_eq!(learned.items.n_rows(), 5);
}
