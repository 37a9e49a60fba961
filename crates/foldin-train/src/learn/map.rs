//! The catalogue as a map: a place in the plane for every item, so that items liked by the same people lie together.
//!
//! The layout is that of UMAP (McInnes, Healy and Melville 2018, arXiv 1802.03426) with its default settings and `b = 1`:
//!
//! ```text
//! d(i,j) = 1 - cos(i,j)                                     among the k nearest neighbours j of i
//! p(j|i) = exp(-max(0, d(i,j) - rho_i) / sigma_i)           rho_i: the nearest; sigma_i: so that the sum is log2(k)
//! p(i,j) = p(j|i) + p(i|j) - p(j|i) p(i|j)
//! q(i,j) = 1 / (1 + a |y_i - y_j|^2)                        how near two items are on the map
//! minimise  sum over pairs  -p ln q - (1 - p) ln(1 - q)     by stochastic gradient descent, from the first two principal
//!                                                           components; the second part by random pairs
//! ```
//!
//! Vectors are the item factors; where a model has none, what items are about. Laid out are the most liked items, as
//! many as `items` says, and of those only the ones with `min-likes`: what one or two people have liked has hardly a taste
//! of its own, and would make an island of each of them. Every other item goes between the nearest of those, weighted by
//! `p`. One without factors is placed by what it is about, and one of which nothing is known stands in a row at the lower
//! edge.
//!
//! Then whatever all but coincides is pushed apart (`map/apart.rs`), so that every item can be seen and pointed at, and
//! all is fitted into the unit square with one scale for both axes. The middle 98 % of the items decide that scale; what
//! lies farther out is drawn towards the edge in its order, so that a few outliers do not squeeze the rest.
//!
//! Neighbours are found exactly, rows in parallel, and everything else is sequential: the same bits at any number of
//! threads. Cost: `O(n_items items d)` for neighbours, `O(epochs items neighbours)` for the layout.

mod apart;
mod layout;
mod nearest;
mod vectors;

use foldin_core::model::{ItemMap, Model};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use serde::{Deserialize, Serialize};

use self::apart::pushed_apart;
use self::layout::layout;
use self::nearest::{Near, fuzzy, graph, nearest};
use self::vectors::Vectors;

/// How many of the nearest an item that is not laid out is placed between: more would draw all to the middle.
const BETWEEN: usize = 3;
/// How far from there, in the units of the layout, in which near neighbours are 0.1 to 1 apart.
const ASIDE: f32 = 0.3;
/// So many items are laid out, however few have liked them: a small shop has a map too.
const LEAST: usize = 500;
/// The distance up to which items are pushed apart, beside the side of a square that each would have of the map. At 0.7
/// little is seen of where items lie densely; at 0.2 points cover each other.
const ROOM: f32 = 0.45;
/// The part of the unit square, at each side, for what lies beyond the middle 98 % of the items.
const MARGIN: f32 = 0.06;

/// Settings of the map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct MapSettings {
    /// Whether there is one.
    pub enabled: bool,
    /// How many neighbours of an item count.
    pub neighbours: usize,
    /// How often all pairs of neighbours are drawn together.
    pub epochs: usize,
    /// How many of the most liked items are laid out at most; the others are placed between them.
    pub items: usize,
    /// How many likes an item must have to be laid out.
    pub min_likes: u32,
    /// Start of the random numbers.
    pub seed: u64,
}

impl Default for MapSettings {
    fn default() -> Self {
        MapSettings { enabled: true, neighbours: 15, epochs: 400, items: 5000, min_likes: 5, seed: 1 }
    }
}

/// A place on the map.
type Point = [f32; 2];

