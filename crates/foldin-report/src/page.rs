//! The frame of a page: its style, summary, sections and figures.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::chart::{Chart, Table, colour};

const STYLE: &str = include_str!("style.css");

/// Tables with more columns take the whole width of the page.
const WIDE: usize = 5;

/// A whole page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// What the page is about.
    pub title: String,
    /// What kind of report it is, above the title.
    pub kind: &'static str,
    /// A few sentences below the title.
    pub lead: Vec<String>,
    /// The figures to know first.
    pub summary: Vec<Tile>,
    /// The rest.
    pub sections: Vec<Section>,
}

/// A figure to know first.
#[derive(Debug, Clone, PartialEq)]
pub struct Tile {
    /// The figure.
    pub value: String,
    /// What it is.
    pub name: String,
}

/// A part of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Its name in the page's address, unique.
    pub id: String,
    /// Its heading.
    pub heading: String,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// A thing in a section.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A picture with a sentence.
    Figure(Figure),
    /// A table with a sentence.
    Table {
        /// What it shows.
        heading: String,
        /// What it means.
        says: String,
        /// The table.
        table: Table,
        /// What stands in its cells.
        content: Content,
        /// What is shown only to those who ask for it.
        folded: Vec<Folded>,
    },
    /// A sentence alone, where there is nothing to show.
    Note(String),
}

/// A table that is closed until it is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Folded {
    /// What it shows: what is clicked on.
    pub name: String,
    /// The table.
    pub table: Table,
}

/// What stands in the cells of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Numbers, which line up on the right.
    Numbers,
    /// Words.
    Words,
}

/// A picture with a sentence that says what it means.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Unique on the page.
    pub id: String,
    /// What it shows.
    pub heading: String,
    /// What it means.
    pub says: String,
    /// The picture.
    pub chart: Chart,
}

impl Page {
    /// The page as HTML.
    pub fn render(&self) -> String {
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) " – " (self.kind) " – foldin" }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    header {
                        p.kind { (self.kind) }
                        h1 { (self.title) }
                        @for sentence in &self.lead { p.lead { (sentence) } }
                    }
                    main {
                        dl.summary aria-label="The figures to know first" {
                            @for tile in &self.summary { div { dt { (tile.name) } dd { (tile.value) } } }
                        }
                        nav aria-label="Sections" {
                            @for section in &self.sections {
                                a href=(format!("#{}", section.id)) { (section.heading) }
                                " "
                            }
                        }
                        @for section in &self.sections { (section.render()) }
                    }
                    footer { p { "Made by foldin " (env!("CARGO_PKG_VERSION")) ". Nothing on this page is loaded from elsewhere." } }
                }
            }
        };
        page.into_string() + "\n"
    }
}

impl Section {
    fn render(&self) -> Markup {
        // Of three in a row, four would leave one alone.
        let n_figures = self.blocks.iter().filter(|block| matches!(block, Block::Figure(_))).count();
        html! {
            section aria-labelledby=(self.id) {
                h2 id=(self.id) { (self.heading) }
                div.blocks.by-two[n_figures == 2 || n_figures == 4] { @for block in &self.blocks { (block.render()) } }
            }
        }
    }
}

impl Block {
    fn render(&self) -> Markup {
        match self {
            Block::Figure(figure) => figure.render(),
            Block::Table { heading, says, table, content, folded } => {
                let is_wide = |table: &Table| table.head.len() > WIDE;
                let is_wide = is_wide(table) || folded.iter().any(|folded| is_wide(&folded.table));
                html! {
                    div.card.wide[*content == Content::Words || is_wide] {
                        h3 { (heading) }
                        p { (says) }
                        @if !table.rows.is_empty() { (render_table(table, heading, *content)) }
                        @for Folded { name, table } in folded {
                            details {
                                summary { (name) }
                                (render_table(table, &format!("{heading}: {name}"), *content))
                            }
                        }
                    }
                }
            }
            Block::Note(sentence) => html! { p.note { (sentence) } },
        }
    }
}

impl Figure {
    fn render(&self) -> Markup {
        let legend = self.chart.legend();
        html! {
            figure.card {
                h3 { (self.heading) }
                figcaption { (self.says) }
                @if !legend.is_empty() {
                    ul.legend aria-label="Legend" {
                        @for (series, name) in legend.iter().enumerate() {
                            li { span.key.(colour(series)) aria-hidden="true" {} (name) }
                        }
                    }
                }
                (self.chart.draw(&self.id, &self.heading, &self.says))
                details {
                    summary { "Figures" span.unseen { " of: " (self.heading) } }
                    (render_table(&self.chart.table(), &self.heading, Content::Numbers))
                }
            }
        }
    }
}

/// A cell; what stands on a second line is written smaller.
fn render_cell(cell: &str) -> Markup {
    match cell.split_once('\n') {
        None => html! { (cell) },
        Some((first, second)) => html! { (first) br; small { (second) } },
    }
}

fn render_table(table: &Table, caption: &str, content: Content) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(caption) {
            table.(if content == Content::Words { "words" } else { "numbers" }) {
                thead { tr { @for head in &table.head { th scope="col" { (head) } } } }
                tbody {
                    @for row in &table.rows {
                        tr {
                            @for (place, cell) in row.iter().enumerate() {
                                @if place == 0 { th scope="row" { (cell) } } @else { td { (render_cell(cell)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Fails where an element is not closed, or closed by another, and where a picture lacks its title and description.
#[cfg(test)]
pub(super) fn well_formed(page: &str) {
    let style = page.find("</style>").expect("there is a style");
    let mut open: Vec<&str> = Vec::new();
    // The style holds no markup, but signs that look like it.
    let text = &page[style..];
    open.extend(["html", "head", "style"]);
    for part in text.split('<').skip(1) {
        let (tag, after) = part.split_once('>').unwrap_or_else(|| panic!("no end of <{part}"));
        assert!(!after.contains('>'), "a stray > in {part:?}");
        let name = tag.split_whitespace().next().unwrap_or_default();
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "</{name}> closes another element"),
            None if ["meta", "br", "link"].contains(&name) => {}
            None => open.push(name),
        }
        assert_eq!(tag.matches('"').count() % 2, 0, "an open quote in <{tag}>");
        if name == "svg" {
            assert!(tag.contains("role=\"img\"") && after.is_empty(), "<{tag}>");
        }
    }
    assert!(open.is_empty(), "not closed: {open:?}");
    let mut ids: Vec<&str> =
        text.split(" id=\"").skip(1).map(|part| part.split('"').next().unwrap_or_default()).collect();
    let n_ids = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), n_ids, "an id comes twice");
    for named in text.split("aria-labelledby=\"").skip(1) {
        let names = named.split('"').next().unwrap_or_default();
        assert!(names.split(' ').all(|name| ids.binary_search(&name).is_ok()), "nothing is called {names}");
    }
}
