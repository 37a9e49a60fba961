//! The section about settings, data and program.

use foldin_data::text::grouped;
use foldin_train::artefacts::Metadata;
use jiff::Timestamp;
use jiff::tz::Offset;

use super::super::{ModelFacts, SettingFacts, SettingsSection, prose};
use crate::chart::Table;
use crate::number::trimmed;
use crate::page::{Block, Cells, Folded, Section, TableBlock};

pub(super) fn section(facts: &ModelFacts) -> Section {
    let absent = |file: &str| Block::Note(format!("There is no {file}."));
    let settings = facts.settings.as_ref().map_or_else(|| absent("config.toml"), |sections| settings(sections));
    let metadata = facts.metadata.as_ref().map_or_else(|| absent("metadata.json"), metadata);
    Section::new("origin", "Settings and origin", vec![settings, metadata])
}

/// The settings that differ from their defaults, and all settings, folded by section.
fn settings(sections: &[SettingsSection]) -> Block {
    let all = || sections.iter().flat_map(|section| section.settings.iter().map(move |setting| (section, setting)));
    let changed = |(section, setting): (&SettingsSection, &SettingFacts)| {
        let section = section.name.as_ref().map(|name| format!("{name}.")).unwrap_or_default();
        Some(vec![section + &setting.key, setting.value.clone(), setting.default.clone()?])
    };
    let rows: Vec<Vec<String>> = all().filter_map(changed).collect();
    Block::Table(TableBlock {
        heading: "Settings".to_owned(),
        caption: prose::settings(rows.len(), all().count()),
        table: Table { head: heads(["setting", "value", "default"]), rows },
        cells: Cells::Text,
        folded: sections.iter().map(folded).collect(),
        ..TableBlock::default()
    })
}

fn folded(section: &SettingsSection) -> Folded {
    let name = section.name.as_deref().unwrap_or("outside of any section");
    let row = |setting: &SettingFacts| {
        let default = setting.default.as_ref().map(|default| format!("\ndefault: {default}")).unwrap_or_default();
        vec![
            setting.key.clone(),
            setting.value.clone() + &default,
            setting.description.unwrap_or_default().replace('`', ""),
        ]
    };
    Folded {
        name: section
            .description
            .map_or(name.to_owned(), |description| format!("{name}: {}", description.replace('`', ""))),
        table: Table {
            head: heads(["setting", "value", "what it means"]),
            rows: section.settings.iter().map(row).collect(),
        },
    }
}

fn metadata(metadata: &Metadata) -> Block {
    let number = |number: usize| grouped(number as u64);
    let seconds = |seconds: f64| format!("{} s", trimmed(seconds, 2));
    let rows = [
        ("program", metadata.program.clone()),
        ("started", moment(metadata.trained_at)),
        ("data", metadata.data.clone()),
        ("simulated", if metadata.simulated { "yes" } else { "no" }.to_owned()),
        ("fingerprint of the data", metadata.fingerprint.clone()),
        ("events", number(metadata.events)),
        ("users", number(metadata.users)),
        ("items", number(metadata.items)),
        ("seed of the factors", metadata.seed.to_string()),
        ("reading the data", seconds(metadata.reading_seconds)),
        ("searching settings", seconds(metadata.searching_seconds)),
        ("learning the model", seconds(metadata.training_seconds)),
        ("learning the ranker", seconds(metadata.ranking_seconds)),
        ("measuring", seconds(metadata.measuring_seconds)),
        ("drawing the map", seconds(metadata.mapping_seconds)),
        ("total", seconds(metadata.total_seconds)),
        ("threads", format!("{} of {}", metadata.threads, metadata.host_threads)),
    ];
    Block::Table(TableBlock {
        heading: "Data and program".to_owned(),
        caption: "The fingerprint identifies the content of the data set.".to_owned(),
        table: Table {
            head: heads(["name", "value"]),
            rows: rows.into_iter().map(|(name, value)| vec![name.to_owned(), value]).collect(),
        },
        cells: Cells::Text,
        ..TableBlock::default()
    })
}

/// Seconds since 1970 as a day and time; as they are where no calendar reaches them.
fn moment(seconds: i64) -> String {
    match Timestamp::from_second(seconds) {
        Ok(moment) => format!("{} UTC", Offset::UTC.to_datetime(moment).strftime("%Y-%m-%d %H:%M")),
        Err(_) => seconds.to_string(),
    }
}

fn heads<const N: usize>(names: [&str; N]) -> Vec<String> {
    names.map(str::to_owned).to_vec()
}
