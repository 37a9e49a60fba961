//! The settings of a run: the defaults, over them a file, over it what was typed.

use std::path::{Path, PathBuf};

use foldin_core::Source;
use foldin_data::Likes;
use foldin_train::config::{self, CONFIG, Config};
use foldin_train::learn::als::Solver;

use crate::args::{ReadingArguments, SettingsArguments, SolverName};
use crate::output;

/// All settings, from file and flags.
///
/// # Errors
/// If the file cannot be read or is not right.
pub(crate) fn resolve(settings: &SettingsArguments, reading: &ReadingArguments) -> anyhow::Result<Config> {
    let mut config = match settings.file() {
        Some(path) => {
            let config = config::read(&path)?;
            output::step(&format!("settings from {}", path.display()));
            config
        }
        None => Config::default(),
    };
    settings.apply(&mut config);
    reading.apply(&mut config.data);
    Ok(config)
}

impl SettingsArguments {
    /// The file that settings are read from: the one that was named, or the one in the current folder.
    pub(crate) fn file(&self) -> Option<PathBuf> {
        let here = || Path::new(CONFIG).is_file().then(|| PathBuf::from(CONFIG));
        self.config_file.clone().or_else(here)
    }

    /// Sets what was typed, and nothing else.
    fn apply(&self, config: &mut Config) {
        fn set<T: Clone>(place: &mut T, typed: &Option<T>) {
            if let Some(typed) = typed {
                place.clone_from(typed);
            }
        }
        // Other flags override what the size sets.
        if let Some(size) = self.size {
            size.apply(config);
        }
        config.search.enabled = !self.no_auto && (self.auto || config.search.enabled);
        // A search leaves alone what was typed.
        let types_factors = self.alpha0.is_some() || self.reg.is_some();
        if types_factors && !config.search.keep.contains(&Source::Factors) {
            config.search.keep.push(Source::Factors);
        }
        let als = &mut config.als;
        set(&mut config.data.threshold, &self.threshold.map(Likes::From));
        set(&mut config.train.sources, &self.sources);
        set(&mut config.privacy.min_support, &self.min_support.map(usize::from));
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
        arguments.settings.apply(&mut config);
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
    fn settings_are_searched_unless_a_file_or_a_flag_says_otherwise() {
        let written = config::parse("x", "").unwrap();
        let is_searched = |line: &str, config: &Config| over(line, config.clone()).search.enabled;
        let default = Config::default();
        assert_eq!(["", "--auto", "--no-auto"].map(|line| is_searched(line, &default)), [true, true, false]);
        assert_eq!(["", "--auto", "--no-auto"].map(|line| is_searched(line, &written)), [false, true, false]);
    }

    #[test]
    fn a_search_keeps_what_was_typed() {
        assert_eq!(over("--reg 0.1", Config::default()).search.keep, [Source::Factors]);
        assert_eq!(over("--factors 9", Config::default()).search.keep, []);
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
            ("min-support", "privacy.min-support"),
        ] {
            let argument = train.get_arguments().find(|argument| argument.get_long() == Some(flag)).unwrap();
            let help = argument.get_help().unwrap().to_string();
            assert!(help.contains(&format!("[default: {}]", defaults[key])), "{flag}: {help}");
        }
    }
}
