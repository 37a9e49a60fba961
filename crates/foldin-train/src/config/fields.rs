//! The names of a struct's fields, asked of serde itself: also of those that a serialised default leaves out.

use std::fmt;

use serde::de::value::{MapDeserializer, StrDeserializer};
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde::forward_to_deserialize_any;

type Sections = Vec<(&'static str, Vec<&'static str>)>;

/// The sections of a struct, whose fields are structs, and the keys of each.
pub(super) fn of<T: de::DeserializeOwned>() -> Sections {
    let mut sections = Sections::new();
    T::deserialize(Outer(&mut sections)).unwrap_or_else(|error| panic!("{error}"));
    sections
}

#[derive(Debug)]
struct Failure(String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

impl de::Error for Failure {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Failure(message.to_string())
    }
}

/// The struct of sections: hands out each of its fields in turn.
struct Outer<'a>(&'a mut Sections);

impl<'de> Deserializer<'de> for Outer<'_> {
    type Error = Failure;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Failure> {
        Err(de::Error::custom("not a struct"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        visitor.visit_map(InTurn { fields: fields.iter(), sections: self.0 })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

struct InTurn<'a> {
    fields: std::slice::Iter<'static, &'static str>,
    sections: &'a mut Sections,
}

impl<'de> MapAccess<'de> for InTurn<'_> {
    type Error = Failure;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Failure> {
        let Some(name) = self.fields.next() else { return Ok(None) };
        self.sections.push((name, Vec::new()));
        seed.deserialize(StrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Failure> {
        let (_, keys) = self.sections.last_mut().expect("a key comes before its value");
        seed.deserialize(Inner(keys))
    }
}

/// One section: its keys are written down, and it is filled with its defaults.
struct Inner<'a>(&'a mut Vec<&'static str>);

impl<'de> Deserializer<'de> for Inner<'_> {
    type Error = Failure;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Failure> {
        Err(de::Error::custom("a section is not a struct"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        self.0.extend(fields);
        visitor.visit_map(MapDeserializer::new(std::iter::empty::<(&str, &str)>()))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}
