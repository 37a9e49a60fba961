//! Rating prediction: biased matrix factorisation by variational Bayes.
//!
//! Model (Koren, Bell and Volinsky 2009, with the priors of Salakhutdinov and Mnih 2008), for ratings that were
//! brought to mean 0 and deviation 1:
//!
//! ```text
//! r_ui = b_u + b_i + p_u . q_i + noise       noise ~ N(0, s2)
//! w_u = (p_u, b_u) ~ N(0, diag(1 / lambda))   w_i = (q_i, b_i) ~ N(0, diag(1 / gamma))
//! ```
//!
//! The posterior is taken as a product of one normal distribution a user and one an item (Lim and Teh 2007), here with
//! the bias in the vector. With items held, a user's is exact:
//!
//! ```text
//! V = (diag(lambda) + sum E[z zT] / s2)^-1     m = V sum E[(r - b_i) z] / s2     where z = (q_i, 1)
//! ```
//!
//! and the same the other way around. `E[z zT]` is the product of means plus the item's own covariance: what is known
//! little counts little. That is what plain alternating least squares lacks, and why those need a regularisation
//! searched for every data set. Here the noise and the precision of every column follow from the data itself (the
//! maximum of the bound, in closed form), columns that the data cannot feed are switched off by their own precision,
//! and there is nothing to tune: the same settings serve 100,000 ratings and a million.
//!
//! What a user's or an item's row gives to the other side (its moments) is `O(d^2)` numbers, made once a round; a
//! rating then costs one addition of them, so that a round costs `O(n_ratings d^2 / 2 + n_rows d^3)`. Rounds end when
//! the noise no longer moves. Rows are independent of each other and every sum runs in an order that does not depend
//! on the number of threads: the same bytes at any number of them.
//!
//! Small data rest on a plateau for some rounds before the columns find their directions: with an end
//! allowed from the fifth round on at a change of 1 %, RMSE on the validation parts of ml-100k was .917 instead of .909.
//! So rounds are at least `MIN_ITERATIONS`; a million ratings need hardly more.
//!
//! Deviations from the papers: full covariances between factors and bias, a zero prior mean, and for serving
//! one number of doubt an item instead of its covariance (see [`RatingModel`]).

mod moments;
mod row;

use foldin_core::linalg::{QuantisedRows, QuantisedValues};
use foldin_core::model::RatingModel;
use foldin_data::interactions::Interactions;
use ndarray::{Array2, ArrayView1, ArrayView2, Axis, Slice};
use pulp::{Arch, Simd, WithSimd};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Normal};
use serde::{Deserialize, Serialize};
use sprs::CsMatViewI;

use self::moments::Layout;
use self::row::{Sums, Workspace};
use crate::cancel::Cancelled;
use crate::parallel::map_chunks_of_both;

/// Settings of the learner. The defaults were chosen on validation parts of ml-100k, ml-1m, ml-latest-small and
/// movietweetings-100k, and serve them all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct RatingsSettings {
    /// Number of factors, 1 to [`MAX_COLS`](foldin_core::linalg::MAX_COLS). With the bias 16 fill whole registers.
    pub factors: usize,
    /// How often both sides are solved at most.
    pub iterations: usize,
    /// The change of the noise, as a share of it, below which learning ends.
    pub tolerance: f32,
    /// Seed of the random start.
    pub seed: u64,
}

impl Default for RatingsSettings {
    fn default() -> Self {
        RatingsSettings { factors: 15, iterations: 20, tolerance: 5e-3, seed: 42 }
    }
}

/// What was learned, in units of the deviation of the ratings.
#[derive(Debug, Clone)]
pub struct Learned {
    /// Means of the posteriors of users, `n_users` by `factors + 1`; the last column is the bias.
    pub users: Array2<f32>,
    /// The same of items.
    pub items: Array2<f32>,
    /// Variances of the posteriors of items, one a factor: `n_items` by `factors`.
    pub item_variances: Array2<f32>,
    /// Precisions of the users' prior, factors and bias.
    pub user_precisions: Vec<f32>,
    /// Precisions of the items' prior, factors and bias.
    pub item_precisions: Vec<f32>,
    /// `s2`.
    pub noise: f32,
    /// Rounds that were needed.
    pub iterations: usize,
    /// Mean, deviation, lowest and highest of the ratings.
    pub scale: Scale,
}

/// The scale of ratings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// Mean.
    pub mean: f32,
    /// Standard deviation; 1 where all ratings are equal.
    pub deviation: f32,
    /// The lowest rating and the highest.
    pub range: (f32, f32),
}

