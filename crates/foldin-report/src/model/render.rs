//! The page of a model.

use super::says::{self, is_ours};
use super::{Diversity, Estimate, ModelFacts, Protocol, Setting, SettingFacts, SettingsSection, System, VersionFacts};
use crate::report::chart::{Bars, Chart, Line, Lines, Mark, Row, Rows, Series, Table};
use crate::report::number::{Unit, percent, trimmed};
use crate::report::page::{Block, Content, Figure, Folded, Page, Section, Tile};
use crate::text::grouped;
use crate::text::{count, size};

/// The figure that a card shows first.
const FIRST: &str = "ndcg@10";
/// Figures that say how good lists are: each gets a picture, where it was measured.
const ACCURACY: [&str; 2] = [FIRST, "recall@20"];
/// Figures that say what lists are made of.
const VARIETY: [&str; 5] = ["coverage", "long_tail", "gini", "novelty", "ild"];
/// Cutoffs that tables show at once; others where they are asked for.
const OPEN: [&str; 2] = ["10", "20"];
/// The order of figures in tables; others follow by name.
const ORDER: [&str; 7] = ["ndcg", "recall", "capped_recall", "precision", "map", "mrr", "hits"];

/// The facts as a page of HTML: the same facts give the same bytes.
pub fn render(facts: &ModelFacts) -> String {
    let mut sections: Vec<Section> =
        facts.measured.protocols.iter().enumerate().map(|(place, protocol)| of_protocol(place, protocol)).collect();
    if sections.is_empty() {
        let note = "Nothing was measured: there is no metrics.json, or no figures in it. `foldin train` without --no-evaluate measures.";
        sections.push(section("figures", "Figures", vec![Block::Note(note.to_owned())]));
    }
    sections.extend(cold_start(facts));
    sections.extend(diversity(facts));
    sections.extend(stars(facts));
    sections.push(learning(facts));
    sections.push(origin(facts));
    sections.extend(versions(facts));
    let page = Page {
        title: format!("{} {}", facts.data, facts.version),
        kind: "Model card",
        lead: says::lead(facts),
        summary: summary(facts),
        sections,
    };
    page.render()
}

fn summary(facts: &ModelFacts) -> Vec<Tile> {
    let tile = |name: &str, value: String| Tile { name: name.to_owned(), value };
    let systems = facts.measured.protocols.first().map(|protocol| protocol.systems.as_slice()).unwrap_or_default();
    let of = |name: &str, metric: &str| {
        systems.iter().find(|system| system.name == name)?.metrics.get(metric).map(|figure| figure.mean)
    };
    let mut tiles = Vec::new();
    tiles.extend(of("foldin", FIRST).map(|figure| tile("NDCG@10 for strangers", format!("{figure:.3}"))));
    tiles.extend(of("popularity", FIRST).map(|figure| tile("NDCG@10 of popularity alone", format!("{figure:.3}"))));
    tiles.extend(of("foldin", "recall@20").map(|figure| tile("recall@20", format!("{figure:.3}"))));
    tiles.extend(of("foldin", "coverage@10").map(|part| tile("of the catalogue recommended", percent(part))));
    tiles.push(tile("items", grouped(facts.items as u64)));
    tiles.push(tile("users learned from", grouped(facts.users)));
    tiles.push(tile("likes learned from", grouped(facts.likes)));
    tiles.push(tile("of model files", size(facts.files.iter().map(|file| file.bytes).sum())));
    // Only a protocol with strangers says something about strangers.
    let first = facts.measured.protocols.first().map_or("", |protocol| protocol.protocol.as_str());
    if !(first == "strong" || first.starts_with("cold")) {
        tiles.iter_mut().for_each(|tile| tile.name = tile.name.replace(" for strangers", ""));
    }
    tiles
}

