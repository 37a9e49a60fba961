//! iALS: implicit alternating least squares with frequency-scaled regularisation.
//!
//! Loss (Hu, Koren and Volinsky 2008, in the form of Rendle, Krichene, Zhang and Koren 2021, arXiv 2110.14037):
//!
//! ```text
//! sum over observed (u,i) c (1 - s)^2 + alpha0 * sum over all (u,i) s^2
//!     + sum over u reg * (#u + alpha0 * n_items)^nu * |x_u|^2 + sum over i reg * (#i + alpha0 * n_users)^nu * |y_i|^2
//! where s = x_u . y_i
//! ```
//!
//! With one side fixed, each row of the other is a least-squares problem of its own:
//! `(alpha0 YtY + sum c y yT + reg_u I) x = sum c y`. There are three ways to solve it ([`Solver`]): exactly by Cholesky,
//! `O(n_u d^2 + d^3)`; nearly, by a few steps of conjugate gradients from the row's last value (Takács, Pilászy and
//! Tikk 2011), `O(steps (n_u d + d^2))`: several times as fast, with ranking figures within the noise of the exact ones;
//! or by blocks of factors (iALS++, arXiv 2110.14044), `O(n_u d block + d^2 + d block^2)`.
//!
//! `c` is 1, or comes from ratings or counts ([`Confidence`](foldin_data::Confidence)). Its mean is stored with the
//! factors, and is the weight of a visitor's events when they are folded in. `#u` counts likes, whatever they weigh.
//!
//! Rows are independent of each other, and every sum runs in an order that does not depend on the number of threads:
//! the same bytes at any number of them. Processors with other registers (AVX2, NEON) round differently.

mod cg;
mod exact;
mod iteration;
mod row;
mod settings;
pub(super) mod simd;
mod subspace;

use foldin_core::model::LossWeights;
use foldin_data::interactions::Interactions;
use ndarray::Array2;
use pulp::{Arch, Simd, WithSimd};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Normal};
use sprs::CsMatViewI;

pub use self::iteration::Iteration;
use self::row::{Held, Row};
pub use self::settings::{AlsSettings, InvalidSetting, Solver};
use self::simd::{LANES, TILE, add_outer};
use crate::cancel::Cancelled;
use crate::parallel::{for_chunks_mut, map_chunks};

/// A regularisation that suits a matrix of this size: `0.37 (n_users n_items)^-0.3`.
///
/// The best value falls as matrices grow, from about 0.05 at 40 users of 20 items to 0.002 at 1,900 users of 17,600
/// items (lastfm-2k); this is the line through them. With it and the default `alpha0`, NDCG@10 on the validation part
/// of `strong` is 0 to 7 % below the best of a grid over both: lastfm-2k 0, ml-1m 3, ml-100k 5, ml-latest-small 7 %. A
/// value that suits large data lets small data be learned by heart.
pub fn reg_for(n_users: usize, n_items: usize) -> f32 {
    0.37 * ((n_users * n_items).max(1) as f32).powf(-0.3)
}

/// What was learned: one row of factors a user and an item.
#[derive(Debug, Clone)]
pub struct AlsFactors {
    /// `n_users` by `factors`.
    pub users: Array2<f32>,
    /// `n_items` by `factors`; zeros for an item without likes.
    pub items: Array2<f32>,
    /// The weights of the loss that they were learned with.
    pub weights: LossWeights,
}

/// Learns factors from likes; `progress` is called after each iteration, and may ask for its [loss](Iteration::loss) or
/// cancel.
///
/// A value of `likes` is the weight of that like. It takes room for the likes once more, ordered by item, and for the
/// factors.
///
/// # Errors
/// [`Cancelled`], as `progress` says.
///
/// # Panics
/// If `factors` is 0.
pub fn als(
    likes: &Interactions,
    settings: &AlsSettings,
    progress: impl FnMut(Iteration) -> Result<(), Cancelled>,
) -> Result<AlsFactors, Cancelled> {
    als_from(likes, &[], settings, progress)
}

