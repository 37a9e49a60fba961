//! Names of versions: `v1.2.0`.

use crate::error::StoreError;
use crate::manifest::Manifest;

/// The name of the next minor version.
pub(crate) fn next_version(manifest: &Manifest) -> Result<String, StoreError> {
    let versions = manifest.versions.iter().map(|entry| parse_version(&entry.version));
    let newest = versions.collect::<Result<Vec<_>, _>>()?.into_iter().max();
    Ok(format_version(newest.map_or([1, 0, 0], |[major, minor, _]| [major, minor + 1, 0])))
}

/// The three numbers of a name.
pub(crate) fn parse_version(name: &str) -> Result<[u32; 3], StoreError> {
    let part = |part: &str| part.parse().ok().filter(|&number| number < 1_000_000 && !part.starts_with('+'));
    let parts: Option<Vec<u32>> = name.strip_prefix('v').unwrap_or(name).split('.').map(part).collect();
    parts.and_then(|parts| parts.try_into().ok()).ok_or_else(|| StoreError::VersionName { version: name.to_owned() })
}

/// The name of three numbers.
pub(crate) fn format_version([major, minor, patch]: [u32; 3]) -> String {
    format!("v{major}.{minor}.{patch}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_three_numbers_with_or_without_a_v() {
        assert_eq!(parse_version("v1.2.30").unwrap(), [1, 2, 30]);
        assert_eq!(format_version(parse_version("1.0.0").unwrap()), "v1.0.0");
        for name in ["", "v1", "1.2", "1.2.3.4", "1.x.0", "v+1.0.0", "latest"] {
            assert!(parse_version(name).is_err(), "{name}");
        }
    }
}
