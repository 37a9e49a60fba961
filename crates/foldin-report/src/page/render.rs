//! A page as HTML.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{Block, Cells, ChartBlock, Folded, Page, Section, TableBlock};
use crate::chart::{Table, colour};

const STYLE: &str = include_str!("../style.css");

/// A table with more columns takes the whole width of the page.
const MOST_NARROW_COLUMNS: usize = 5;

impl Page {
    /// The page as HTML. The same page gives the same bytes.
    pub(crate) fn render(&self) -> String {
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
                        dl.summary aria-label="Key values" {
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
                    footer { p { "Made by foldin " (env!("CARGO_PKG_VERSION")) ". This page loads no other files." } }
                }
            }
        };
        page.into_string() + "\n"
    }
}

impl Section {
    fn render(&self) -> Markup {
        // Rows of three would leave a gap beside two cards, and the last of four alone.
        let n_cards = self.blocks.iter().filter(|block| block.is_narrow()).count();
        html! {
            section aria-labelledby=(self.id) {
                h2 id=(self.id) { (self.heading) }
                div.blocks.by-two[n_cards == 2 || n_cards == 4] { @for block in &self.blocks { (block.render()) } }
            }
        }
    }
}

impl Block {
    /// Whether the block stands beside others.
    fn is_narrow(&self) -> bool {
        match self {
            Block::Chart(_) => true,
            Block::Table(table) => !table.is_wide(),
            Block::Note(_) => false,
        }
    }

    fn render(&self) -> Markup {
        match self {
            Block::Chart(chart) => chart.render(),
            Block::Table(table) => table.render(),
            Block::Note(text) => html! { p.note { (text) } },
        }
    }
}

impl ChartBlock {
    fn render(&self) -> Markup {
        let legend = self.chart.legend();
        html! {
            figure.card {
                h3 { (self.heading) }
                figcaption { (self.caption) }
                @if !legend.is_empty() {
                    ul.legend aria-label="Legend" {
                        @for (series, name) in legend.iter().enumerate() {
                            li { span.key.(colour(series)) aria-hidden="true" {} (name) }
                        }
                    }
                }
                (self.chart.draw(&self.id, &self.heading, &self.caption))
                details {
                    summary { "Values" span.unseen { " of: " (self.heading) } }
                    (render_table(&self.chart.table(), &self.heading, Cells::Numbers))
                }
            }
        }
    }
}

impl TableBlock {
    fn render(&self) -> Markup {
        html! {
            div.card.wide[self.is_wide()] {
                h3 { (self.heading) }
                p { (self.caption) }
                @if !self.terms.is_empty() {
                    dl.terms { @for (term, meaning) in &self.terms { div { dt { (term) } dd { (meaning) } } } }
                }
                @if !self.table.rows.is_empty() { (render_table(&self.table, &self.heading, self.cells)) }
                @for Folded { name, table } in &self.folded {
                    details {
                        summary { (name) }
                        (render_table(table, &format!("{}: {name}", self.heading), self.cells))
                    }
                }
            }
        }
    }

    fn is_wide(&self) -> bool {
        let mut tables = std::iter::once(&self.table).chain(self.folded.iter().map(|folded| &folded.table));
        self.cells == Cells::Text || tables.any(|table| table.head.len() > MOST_NARROW_COLUMNS)
    }
}

fn render_table(table: &Table, caption: &str, cells: Cells) -> Markup {
    let class = match cells {
        Cells::Numbers => "numbers",
        Cells::Text => "words",
    };
    html! {
        div.scroll tabindex="0" role="region" aria-label=(caption) {
            table.(class) {
                thead { tr { @for head in &table.head { th scope="col" { (head) } } } }
                tbody {
                    @for row in &table.rows {
                        tr {
                            @for (column, cell) in row.iter().enumerate() {
                                @if column == 0 { th scope="row" { (cell) } } @else { td { (render_cell(cell)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A cell; its second line is written smaller.
fn render_cell(cell: &str) -> Markup {
    match cell.split_once('\n') {
        None => html! { (cell) },
        Some((first, second)) => html! { (first) br; small { (second) } },
    }
}
