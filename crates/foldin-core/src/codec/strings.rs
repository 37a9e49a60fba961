//! Many strings in one piece of text: one allocation instead of one a string, and smaller when compressed.

use serde::Serialize;

use super::{Decode, Input, decode_fields};
use xxhash_rust::xxh64::xxh64;

/// An immutable list of strings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(into = "StringsWire")]
pub struct Strings {
    text: String,
    ends: Vec<u32>,
}

#[derive(Serialize)]
struct StringsWire {
    lengths: Vec<u32>,
    text: String,
}

decode_fields!(StringsWire { lengths, text });

impl<'a> Decode<'a> for Strings {
    #[inline(never)]
    fn decode(input: &mut Input<'a>) -> Self {
        let read = Self::try_from(StringsWire::decode(input));
        if read.is_err() {
            input.fail();
        }
        read.unwrap_or_default()
    }
}

impl Strings {
    /// How many strings there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The string at a place.
    ///
    /// # Panics
    /// If `n` is not below [`len`](Self::len).
    pub fn get(&self, n: usize) -> &str {
        let start = if n == 0 { 0 } else { self.ends[n - 1] };
        // Every end was proven to be a character's; slicing with `[]` would bring in the code that explains why not.
        self.text.get(start as usize..self.ends[n] as usize).unwrap_or_default()
    }

    /// All strings in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|n| self.get(n))
    }

    /// A checksum of the strings and their order.
    pub fn fingerprint(&self) -> u64 {
        // In one piece: hashing piece by piece would be as much code again.
        let mut bytes = self.text.clone().into_bytes();
        self.ends.iter().for_each(|end| bytes.extend_from_slice(&end.to_le_bytes()));
        xxh64(&bytes, self.len() as u64)
    }
}

impl<'a> FromIterator<&'a str> for Strings {
    /// # Panics
    /// If the strings are longer than 4 GiB together.
    fn from_iter<I: IntoIterator<Item = &'a str>>(strings: I) -> Self {
        let mut all = Strings::default();
        for string in strings {
            all.text.push_str(string);
            all.ends.push(u32::try_from(all.text.len()).expect("at most 4 GiB of text"));
        }
        all
    }
}

impl TryFrom<StringsWire> for Strings {
    type Error = &'static str;

    fn try_from(wire: StringsWire) -> Result<Self, Self::Error> {
        let mut ends = wire.lengths;
        let mut end = 0_u32;
        for length in &mut ends {
            end = end.checked_add(*length).ok_or("strings are longer than their text")?;
            if !wire.text.is_char_boundary(end as usize) {
                return Err("a string ends outside its text or inside a character");
            }
            *length = end;
        }
        if end as usize != wire.text.len() {
            return Err("strings are shorter than their text");
        }
        Ok(Strings { text: wire.text, ends })
    }
}

impl From<Strings> for StringsWire {
    fn from(strings: Strings) -> Self {
        let lengths = strings.iter().map(|string| string.len() as u32).collect();
        StringsWire { lengths, text: strings.text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_come_back_as_they_went_in() {
        let strings: Strings = ["Amélie", "", "8½"].into_iter().collect();
        assert_eq!(strings.iter().collect::<Vec<_>>(), ["Amélie", "", "8½"]);
        let bytes = postcard::to_allocvec(&strings).unwrap();
        assert_eq!(super::super::decoded::<Strings>(&bytes).unwrap(), strings);
    }

    #[test]
    fn lengths_that_do_not_fit_the_text_are_refused() {
        for lengths in [vec![1], vec![3], vec![u32::MAX, 2], vec![]] {
            let wire = StringsWire { lengths, text: "é".to_owned() };
            assert!(Strings::try_from(wire).is_err());
        }
    }
}
