//! `foldin site`: from a built website and its access logs to a model, and to links in its pages.
//!
//! Nothing is written before everything is learned. Then the package and the model come first and the pages last, so
//! that no page asks for what is not there.

mod offline;

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use foldin_core::Recommender;
use foldin_data::{Dataset, Files, Folder, ReadOptions};
use foldin_site::counts::Counts;
use foldin_site::freshness::Freshness;
use foldin_site::inject::{self, Link, List, Place};
use foldin_site::logs::LineFormat;
use foldin_site::pages::address::relative;
use foldin_site::pages::{Page, Pages, day, read_pages};
use foldin_site::related::{pages_json, related, related_json};
use foldin_site::visits::{LogOptions, Visits, from_dataset, read_logs};
use foldin_site::{dataset, settings};
use foldin_store::{self as store, Encoded, VersionArtefacts};
use foldin_train::config::Config;
use foldin_train::fit::{Fitted, fit};

use super::build::place_model;
use crate::args::{LogFormat, SiteArguments};
use crate::input;
use crate::output::{self, count};
use crate::site::{PACKAGE, is_site, write_package};
use crate::training_output::TrainingOutput;
use crate::website_output as say;

/// Where the model lies in the folder `foldin`.
const MODEL: &str = "model";
/// What the element needs to know of the pages.
const PAGES: &str = "pages.json";
/// The script of the element.
const SCRIPT: &str = "related.js";

pub(crate) fn run(arguments: &SiteArguments, log_format: &LogFormat) -> anyhow::Result<()> {
    let folder = &arguments.folder;
    if arguments.remove {
        return remove(folder);
    }
    refuse_strange_folder(&folder.join(PACKAGE))?;
    let is_offline = is_offline(arguments);
    let config = config(arguments);
    let place = arguments.inject.as_deref().map_or(Place::Default, Place::of);
    let pages = read_pages(folder, arguments.base.as_deref(), PACKAGE)?;
    say::pages(folder, &pages);
    let mut counts = arguments.counts.as_deref().map(Counts::read).transpose()?.unwrap_or_default();
    let visits = visits(arguments, log_format, &pages, &counts)?;
    if arguments.dry_run {
        return Ok(output::result(&say::listing(&pages, &visits))?);
    }

    let dataset = dataset(&Folder::new(folder).name(), &pages, &visits.sessions, &counts);
    let fitted = fit(&dataset, &config, &mut TrainingOutput::new(false, &config))?;
    let recommender = Recommender::new(fitted.model.clone());
    let freshness = freshness(arguments, &pages);
    let lists = related(&recommender, &pages, arguments.k, freshness.as_ref())?;

    write_package(folder)?;
    let size = write_model(folder, &fitted, &dataset)?;
    write(&folder.join(PACKAGE).join(PAGES), &pages_json(&pages, arguments.cards, freshness.as_ref()))?;
    if is_offline {
        offline::add(folder)?;
    }
    if let Some(file) = &arguments.related {
        write(file, &related_json(&pages, &lists))?;
    }
    if let Some(file) = &arguments.counts {
        counts.add(&pages, &visits.sessions, visits.until);
        counts.write(file)?;
        output::step(&format!(
            "{}: {} from page to page, and no visitor",
            file.display(),
            count(counts.len() as usize, "step")
        ));
    }
    say::learned(&fitted, size);
    if !arguments.no_inject {
        inject_all(arguments, is_offline, &place, &pages, &lists)?;
    }
    if !is_offline {
        offline::remove(folder)?;
    }
    output::result(&folder.join(PACKAGE).display().to_string())?;
    output::step(&format!("publish the folder as before, or see it now: foldin serve {}", output::shell(folder)));
    Ok(())
}

/// The folder `foldin` of a site may be a part of that site.
fn refuse_strange_folder(place: &Path) -> anyhow::Result<()> {
    let is_empty = fs::read_dir(place).map_or(true, |mut entries| entries.next().is_none());
    let is_ours = place.parent().is_some_and(is_site);
    if !is_empty && !is_ours {
        bail!("{} belongs to the site, and foldin would write there; rename that part of the site", place.display());
    }
    Ok(())
}

/// Whether the site gets a service worker: where it is wanted, and the site has none of its own.
fn is_offline(arguments: &SiteArguments) -> bool {
    let other = offline::other_worker(&arguments.folder).filter(|_| arguments.offline);
    if let Some(name) = other {
        output::note(&format!(
            "--offline changes nothing, because the site has a service worker of its own, {name}, and a folder can have \
             only one"
        ));
    }
    arguments.offline && other.is_none()
}

fn config(arguments: &SiteArguments) -> Config {
    let mut config = settings::settings();
    if let Some(n) = arguments.min_support {
        config.privacy.min_support = n.into();
    }
    config
}