fn of_protocol(place: usize, protocol: &Protocol) -> Section {
    let id = |name: &str| format!("{name}-{}", place + 1);
    let mut blocks = vec![Block::Note(says::protocol(protocol))];
    for metric in ACCURACY {
        let rows: Vec<Row> = protocol.systems.iter().filter_map(|system| row(system, metric)).collect();
        if !rows.is_empty() {
            let chart = dots(says::name(metric), rows);
            let heading = format!("{} beside others", says::name(metric));
            blocks.push(figure(id(&metric.replace('@', "-")), heading, says::comparison(protocol, metric), chart));
        }
    }
    blocks.extend(by_history(protocol, id("history")));
    let rows: Vec<Row> = protocol.systems.iter().filter_map(|system| row(system, "coverage@10")).collect();
    if !rows.is_empty() {
        let chart = Rows {
            name: "system".to_owned(),
            value_name: "share of the catalogue in anybody's first ten".to_owned(),
            rows,
            unit: Unit::Share,
            mark: Mark::Bar,
        };
        blocks.push(figure(id("coverage"), "Coverage@10".to_owned(), says::variety(protocol), Chart::Rows(chart)));
    }
    let (variety, accuracy): (Vec<String>, Vec<String>) = metric_names(protocol).into_iter().partition(|metric| {
        let name = metric.split('@').next().unwrap_or_default();
        VARIETY.contains(&name)
    });
    if !accuracy.is_empty() {
        let says =
            "Means over users; a user who gets nothing counts 0. Below it the 95 % interval, where it was taken.";
        blocks.push(table("How good the lists are", says, protocol, accuracy));
    }
    if !variety.is_empty() {
        let says = "Coverage: share of the catalogue that anybody gets. Long tail: share outside the most popular fifth. \
             Gini: 0 where all items are recommended as often, 1 where one is. Novelty: bits. ILD: how unlike each other \
             the items of a list are.";
        blocks.push(table("What the lists are made of", says, protocol, variety));
    }
    let name = if protocol.protocol.is_empty() { "unnamed" } else { &protocol.protocol };
    let part = protocol.part.as_ref().map(|part| format!(", {part}")).unwrap_or_default();
    Section { id: id("protocol"), heading: format!("Figures: {name}{part}"), blocks }
}

/// The figures of all systems, by name: known ones first, then by cutoff.
fn metric_names(protocol: &Protocol) -> Vec<String> {
    let names = protocol.systems.iter().flat_map(|system| system.metrics.keys().cloned());
    let mut names: Vec<String> = names.collect();
    let key = |metric: &String| {
        let (name, at) = metric.split_once('@').unwrap_or((metric, ""));
        let known = ORDER.iter().chain(&VARIETY).position(|known| *known == name).unwrap_or(usize::MAX);
        (known, name.to_owned(), at.parse::<u64>().unwrap_or(0))
    };
    names.sort_by_key(key);
    names.dedup();
    names
}

/// Figures of all systems: those of the usual cutoffs open, the others folded.
fn table(heading: &str, says: &str, protocol: &Protocol, metrics: Vec<String>) -> Block {
    let is_open = |metric: &String| metric.split_once('@').is_none_or(|(_, at)| OPEN.contains(&at));
    let (mut open, mut folded): (Vec<String>, Vec<String>) = metrics.into_iter().partition(is_open);
    if open.is_empty() {
        std::mem::swap(&mut open, &mut folded);
    }
    let folded = match folded.is_empty() {
        true => Vec::new(),
        false => vec![Folded { name: "At other cutoffs".to_owned(), table: figures(protocol, &folded) }],
    };
    Block::Table {
        heading: heading.to_owned(),
        says: says.to_owned(),
        table: figures(protocol, &open),
        content: Content::Numbers,
        folded,
    }
}

fn figures(protocol: &Protocol, metrics: &[String]) -> Table {
    let head = std::iter::once("figure".to_owned()).chain(protocol.systems.iter().map(|system| system.name.clone()));
    let cell = |system: &System, metric: &String| match system.metrics.get(metric) {
        None => "–".to_owned(),
        Some(figure) => {
            let ends = figure.interval().map(|(low, high)| format!("\n{low:.4} to {high:.4}"));
            format!("{:.4}{}", figure.mean, ends.unwrap_or_default())
        }
    };
    let row = |metric: &String| {
        let cells = protocol.systems.iter().map(|system| cell(system, metric));
        std::iter::once(says::name(metric)).chain(cells).collect()
    };
    Table { head: head.collect(), rows: metrics.iter().map(row).collect() }
}

