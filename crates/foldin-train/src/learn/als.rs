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
//! Every sum runs in a fixed order over fixed lanes, without fused multiply-add: the same bytes at any number of
//! threads, and with or without AVX2.

use std::fmt;

use foldin_core::{LossWeights, cholesky};
use ndarray::Array2;
use pulp::Arch;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Normal};
use rayon::prelude::*;
use sprs::CsMatViewI;

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
            Solver::ConjugateGradients { steps } => write!(f, "cg, {steps} steps"),
        }
    }
}

/// Settings of the learner.
#[derive(Debug, Clone, PartialEq)]
pub struct AlsSettings {
    /// Number of factors, 1 to [`MAX_COLS`](foldin_core::MAX_COLS).
    pub factors: usize,
    /// How often both sides are solved.
    pub iterations: usize,
    /// Weights of the loss.
    pub weights: LossWeights,
    /// How rows are solved.
    pub solver: Solver,
    /// Seed of the random start.
    pub seed: u64,
}

impl Default for AlsSettings {
    /// Chosen on the validation part of `strong` on ml-1m, ml-latest-small, ml-100k and lastfm-2k: within 3 % of the
    /// best NDCG@10 of a grid over `alpha0` and `reg` on each of them.
    fn default() -> Self {
        AlsSettings {
            factors: 64,
            iterations: 15,
            weights: LossWeights { alpha0: 0.4, reg: 0.003, nu: 1.0 },
            solver: Solver::ConjugateGradients { steps: 3 },
            seed: 42,
        }
    }
}

/// What was learned: one row of factors a user and an item.
#[derive(Debug, Clone)]
pub struct AlsFactors {
    /// `n_users` by `factors`.
    pub users: Array2<f32>,
    /// `n_items` by `factors`; zeros for an item without likes.
    pub items: Array2<f32>,
}

/// Learns factors from likes; `progress` is called after each iteration with its number, from 1.
///
/// # Panics
/// If `factors` is 0.
pub fn als(likes: &Interactions, settings: &AlsSettings, mut progress: impl FnMut(usize)) -> AlsFactors {
    let AlsSettings { factors, .. } = *settings;
    assert!(factors > 0, "at least one factor");
    let by_user = likes.view();
    let by_item = likes.transpose_view().to_csr();
    let mut users = Array2::zeros((likes.rows(), factors));
    let mut items = random_rows(likes.cols(), settings);
    for iteration in 1..=settings.iterations {
        solve_side(by_user, &items, &mut users, settings);
        solve_side(by_item.view(), &users, &mut items, settings);
        progress(iteration);
    }
    AlsFactors { users, items }
}

/// Rows from a normal distribution with standard deviation `0.1 / sqrt(d)`, as in the paper.
fn random_rows(n_rows: usize, settings: &AlsSettings) -> Array2<f32> {
    let mut rng = ChaCha8Rng::seed_from_u64(settings.seed);
    let normal = Normal::new(0.0, 0.1 / (settings.factors as f32).sqrt()).expect("the deviation is finite");
    Array2::from_shape_simple_fn((n_rows, settings.factors), || normal.sample(&mut rng))
}

/// Solves every row of `solved` with the rows of `fixed` held.
fn solve_side(
    observed: CsMatViewI<f32, u32, usize>,
    fixed: &Array2<f32>,
    solved: &mut Array2<f32>,
    settings: &AlsSettings,
) {
    let d = settings.factors;
    let arch = Arch::new();
    let fixed = fixed.as_slice().expect("rows lie one behind the other");
    let gram = gram(arch, fixed, d, settings.weights.alpha0);
    let solved = solved.as_slice_mut().expect("rows lie one behind the other");
    let indptr = observed.indptr();
    let starts = indptr.raw_storage();
    // Few rows at a time, since rows differ in length by orders of magnitude.
    const ROWS: usize = 32;
    solved.par_chunks_mut(ROWS * d).enumerate().for_each_init(
        || Workspace::new(d),
        |workspace, (chunk, solved)| {
            arch.dispatch(|| {
                for (n, x) in solved.chunks_exact_mut(d).enumerate() {
                    let row = chunk * ROWS + n;
                    let range = starts[row]..starts[row + 1];
                    let events = Row {
                        columns: &observed.indices()[range.clone()],
                        weights: &observed.data()[range],
                        fixed,
                        gram: &gram,
                        reg: settings.weights.row_reg(starts[row + 1] - starts[row], observed.cols()),
                    };
                    match (events.columns.len(), settings.solver) {
                        (0, _) => x.fill(0.0),
                        (_, Solver::Cholesky) => solve_exactly(&events, x, workspace),
                        (_, Solver::ConjugateGradients { steps }) => descend(&events, x, steps, workspace),
                    }
                }
            });
        },
    );
}

/// One row's problem: `(gram + sum c y yT + reg I) x = sum c y`.
struct Row<'a> {
    columns: &'a [u32],
    weights: &'a [f32],
    fixed: &'a [f32],
    gram: &'a [f32],
    reg: f32,
}

/// What solving a row needs to write to: made once a thread and task.
struct Workspace {
    residual: Vec<f32>,
    direction: Vec<f32>,
    product: Vec<f32>,
    matrix: Vec<f32>,
}

impl Workspace {
    fn new(d: usize) -> Self {
        let zeros = || vec![0.0; d];
        Workspace { residual: zeros(), direction: zeros(), product: zeros(), matrix: vec![0.0; d * d] }
    }
}

impl Row<'_> {
    #[inline(always)]
    fn events(&self, d: usize) -> impl Iterator<Item = (&[f32], f32)> {
        let vector = move |&column: &u32| &self.fixed[column as usize * d..][..d];
        self.columns.iter().map(vector).zip(self.weights.iter().copied())
    }
}