impl Scale {
    fn of(ratings: &[f32]) -> Self {
        let n = ratings.len().max(1) as f64;
        let mean = ratings.iter().map(|&r| f64::from(r)).sum::<f64>() / n;
        let variance = ratings.iter().map(|&r| (f64::from(r) - mean).powi(2)).sum::<f64>() / n;
        let (low, high) = ratings.iter().fold((f32::MAX, f32::MIN), |(low, high), &r| (low.min(r), high.max(r)));
        let deviation = if variance > 0.0 { variance.sqrt() as f32 } else { 1.0 };
        // Rounding to f32 may not lift the mean of equal ratings above them.
        Scale { mean: (mean as f32).clamp(low, high), deviation, range: (low, high) }
    }
}

/// Precision of the priors of factors before the first round is through: deviation 0.3, in units of the ratings'.
const FIRST_PRECISION: f32 = 10.0;
/// The same of biases.
const FIRST_BIAS_PRECISION: f32 = 4.0;
/// Precisions stay below this, where a column is as good as switched off.
const LARGEST_PRECISION: f32 = 1e4;
/// The noise stays above this: ratings that a model explains wholly are no ratings by people.
const SMALLEST_NOISE: f32 = 1e-3;
/// Learning goes on for at least as many rounds, since a standstill before may be a plateau.
const MIN_ITERATIONS: usize = 10;

/// Learns from ratings, users by items; `progress` is called after each round with its number, from 1, and may cancel.
///
/// # Errors
/// [`Cancelled`], as `progress` says.
///
/// # Panics
/// If `factors` is 0 or there is no rating.
pub fn ratings(
    observed: &Interactions,
    settings: &RatingsSettings,
    mut progress: impl FnMut(usize) -> Result<(), Cancelled>,
) -> Result<Learned, Cancelled> {
    assert!(settings.factors > 0, "at least one factor");
    assert!(observed.nnz() > 0, "at least one rating");
    let scale = Scale::of(observed.data());
    let by_user = observed.map(|r| (r - scale.mean) / scale.deviation);
    let by_item = by_user.transpose_view().to_csr();
    // A matrix has no more factors than rows or columns, and the work grows with the cube of their number.
    let n_factors = settings.factors.min(observed.rows()).min(observed.cols());
    let layout = Layout::new(n_factors);
    let mut users = Side::zeros(observed.rows(), layout);
    let mut items = Side::random(observed.cols(), layout, settings.seed);
    let mut noise = 1.0;
    let mut iterations = 0;
    while iterations < settings.iterations {
        iterations += 1;
        users.solve(&items, by_user.view(), noise);
        let unexplained = items.solve(&users, by_item.view(), noise);
        if iterations > 1 {
            users.learn_precisions(by_user.view());
            items.learn_precisions(by_item.view());
            let before = std::mem::replace(&mut noise, (unexplained / by_user.nnz() as f64) as f32);
            noise = noise.max(SMALLEST_NOISE);
            progress(iterations)?;
            if iterations >= MIN_ITERATIONS && (before - noise).abs() < settings.tolerance * noise {
                break;
            }
        } else {
            progress(iterations)?;
        }
    }
    Ok(Learned {
        item_variances: Array2::from_shape_fn((observed.cols(), n_factors), |(n, k)| items.variance(n, k)),
        users: users.means(),
        items: items.means(),
        user_precisions: users.precisions,
        item_precisions: items.precisions,
        noise,
        iterations,
        scale,
    })
}

impl Learned {
    /// What a model keeps of it: everything but the users, in stars.
    ///
    /// # Panics
    /// If there is no item.
    pub fn to_rating_model(&self) -> RatingModel {
        let n_factors = self.items.ncols() - 1;
        let Scale { mean, deviation, range } = self.scale;
        let biases: Vec<f32> = self.items.column(n_factors).iter().map(|bias| bias * deviation).collect();
        let rows: Vec<f32> =
            self.items.rows().into_iter().flat_map(|row| row.to_vec().into_iter().take(n_factors)).collect();
        let rows: Vec<f32> = rows.iter().map(|value| value * deviation).collect();
        let n_items = self.items.nrows();
        let variances: Vec<f32> = (0..n_factors)
            .map(|k| self.item_variances.column(k).iter().map(|&value| f64::from(value)).sum::<f64>() as f32)
            .map(|sum| sum / n_items as f32)
            .collect();
        let uncertainty = |row: ArrayView1<f32>| {
            row.iter().zip(&variances).map(|(value, mean)| value / mean).sum::<f32>() / n_factors as f32
        };
        let uncertainties: Vec<f32> = self.item_variances.rows().into_iter().map(uncertainty).collect();
        let noise = self.noise * deviation * deviation;
        let (factors, bias) = self.user_precisions.split_at(n_factors);
        // The bias is in stars: its precision is smaller by the square of the deviation.
        let regs = factors.iter().map(|precision| precision * noise).chain([bias[0] * self.noise]);
        RatingModel {
            mean,
            range,
            biases: QuantisedValues::quantise(&biases),
            rows: QuantisedRows::quantise(&rows, n_factors),
            uncertainties: QuantisedValues::quantise(&uncertainties),
            variances: variances.iter().map(|variance| variance * deviation * deviation).collect(),
            regs: regs.collect(),
        }
    }
}

