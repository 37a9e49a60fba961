//! Stochastic gradient descent on places: neighbours are drawn together, random others pushed apart.

use rand::Rng;
use rand_chacha::ChaCha8Rng;

use super::Point;

/// The `a` of the module's essay. UMAP's usual 1.6 draws neighbours to where points cover each other; with 0.5 the popular
/// items of ml-1m and ml-latest-small, which are neighbours of each other, no longer lie in a heap.
const A: f32 = 0.5;
/// The largest step along an axis.
const LARGEST_STEP: f32 = 4.0;
/// Random others that an item is pushed from each time it is drawn to a neighbour.
const PUSHES: usize = 5;
/// The extent of the start, as UMAP has it.
const START: f32 = 10.0;

/// Places of the nodes of a graph, from where they start.
pub(super) fn layout(start: Vec<Point>, graph: &[Vec<(u32, f32)>], epochs: usize, rng: &mut ChaCha8Rng) -> Vec<Point> {
    let mut points = spread(start, rng);
    let edges = graph.iter().enumerate();
    let edges: Vec<(usize, usize, f32)> =
        edges.flat_map(|(from, row)| row.iter().map(move |&(to, weight)| (from, to as usize, weight))).collect();
    let most = edges.iter().map(|edge| edge.2).fold(0.0, f32::max);
    // An edge of the highest weight is walked in every epoch, others as often as their share of it.
    let mut walked: Vec<f32> = vec![0.0; edges.len()];
    for epoch in 0..epochs {
        let rate = 1.0 - epoch as f32 / epochs as f32;
        for ((from, to, weight), walked) in edges.iter().zip(&mut walked) {
            *walked += weight / most;
            if *walked < 1.0 {
                continue;
            }
            *walked -= 1.0;
            let step = attraction(points[*from], points[*to]).map(|step| rate * step);
            points[*from] = plus(points[*from], step);
            points[*to] = plus(points[*to], step.map(|step| -step));
            for _ in 0..PUSHES {
                let other = rng.random_range(0..points.len());
                if other != *from {
                    let step = repulsion(points[*from], points[other]).map(|step| rate * step);
                    points[*from] = plus(points[*from], step);
                }
            }
        }
    }
    points
}

/// The start at the extent that the steps are made for, with a little noise, so that no two nodes are in one place.
fn spread(start: Vec<Point>, rng: &mut ChaCha8Rng) -> Vec<Point> {
    let extent = start.iter().flatten().fold(0.0_f32, |extent, value| extent.max(value.abs()));
    let scale = if extent > 0.0 { START / extent } else { 0.0 };
    let mut place = |point: Point| point.map(|value| value * scale + rng.random_range(-1e-2..1e-2));
    start.into_iter().map(&mut place).collect()
}

/// `grad ln q = -2 a (y_i - y_j) / (1 + a d^2)`
fn attraction(from: Point, to: Point) -> Point {
    step(from, to, |square| -2.0 * A / (1.0 + A * square))
}

/// `grad ln(1 - q) = 2 (y_i - y_j) / (d^2 (1 + a d^2))`, bounded where both are in one place.
fn repulsion(from: Point, to: Point) -> Point {
    step(from, to, |square| 2.0 / ((1e-3 + square) * (1.0 + A * square)))
}

fn step(from: Point, to: Point, strength: impl Fn(f32) -> f32) -> Point {
    let apart = [from[0] - to[0], from[1] - to[1]];
    let strength = strength(apart[0] * apart[0] + apart[1] * apart[1]);
    apart.map(|along| (strength * along).clamp(-LARGEST_STEP, LARGEST_STEP))
}

fn plus(point: Point, step: Point) -> Point {
    [point[0] + step[0], point[1] + step[1]]
}
