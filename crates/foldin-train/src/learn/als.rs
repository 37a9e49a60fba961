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
//! `(alpha0 YtY + sum c y yT + reg_u I) x = sum c y`. It is solved exactly by Cholesky, `O(n_u d^2 + d^3)`, or nearly so
//! by a few steps of conjugate gradients from the row's last value (Takács, Pilászy and Tikk 2011),
//! `O(steps (n_u d + d^2))`: at 64 factors several times as fast, with ranking figures within the noise of the exact
//! ones.
//!
//! Rows are independent of each other, and every sum runs in an order that does not depend on the number of threads:
//! the same bytes at any number of them. Processors with other registers (AVX2, NEON) round differently.

mod row;
pub(super) mod simd;

use std::fmt;

use foldin_core::LossWeights;
use ndarray::{Array2, ArrayView2, Axis, Slice};
use pulp::{Arch, Simd, WithSimd};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Normal};
use rayon::prelude::*;
use sprs::CsMatViewI;

use self::row::{Row, Workspace, descend, solve_exactly};
use self::simd::{LANES, add_scaled};
use crate::interactions::Interactions;

/// How a row's least-squares problem is solved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Solver {
    /// Exactly.
    Cholesky,
    /// By this many steps of conjugate gradients.
    ConjugateGradients {
        /// 3 is enough for ranking.
        steps: usize,
    },
}

impl fmt::Display for Solver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Solver::Cholesky => f.write_str("cholesky"),
            Solver::ConjugateGradients { .. } => f.write_str("cg"),
        }
    }
}

/// Settings of the learner.
///
/// The defaults were chosen on the validation part of `strong` on ml-1m, ml-latest-small, ml-100k and lastfm-2k.
#[derive(Debug, Clone, PartialEq)]
pub struct AlsSettings {
    /// Number of factors, 1 to [`MAX_COLS`](foldin_core::MAX_COLS).
    pub factors: usize,
    /// How often both sides are solved.
    pub iterations: usize,
    /// Weight of the pull of every score towards 0.
    pub alpha0: f32,
    /// Strength of the regularisation; `None`: [`reg_for`] the size of the data.
    pub reg: Option<f32>,
    /// How the regularisation grows with the number of events of a row.
    pub nu: f32,
    /// How rows are solved.
    pub solver: Solver,
    /// Seed of the random start.
    pub seed: u64,
}

impl Default for AlsSettings {
    fn default() -> Self {
        AlsSettings {
            factors: 64,
            iterations: 15,
            alpha0: 0.4,
            reg: None,
            nu: 1.0,
            solver: Solver::ConjugateGradients { steps: 3 },
            seed: 42,
        }
    }
}

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

/// Learns factors from likes; `progress` is called after each iteration with its number, from 1.
///
/// # Panics
/// If `factors` is 0.
pub fn als(likes: &Interactions, settings: &AlsSettings, mut progress: impl FnMut(usize)) -> AlsFactors {
    assert!(settings.factors > 0, "at least one factor");
    let by_user = likes.view();
    let by_item = likes.transpose_view().to_csr();
    let d = settings.factors.next_multiple_of(LANES);
    let reg = settings.reg.unwrap_or_else(|| reg_for(likes.rows(), likes.cols()));
    let weights = LossWeights { alpha0: settings.alpha0, reg, nu: settings.nu };
    let mut users = vec![0.0; likes.rows() * d];
    let mut items = random_rows(likes.cols(), d, settings);
    for iteration in 1..=settings.iterations {
        solve_side(by_user, &items, &mut users, d, weights, settings.solver);
        solve_side(by_item.view(), &users, &mut items, d, weights, settings.solver);
        progress(iteration);
    }
    AlsFactors { users: without_padding(&users, d, settings), items: without_padding(&items, d, settings), weights }
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

fn without_padding(rows: &[f32], d: usize, settings: &AlsSettings) -> Array2<f32> {
    let rows = ArrayView2::from_shape((rows.len() / d, d), rows).expect("rows have d values each");
    rows.slice_axis(Axis(1), Slice::from(..settings.factors)).to_owned()
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
    // Few rows at a time, since rows differ in length by orders of magnitude.
    const ROWS: usize = 32;
    solved.par_chunks_mut(ROWS * d).enumerate().for_each_init(
        || Workspace::new(d),
        |workspace, (chunk, solved)| {
            let first = chunk * ROWS;
            arch.dispatch(SolveRows { observed, fixed, gram: &gram, first, solved, d, workspace, weights, solver });
        },
    );
}

/// The work of a few rows, compiled for the registers that the processor has.
struct SolveRows<'a> {
    observed: CsMatViewI<'a, f32, u32, usize>,
    fixed: &'a [f32],
    gram: &'a [f32],
    /// Number of the first row.
    first: usize,
    solved: &'a mut [f32],
    d: usize,
    workspace: &'a mut Workspace,
    weights: LossWeights,
    solver: Solver,
}

