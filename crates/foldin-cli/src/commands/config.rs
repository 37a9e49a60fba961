//! `foldin config`: the file of settings, shown and checked.

use foldin_train::config;

use crate::args::ConfigArguments;
use crate::output;

pub(crate) fn run(arguments: &ConfigArguments) -> anyhow::Result<()> {
    let Some(path) = &arguments.check else {
        return Ok(output::result(&config::documented())?);
    };
    let config = config::read(path)?;
    let changed: Vec<String> = config.changed().iter().map(|(key, value)| format!("{key} = {value}")).collect();
    let what = if changed.is_empty() { "all as by default".to_owned() } else { changed.join(", ") };
    Ok(output::result(&format!("{}: right; {what}", path.display()))?)
}
