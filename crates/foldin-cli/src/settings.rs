//! The settings of a run: the defaults, over them a file, over it what was typed.

use std::path::{Path, PathBuf};

use foldin_train::config::{self, CONFIG, Config};
use foldin_train::learn::als::Solver;
use foldin_train::train::{Likes, TrainSettings};

use crate::args::{DataArguments, SettingsArguments, SolverName};
use crate::talk;

/// Brings file and flags together in [`SettingsArguments::config`], and lets the file decide how data are read.
///
/// # Errors
/// If the file cannot be read or is not right.
pub fn resolve(settings: &mut SettingsArguments, data: &mut DataArguments) -> anyhow::Result<()> {
    let mut config = match settings.file() {
        Some(path) => {
            let config = config::read(&path)?;
            talk::step(&format!("settings from {}", path.display()));
            config
        }
        None => Config::default(),
    };
    settings.typed_over(&mut config);
    config.data.skip_bad_lines |= data.skip_bad_lines;
    data.skip_bad_lines = config.data.skip_bad_lines;
    settings.resolved = Some(config);
    Ok(())
}

impl SettingsArguments {
    /// The file that settings are read from: the one that was named, or the one that lies here.
    pub fn file(&self) -> Option<PathBuf> {
        let here = || Path::new(CONFIG).is_file().then(|| PathBuf::from(CONFIG));
        self.config_file.clone().or_else(here)
    }

    /// All settings.
    ///
    /// # Panics
    /// Before [`resolve`]: flags alone would forget the file.
    pub fn config(&self) -> &Config {
        self.resolved.as_ref().expect("main resolves the settings of every command that has some")
    }

    /// Whether settings are searched: where no file says any, or where it is asked for.
    pub fn is_searched(&self) -> bool {
        !self.no_auto && (self.auto || self.file().is_none())
    }

    /// The settings that the trainer takes.
    pub fn settings(&self) -> TrainSettings {
        self.config().settings()
    }

    /// Sets what was typed, and nothing else.
    fn typed_over(&self, config: &mut Config) {
        fn set<T: Clone>(place: &mut T, typed: &Option<T>) {
            if let Some(typed) = typed {
                place.clone_from(typed);
            }
        }
        // What is typed besides wins over a size.
        if let Some(size) = self.size {
            size.apply(config);
        }
        let als = &mut config.als;
        set(&mut config.data.threshold, &self.threshold.map(Likes::From));
        set(&mut config.train.sources, &self.sources);
        set(&mut als.factors, &self.factors.map(usize::from));
        set(&mut als.iterations, &self.iterations.map(usize::from));
        set(&mut als.alpha0, &self.alpha0);
        set(&mut als.seed, &self.seed);
        if self.reg.is_some() {
            als.reg = self.reg;
        }
        als.solver = match (self.solver, als.solver) {
            (None, solver) => solver,
            // How many steps the file asks for still holds.
            (Some(SolverName::Cg), solver @ Solver::ConjugateGradients { .. }) => solver,
            (Some(SolverName::Cg), _) => Solver::CG,
            (Some(SolverName::Cholesky), _) => Solver::Cholesky,
            (Some(SolverName::Subspace), solver @ Solver::Subspace { .. }) => solver,
            (Some(SolverName::Subspace), _) => Solver::SUBSPACE,
        };
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use foldin_train::learn::als::AlsSettings;

    use super::*;
    use crate::args::{Arguments, Command};

    /// The settings of a command line over those of a file.
    fn over(line: &str, mut config: Config) -> Config {
        let words = ["foldin", "train"].into_iter().chain(line.split_whitespace());
        let Command::Train(arguments) = Arguments::try_parse_from(words).unwrap().command else { panic!("{line}") };
        arguments.settings.typed_over(&mut config);
        config
    }

    #[test]
    fn nothing_typed_changes_nothing() {
        let mut file = Config::default();
        file.als = AlsSettings { factors: 7, reg: Some(0.5), solver: Solver::Cholesky, seed: 3, ..file.als };
        assert_eq!(over("", file.clone()), file);
    }

    #[test]
    fn every_flag_wins_over_the_file_and_leaves_the_rest() {
        let typed = "--threshold 3.5 --factors 9 --iterations 4 --alpha0 0.2 --reg 0.1 --solver cholesky --seed 5";
        let config = over(typed, Config::default());
        assert_eq!(config.data.threshold, Likes::From(3.5));
        let expected = AlsSettings {
            factors: 9,
            iterations: 4,
            alpha0: 0.2,
            reg: Some(0.1),
            solver: Solver::Cholesky,
            seed: 5,
            ..AlsSettings::default()
        };
        assert_eq!(config.als, expected);
        assert_eq!(config.train, Config::default().train);
    }

    #[test]
    fn the_steps_of_the_file_hold_where_only_the_solver_is_typed() {
        let mut file = Config::default();
        file.als.solver = Solver::ConjugateGradients { steps: 8 };
        assert_eq!(over("--solver cg", file.clone()).als.solver, file.als.solver);
        file.als.solver = Solver::Cholesky;
        assert_eq!(over("--solver cg", file).als.solver, AlsSettings::default().solver);
    }

    /// `--help` names defaults that clap does not know of.
    #[test]
    fn the_help_names_the_defaults_of_the_settings() {
        use clap::CommandFactory;

        let command = Arguments::command();
        let train = command.find_subcommand("train").unwrap();
        let defaults = Config::default().flat();
        for (flag, key) in [
            ("factors", "als.factors"),
            ("iterations", "als.iterations"),
            ("alpha0", "als.alpha0"),
            ("seed", "als.seed"),
        ] {
            let argument = train.get_arguments().find(|argument| argument.get_id() == flag).unwrap();
            let help = argument.get_help().unwrap().to_string();
            assert!(help.contains(&format!("[default: {}]", defaults[key])), "{flag}: {help}");
        }
    }
}
