//! Settings of iALS, and how they stand in a file: flat keys with plain values.
//!
//! ```toml
//! factors = 64
//! solver = "cg"               # or "cholesky", "subspace"
//! cg-steps = 3                # for cg
//! block = 64                  # for subspace
//! confidence = "none"         # or "constant", "linear", "log"
//! confidence-alpha = 1.0      # for all but none
//! confidence-epsilon = 1.0    # for log
//! ```

use std::fmt;

use foldin_core::linalg::MAX_COLS;
use serde::{Deserialize, Serialize};

use foldin_data::Confidence;

/// How a row's least-squares problem is solved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Solver {
    /// Exactly.
    Cholesky,
    /// By this many steps of conjugate gradients.
    ConjugateGradients {
        /// At least 1; see [`Solver::CG`].
        steps: usize,
    },
    /// By blocks of factors, one after the other (iALS++).
    Subspace {
        /// Factors in a block, at least 1; rounded up to a multiple of 16. As many as there are factors: exactly.
        block: usize,
    },
}

impl Solver {
    /// Conjugate gradients with as many steps as ranking needs.
    pub const CG: Solver = Solver::ConjugateGradients { steps: 3 };
    /// Subspaces of a size that suits 64 to 256 factors.
    pub const SUBSPACE: Solver = Solver::Subspace { block: 32 };
}

impl fmt::Display for Solver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Solver::Cholesky => "cholesky",
            Solver::ConjugateGradients { .. } => "cg",
            Solver::Subspace { .. } => "subspace",
        })
    }
}

/// Settings of the learner.
///
/// The defaults were chosen on the validation part of `strong` on ml-1m, ml-latest-small, ml-100k and lastfm-2k.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "AlsKeys", into = "AlsKeys")]
pub struct AlsSettings {
    /// Number of factors, 1 to [`MAX_COLS`].
    pub factors: usize,
    /// How often both sides are solved.
    pub iterations: usize,
    /// Weight of the pull of every score towards 0.
    pub alpha0: f32,
    /// Strength of the regularisation; `None`: [`reg_for`](super::reg_for) the size of the data.
    pub reg: Option<f32>,
    /// How the regularisation grows with the number of events of a row.
    pub nu: f32,
    /// How rows are solved.
    pub solver: Solver,
    /// How much likes count.
    pub confidence: Confidence,
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
            solver: Solver::CG,
            confidence: Confidence::None,
            seed: 42,
        }
    }
}

