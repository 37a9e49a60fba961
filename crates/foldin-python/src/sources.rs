//! Where a data set comes from: tables in memory, files, or both.

use std::io::{self, Read};
use std::path::PathBuf;

use foldin_data::{Chosen, Dataset, DatasetError, Files, InMemory, ReadOptions, ReadReport, read_named, read_paths};
use pyo3::prelude::*;

use crate::table::Table;

/// What tables are called in messages: the arguments that they come from.
const EVENTS: &str = "events";
const ITEMS: &str = "items";

/// Events, or a catalogue.
#[derive(FromPyObject)]
pub(crate) enum Source<'py> {
    Table(Bound<'py, Table>),
    Paths(Vec<PathBuf>),
}

/// Where everything is that a data set is read from.
pub(crate) struct Sources {
    tables: InMemory,
    events: Vec<PathBuf>,
    items: Option<PathBuf>,
}

impl Sources {
    /// Without events, the catalogue is alone.
    pub(crate) fn new(name: String, events: Option<Source<'_>>, items: Option<Source<'_>>) -> Self {
        let mut tables = Vec::new();
        let mut paths = |what: &str, source: Option<Source<'_>>| match source {
            Some(Source::Table(table)) => {
                tables.push((what.to_owned(), table.get().take()));
                Vec::new()
            }
            Some(Source::Paths(paths)) => paths,
            None => Vec::new(),
        };
        let (events, items) = (paths(EVENTS, events), paths(ITEMS, items).pop());
        Sources { tables: InMemory::new(name, tables), events, items }
    }

    /// Reads the data set, by the same readers as the program.
    pub(crate) fn read(&self, options: &ReadOptions) -> Result<(Dataset, ReadReport), DatasetError> {
        if self.tables.file_names().next().is_none() {
            return match (&self.events[..], &self.items) {
                ([], Some(items)) => {
                    read_named(&Chosen::new(&[], Some(items)), &[], Some(&items.to_string_lossy()), options)
                }
                (events, items) => read_paths(events, items.as_deref(), options),
            };
        }
        let events = match &self.events[..] {
            [] => self.tables.file_names().filter(|name| *name == EVENTS).map(str::to_owned).collect(),
            events => Chosen::new(events, None).events(),
        };
        let items = match &self.items {
            Some(path) => Some(path.to_string_lossy().into_owned()),
            None => self.tables.has(ITEMS).then(|| ITEMS.to_owned()),
        };
        read_named(self, &events, items.as_deref(), options)
    }
}

/// Tables by their names, and files by their paths; nothing else is found beside them.
impl Files for Sources {
    fn name(&self) -> String {
        self.tables.name()
    }

    fn path(&self, file: &str) -> PathBuf {
        self.tables.path(file)
    }

    fn names(&self) -> io::Result<Vec<String>> {
        self.tables.names()
    }

    fn has(&self, file: &str) -> bool {
        self.tables.has(file) || PathBuf::from(file).is_file()
    }

    fn open(&self, file: &str) -> io::Result<Box<dyn Read + '_>> {
        if self.tables.has(file) { self.tables.open(file) } else { Ok(Box::new(std::fs::File::open(file)?)) }
    }

    fn local_path(&self, file: &str) -> Option<PathBuf> {
        (!self.tables.has(file) && self.has(file)).then(|| PathBuf::from(file))
    }
}