/// Figures by length of history, where there are any.
fn by_history(protocol: &Protocol, id: String) -> Option<Block> {
    let systems: Vec<&System> = protocol.systems.iter().filter(|system| !system.by_history.is_empty()).collect();
    let groups = &systems.first()?.by_history;
    let metric = groups.iter().find_map(|group| {
        let first = group.metrics.contains_key(FIRST).then_some(FIRST);
        first.or_else(|| group.metrics.keys().next().map(String::as_str))
    })?;
    let label = |from: Option<u64>, to: Option<u64>| match (from, to) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => format!("{from}–{to}"),
        (Some(from), None) => format!("{from}+"),
        (None, Some(to)) => format!("to {to}"),
        (None, None) => "all".to_owned(),
    };
    // Groups of another system may be others: they are found by their ends.
    let value = |system: &System, group: &super::ByHistory| {
        let same = system.by_history.iter().find(|other| (other.from, other.to) == (group.from, group.to));
        same.and_then(|same| same.metrics.get(metric)).map_or(0.0, |figure| figure.mean)
    };
    let chart = Bars {
        name: "likes shown".to_owned(),
        labels: groups.iter().map(|group| label(group.from, group.to)).collect(),
        series: systems
            .iter()
            .map(|system| Series {
                name: system.name.clone(),
                values: groups.iter().map(|group| value(system, group)).collect(),
            })
            .collect(),
        unit: Unit::Figure,
        marked_from: None,
    };
    let heading = format!("{} by length of history", says::name(metric));
    Some(figure(id, heading, says::by_history(metric), Chart::Bars(chart)))
}

fn cold_start(facts: &ModelFacts) -> Option<Section> {
    let points = &facts.measured.cold_start;
    let mut names: Vec<&str> = Vec::new();
    for system in points.iter().flat_map(|point| &point.systems) {
        if system.metrics.contains_key(FIRST) && !names.contains(&system.name.as_str()) {
            names.push(&system.name);
        }
    }
    let lines = names.iter().map(|name| {
        let at = |point: &super::ColdStart| {
            point.systems.iter().find(|system| system.name == *name)?.metrics.get(FIRST).copied()
        };
        Line {
            name: (*name).to_owned(),
            values: points.iter().map(|point| at(point).map(|figure| figure.mean)).collect(),
            intervals: points.iter().map(|point| at(point)?.interval()).collect(),
        }
    });
    let chart = Lines {
        name: "likes shown".to_owned(),
        x: points.iter().map(|point| point.shown as f64).collect(),
        x_unit: Unit::Count,
        is_ordinal: true,
        lines: lines.collect(),
        unit: Unit::Figure,
        from_zero: false,
    };
    let users: Vec<String> = points
        .iter()
        .filter_map(|point| {
            Some(format!("{} for {}", count(point.users? as usize, "user"), count(point.shown as usize, "like")))
        })
        .collect();
    let mut blocks = vec![figure(
        "cold-start-curve".to_owned(),
        "NDCG@10 after the first likes".to_owned(),
        says::cold_start(facts, FIRST),
        Chart::Lines(chart),
    )];
    if !users.is_empty() {
        blocks.push(Block::Note(format!("Asked about {}.", users.join(", "))));
    }
    (!names.is_empty()).then(|| section("cold-start", "Cold start", blocks))
}

/// What variety costs: the curve where it is known how lists vary, and all its figures.
fn diversity(facts: &ModelFacts) -> Option<Section> {
    let points = &facts.measured.diversity;
    let of = |point: &Diversity, metric: &str| point.metrics.get(metric).copied();
    let known: Vec<(f64, Estimate)> =
        points.iter().filter_map(|point| Some((of(point, "ild@10")?.mean, of(point, FIRST)?))).collect();
    let mut blocks = Vec::new();
    if known.len() > 1 {
        let mut known = known;
        known.sort_by(|a, b| a.0.total_cmp(&b.0));
        let chart = Lines {
            name: says::name("ild@10"),
            x: known.iter().map(|(ild, _)| *ild).collect(),
            x_unit: Unit::Figure,
            is_ordinal: false,
            lines: vec![Line {
                name: says::name(FIRST),
                values: known.iter().map(|(_, ndcg)| Some(ndcg.mean)).collect(),
                intervals: known.iter().map(|(_, ndcg)| ndcg.interval()).collect(),
            }],
            unit: Unit::Figure,
            from_zero: false,
        };
        let heading = "NDCG@10 against ILD@10".to_owned();
        blocks.push(figure("diversity-curve".to_owned(), heading, says::diversity(points), Chart::Lines(chart)));
    }
    let shown = [FIRST, "ild@10", "coverage@10", "long_tail@10"];
    let shown: Vec<&str> =
        shown.into_iter().filter(|metric| points.iter().any(|point| of(point, metric).is_some())).collect();
    let row = |point: &Diversity| {
        let cell = |metric: &&str| of(point, metric).map_or("–".to_owned(), |figure| Unit::Figure.exact(figure.mean));
        std::iter::once(trimmed(point.lambda, 2)).chain(shown.iter().map(cell)).collect()
    };
    let head = std::iter::once("diversity".to_owned()).chain(shown.iter().map(|metric| says::name(metric)));
    blocks.push(Block::Table {
        heading: "By how much likeness counts".to_owned(),
        says: says::diversity_table(points),
        table: Table { head: head.collect(), rows: points.iter().map(row).collect() },
        content: Content::Numbers,
        folded: Vec::new(),
    });
    (!shown.is_empty()).then(|| section("diversity", "What variety costs", blocks))
}

