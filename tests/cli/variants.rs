//! `foldin variants`: versions among which visitors are divided.

use serde_json::json;

use crate::fixtures::trained;
use crate::harness::{Place, says};

/// A place with three versions.
fn three_versions() -> Place {
    let place = trained();
    place.foldin("train films --factors 2 --no-evaluate");
    place.foldin("train films --factors 3 --no-evaluate");
    place
}

#[test]
fn variants_are_set_shown_and_taken_off() {
    let place = three_versions();
    let before = place.read("model/manifest.json");
    assert_eq!(place.foldin("variants").out, "all visitors get v1.2.0, the current version\n");
    let run = place.foldin("variants v1.1.0=90 1.2.0=30");
    run.says(&["from its next `foldin build` on", "as soon as it has the new manifest.json"]);
    run.says(&["note: the shares add up to 120, not 100; in per cent they are v1.1.0 (75 %), v1.2.0 (25 %)"]);
    let expected = json!([{ "version": "v1.1.0", "share": 90.0 }, { "version": "v1.2.0", "share": 30.0 }]);
    assert_eq!(place.json("model/manifest.json")["variants"], expected);
    let shown = place.foldin("variants").out;
    says(&shown, &["v1.1.0  75 %\n", "v1.2.0  25 %\n"]);
    assert_eq!(place.foldin("variants --json").json(), json!({ "current": "v1.2.0", "variants": expected }));
    says(&place.foldin("versions").out, &["visitors get v1.1.0 (75 %), v1.2.0 (25 %)\n"]);
    assert_eq!(place.foldin("versions --json").json()["variants"], expected);
    place.foldin("variants v1.0.0=1 v1.1.0=2");
    says(&place.foldin("variants").out, &["v1.0.0  33.3 %\n", "v1.1.0  66.7 %\n"]);
    let run = place.foldin("variants v1.0.0=33.3 v1.1.0=66.7");
    assert!(!run.err.contains("add up"), "{run}");
    place.foldin("variants --off");
    assert_eq!(place.read("model/manifest.json"), before);
}

#[test]
fn a_training_leaves_variants_and_says_so_and_a_rollback_ends_them() {
    let place = three_versions();
    place.foldin("variants v1.0.0=50 v1.1.0=50");
    let run = place.foldin("train films --factors 4 --no-evaluate");
    run.says(&["note: visitors still get v1.0.0 (50 %), v1.1.0 (50 %); `foldin variants --off`"]);
    assert_eq!(place.json("model/manifest.json")["variants"].as_array().map(Vec::len), Some(2));
    let run = place.foldin("rollback v1.0.0");
    run.says(&["note: visitors are no longer divided among v1.0.0 (50 %), v1.1.0 (50 %)"]);
    assert_eq!(place.foldin("variants").out, "all visitors get v1.0.0, the current version\n");
}

#[test]
fn what_cannot_be_a_variant_is_named_and_nothing_changes() {
    let place = three_versions();
    let show = place.only_file("model/v1.1.0", "show-");
    place.write(&show, "cut");
    let before = place.files("model");
    for (arguments, said) in [
        ("v1.0.0", "expected a version and its share, as in v1.1.0=90"),
        ("v1.0.0=", "expected a share from 1e-6 to 1e6"),
        ("v1.0.0=0", "expected a share from 1e-6 to 1e6"),
        ("v1.0.0=-3 v1.2.0=3", "expected a share from 1e-6 to 1e6"),
        ("v1.0.0=NaN", "expected a share from 1e-6 to 1e6"),
        ("newest=3", "\"newest\" is not a version; expected three numbers"),
        ("v3.0.0=3", "model has no version v3.0.0; it has v1.0.0, v1.1.0, v1.2.0"),
        ("v1.0.0=3 1.0.0=4", "model names the variant v1.0.0, which is named twice"),
        ("v1.0.0=3 v1.1.0=4", "v1.1.0 is not whole"),
        ("v1.0.0=3 --off", "cannot be used with"),
        ("v1.0.0=3 --model nowhere", "there is no model in nowhere"),
    ] {
        says(&place.refused(&format!("variants {arguments}")), &[said]);
    }
    assert_eq!(place.files("model"), before);
    assert!(!place.path("nowhere").exists());
}
