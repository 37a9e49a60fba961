//! Parsers of argument values.

use std::path::PathBuf;

use foldin_core::{Similarity, Source, Strategy};
use foldin_data::split::UnknownProtocol;
use foldin_train::config::LEARNABLE;
use foldin_train::config::Size;
use foldin_train::evaluate::System;

use super::{AskedProtocol, LogFormat, Opponent};

pub(super) fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(number) if number > 0 => Ok(number),
        _ => Err("expected a whole number of at least 1".to_owned()),
    }
}

pub(super) fn log_format(text: &str) -> Result<LogFormat, String> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        lines if cfg!(feature = "site") && lines.contains('$') => Ok(LogFormat::Lines(lines.to_owned())),
        _ => Err("expected text or json".to_owned()),
    }
}

pub(super) fn stars(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(number) if number.is_finite() => Ok(number),
        _ => Err("expected a number such as 4 or 3.5".to_owned()),
    }
}

pub(super) fn variant(text: &str) -> Result<(String, f64), String> {
    let parts = text.split_once('=').map(|(version, share)| (version, share.trim_end_matches('%').parse()));
    match parts {
        Some((version, Ok(share))) if (1e-6..=1e6).contains(&share) => Ok((version.to_owned(), share)),
        Some(_) => Err("expected a share from 1e-6 to 1e6 behind the =, as in v1.1.0=90".to_owned()),
        None => Err("expected a version and its share, as in v1.1.0=90".to_owned()),
    }
}

#[cfg(feature = "site")]
pub(super) fn half_life(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(days) if (1.0..=36_500.0).contains(&days) => Ok(days),
        _ => Err("expected a number of days from 1 to 36500".to_owned()),
    }
}

pub(super) fn positive(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(number) if (1e-9..=1e6).contains(&number) => Ok(number),
        _ => Err("expected a number from 1e-9 to 1e6".to_owned()),
    }
}

pub(super) fn diversity(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(number) if (0.0..=1.0).contains(&number) => Ok(number),
        _ => Err("expected a number from 0 to 1".to_owned()),
    }
}

pub(super) fn years(text: &str) -> Result<(i32, i32), String> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    match (first.trim().parse(), last.trim().parse()) {
        (Ok(first), Ok(last)) => Ok((first, last)),
        _ => Err("expected a year, or two as in 1980-1999".to_owned()),
    }
}

pub(super) fn strategy(name: &str) -> Result<Strategy, String> {
    Strategy::from_name(name).ok_or_else(|| format!("expected one of {}", Strategy::ALL.map(Strategy::name).join(", ")))
}

pub(super) fn size(name: &str) -> Result<Size, String> {
    Size::from_name(name).ok_or_else(|| format!("expected one of {}", Size::ALL.map(Size::name).join(", ")))
}

/// A source that can be learned.
pub(super) fn source(name: &str) -> Result<Source, String> {
    let known = LEARNABLE.iter().find(|source| source.name() == name.trim());
    let names: Vec<&str> = LEARNABLE.iter().map(|source| source.name()).collect();
    known.copied().ok_or_else(|| format!("expected any of {}", names.join(", ")))
}

pub(super) fn system(name: &str) -> Result<System, String> {
    System::from_name(name).ok_or_else(|| format!("expected one of {}", System::names().join(", ")))
}

pub(super) fn recommending_system(name: &str) -> Result<System, String> {
    let names = || System::names().into_iter().filter(|name| *name != System::Random.name());
    let found = System::from_name(name).filter(|system| *system != System::Random);
    found.ok_or_else(|| format!("expected one of {}", names().collect::<Vec<_>>().join(", ")))
}

pub(super) fn opponent(text: &str) -> Result<Opponent, String> {
    match System::from_name(text) {
        Some(system) => Ok(Opponent::System(system)),
        None if PathBuf::from(text).is_file() => Ok(Opponent::File(text.into())),
        None => Err(format!("expected a file, or one of {}", System::names().join(", "))),
    }
}

pub(super) fn protocol(name: &str) -> Result<AskedProtocol, String> {
    match name {
        "cold" => Ok(AskedProtocol::ColdStart),
        "newcomers" => Ok(AskedProtocol::Newcomers),
        "folds" => Ok(AskedProtocol::Folds),
        _ => {
            let unknown = |error: UnknownProtocol| format!("{error}, cold, newcomers, folds");
            name.parse().map(AskedProtocol::One).map_err(unknown)
        }
    }
}

pub(super) fn similarity(name: &str) -> Result<Similarity, String> {
    let names = Similarity::ALL.map(Similarity::name).join(", ");
    Similarity::from_name(name).ok_or_else(|| format!("expected one of {names}"))
}
