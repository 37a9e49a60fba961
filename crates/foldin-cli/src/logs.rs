//! How what the program says reaches people and programs: everything comes as an event of [`tracing`].
//!
//! | level | as text | said by |
//! |---|---|---|
//! | info | as it stands, or two spaces further in where it is a `detail` | `output::step` |
//! | warn | `  note: ...` | `output::note` |
//! | error | `error: ...`, and `  because: ...` for each cause | `output::error` |
//!
//! As JSON an event is one object a line: `timestamp`, `level`, `message`, and its figures, which the text has in its
//! sentence.

use std::fmt::{self, Write};
use std::fs::OpenOptions;
use std::io;
use std::path::Path;
use std::sync::Mutex;

use anyhow::Context;
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields, MakeWriter};
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::{Registry, fmt as layers};

use crate::args::{LogArguments, LogFormat};
use crate::progress;

/// Begins to listen, as the arguments say. What is said before is lost.
pub(crate) fn start(arguments: &LogArguments) -> anyhow::Result<()> {
    let level = if arguments.quiet { LevelFilter::ERROR } else { LevelFilter::INFO };
    let to_stderr = match arguments.log_format {
        LogFormat::Text | LogFormat::Lines(_) => text(io::stderr),
        LogFormat::Json => json(io::stderr),
    };
    let to_file = arguments.log_file.as_deref().map(file).transpose()?;
    if arguments.log_format != LogFormat::Json && !arguments.quiet {
        progress::allow_bars();
    }
    // The file is beside, and keeps what --quiet leaves out.
    let file_level = to_file.map(|layer| layer.with_filter(LevelFilter::INFO));
    let listener = Registry::default().with(to_stderr.with_filter(level)).with(file_level);
    Ok(tracing::subscriber::set_global_default(listener)?)
}

type BoxedLayer = Box<dyn Layer<Registry> + Send + Sync>;

fn text<W: for<'w> MakeWriter<'w> + Send + Sync + 'static>(writer: W) -> BoxedLayer {
    // Nobody listens any more: no reason to stop the work, nor to complain.
    layers::layer().event_format(Text).with_ansi(false).with_writer(writer).log_internal_errors(false).boxed()
}

fn json<W, S>(writer: W) -> Box<dyn Layer<S> + Send + Sync>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
    S: Subscriber + for<'span> LookupSpan<'span>,
{
    let layer = layers::layer().json().flatten_event(true).with_current_span(false).with_span_list(false);
    layer.with_target(false).with_writer(writer).log_internal_errors(false).boxed()
}

fn file<S>(path: &Path) -> anyhow::Result<Box<dyn Layer<S> + Send + Sync>>
where
    S: Subscriber + for<'span> LookupSpan<'span>,
{
    let file = OpenOptions::new().append(true).create(true).open(path);
    Ok(json(Mutex::new(file.with_context(|| format!("cannot write {}", path.display()))?)))
}

/// Events as people read them.
struct Text;

impl<S, N> FormatEvent<S, N> for Text
where
    S: Subscriber + for<'span> LookupSpan<'span>,
    N: for<'writer> FormatFields<'writer> + 'static,
{
    fn format_event(&self, _: &FmtContext<'_, S, N>, mut writer: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        let mut parts = Parts::default();
        event.record(&mut parts);
        let before = match *event.metadata().level() {
            Level::ERROR => "error: ",
            Level::WARN => "  note: ",
            _ if parts.is_detail => "  ",
            _ => "",
        };
        writeln!(writer, "{before}{}", parts.message)?;
        parts.because.lines().try_for_each(|cause| {
            // Lines that are further in, such as those of an example, belong to the one before.
            let label = if cause.starts_with("hint: ") || cause.starts_with("  ") { "" } else { "because: " };
            writeln!(writer, "  {label}{cause}")
        })
    }
}

/// The fields of an event that its text is made of.
#[derive(Default)]
struct Parts {
    message: String,
    because: String,
    is_detail: bool,
}

impl Visit for Parts {
    fn record_bool(&mut self, field: &Field, value: bool) {
        self.is_detail |= field.name() == "detail" && value;
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "because" {
            self.because = value.to_owned();
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            let _ = write!(self.message, "{value:?}");
        }
    }
}