/// The map of a model's catalogue; `None` where neither factors nor content tell items apart.
pub fn map(model: &Model, settings: &MapSettings) -> Option<ItemMap> {
    let factors = model.factors.as_ref().map(|factors| Vectors::of_factors(&factors.rows));
    let content = model.content.as_ref().map(|content| Vectors::of_content(content.rows()));
    let n_items = model.catalogue.len();
    let n_liked = model.catalogue.items().take_while(|&item| model.catalogue.likes(item) >= settings.min_likes).count();
    let n_tasted = if factors.is_some() { n_liked.max(LEAST) } else { n_items };
    let kinds: Vec<Vectors> = factors.into_iter().chain(content).collect();
    let first = kinds.first()?;
    let known = (0..first.n_rows().min(n_tasted)).filter(|&item| first.is_known(item));
    let laid_out: Vec<usize> = known.take(settings.items).collect();
    if laid_out.is_empty() {
        return None;
    }
    let mut rng = ChaCha8Rng::seed_from_u64(settings.seed);
    let vectors = first.rows(&laid_out);
    let graph = graph(&nearest(&vectors, &vectors, settings.neighbours, Near::Others));
    let points = layout(vectors.principal(), &graph, settings.epochs, &mut rng);
    let mut placed: Vec<(usize, Point)> = laid_out.iter().copied().zip(points.iter().copied()).collect();
    let mut is_placed = vec![false; n_items];
    laid_out.iter().for_each(|&item| is_placed[item] = true);
    for vectors in &kinds {
        let rest = |item: &usize| !is_placed[*item] && vectors.is_known(*item);
        let rest: Vec<usize> = (0..vectors.n_rows().min(n_items)).filter(rest).collect();
        let near = nearest(&vectors.rows(&rest), &vectors.rows(&laid_out), BETWEEN, Near::Alike);
        for (item, near) in rest.into_iter().zip(near).filter(|(_, near)| !near.is_empty()) {
            placed.push((item, between(&near, &points, &mut rng)));
            is_placed[item] = true;
        }
    }
    Some(ItemMap::new(&whole(&placed, &is_placed)))
}

/// The mean of the places of the nearest, and a little aside, since many items can have the same nearest.
fn between(near: &[(u32, f32)], points: &[Point], rng: &mut ChaCha8Rng) -> Point {
    let weights = fuzzy(near);
    let sum: f32 = weights.iter().sum();
    [0, 1].map(|axis| {
        let weighted = near.iter().zip(&weights).map(|(&(other, _), weight)| weight * points[other as usize][axis]);
        let aside: f32 = StandardNormal.sample(rng);
        weighted.sum::<f32>() / sum + ASIDE * aside
    })
}

/// The places of all items, in their order and in the unit square; those that have none stand in a row at its lower edge.
fn whole(placed: &[(usize, Point)], is_placed: &[bool]) -> Vec<Point> {
    let mut points: Vec<Point> = placed.iter().map(|(_, point)| *point).collect();
    let extent = 2.0 * half_extent(&middles(&points));
    let room = ROOM * extent / (points.len() as f32).sqrt();
    pushed_apart(&mut points, room);
    let middles = middles(&points);
    let half = half_extent(&middles).max(f32::MIN_POSITIVE);
    let mut places = vec![[0.5, 1.0]; is_placed.len()];
    let without: Vec<usize> = (0..is_placed.len()).filter(|&item| !is_placed[item]).collect();
    for (n, &item) in without.iter().enumerate() {
        places[item][0] = (n as f32 + 0.5) / without.len() as f32;
    }
    for ((item, _), point) in placed.iter().zip(points) {
        places[*item] = [0, 1]
            .map(|axis| 0.5 + (0.5 - MARGIN) * drawn_in((point[axis] - middles[axis].0) / half))
            .map(|value| value.clamp(0.0, 1.0));
    }
    places
}

fn half_extent(middles: &[(f32, f32); 2]) -> f32 {
    middles[0].1.max(middles[1].1)
}

/// The middle and half the extent of the middle 98 % of places, along each axis.
fn middles(points: &[Point]) -> [(f32, f32); 2] {
    [0, 1].map(|axis| {
        let mut values: Vec<f32> = points.iter().map(|point| point[axis]).collect();
        values.sort_unstable_by(f32::total_cmp);
        let beyond = values.len() / 100;
        let (low, high) = (values[beyond], values[values.len() - 1 - beyond]);
        ((low + high) / 2.0, (high - low) / 2.0)
    })
}

/// From -1 to 1 a value as it is; beyond, ever nearer to where the edge of the map is, and never there.
fn drawn_in(value: f32) -> f32 {
    let (beyond, room) = ((value.abs() - 1.0).max(0.0), MARGIN / (0.5 - MARGIN));
    value.clamp(-1.0, 1.0) + room * value.signum() * (beyond / (beyond + room))
}

#[cfg(test)]
mod tests;
