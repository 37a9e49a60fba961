//! How long the phases of a training took.

use super::Phase;
use crate::artefacts::Metadata;

/// When phases began, in seconds of the observer's clock: this crate has none.
#[derive(Debug, Clone, Default)]
pub struct PhaseTimes {
    began: Vec<(Phase, f64)>,
}

impl PhaseTimes {
    /// A phase begins, and with it the one before ends.
    pub fn begin(&mut self, phase: Phase, now: f64) {
        self.began.push((phase, now));
    }

    /// The phase that has begun last.
    pub fn current(&self) -> Option<Phase> {
        self.began.last().map(|(phase, _)| *phase)
    }

    /// Writes down the seconds of all phases, to the millisecond; the last one lasts until now. Those that did not come
    /// took none.
    pub fn write_to(&self, metadata: &mut Metadata, now: f64) {
        let seconds = |phase: Phase| {
            let Some(n) = self.began.iter().position(|(one, _)| *one == phase) else { return 0.0 };
            let end = self.began.get(n + 1).map_or(now, |(_, next)| *next);
            ((end - self.began[n].1) * 1e3).round() / 1e3
        };
        metadata.searching_seconds = seconds(Phase::Searching);
        metadata.training_seconds = seconds(Phase::Learning);
        metadata.ranking_seconds = seconds(Phase::Ranking);
        metadata.measuring_seconds = seconds(Phase::Measuring);
        metadata.mapping_seconds = seconds(Phase::Mapping);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phase_lasts_until_the_next_and_the_last_until_now() {
        let mut times = PhaseTimes::default();
        for (phase, now) in [(Phase::Searching, 1.0), (Phase::Learning, 3.5), (Phase::Mapping, 4.0)] {
            times.begin(phase, now);
        }
        let mut metadata = Metadata::default();
        times.write_to(&mut metadata, 4.123_4);
        let seconds = [metadata.searching_seconds, metadata.training_seconds, metadata.ranking_seconds];
        assert_eq!((seconds, metadata.mapping_seconds), ([2.5, 0.5, 0.0], 0.123));
        assert_eq!(times.current(), Some(Phase::Mapping));
    }
}
