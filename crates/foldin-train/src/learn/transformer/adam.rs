//! Adam (Kingma and Ba 2015, arXiv 1412.6980), with a rate that rises and falls.

use crate::parallel::for_chunks_mut;

/// Decay of the mean of gradients, and of the mean of their squares.
const FIRST: f32 = 0.9;
const SECOND: f32 = 0.98;

/// The part of the steps over which the rate rises, and the part of it that is left at the end.
const WARM: f32 = 0.05;
const LAST: f32 = 0.02;

/// So many values are worked on at a time.
const CHUNK: usize = 1 << 14;

/// A value with the means of its gradients.
#[derive(Clone, Copy, Default)]
struct Moments {
    first: f32,
    second: f32,
}

/// The state between steps.
pub(super) struct Adam {
    moments: Vec<Moments>,
    rate: f32,
    n_steps: usize,
    done: usize,
}

impl Adam {
    pub(super) fn new(n: usize, rate: f32, n_steps: usize) -> Self {
        Adam { moments: vec![Moments::default(); n], rate, n_steps, done: 0 }
    }

    /// One step against the sum of some gradients, times `scale`.
    pub(super) fn step(&mut self, values: &mut [f32], gradients: &[Vec<f32>], scale: f32) {
        self.done += 1;
        let part = self.done as f32 / self.n_steps as f32;
        let rate = self.rate * (part / WARM).min(1.0) * (1.0 - part).max(LAST);
        let unbiased = |decay: f32| 1.0 - decay.powi(self.done as i32);
        let (first, second) = (unbiased(FIRST), unbiased(SECOND));
        for_chunks_mut(
            &mut self.moments,
            CHUNK,
            || (),
            |(), chunk, moments| {
                for (n, moments) in moments.iter_mut().enumerate() {
                    let gradient = scale * gradients.iter().map(|gradient| gradient[chunk * CHUNK + n]).sum::<f32>();
                    moments.first += (1.0 - FIRST) * (gradient - moments.first);
                    moments.second += (1.0 - SECOND) * (gradient * gradient - moments.second);
                }
            },
        );
        let moments = &self.moments;
        for_chunks_mut(
            values,
            CHUNK,
            || (),
            |(), chunk, values| {
                for (value, moments) in values.iter_mut().zip(&moments[chunk * CHUNK..]) {
                    *value -= rate * (moments.first / first) / ((moments.second / second).sqrt() + 1e-8);
                }
            },
        );
    }
}