fn stars(facts: &ModelFacts) -> Option<Section> {
    let stars = facts.measured.stars.as_ref()?;
    let mut blocks = Vec::new();
    for error in ["rmse", "mae"] {
        let ours = stars.errors.get(error).map(|figure| ("foldin", figure));
        let others = stars.baselines.iter().filter_map(|(name, errors)| Some((name.as_str(), errors.get(error)?)));
        let row = |(name, figure): (&str, &super::Estimate)| Row {
            name: name.to_owned(),
            value: figure.mean,
            interval: figure.interval(),
            marked: name == "foldin",
        };
        let rows: Vec<Row> = ours.into_iter().chain(others).map(row).collect();
        if !rows.is_empty() {
            let says =
                if error == "rmse" { says::stars(facts) } else { "Mean absolute error. Less is better.".to_owned() };
            let chart = dots(says::name(error), rows);
            blocks.push(figure(
                format!("stars-{error}"),
                format!("{} of predicted stars", says::name(error)),
                says,
                chart,
            ));
        }
    }
    (!blocks.is_empty()).then(|| section("stars", "Stars", blocks))
}

/// How learning went, and what came of it in bytes.
fn learning(facts: &ModelFacts) -> Section {
    let blocks = std::iter::once(sizes(facts)).chain(training(facts)).collect();
    let heading = if facts.measured.training.is_empty() { "Size" } else { "Size and training" };
    section("size", heading, blocks)
}

fn sizes(facts: &ModelFacts) -> Block {
    let rows = facts.files.iter().flat_map(|file| {
        let row = |section: &super::SectionFacts| Row {
            name: format!("{}: {}", file.kind, section.name),
            value: section.bytes as f64,
            ..Row::default()
        };
        file.sections.iter().map(row)
    });
    let chart = Rows {
        name: "file: section".to_owned(),
        value_name: "bytes".to_owned(),
        rows: rows.collect(),
        unit: Unit::Bytes,
        mark: Mark::Bar,
    };
    figure("sizes".to_owned(), "Size by section".to_owned(), says::sizes(facts), Chart::Rows(chart))
}

fn training(facts: &ModelFacts) -> Vec<Block> {
    let curves = facts.measured.training.iter().filter(|curve| curve.points.len() > 1).enumerate();
    curves
        .map(|(place, curve)| {
            let chart = Lines {
                name: "iteration".to_owned(),
                x: curve.points.iter().map(|point| point.0).collect(),
                x_unit: Unit::Count,
                is_ordinal: false,
                lines: vec![Line {
                    name: says::name(&curve.figure),
                    values: curve.points.iter().map(|point| Some(point.1)).collect(),
                    intervals: Vec::new(),
                }],
                // A loss of millions is read as a count.
                unit: if curve.points.iter().any(|point| point.1 >= 100.0) { Unit::Count } else { Unit::Figure },
                from_zero: false,
            };
            let heading = format!("{} of {} by iteration", says::name(&curve.figure), curve.learner);
            figure(format!("training-{}", place + 1), heading, says::curve(curve), Chart::Lines(chart))
        })
        .collect()
}

fn origin(facts: &ModelFacts) -> Section {
    let absent = |file: &str| Block::Note(format!("There is no {file}."));
    let blocks = vec![
        match facts.settings.is_empty() {
            true => absent("config.toml"),
            false => settings(&facts.settings),
        },
        match facts.metadata.is_empty() {
            true => absent("metadata.json"),
            false => metadata(&facts.metadata),
        },
    ];
    section("origin", "Settings and origin", blocks)
}

