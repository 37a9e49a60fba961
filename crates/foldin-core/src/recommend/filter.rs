//! Which items may be recommended at all.

use crate::error::RequestError;
use crate::index::ItemIdx;
use crate::model::Catalogue;
use crate::request::Request;

/// One flag an item: whether it passes everything that the request asks. Seen items are struck out by the caller.
pub(crate) fn passing(catalogue: &Catalogue, request: &Request) -> Result<Vec<bool>, RequestError> {
    let mut pass = vec![true; catalogue.len()];
    if let Some(only) = &request.only {
        pass.fill(false);
        only.iter().filter_map(|id| catalogue.find(id)).for_each(|item| pass[item.at()] = true);
    }
    request.exclude.iter().filter_map(|id| catalogue.find(id)).for_each(|item| pass[item.at()] = false);
    if !request.genres.is_empty() {
        let wanted = request.genres.iter().map(|name| genre(catalogue, name)).collect::<Result<Vec<u32>, _>>()?;
        keep(&mut pass, |item| catalogue.genres(item).iter().any(|genre| wanted.contains(genre)));
    }
    if let Some((first, last)) = request.years {
        if first > last {
            return Err(RequestError::InvalidValue {
                what: "years",
                value: format!("{first} to {last}"),
                expected: "the earlier year first".to_owned(),
            });
        }
        keep(&mut pass, |item| catalogue.year(item).is_some_and(|year| (first..=last).contains(&year)));
    }
    Ok(pass)
}

fn keep(pass: &mut [bool], holds: impl Fn(ItemIdx) -> bool) {
    for (n, pass) in pass.iter_mut().enumerate() {
        *pass = *pass && holds(ItemIdx(n as u32));
    }
}

fn genre(catalogue: &Catalogue, name: &str) -> Result<u32, RequestError> {
    let found = catalogue.genre_names().iter().position(|known| known == name);
    found.map(|place| place as u32).ok_or_else(|| RequestError::UnknownGenre {
        name: name.to_owned(),
        known: catalogue.genre_names().iter().collect::<Vec<_>>().join(", "),
    })
}