impl WithSimd for SolveRows<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let indptr = self.observed.indptr();
        let starts = &indptr.raw_storage()[self.first..];
        for (n, x) in self.solved.chunks_exact_mut(self.d).enumerate() {
            let range = starts[n]..starts[n + 1];
            let row = Row {
                columns: &self.observed.indices()[range.clone()],
                weights: &self.observed.data()[range.clone()],
                fixed: self.fixed,
                gram: self.gram,
                reg: self.weights.row_reg(range.len(), self.observed.cols()),
            };
            match (range.len(), self.solver) {
                (0, _) => x.fill(0.0),
                (_, Solver::Cholesky) => solve_exactly(simd, &row, x, self.workspace),
                (_, Solver::ConjugateGradients { steps }) => descend(simd, &row, x, steps, self.workspace),
            }
        }
    }
}

/// `alpha0 * YtY`, summed in blocks of rows that do not depend on the number of threads.
fn gram(arch: Arch, rows: &[f32], d: usize, alpha0: f32) -> Vec<f32> {
    const ROWS: usize = 1024;
    let blocks: Vec<Vec<f32>> = rows.par_chunks(ROWS * d).map(|rows| arch.dispatch(SumOuter { rows, d })).collect();
    let mut gram = vec![0.0; d * d];
    for block in blocks {
        gram.iter_mut().zip(block).for_each(|(gram, block)| *gram += alpha0 * block);
    }
    gram
}

/// The sum of `y yT` over a block of rows.
struct SumOuter<'a> {
    rows: &'a [f32],
    d: usize,
}

impl WithSimd for SumOuter<'_> {
    type Output = Vec<f32>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Vec<f32> {
        let mut sum = vec![0.0; self.d * self.d];
        for y in self.rows.chunks_exact(self.d) {
            for (n, sum) in sum.chunks_exact_mut(self.d).enumerate() {
                add_scaled(simd, sum, y[n], y);
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interactions::interactions;

    fn small() -> Interactions {
        let users = [0, 0, 0, 1, 1, 2, 2, 2, 3, 4, 4];
        let items = [0, 1, 2, 0, 3, 1, 2, 3, 4, 0, 4];
        interactions(users.into_iter().zip(items).collect(), 5, 6)
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
            let observed = likes.get(user, item).is_some();
            n_events += usize::from(observed);
            let score = product(user);
            let pull = f64::from(weights.alpha0) * score - if observed { 1.0 - score } else { 0.0 };
            (0..d).for_each(|n| gradient[n] += pull * f64::from(learned.users[[user, n]]));
        }
        let reg = f64::from(weights.row_reg(n_events, likes.rows()));
        (0..d).for_each(|n| gradient[n] += reg * f64::from(learned.items[[item, n]]));
        gradient
    }

    #[test]
    fn the_exact_solver_ends_where_the_loss_is_flat() {
        let (likes, settings) = (small(), settings(Solver::Cholesky));
        let learned = als(&likes, &settings, |_| {});
        for item in 0..5 {
            for slope in gradient(&likes, &learned, item) {
                assert!(slope.abs() < 1e-5, "item {item}: {slope}");
            }
        }
    }

    #[test]
    fn enough_steps_of_conjugate_gradients_give_the_exact_solution() {
        let exact = als(&small(), &settings(Solver::Cholesky), |_| {});
        let near = als(&small(), &settings(Solver::ConjugateGradients { steps: 12 }), |_| {});
        for (a, b) in exact.items.iter().zip(&near.items).chain(exact.users.iter().zip(&near.users)) {
            assert!((a - b).abs() < 1e-4, "{a} {b}");
        }
    }

    #[test]
    fn an_item_without_likes_has_no_factors() {
        let learned = als(&small(), &settings(Solver::Cholesky), |_| {});
        assert!(learned.items.row(5).iter().all(|&value| value == 0.0));
    }

    #[test]
    fn any_number_of_threads_gives_the_same_bits() {
        let learn = |n_threads: usize, solver: Solver| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads).build().unwrap();
            let pairs = (0..4000_u32).map(|n| (n * 7919 % 300, (n * n + n / 7) % 170));
            let likes = interactions(pairs.collect(), 300, 170);
            pool.install(|| als(&likes, &AlsSettings { factors: 20, iterations: 3, ..settings(solver) }, |_| {}))
        };
        for solver in [Solver::Cholesky, Solver::ConjugateGradients { steps: 3 }] {
            let (one, three) = (learn(1, solver), learn(3, solver));
            assert!(one.items.iter().zip(&three.items).all(|(a, b)| a.to_bits() == b.to_bits()));
            assert!(one.users.iter().zip(&three.users).all(|(a, b)| a.to_bits() == b.to_bits()));
        }
    }
}