/// What differs from the defaults; everything, section by section, where it is asked for.
fn settings(sections: &[SettingsSection]) -> Block {
    let all = || sections.iter().flat_map(|section| section.settings.iter().map(move |setting| (section, setting)));
    let changed = |(section, setting): (&SettingsSection, &SettingFacts)| {
        let name = if section.name.is_empty() { String::new() } else { format!("{}.", section.name) };
        let default = setting.default.clone()?;
        Some(vec![name + &setting.key, setting.value.clone(), default])
    };
    let rows: Vec<Vec<String>> = all().filter_map(changed).collect();
    let fold = |section: &SettingsSection| {
        let name = if section.name.is_empty() { "outside any section" } else { &section.name };
        let value = |setting: &SettingFacts| match &setting.default {
            Some(default) => format!("{}\nby default {default}", setting.value),
            None => setting.value.clone(),
        };
        let row = |one: &SettingFacts| vec![one.key.clone(), value(one), one.says.to_owned()];
        Folded {
            name: if section.says.is_empty() { name.to_owned() } else { format!("{name}: {}", section.says) },
            table: Table {
                head: heads(["setting", "value", "what it means"]),
                rows: section.settings.iter().map(row).collect(),
            },
        }
    };
    Block::Table {
        heading: "Settings".to_owned(),
        says: says::settings(rows.len(), all().count()),
        table: Table { head: heads(["setting", "value", "by default"]), rows },
        content: Content::Words,
        folded: sections.iter().map(fold).collect(),
    }
}

fn metadata(metadata: &[Setting]) -> Block {
    let row = |setting: &Setting| vec![spaced(&setting.name), readable(setting)];
    Block::Table {
        heading: "Data and program".to_owned(),
        says: "The fingerprint names the content of the data.".to_owned(),
        table: Table { head: heads(["name", "value"]), rows: metadata.iter().map(row).collect() },
        content: Content::Words,
        folded: Vec::new(),
    }
}

fn heads<const N: usize>(names: [&str; N]) -> Vec<String> {
    names.map(str::to_owned).to_vec()
}

/// `trainingSeconds` as `training seconds`.
fn spaced(name: &str) -> String {
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            words.push(' ');
        }
        words.push(letter.to_ascii_lowercase());
    }
    words
}

/// A value as people read it: a day instead of seconds, a short number instead of all digits.
fn readable(Setting { name, value }: &Setting) -> String {
    let seconds = (name == "trainedAt").then(|| value.parse::<i64>().ok()).flatten();
    if let Some(moment) = seconds.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok()) {
        return format!("{} UTC", jiff::tz::Offset::UTC.to_datetime(moment).strftime("%Y-%m-%d %H:%M"));
    }
    match value.parse::<f64>() {
        Ok(number) if name.ends_with("Seconds") => trimmed(number, 2),
        _ => value.clone(),
    }
}

fn versions(facts: &ModelFacts) -> Option<Section> {
    let has_figures = facts.versions.iter().any(|version| version.ndcg_at_10.is_some());
    let row = |version: &VersionFacts| {
        let is_this = if version.version == facts.version { " (this card)" } else { "" };
        let current = if version.is_current { " (current)" } else { "" };
        let mut cells = vec![
            format!("{}{current}{is_this}", version.version),
            version.data.clone(),
            grouped(version.users),
            grouped(version.items),
            grouped(version.likes),
            size(version.bytes),
        ];
        if has_figures {
            cells.push(version.ndcg_at_10.map_or("–".to_owned(), |figure| format!("{figure:.4}")));
        }
        cells
    };
    let mut head = ["version", "data", "users", "items", "likes", "files"].map(str::to_owned).to_vec();
    if has_figures {
        head.push("NDCG@10".to_owned());
    }
    let block = Block::Table {
        heading: "Versions of this folder".to_owned(),
        says: says::versions(facts),
        table: Table { head, rows: facts.versions.iter().map(row).collect() },
        content: Content::Numbers,
        folded: Vec::new(),
    };
    (!facts.versions.is_empty()).then(|| section("versions", "Versions", vec![block]))
}

fn row(system: &System, metric: &str) -> Option<Row> {
    let figure = system.metrics.get(metric)?;
    let (name, marked) = (system.name.clone(), is_ours(system));
    Some(Row { name, value: figure.mean, interval: figure.interval(), marked })
}

fn dots(value_name: String, rows: Vec<Row>) -> Chart {
    Chart::Rows(Rows { name: "system".to_owned(), value_name, rows, unit: Unit::Figure, mark: Mark::Dot })
}

fn section(id: &str, heading: &str, blocks: Vec<Block>) -> Section {
    Section { id: id.to_owned(), heading: heading.to_owned(), blocks }
}

fn figure(id: String, heading: String, says: String, chart: Chart) -> Block {
    Block::Figure(Figure { id, heading, says, chart })
}
