//! What JavaScript asks, checked on its way to the core.
//!
//! By hand instead of through serde: a wrong value is named by its place (`profile.liked[3]`), and the module is a
//! quarter smaller.

use foldin_core::{Profile, Request, Signal, Source, Strategy};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::error::Thrown;

/// `{ liked, disliked, ratings, seen }`, all of them optional. Likes count as the newest events, after dislikes, stars
/// and what was seen.
pub(crate) fn profile(value: &JsValue) -> Result<Profile, Thrown> {
    let mut profile = Profile::new();
    let fields = Fields::of("profile", value.clone(), &["liked", "disliked", "ratings", "seen"])?;
    for item in fields.strings("seen")?.unwrap_or_default() {
        profile.push(item, Signal::Seen);
    }
    let ratings = fields.get("ratings")?;
    if !ratings.is_undefined() {
        // Pairs have an order; an object puts ids that look like whole numbers first.
        let expected = || wrong("profile.ratings", &ratings, "an object of ids and stars, or an array of such pairs");
        let pairs = match ratings.dyn_ref::<Array>() {
            Some(pairs) => pairs.clone(),
            None => Object::entries(ratings.dyn_ref().ok_or_else(expected)?),
        };
        for pair in pairs.iter() {
            let (id, stars) = rating(&pair)
                .ok_or_else(|| wrong("an entry of profile.ratings", &pair, "an id and a number of stars"))?;
            profile.push(id, Signal::Stars(stars));
        }
    }
    for item in fields.strings("disliked")?.unwrap_or_default() {
        profile.push(item, Signal::Disliked);
    }
    for item in fields.strings("liked")?.unwrap_or_default() {
        profile.push(item, Signal::Liked);
    }
    Ok(profile)
}

/// `{ k, exclude, only, where: { genres, years }, strategy, diversity, reasons, weights }`, all of them optional.
pub(crate) fn request(value: &JsValue) -> Result<Request, Thrown> {
    let default = Request::default();
    let known = ["k", "exclude", "only", "where", "strategy", "diversity", "reasons", "weights"];
    let fields = Fields::of("request", value.clone(), &known)?;
    let filter = Fields::of("request.where", fields.get("where")?, &["genres", "years"])?;
    let strategy = fields.get("strategy")?;
    let diversity = fields.get("diversity")?;
    let reasons = fields.get("reasons")?;
    Ok(Request {
        k: count("request.k", &fields.get("k")?, default.k)?,
        exclude: fields.strings("exclude")?.unwrap_or_default(),
        only: fields.strings("only")?,
        genres: filter.strings("genres")?.unwrap_or_default(),
        years: years(&filter.get("years")?)?,
        strategy: if strategy.is_undefined() {
            default.strategy
        } else {
            one_of("request.strategy", &strategy, Strategy::ALL, Strategy::name)?
        },
        diversity: if diversity.is_undefined() {
            default.diversity
        } else {
            // The core says what is wrong with a number out of range.
            diversity.as_f64().ok_or_else(|| wrong("request.diversity", &diversity, "a number"))? as f32
        },
        reasons: if reasons.is_undefined() {
            default.reasons
        } else {
            reasons.as_bool().ok_or_else(|| wrong("request.reasons", &reasons, "true or false"))?
        },
        weights: weights(fields.get("weights")?)?,
    })
}

/// `{ content: 0, taste: 2 }`: a number for each of some sources, by name.
fn weights(value: JsValue) -> Result<Vec<(Source, f32)>, Thrown> {
    let fields = Fields::of("request.weights", value, &Source::ALL.map(Source::name))?;
    let mut weights = Vec::new();
    for source in Source::ALL {
        let weight = fields.get(source.name())?;
        if !weight.is_undefined() {
            let number = weight.as_f64().filter(|weight| weight.is_finite());
            weights.push((source, number.ok_or_else(|| wrong("a weight", &weight, "a finite number"))? as f32));
        }
    }
    Ok(weights)
}

/// A pair of an id and its stars.
fn rating(pair: &JsValue) -> Option<(String, f32)> {
    let pair: &Array = pair.dyn_ref().filter(|pair: &&Array| pair.length() == 2)?;
    Some((pair.get(0).as_string()?, pair.get(1).as_f64()? as f32))
}

