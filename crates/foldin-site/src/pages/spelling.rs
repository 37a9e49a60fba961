//! How a site spells its addresses: the path that it is served below, its host, and `/a/`, `/a` or `/a.html`.

use std::collections::HashMap;

use super::address::{self, host_of, key, of_file, path_of, resolve};
use super::parse::RawPage;

/// What most canonical links have before the path of their file.
pub(super) fn base_of(raws: &[(String, RawPage)]) -> String {
    let mut votes: HashMap<String, usize> = HashMap::new();
    for (file, raw) in raws {
        let Some(canonical) = &raw.canonical else { continue };
        let (canonical, own) = (key(canonical), key(&of_file("/", file)));
        if let Some(base) = canonical.strip_suffix(&*own) {
            *votes.entry(address::normal_base(&address::encoded(base))).or_default() += 1;
        }
    }
    let best = votes.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
    best.map_or_else(|| "/".to_owned(), |(base, _)| base)
}

/// The host that most canonical links name.
pub(super) fn site_host(raws: &[(String, RawPage)]) -> Option<String> {
    let mut votes: HashMap<String, usize> = HashMap::new();
    let hosts = raws.iter().filter_map(|(_, raw)| host_of(raw.canonical.as_deref()?));
    hosts.for_each(|host| *votes.entry(host).or_default() += 1);
    votes.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0))).map(|(host, _)| host)
}

/// The path of every file, spelled as its canonical link does; else, for a file such as `a.html`, as most links on other
/// pages do.
pub(super) fn paths(base: &str, raws: &[(String, RawPage)]) -> Vec<String> {
    let paths: Vec<String> = raws.iter().map(|(file, _)| of_file(base, file)).collect();
    let by_key: HashMap<String, usize> = paths.iter().map(|path| key(path)).zip(0..).collect();
    let mut votes: Vec<HashMap<String, usize>> = vec![HashMap::new(); raws.len()];
    for (n, (_, raw)) in raws.iter().enumerate() {
        for link in &raw.links {
            let to = resolve(&paths[n], link);
            if let Some(&other) = by_key.get(&key(&to)).filter(|&&other| other != n) {
                *votes[other].entry(to).or_default() += 1;
            }
        }
    }
    let spelled = |(n, path): (usize, String)| {
        let (file, raw) = &raws[n];
        if let Some(canonical) = raw.canonical.as_deref().map(path_of).filter(|other| key(other) == key(&path)) {
            return canonical;
        }
        if file.rsplit('/').next().is_some_and(|name| name.starts_with("index.")) {
            return path;
        }
        let best = votes[n].iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
        best.map_or(path, |(other, _)| other.clone())
    };
    paths.into_iter().enumerate().map(spelled).collect()
}

/// What more than half of the canonical links name, where that is one page: a template that was filled in wrongly.
pub(super) fn misused_canonical(raws: &[(String, RawPage)]) -> Option<String> {
    let links: Vec<&String> = raws.iter().filter_map(|(_, raw)| raw.canonical.as_ref()).collect();
    let mut counts: HashMap<&String, usize> = HashMap::new();
    links.iter().for_each(|link| *counts.entry(link).or_default() += 1);
    let most = counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0)));
    most.filter(|&(_, n)| n >= 3 && n * 2 > links.len()).map(|(link, _)| link.clone())
}