/// As [`als`], starting from earlier item factors: `factors` values an item, of the first items or of all. Items without, or
/// with zeros, start at random. Fewer iterations lead to the same loss.
///
/// # Errors
/// [`Cancelled`], as `progress` says.
///
/// # Panics
/// If `factors` is 0, or there are more values than items have.
pub fn als_from(
    likes: &Interactions,
    start: &[f32],
    settings: &AlsSettings,
    mut progress: impl FnMut(Iteration) -> Result<(), Cancelled>,
) -> Result<AlsFactors, Cancelled> {
    assert!(settings.factors > 0, "at least one factor");
    assert!(start.len() <= likes.cols() * settings.factors, "there are more factors than items");
    let by_user = likes.view();
    let by_item = likes.transpose_view().to_csr();
    let d = settings.factors.next_multiple_of(LANES);
    let weights = LossWeights {
        alpha0: settings.alpha0,
        reg: settings.reg.unwrap_or_else(|| reg_for(likes.rows(), likes.cols())),
        nu: settings.nu,
        like_weight: mean_weight(likes),
    };
    let mut users = vec![0.0; likes.rows() * d];
    let mut items = random_rows(likes.cols(), d, settings);
    for (row, earlier) in items.chunks_exact_mut(d).zip(start.chunks_exact(settings.factors)) {
        if earlier.iter().any(|value| *value != 0.0) {
            row[..settings.factors].copy_from_slice(earlier);
        }
    }
    for number in 1..=settings.iterations {
        solve_side(by_user, &items, &mut users, d, weights, settings.solver);
        solve_side(by_item.view(), &users, &mut items, d, weights, settings.solver);
        let (users, items) = (&users, &items);
        progress(Iteration { number, by_user, by_item: by_item.view(), users, items, d, weights })?;
    }
    let (users, items) = (without_padding(users, d, settings), without_padding(items, d, settings));
    Ok(AlsFactors { users, items, weights })
}

/// What a like counts on average; 1 without likes.
fn mean_weight(likes: &Interactions) -> f32 {
    let sum: f64 = likes.data().iter().copied().map(f64::from).sum();
    if likes.nnz() == 0 { 1.0 } else { (sum / likes.nnz() as f64) as f32 }
}

/// Rows from a normal distribution with standard deviation `0.1 / sqrt(factors)`, as in the paper, padded with zeros
/// to `d` values. Zeros stay zeros: nothing observed moves them.
fn random_rows(n_rows: usize, d: usize, settings: &AlsSettings) -> Vec<f32> {
    let mut rng = ChaCha8Rng::seed_from_u64(settings.seed);
    let normal = Normal::new(0.0, 0.1 / (settings.factors as f32).sqrt()).expect("the deviation is finite");
    let mut rows = vec![0.0; n_rows * d];
    for row in rows.chunks_exact_mut(d) {
        row[..settings.factors].fill_with(|| normal.sample(&mut rng));
    }
    rows
}

/// Moves rows together, in place.
fn without_padding(mut rows: Vec<f32>, d: usize, settings: &AlsSettings) -> Array2<f32> {
    let (n_rows, factors) = (rows.len() / d, settings.factors);
    for row in 1..n_rows {
        rows.copy_within(row * d..row * d + factors, row * factors);
    }
    rows.truncate(n_rows * factors);
    Array2::from_shape_vec((n_rows, factors), rows).expect("every row has as many values as there are factors")
}

/// Solves every row of `solved` with the rows of `fixed` held.
fn solve_side(
    observed: CsMatViewI<f32, u32, usize>,
    fixed: &[f32],
    solved: &mut [f32],
    d: usize,
    weights: LossWeights,
    solver: Solver,
) {
    let arch = Arch::new();
    let gram = gram(arch, fixed, d, weights.alpha0);
    let held = Held { rows: fixed, gram: &gram, d };
    // Few rows at a time, since rows differ in length by orders of magnitude.
    const ROWS: usize = 8 * TILE;
    for_chunks_mut(solved, ROWS * d, Workspace::default, |workspace, chunk, solved| {
        arch.dispatch(SolveRows { observed, held, first: chunk * ROWS, solved, workspace, weights, solver });
    });
}

/// What solving rows writes to, one a thread.
#[derive(Default)]
struct Workspace {
    exact: exact::Workspace,
    cg: cg::Workspace,
    subspace: subspace::Workspace,
}

/// The work of a few rows, compiled for the registers that the processor has.
struct SolveRows<'a> {
    observed: CsMatViewI<'a, f32, u32, usize>,
    held: Held<'a>,
    /// Number of the first row.
    first: usize,
    solved: &'a mut [f32],
    workspace: &'a mut Workspace,
    weights: LossWeights,
    solver: Solver,
}

