//! `foldin variants`: versions among which visitors are divided.

use foldin_store::{self as store, Manifest, Variant};
use serde_json::json;

use crate::args::VariantsArguments;
use crate::output;

pub(crate) fn run(arguments: &VariantsArguments) -> anyhow::Result<()> {
    let dir = &arguments.model.model;
    // A folder without a model must not get a lock.
    let mut manifest = store::read_manifest(dir)?;
    if arguments.off || !arguments.variants.is_empty() {
        let lock = super::lock(dir)?;
        manifest = store::set_variants(&lock, &arguments.variants)?;
    }
    let text = if arguments.json {
        serde_json::to_string_pretty(&json!({ "current": manifest.current, "variants": manifest.variants }))?
    } else {
        table(&manifest)
    };
    output::result(&text)?;
    if !arguments.variants.is_empty() {
        note_sum(&manifest.variants);
        output::step(
            "a site divides its visitors so from its next `foldin build` on; a folder that was copied by hand, as soon as \
             it has the new manifest.json",
        );
    }
    Ok(())
}

/// Shares that are no per cents are most likely meant, but may be a slip.
fn note_sum(variants: &[Variant]) {
    let sum: f64 = variants.iter().map(|variant| variant.share).sum();
    // Thirds typed as 33.3 are not worth a word, nor is what the sum of decimals is off by.
    if (sum - 100.0).abs() > 0.5 {
        let sum = (sum * 1e6).round() / 1e6;
        output::note(&format!("the shares add up to {sum}, not 100; in per cent they are {}", described(variants)));
    }
}

fn table(manifest: &Manifest) -> String {
    if manifest.variants.is_empty() {
        return format!("all visitors get {}, the current version", manifest.current);
    }
    let row = |variant: &Variant| vec![variant.version.clone(), percent(variant, &manifest.variants)];
    output::columns(&manifest.variants.iter().map(row).collect::<Vec<_>>(), &[1])
}

/// Variants with their shares, in a sentence.
pub(crate) fn described(variants: &[Variant]) -> String {
    let one = |variant: &Variant| format!("{} ({})", variant.version, percent(variant, variants));
    variants.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn percent(variant: &Variant, all: &[Variant]) -> String {
    let sum: f64 = all.iter().map(|variant| variant.share).sum();
    let percent = format!("{:.1}", 100.0 * variant.share / sum);
    format!("{} %", percent.trim_end_matches(".0"))
}