fn freshness(arguments: &SiteArguments, pages: &Pages) -> Option<Freshness> {
    let half_life = arguments.half_life?;
    let freshness = Freshness::new(f64::from(half_life), pages);
    if freshness.is_none() {
        output::note(
            "--half-life changes nothing, because no page has a date: add <time datetime=\"2024-05-01\"> or \
             article:published_time to the pages",
        );
    }
    freshness
}

fn visits(arguments: &SiteArguments, log_format: &LogFormat, pages: &Pages, counts: &Counts) -> anyhow::Result<Visits> {
    let format = match log_format {
        LogFormat::Lines(lines) => Some(lines.parse::<LineFormat>().context("--log-format cannot be used")?),
        _ => None,
    };
    if !arguments.events.is_empty() {
        let options = ReadOptions { columns: arguments.columns.clone().unwrap_or_default(), ..ReadOptions::default() };
        let (events, _) = input::read(&arguments.events, None, &options)?;
        let visits = from_dataset(&events, pages);
        say::visits(pages, &visits);
        return Ok(visits);
    }
    if arguments.log.is_empty() {
        return Ok(Visits::default());
    }
    let files = input::expanded(&arguments.log)?;
    let options = LogOptions { format, with_queries: arguments.queries, counted_until: counts.until };
    let visits = read_logs(&files, pages, &options)?;
    say::visits(pages, &visits);
    Ok(visits)
}

/// Writes the model to `foldin/model/`, where the same model gives the same files; gives its size in bytes.
fn write_model(folder: &Path, fitted: &Fitted, dataset: &Dataset) -> anyhow::Result<u64> {
    let encoded = Encoded::new(fitted.score.clone(), &fitted.descriptions, None);
    let artefacts = VersionArtefacts { metrics: fitted.metrics.clone(), ..VersionArtefacts::default() };
    let trained = tempfile::tempdir().context("cannot make a temporary folder")?;
    let lock = super::lock(trained.path())?;
    let entry = store::write(&lock, &fitted.model, &encoded, None, &artefacts)
        .with_context(|| format!("cannot write the model of {}", dataset.name))?;
    let manifest = store::read_manifest(trained.path())?;
    let place = folder.join(PACKAGE).join(MODEL);
    fs::create_dir_all(&place).with_context(|| format!("cannot make {}", place.display()))?;
    place_model(trained.path(), &place, &manifest, true)?;
    Ok(entry.files.values().map(|file| file.bytes).sum())
}

fn inject_all(
    arguments: &SiteArguments,
    is_offline: bool,
    place: &Place,
    pages: &Pages,
    lists: &[Vec<usize>],
) -> anyhow::Result<()> {
    let (mut n_changed, mut without_place) = (0, Vec::new());
    inject::remove_unfinished(&arguments.folder)?;
    let scripts = if is_offline { &[SCRIPT, offline::REGISTER][..] } else { &[SCRIPT] };
    for (page, others) in pages.pages.iter().zip(lists) {
        let path = arguments.folder.join(&page.file);
        let list = List {
            id: &page.id,
            language: &page.language,
            links: others.iter().map(|&other| link(page, &pages.pages[other])).collect(),
            scripts: scripts.iter().map(|name| address(page, &format!("{}{PACKAGE}/{name}", pages.base))).collect(),
            has_cards: arguments.cards,
        };
        let before = inject::read(&path)?;
        match inject::inject(&before, place, &list)? {
            Some(after) => n_changed += usize::from(inject::replace(&path, &before, &after)?),
            None => without_place.push(page.file.as_str()),
        }
    }
    say::injected(pages.pages.len(), n_changed, &without_place, place);
    Ok(())
}

fn link(page: &Page, other: &Page) -> Link {
    Link {
        href: address(page, &other.path),
        title: other.title.clone(),
        image: other.image.as_deref().map(|image| address(page, image)),
        date: other.date.map(day),
    }
}

/// A link from a page to a path of the site: relative, unless the page says what its links are relative to.
fn address(page: &Page, path: &str) -> String {
    if page.has_base { foldin_site::pages::address::encoded(path) } else { relative(&page.path, path) }
}

fn remove(folder: &Path) -> anyhow::Result<()> {
    let mut n_changed = 0;
    let files = foldin_site::pages::html_files(folder, PACKAGE)?;
    inject::remove_unfinished(folder)?;
    for file in &files {
        let path = folder.join(file);
        let before = inject::read(&path)?;
        n_changed += usize::from(inject::replace(&path, &before, &inject::remove(&before))?);
    }
    offline::remove(folder)?;
    if is_site(folder) {
        let place = folder.join(PACKAGE);
        fs::remove_dir_all(&place).with_context(|| format!("cannot delete {}", place.display()))?;
    }
    output::step(&format!("removed foldin from {} of {}", count(n_changed, "page"), count(files.len(), "HTML file")));
    Ok(())
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