impl<'a> SolveRows<'a> {
    fn row(&self, n: usize) -> Row<'a> {
        let indptr = self.observed.indptr();
        let range = indptr.raw_storage()[n]..indptr.raw_storage()[n + 1];
        let reg = self.weights.row_reg(range.len(), self.observed.cols());
        // The view's own methods would borrow from self.
        let (_, indices, data) = self.observed.into_raw_storage();
        Row { columns: &indices[range.clone()], weights: &data[range], reg }
    }
}

impl WithSimd for SolveRows<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let held = self.held;
        let rows: Vec<Row> = (0..self.solved.len() / held.d).map(|n| self.row(self.first + n)).collect();
        let Workspace { exact, cg, subspace } = self.workspace;
        match self.solver {
            Solver::Cholesky => {
                for (row, x) in rows.iter().zip(self.solved.chunks_exact_mut(held.d)) {
                    exact::solve(simd, held, row, x, exact);
                }
            }
            Solver::ConjugateGradients { steps } => {
                for (rows, x) in rows.chunks(TILE).zip(self.solved.chunks_mut(TILE * held.d)) {
                    cg::descend(simd, held, rows, x, steps, cg);
                }
            }
            Solver::Subspace { block } => {
                let block = block.next_multiple_of(LANES);
                for (row, x) in rows.iter().zip(self.solved.chunks_exact_mut(held.d)) {
                    subspace::sweep(simd, held, row, x, block, subspace);
                }
            }
        }
        // Without events the loss is smallest at 0, whatever the way there.
        for (row, x) in rows.iter().zip(self.solved.chunks_exact_mut(held.d)) {
            if row.columns.is_empty() {
                x.fill(0.0);
            }
        }
    }
}

/// `alpha0 * YtY`, summed in blocks of rows that do not depend on the number of threads.
fn gram(arch: Arch, rows: &[f32], d: usize, alpha0: f32) -> Vec<f32> {
    const ROWS: usize = 512;
    let blocks = map_chunks(rows, ROWS * d, |_, rows| arch.dispatch(SumOuter { rows, d }));
    let mut gram = vec![0.0; d * d];
    for block in blocks {
        gram.iter_mut().zip(block).for_each(|(gram, block)| *gram += alpha0 * block);
    }
    // Only the lower triangle was summed.
    for n in 0..d {
        for m in n + 1..d {
            gram[n * d + m] = gram[m * d + n];
        }
    }
    gram
}

/// The lower triangle of the sum of `y yT` over a block of rows.
struct SumOuter<'a> {
    rows: &'a [f32],
    d: usize,
}