/// A whole number of at least 1; `default` where there is none.
pub(crate) fn count(what: &str, value: &JsValue, default: usize) -> Result<usize, Thrown> {
    match value.as_f64() {
        None if value.is_undefined() => Ok(default),
        Some(number) if number >= 1.0 && number.fract() == 0.0 => Ok(number as usize),
        _ => Err(wrong(what, value, "a whole number of at least 1")),
    }
}

/// The one of `all` with this name.
pub(crate) fn one_of<T: Copy, const N: usize>(
    what: &str,
    value: &JsValue,
    all: [T; N],
    name_of: fn(T) -> &'static str,
) -> Result<T, Thrown> {
    let name = value.as_string();
    let found = all.into_iter().find(|one| name.as_deref() == Some(name_of(*one)));
    found.ok_or_else(|| wrong(what, value, &format!("one of {}", all.map(name_of).join(", "))))
}

fn years(value: &JsValue) -> Result<Option<(i32, i32)>, Thrown> {
    if value.is_undefined() {
        return Ok(None);
    }
    let expected = || wrong("request.where.years", value, "two whole numbers: the first and the last year");
    let years: &Array = value.dyn_ref().filter(|years: &&Array| years.length() == 2).ok_or_else(expected)?;
    let year = |n| years.get(n).as_f64().filter(|year| year.fract() == 0.0 && year.abs() < 1e6).ok_or_else(expected);
    Ok(Some((year(0)? as i32, year(1)? as i32)))
}

/// The fields of an object of which it is known that it has no others.
struct Fields {
    name: &'static str,
    value: JsValue,
}

impl Fields {
    /// `undefined` and `null` are an object without fields. A field that nobody reads is an error, since most likely a
    /// word was mistyped.
    fn of(name: &'static str, value: JsValue, known: &[&str]) -> Result<Self, Thrown> {
        if !value.is_undefined() && !value.is_null() {
            let object = object(&value).ok_or_else(|| wrong(name, &value, "an object"))?;
            for key in Object::keys(object) {
                let key = key.as_string().unwrap_or_default();
                if !known.contains(&key.as_str()) {
                    let message = format!("{name} has a field \"{key}\"; expected only {}", known.join(", "));
                    return Err(Thrown::new("invalid-value", &message));
                }
            }
        }
        Ok(Fields { name, value })
    }

    /// A field; `undefined` if it is absent or `null`.
    fn get(&self, field: &str) -> Result<JsValue, Thrown> {
        if self.value.is_undefined() || self.value.is_null() {
            return Ok(JsValue::UNDEFINED);
        }
        let value = Reflect::get(&self.value, &field.into())?;
        Ok(if value.is_null() { JsValue::UNDEFINED } else { value })
    }

    fn strings(&self, field: &str) -> Result<Option<Vec<String>>, Thrown> {
        let value = self.get(field)?;
        if value.is_undefined() {
            return Ok(None);
        }
        strings(&format!("{}.{field}", self.name), &value).map(Some)
    }
}

/// An array of strings.
pub(crate) fn strings(what: &str, value: &JsValue) -> Result<Vec<String>, Thrown> {
    let array: &Array = value.dyn_ref().ok_or_else(|| wrong(what, value, "an array of ids or names"))?;
    let string = |(n, value): (usize, JsValue)| {
        value.as_string().ok_or_else(|| wrong(&format!("{what}[{n}]"), &value, "a string"))
    };
    array.iter().enumerate().map(string).collect()
}

/// The value as an object that is no array.
fn object(value: &JsValue) -> Option<&Object> {
    if Array::is_array(value) { None } else { value.dyn_ref() }
}

fn wrong(what: &str, value: &JsValue, expected: &str) -> Thrown {
    // JavaScript's own words for a value: code for printing floats would be a tenth of the module. What has no JSON,
    // such as `undefined` or a function, is named by its type.
    let json = js_sys::JSON::stringify(value).ok().and_then(|json| JsValue::from(json).as_string());
    let shown = match value.as_f64() {
        Some(number) if number.is_nan() => "not a number".to_owned(),
        _ => json.or_else(|| value.js_typeof().as_string()).unwrap_or_default(),
    };
    Thrown::new("invalid-value", &format!("{what} is {shown}; expected {expected}"))
}