#[inline(always)]
fn solve_exactly(row: &Row, x: &mut [f32], workspace: &mut Workspace) {
    let d = x.len();
    let a = &mut workspace.matrix;
    a.copy_from_slice(row.gram);
    x.fill(0.0);
    for (y, weight) in row.events(d) {
        for (n, a) in a.chunks_exact_mut(d).enumerate() {
            add_scaled(&mut a[..=n], weight * y[n], &y[..=n]);
        }
        add_scaled(x, weight, y);
    }
    for n in 0..d {
        a[n * d + n] += row.reg;
    }
    cholesky::factorise(a, d);
    cholesky::solve(a, d, x);
}

/// Conjugate gradients (Hestenes and Stiefel 1952) from where `x` is.
#[inline(always)]
fn descend(row: &Row, x: &mut [f32], steps: usize, workspace: &mut Workspace) {
    let d = x.len();
    let Workspace { residual, direction, product, .. } = workspace;
    // r = b - A x, where b and the observed part of A x are summed in one pass.
    for (n, r) in residual.iter_mut().enumerate() {
        *r = -(dot(&row.gram[n * d..][..d], x) + row.reg * x[n]);
    }
    for (y, weight) in row.events(d) {
        add_scaled(residual, weight * (1.0 - dot(y, x)), y);
    }
    direction.copy_from_slice(residual);
    let mut energy = dot(residual, residual);
    for _ in 0..steps {
        if energy < 1e-20 {
            return;
        }
        for (n, product) in product.iter_mut().enumerate() {
            *product = dot(&row.gram[n * d..][..d], direction) + row.reg * direction[n];
        }
        for (y, weight) in row.events(d) {
            add_scaled(product, weight * dot(y, direction), y);
        }
        let step = energy / dot(direction, product);
        add_scaled(x, step, direction);
        add_scaled(residual, -step, product);
        let before = std::mem::replace(&mut energy, dot(residual, residual));
        let keep = energy / before;
        for (p, r) in direction.iter_mut().zip(residual.iter()) {
            *p = r + keep * *p;
        }
    }
}

/// `alpha0 * YtY`, all of it, summed in blocks of rows that do not depend on the number of threads.
fn gram(arch: Arch, rows: &[f32], d: usize, alpha0: f32) -> Vec<f32> {
    const ROWS: usize = 1024;
    let blocks: Vec<Vec<f32>> = rows
        .par_chunks(ROWS * d)
        .map(|rows| {
            let mut sum = vec![0.0; d * d];
            arch.dispatch(|| {
                for y in rows.chunks_exact(d) {
                    for (n, sum) in sum.chunks_exact_mut(d).enumerate() {
                        add_scaled(sum, y[n], y);
                    }
                }
            });
            sum
        })
        .collect();
    let mut gram = vec![0.0; d * d];
    blocks.iter().for_each(|block| add_scaled(&mut gram, alpha0, block));
    gram
}

/// A dot product in 16 lanes, added up in a fixed order.
#[inline(always)]
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let (a16, a_rest) = a.as_chunks::<16>();
    let (b16, b_rest) = b.as_chunks::<16>();
    let mut lanes = [0.0_f32; 16];
    for (a, b) in a16.iter().zip(b16) {
        for n in 0..16 {
            lanes[n] += a[n] * b[n];
        }
    }
    let mut width = 8;
    while width > 0 {
        for n in 0..width {
            lanes[n] += lanes[n + width];
        }
        width /= 2;
    }
    a_rest.iter().zip(b_rest).fold(lanes[0], |sum, (a, b)| sum + a * b)
}

/// `sum += scale * vector`.
#[inline(always)]
fn add_scaled(sum: &mut [f32], scale: f32, vector: &[f32]) {
    for (sum, value) in sum.iter_mut().zip(vector) {
        *sum += scale * value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::Events;
    use crate::interactions::likes;

    fn small() -> Interactions {
        let users = vec![0, 0, 0, 1, 1, 2, 2, 2, 3, 4, 4];
        let items = vec![0, 1, 2, 0, 3, 1, 2, 3, 4, 0, 4];
        let ratings = vec![1.0; users.len()];
        likes(&Events { users, items, ratings, times: Vec::new() }, 5, 6, 1.0)
    }

    fn settings(solver: Solver) -> AlsSettings {
        let weights = LossWeights { alpha0: 0.15, reg: 0.03, nu: 1.0 };
        AlsSettings { factors: 3, iterations: 4, weights, solver, seed: 7 }
    }

    /// The derivative of the loss by the row's vector, in f64: zero at the solution, whatever solved it.
    fn gradient(likes: &Interactions, learned: &AlsFactors, item: usize, weights: LossWeights) -> Vec<f64> {
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
            for slope in gradient(&likes, &learned, item, settings.weights) {
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
            let (users, items): (Vec<u32>, Vec<u32>) =
                (0..4000_u32).map(|n| (n * 7919 % 300, (n * n + n / 7) % 170)).unzip();
            let events = Events { ratings: vec![1.0; users.len()], users, items, times: Vec::new() };
            let likes = likes(&events, 300, 170, 1.0);
            pool.install(|| als(&likes, &AlsSettings { factors: 20, iterations: 3, ..settings(solver) }, |_| {}))
        };
        for solver in [Solver::Cholesky, Solver::ConjugateGradients { steps: 3 }] {
            let (one, three) = (learn(1, solver), learn(3, solver));
            assert!(one.items.iter().zip(&three.items).all(|(a, b)| a.to_bits() == b.to_bits()));
            assert!(one.users.iter().zip(&three.users).all(|(a, b)| a.to_bits() == b.to_bits()));
        }
    }
}