/// The settings as they stand in a file.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
struct AlsKeys {
    factors: usize,
    iterations: usize,
    alpha0: f32,
    #[serde(skip_serializing_if = "Option::is_none")]
    reg: Option<f32>,
    nu: f32,
    solver: SolverName,
    cg_steps: usize,
    block: usize,
    confidence: ConfidenceName,
    confidence_alpha: f32,
    confidence_epsilon: f32,
    seed: u64,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum SolverName {
    Cholesky,
    Cg,
    Subspace,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum ConfidenceName {
    None,
    Constant,
    Linear,
    Log,
}

impl Default for AlsKeys {
    fn default() -> Self {
        AlsSettings::default().into()
    }
}

impl From<AlsSettings> for AlsKeys {
    fn from(settings: AlsSettings) -> Self {
        let (Solver::ConjugateGradients { steps: mut cg_steps }, Solver::Subspace { mut block }) =
            (Solver::CG, Solver::SUBSPACE)
        else {
            unreachable!("both are of their own kind")
        };
        let solver = match settings.solver {
            Solver::Cholesky => SolverName::Cholesky,
            Solver::ConjugateGradients { steps } => {
                cg_steps = steps;
                SolverName::Cg
            }
            Solver::Subspace { block: given } => {
                block = given;
                SolverName::Subspace
            }
        };
        let (confidence, confidence_alpha, confidence_epsilon) = match settings.confidence {
            Confidence::None => (ConfidenceName::None, 1.0, 1.0),
            Confidence::Constant { alpha } => (ConfidenceName::Constant, alpha, 1.0),
            Confidence::Linear { alpha } => (ConfidenceName::Linear, alpha, 1.0),
            Confidence::Log { alpha, epsilon } => (ConfidenceName::Log, alpha, epsilon),
        };
        let AlsSettings { factors, iterations, alpha0, reg, nu, seed, .. } = settings;
        AlsKeys {
            factors,
            iterations,
            alpha0,
            reg,
            nu,
            solver,
            cg_steps,
            block,
            confidence,
            confidence_alpha,
            confidence_epsilon,
            seed,
        }
    }
}

/// A key of the settings has a value that nothing can be learned with.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{key} is {value}; expected {expected}")]
pub struct InvalidSetting {
    key: &'static str,
    value: String,
    expected: String,
}

impl TryFrom<AlsKeys> for AlsSettings {
    type Error = InvalidSetting;

    fn try_from(keys: AlsKeys) -> Result<Self, InvalidSetting> {
        let whole = |key, value: usize, most: usize| match value {
            value if (1..=most).contains(&value) => Ok(value),
            _ => Err(InvalidSetting { key, value: value.to_string(), expected: format!("1 to {most}") }),
        };
        let number = |key, value: f32, least: f32, most: f32| match value {
            value if (least..=most).contains(&value) => Ok(value),
            _ => Err(InvalidSetting { key, value: value.to_string(), expected: format!("{least:e} to {most:e}") }),
        };
        let alpha = number("confidence-alpha", keys.confidence_alpha, 0.0, 1e4)?;
        let epsilon = number("confidence-epsilon", keys.confidence_epsilon, 1e-6, 1e6)?;
        let steps = whole("cg-steps", keys.cg_steps, 1000)?;
        let block = whole("block", keys.block, MAX_COLS)?;
        Ok(AlsSettings {
            factors: whole("factors", keys.factors, MAX_COLS)?,
            iterations: whole("iterations", keys.iterations, 1000)?,
            alpha0: number("alpha0", keys.alpha0, 1e-9, 1e6)?,
            reg: keys.reg.map(|reg| number("reg", reg, 1e-9, 1e6)).transpose()?,
            nu: number("nu", keys.nu, 0.0, 2.0)?,
            solver: match keys.solver {
                SolverName::Cholesky => Solver::Cholesky,
                SolverName::Cg => Solver::ConjugateGradients { steps },
                SolverName::Subspace => Solver::Subspace { block },
            },
            confidence: match keys.confidence {
                ConfidenceName::None => Confidence::None,
                ConfidenceName::Constant => Confidence::Constant { alpha },
                ConfidenceName::Linear => Confidence::Linear { alpha },
                ConfidenceName::Log => Confidence::Log { alpha, epsilon },
            },
            seed: keys.seed,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_file_gives_the_defaults() {
        assert_eq!(toml::from_str::<AlsSettings>("").unwrap(), AlsSettings::default());
    }

    #[test]
    fn what_was_written_is_what_is_read() {
        let solvers = [Solver::Cholesky, Solver::ConjugateGradients { steps: 5 }, Solver::Subspace { block: 48 }];
        let confidences = [
            Confidence::Constant { alpha: 2.5 },
            Confidence::Linear { alpha: 0.5 },
            Confidence::Log { alpha: 4.0, epsilon: 0.25 },
        ];
        for (solver, confidence) in solvers.into_iter().zip(confidences) {
            let settings = AlsSettings { reg: Some(0.25), seed: 9, solver, confidence, ..Default::default() };
            let text = toml::to_string(&settings).unwrap();
            assert!(!text.contains('['), "flat keys only: {text}");
            assert_eq!(toml::from_str::<AlsSettings>(&text).unwrap(), settings);
        }
    }

    #[test]
    fn keys_are_in_kebab_case_with_plain_values() {
        let text =
            "solver = 'subspace'\nblock = 64\nconfidence = 'log'\nconfidence-alpha = 3.0\nconfidence-epsilon = 2";
        let settings: AlsSettings = toml::from_str(text).unwrap();
        assert_eq!(settings.solver, Solver::Subspace { block: 64 });
        assert_eq!(settings.confidence, Confidence::Log { alpha: 3.0, epsilon: 2.0 });
    }

    #[test]
    fn unknown_keys_and_values_out_of_range_are_refused_by_name() {
        let refused = |text: &str| toml::from_str::<AlsSettings>(text).unwrap_err().to_string();
        assert!(refused("step = 3").contains("unknown field `step`"));
        assert!(refused("solver = 'lu'").contains("unknown variant `lu`"));
        assert!(refused("cg-steps = 0").contains("cg-steps is 0; expected 1 to 1000"));
        assert!(refused("confidence-epsilon = 0.0").contains("confidence-epsilon is 0; expected 1e-6 to 1e6"));
        assert!(refused("alpha0 = nan").contains("alpha0 is NaN"));
    }
}