/// Users or items: the posterior of each.
struct Side {
    layout: Layout,
    /// `n` by [`Layout::width`]: factors, bias, padding.
    means: Vec<f32>,
    /// `n` by [`Layout::length`]: what the other side needs of each.
    moments: Vec<f32>,
    /// Precisions of the prior, factors and bias.
    precisions: Vec<f32>,
}

impl Side {
    fn zeros(n: usize, layout: Layout) -> Self {
        let mut precisions = vec![FIRST_PRECISION; layout.size];
        precisions[layout.size - 1] = FIRST_BIAS_PRECISION;
        let (means, moments) = (vec![0.0; n * layout.width], vec![0.0; n * layout.length]);
        Side { layout, means, moments, precisions }
    }

    /// Factors of deviation 0.1, known for sure; biases 0.
    fn random(n: usize, layout: Layout, seed: u64) -> Self {
        let mut side = Side::zeros(n, layout);
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let normal = Normal::new(0.0, 0.1).expect("the deviation is finite");
        let nothing = vec![0.0; layout.size * layout.width];
        let rows = side.means.chunks_exact_mut(layout.width).zip(side.moments.chunks_exact_mut(layout.length));
        for (mean, moments) in rows {
            mean[..layout.size - 1].fill_with(|| normal.sample(&mut rng));
            layout.write(moments, mean, &nothing);
        }
        side
    }

    fn n_rows(&self) -> usize {
        self.means.len() / self.layout.width
    }

    fn means(&self) -> Array2<f32> {
        let width = self.layout.width;
        let means = ArrayView2::from_shape((self.n_rows(), width), &self.means).expect("rows are of one width");
        means.slice_axis(Axis(1), Slice::from(..self.layout.size)).to_owned()
    }

    /// Variance of a row's component.
    fn variance(&self, n: usize, k: usize) -> f32 {
        let mean = self.means[n * self.layout.width + k];
        (self.moments[n * self.layout.length + self.layout.square(k)] - mean * mean).max(0.0)
    }

    /// Solves every row with the other side held. Gives the expected sum of squared residuals.
    fn solve(&mut self, other: &Side, observed: CsMatViewI<f32, u32, usize>, noise: f32) -> f64 {
        // Few rows at a time, since rows differ in length by orders of magnitude.
        const ROWS: usize = 32;
        let Side { layout, means, moments, precisions } = self;
        let (layout, arch) = (*layout, Arch::new());
        let unexplained = map_chunks_of_both(
            (means, moments),
            (ROWS * layout.width, ROWS * layout.length),
            || Workspace::new(layout),
            |workspace, chunk, means, moments| {
                let first = chunk * ROWS;
                let (other, precisions) = (&other.moments, &precisions[..]);
                let rows = SolveRows { layout, observed, other, first, means, moments, precisions, noise, workspace };
                arch.dispatch(rows)
            },
        );
        unexplained.iter().sum()
    }

    /// Sets the prior of every column to what the rows with ratings turned out to be like.
    fn learn_precisions(&mut self, observed: CsMatViewI<f32, u32, usize>) {
        let indptr = observed.indptr();
        let rated: Vec<usize> = (0..self.n_rows()).filter(|&n| !indptr.outer_inds_sz(n).is_empty()).collect();
        for k in 0..self.layout.size {
            let square = self.layout.square(k);
            let sum: f64 = rated.iter().map(|&n| f64::from(self.moments[n * self.layout.length + square])).sum();
            self.precisions[k] = ((rated.len() as f64 / sum) as f32).min(LARGEST_PRECISION);
        }
    }
}

/// The work of a few rows, compiled for the registers that the processor has.
struct SolveRows<'a> {
    layout: Layout,
    observed: CsMatViewI<'a, f32, u32, usize>,
    /// Moments of the other side.
    other: &'a [f32],
    /// Number of the first row.
    first: usize,
    means: &'a mut [f32],
    moments: &'a mut [f32],
    precisions: &'a [f32],
    noise: f32,
    workspace: &'a mut Workspace,
}

impl WithSimd for SolveRows<'_> {
    type Output = f64;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> f64 {
        let indptr = self.observed.indptr();
        let starts = &indptr.raw_storage()[self.first..];
        let rows = self.means.chunks_exact_mut(self.layout.width);
        let mut unexplained = 0.0;
        for (n, (mean, moments)) in rows.zip(self.moments.chunks_exact_mut(self.layout.length)).enumerate() {
            let range = starts[n]..starts[n + 1];
            let (columns, ratings) = (&self.observed.indices()[range.clone()], &self.observed.data()[range]);
            let sums = Sums::of(simd, self.layout, columns, ratings, self.other, self.workspace);
            unexplained += sums.solve(simd, self.layout, self.precisions, self.noise, mean, moments, self.workspace);
        }
        unexplained
    }
}

#[cfg(test)]
mod tests;