impl WithSimd for SumOuter<'_> {
    type Output = Vec<f32>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Vec<f32> {
        // As many rows at a time as stay in the nearest cache while every tile of the sum goes over them.
        const ROWS: usize = 64;
        let mut sum = vec![0.0; self.d * self.d];
        for rows in self.rows.chunks(ROWS * self.d) {
            add_outer(simd, &mut sum, rows, self.d);
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parallel::on_threads;
    use foldin_data::interactions::liked;
    use foldin_data::{Confidence, Events};
    use foldin_fixtures::events;

    fn likes(pairs: impl Iterator<Item = (u32, u32)>, n_users: usize, n_items: usize) -> Interactions {
        let rows: Vec<_> = pairs.zip(0..).map(|((user, item), n)| (user, item, (n % 5 + 1) as f32, 0)).collect();
        let events = Events { times: Vec::new(), ..events(&rows) };
        liked(&events, None, Confidence::Linear { alpha: 0.5 }, n_users, n_items)
    }

    /// Likes of different weights; item 5 has none.
    fn small() -> Interactions {
        let users = [0, 0, 0, 1, 1, 2, 2, 2, 3, 4, 4];
        let items = [0, 1, 2, 0, 3, 1, 2, 3, 4, 0, 4];
        likes(users.into_iter().zip(items), 5, 6)
    }

    /// More likes a row than are gathered at a time.
    fn larger() -> Interactions {
        likes((0..9000_u32).map(|n| (n * 7919 % 300, (n * n + n / 7) % 170)), 300, 170)
    }

    fn settings(solver: Solver) -> AlsSettings {
        AlsSettings { factors: 3, iterations: 4, alpha0: 0.15, reg: Some(0.03), solver, seed: 7, ..Default::default() }
    }

    /// The derivative of the loss by the row's vector, in f64: zero at the solution, whatever solved it.
    fn gradient(likes: &Interactions, learned: &AlsFactors, item: usize) -> Vec<f64> {
        let weights = learned.weights;
        let d = learned.items.ncols();
        let product = |user: usize| -> f64 {
            (0..d).map(|n| f64::from(learned.users[[user, n]]) * f64::from(learned.items[[item, n]])).sum()
        };
        let mut gradient = vec![0.0; d];
        let mut n_events = 0;
        for user in 0..likes.rows() {
            let weight = likes.get(user, item).copied();
            n_events += usize::from(weight.is_some());
            let score = product(user);
            let pull = f64::from(weights.alpha0) * score - weight.map_or(0.0, |c| f64::from(c) * (1.0 - score));
            (0..d).for_each(|n| gradient[n] += pull * f64::from(learned.users[[user, n]]));
        }
        let reg = f64::from(weights.row_reg(n_events, likes.rows()));
        (0..d).for_each(|n| gradient[n] += reg * f64::from(learned.items[[item, n]]));
        gradient
    }

    #[test]
    fn two_iterations_from_earlier_factors_reach_what_many_reach_from_random_ones() {
        let likes = small();
        let settings =
            |iterations| AlsSettings { factors: 3, iterations, solver: Solver::Cholesky, ..AlsSettings::default() };
        let loss_of = |start: &[f32], iterations| {
            let mut loss = 0.0;
            let progress = |iteration: Iteration| {
                loss = iteration.loss();
                Ok(())
            };
            let learned = als_from(&likes, start, &settings(iterations), progress).unwrap();
            (loss, learned)
        };
        let (converged, learned) = loss_of(&[], 200);
        let cold = loss_of(&[], 2).0;
        let start = learned.items.as_slice().unwrap();
        // The last item starts at random.
        let warm = loss_of(&start[..start.len() - 3], 2).0;
        assert!((warm - converged).abs() < 0.1 * (cold - converged), "{converged} {warm} {cold}");
        assert!((loss_of(start, 1).0 - converged).abs() < 1e-4 * converged);
    }

    #[test]
    fn the_exact_solver_ends_where_the_loss_is_flat() {
        let (likes, settings) = (small(), settings(Solver::Cholesky));
        let learned = als(&likes, &settings, |_| Ok(())).unwrap();
        for item in 0..5 {
            for slope in gradient(&likes, &learned, item) {
                assert!(slope.abs() < 1e-5, "item {item}: {slope}");
            }
        }
    }

    #[test]
    fn enough_steps_of_conjugate_gradients_give_the_exact_solution() {
        let exact = als(&small(), &settings(Solver::Cholesky), |_| Ok(())).unwrap();
        let near = als(&small(), &settings(Solver::ConjugateGradients { steps: 12 }), |_| Ok(())).unwrap();
        for (a, b) in exact.items.iter().zip(&near.items).chain(exact.users.iter().zip(&near.users)) {
            assert!((a - b).abs() < 1e-4, "{a} {b}");
        }
    }

    fn wide(solver: Solver, iterations: usize) -> AlsSettings {
        AlsSettings { factors: 40, iterations, reg: Some(0.01), ..settings(solver) }
    }

    #[test]
    fn a_subspace_of_all_factors_gives_the_exact_solution() {
        let exact = als(&larger(), &wide(Solver::Cholesky, 2), |_| Ok(())).unwrap();
        let near = als(&larger(), &wide(Solver::Subspace { block: 40 }, 2), |_| Ok(())).unwrap();
        for (a, b) in exact.items.iter().zip(&near.items).chain(exact.users.iter().zip(&near.users)) {
            assert!((a - b).abs() < 2e-3, "{a} {b}");
        }
    }

    /// After a sweep nothing is left to gain in the last block, and the steps in all blocks before must have been in
    /// its scores.
    #[test]
    fn after_its_last_subspace_the_loss_is_flat_in_it() {
        let likes = larger();
        let learned = als(&likes, &wide(Solver::Subspace { block: 16 }, 3), |_| Ok(())).unwrap();
        for item in 0..170 {
            let slopes = gradient(&likes, &learned, item);
            assert!(slopes[32..].iter().all(|slope| slope.abs() < 2e-3), "item {item}: {slopes:?}");
        }
        let early = als(&likes, &wide(Solver::Subspace { block: 16 }, 1), |_| Ok(())).unwrap();
        let slope = |learned| (0..170).flat_map(|item| gradient(&likes, learned, item)).map(f64::abs).sum::<f64>();
        assert!(slope(&learned) < slope(&early));
    }

    #[test]
    fn what_a_like_counts_on_average_goes_with_the_factors() {
        // Ratings 1 to 5, 1 to 5 and 1: the mean of 1 + r / 2 over 11 likes.
        let learned = als(&small(), &settings(Solver::CG), |_| Ok(())).unwrap();
        assert!((learned.weights.like_weight - (11.0 + 31.0 / 2.0) / 11.0).abs() < 1e-6);
    }

    #[test]
    fn an_item_without_likes_has_no_factors() {
        let learned = als(&small(), &settings(Solver::Cholesky), |_| Ok(())).unwrap();
        assert!(learned.items.row(5).iter().all(|&value| value == 0.0));
    }

    /// The loss as the paper writes it: over all pairs, one by one.
    fn naive_loss(likes: &Interactions, learned: &AlsFactors) -> f64 {
        let AlsFactors { users, items, weights } = learned;
        let mut loss = 0.0;
        for (user, x) in users.outer_iter().enumerate() {
            for (item, y) in items.outer_iter().enumerate() {
                let score: f64 = x.iter().zip(y).map(|(&a, &b)| f64::from(a) * f64::from(b)).sum();
                let c = likes.get(user, item).map_or(0.0, |&c| f64::from(c));
                loss += c * (1.0 - score).powi(2) + f64::from(weights.alpha0) * score.powi(2);
            }
        }
        for (rows, others, likes) in
            [(users, items.nrows(), likes.clone()), (items, users.nrows(), likes.transpose_view().to_csr())]
        {
            for (n, row) in rows.outer_iter().enumerate() {
                let n_likes = likes.outer_view(n).map_or(0, |row| row.nnz());
                let reg = f64::from(weights.row_reg(n_likes, others));
                loss += reg * row.iter().map(|&value| f64::from(value).powi(2)).sum::<f64>();
            }
        }
        loss
    }

    #[test]
    fn the_loss_is_that_of_all_pairs_one_by_one() {
        for (likes, settings) in
            [(small(), settings(Solver::CG)), (larger(), AlsSettings { nu: 0.7, ..wide(Solver::CG, 2) })]
        {
            let mut last = 0.0;
            let learned = als(&likes, &settings, |iteration| {
                last = iteration.loss();
                Ok(())
            });
            let learned = learned.unwrap();
            let naive = naive_loss(&likes, &learned);
            assert!((last / naive - 1.0).abs() < 1e-12, "{last} {naive}");
        }
    }

    #[test]
    fn the_exact_solver_lowers_the_loss_in_every_iteration() {
        let mut curve = Vec::new();
        als(&larger(), &wide(Solver::Cholesky, 6), |iteration| {
            curve.push((iteration.number, iteration.loss()));
            Ok(())
        })
        .unwrap();
        assert_eq!(curve.iter().map(|point| point.0).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
        assert!(curve.windows(2).all(|pair| pair[1].1 < pair[0].1), "{curve:?}");
    }

    #[test]
    fn a_caller_can_cancel_after_any_iteration() {
        let mut n = 0;
        let cancelled = als(&small(), &settings(Solver::CG), |iteration| {
            n = iteration.number;
            if n == 2 { Err(Cancelled) } else { Ok(()) }
        });
        assert!(cancelled.is_err() && n == 2);
    }

    #[test]
    fn any_number_of_threads_gives_the_same_bits() {
        let learn = |n_threads: usize, solver: Solver| {
            let settings = AlsSettings { factors: 20, iterations: 3, ..settings(solver) };
            let mut losses = Vec::new();
            let learned = on_threads(n_threads, || {
                als(&larger(), &settings, |iteration| {
                    losses.push(iteration.loss().to_bits());
                    Ok(())
                })
            });
            (learned.unwrap(), losses)
        };
        for solver in [Solver::Cholesky, Solver::CG, Solver::Subspace { block: 16 }] {
            let ((one, losses), (three, others)) = (learn(1, solver), learn(3, solver));
            assert_eq!(losses, others);
            assert!(one.items.iter().zip(&three.items).all(|(a, b)| a.to_bits() == b.to_bits()));
            assert!(one.users.iter().zip(&three.users).all(|(a, b)| a.to_bits() == b.to_bits()));
        }
    }
}
