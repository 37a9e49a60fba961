//! The settings of iALS as they stand in a file: flat keys with plain values.

use serde::{Deserialize, Serialize};

use super::{AlsSettings, Solver};

/// Steps of conjugate gradients where another solver is chosen.
const CG_STEPS: usize = 3;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub(super) struct AlsKeys {
    factors: usize,
    iterations: usize,
    alpha0: f32,
    #[serde(skip_serializing_if = "Option::is_none")]
    reg: Option<f32>,
    nu: f32,
    solver: SolverName,
    cg_steps: usize,
    seed: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum SolverName {
    Cg,
    Cholesky,
}

impl Default for AlsKeys {
    fn default() -> Self {
        AlsSettings::default().into()
    }
}

impl From<AlsSettings> for AlsKeys {
    fn from(settings: AlsSettings) -> Self {
        let AlsSettings { factors, iterations, alpha0, reg, nu, solver, seed } = settings;
        let (solver, cg_steps) = match solver {
            Solver::Cholesky => (SolverName::Cholesky, CG_STEPS),
            Solver::ConjugateGradients { steps } => (SolverName::Cg, steps),
        };
        AlsKeys { factors, iterations, alpha0, reg, nu, solver, cg_steps, seed }
    }
}

impl From<AlsKeys> for AlsSettings {
    fn from(keys: AlsKeys) -> Self {
        let AlsKeys { factors, iterations, alpha0, reg, nu, solver, cg_steps, seed } = keys;
        let solver = match solver {
            SolverName::Cholesky => Solver::Cholesky,
            SolverName::Cg => Solver::ConjugateGradients { steps: cg_steps },
        };
        AlsSettings { factors, iterations, alpha0, reg, nu, solver, seed }
    }
}
