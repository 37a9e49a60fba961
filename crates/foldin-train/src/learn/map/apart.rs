//! Room for every item: places that all but coincide are pushed apart, so that each can be seen and pointed at.

use std::collections::BTreeMap;

use super::Point;

/// How often all places are looked at.
const ROUNDS: usize = 40;

/// Moves places until hardly any two are nearer than `distance` to each other; what has room stays where it is.
///
/// Cost: `O(rounds n log n)` where few places share one square of that size.
pub(super) fn pushed_apart(points: &mut [Point], distance: f32) {
    if distance <= 0.0 {
        return;
    }
    for _ in 0..ROUNDS {
        let cell = |point: &Point| point.map(|value| (value / distance).floor() as i64);
        let mut cells: BTreeMap<[i64; 2], Vec<usize>> = BTreeMap::new();
        points.iter().enumerate().for_each(|(n, point)| cells.entry(cell(point)).or_default().push(n));
        let mut moves = vec![[0.0_f32; 2]; points.len()];
        let mut moved = false;
        for ([column, row], here) in &cells {
            let around = (-1..=1).flat_map(|right| (-1..=1).map(move |down| [column + right, row + down]));
            let near: Vec<usize> = around.filter_map(|cell| cells.get(&cell)).flatten().copied().collect();
            for &n in here {
                for &other in near.iter().filter(|&&other| other != n) {
                    let away = [points[n][0] - points[other][0], points[n][1] - points[other][1]];
                    let length = away[0].hypot(away[1]);
                    if length < distance && length > 0.0 {
                        let push = (distance - length) / (4.0 * length);
                        moves[n] = [moves[n][0] + push * away[0], moves[n][1] + push * away[1]];
                        moved = true;
                    }
                }
            }
        }
        if !moved {
            return;
        }
        let bounded = |value: f32| value.clamp(-distance, distance);
        points
            .iter_mut()
            .zip(moves)
            .for_each(|(point, step)| *point = [0, 1].map(|axis| point[axis] + bounded(step[axis])));
    }
}
