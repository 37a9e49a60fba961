//! What a version holds beside its model, put together from a training: the same for every program that trains.

use foldin_data::text::is_control;
use foldin_data::{Dataset, Likes, ReadReport};
use foldin_store::VersionArtefacts;
use foldin_train::PROGRAM;
use foldin_train::artefacts::Metadata;
use foldin_train::config::Config;
use foldin_train::fit::Fitted;

use crate::{data, model};

/// Settings, metrics, metadata, the data report and the model card of a training. `likes` is what the settings said
/// before the training; `report` is what was noticed while reading, `None` for data that were not read.
pub fn version_artefacts(
    dataset: &Dataset,
    report: Option<&ReadReport>,
    likes: Likes,
    fitted: &Fitted,
    metadata: Metadata,
) -> VersionArtefacts {
    VersionArtefacts {
        config: settings_file(&fitted.config, dataset, metadata.started_from.as_deref()),
        metrics: fitted.metrics.clone(),
        metadata,
        data: Some(data::render(&data::data_facts(dataset, report, likes))),
        card: Some(|version| Ok(model::card(version)?)),
    }
}

/// The file of settings that a version keeps.
fn settings_file(config: &Config, dataset: &Dataset, started_from: Option<&str>) -> String {
    // A name with line ends must not become settings.
    let data = dataset.name.replace(is_control, " ");
    let how = match started_from {
        Some(version) => format!("starting from {version}, which these settings were chosen for"),
        None => "the same data and --config with this file give the same model".to_owned(),
    };
    format!("# Made from {data} by {PROGRAM}: {how}.\n\n") + &config.to_toml()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_a_line_end_stays_in_its_comment() {
        let dataset = Dataset { name: "films\n[als]".to_owned(), ..Dataset::default() };
        let file = settings_file(&Config::default(), &dataset, None);
        assert!(file.starts_with("# Made from films [als] by foldin "), "{file}");
    }
}
