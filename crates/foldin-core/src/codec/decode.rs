//! Reads what postcard writes: the part of its format that sections use.
//!
//! By hand, since serde's visitors, one a type that is read, were a sixth of the wasm module. Whole numbers of more than
//! a byte are varints (seven bits a byte, the lowest first; signed ones zigzag), floats four bytes, lists and strings
//! their length and what is in them, structs and tuples their fields, options a byte and perhaps a value.

/// Bytes that are taken from the front. An error is recorded, and what is read after it is zeros and empty lists, until
/// [`Input::left`] says so: an early return from every field would be as much code again.
pub(crate) struct Input<'a> {
    rest: &'a [u8],
    is_wrong: bool,
}

/// What can be read from bytes.
pub(crate) trait Decode<'a> {
    fn decode(input: &mut Input<'a>) -> Self;
}

impl<'a> Input<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Input { rest: bytes, is_wrong: false }
    }

    /// How many bytes are left; `None` if postcard would not write what was read.
    pub(crate) fn left(&self) -> Option<usize> {
        (!self.is_wrong).then_some(self.rest.len())
    }

    /// Records that something is wrong, and ends the input.
    pub(crate) fn fail(&mut self) {
        self.rest = &[];
        self.is_wrong = true;
    }

    fn take(&mut self, n: usize) -> &'a [u8] {
        let Some((taken, rest)) = self.rest.split_at_checked(n) else {
            self.fail();
            return &[];
        };
        self.rest = rest;
        taken
    }

    /// A varint of at most so many bits.
    #[inline(never)]
    fn varint(&mut self, bits: u32) -> u64 {
        let mut value = 0;
        for shift in (0..bits).step_by(7) {
            let byte = self.take(1).first().copied().unwrap_or(0);
            let part = u64::from(byte & 0x7f);
            value |= part << shift;
            if byte < 0x80 {
                // The last byte may have bits beyond the last.
                if part >> (bits - shift).min(7) != 0 {
                    break;
                }
                return value;
            }
        }
        self.fail();
        0
    }

    /// A length: of something that has at least a byte each, so that no more room is made than a small multiple of the
    /// input.
    fn length(&mut self) -> usize {
        let length = self.varint(32) as usize;
        if length <= self.rest.len() {
            return length;
        }
        self.fail();
        0
    }
}

impl<'a> Decode<'a> for u32 {
    #[inline]
    fn decode(input: &mut Input<'a>) -> Self {
        // Most numbers of a model have one byte.
        match input.rest {
            [byte @ ..0x80, rest @ ..] => {
                input.rest = rest;
                u32::from(*byte)
            }
            _ => input.varint(32) as u32,
        }
    }
}

impl<'a> Decode<'a> for u16 {
    fn decode(input: &mut Input<'a>) -> Self {
        input.varint(16) as u16
    }
}

impl<'a> Decode<'a> for u64 {
    fn decode(input: &mut Input<'a>) -> Self {
        input.varint(64)
    }
}

impl<'a> Decode<'a> for i32 {
    fn decode(input: &mut Input<'a>) -> Self {
        let zigzag = input.varint(32) as u32;
        (zigzag >> 1) as i32 ^ -((zigzag & 1) as i32)
    }
}

impl<'a> Decode<'a> for i16 {
    fn decode(input: &mut Input<'a>) -> Self {
        let zigzag = input.varint(16) as u16;
        (zigzag >> 1) as i16 ^ -((zigzag & 1) as i16)
    }
}

impl<'a> Decode<'a> for u8 {
    fn decode(input: &mut Input<'a>) -> Self {
        input.take(1).first().copied().unwrap_or(0)
    }
}

impl<'a> Decode<'a> for bool {
    fn decode(input: &mut Input<'a>) -> Self {
        let byte = u8::decode(input);
        if byte > 1 {
            input.fail();
        }
        byte == 1
    }
}

impl<'a> Decode<'a> for f32 {
    #[inline]
    fn decode(input: &mut Input<'a>) -> Self {
        let Some((bytes, rest)) = input.rest.split_first_chunk() else {
            input.fail();
            return 0.0;
        };
        input.rest = rest;
        f32::from_le_bytes(*bytes)
    }
}

impl<'a> Decode<'a> for &'a [u8] {
    fn decode(input: &mut Input<'a>) -> Self {
        let length = input.length();
        input.take(length)
    }
}

impl<'a> Decode<'a> for String {
    fn decode(input: &mut Input<'a>) -> Self {
        let text = str::from_utf8(Decode::decode(input));
        if text.is_err() {
            input.fail();
        }
        text.unwrap_or_default().to_owned()
    }
}

impl<'a, T: Decode<'a>> Decode<'a> for Vec<T> {
    #[inline(never)]
    fn decode(input: &mut Input<'a>) -> Self {
        (0..input.length()).map(|_| T::decode(input)).collect()
    }
}

impl<'a, T: Decode<'a>> Decode<'a> for Option<T> {
    fn decode(input: &mut Input<'a>) -> Self {
        bool::decode(input).then(|| T::decode(input))
    }
}

impl<'a, T: Decode<'a>> Decode<'a> for (T, T) {
    fn decode(input: &mut Input<'a>) -> Self {
        (T::decode(input), T::decode(input))
    }
}

impl<'a, T: Decode<'a>> Decode<'a> for [T; 4] {
    fn decode(input: &mut Input<'a>) -> Self {
        [(); 4].map(|_| T::decode(input))
    }
}

/// Reads a struct field by field; the fields are named in the order of its declaration, in which they were written.
macro_rules! decode_fields {
    ($name:ident $(<$lifetime:lifetime>)? { $($field:ident),* }) => {
        impl<'a> $crate::codec::Decode<'a> for $name $(<$lifetime>)? {
            fn decode(input: &mut $crate::codec::Input<'a>) -> Self {
                $name { $($field: $crate::codec::Decode::decode(input)),* }
            }
        }
    };
}
pub(crate) use decode_fields;

/// Reads a value that was written alone; all bytes must be used.
#[cfg(test)]
pub(crate) fn decoded<'a, T: Decode<'a>>(bytes: &'a [u8]) -> Option<T> {
    let mut input = Input::new(bytes);
    let value = T::decode(&mut input);
    (input.left() == Some(0)).then_some(value)
}

#[cfg(test)]
mod tests {
    use serde::Serialize;

    use super::*;

    fn comes_back<T: Serialize + PartialEq + for<'a> Decode<'a>>(value: T) -> bool {
        let bytes = postcard::to_allocvec(&value).unwrap();
        let early = (0..bytes.len()).any(|length| decoded::<T>(&bytes[..length]).is_some());
        decoded(&bytes) == Some(value) && !early
    }

    #[test]
    fn what_postcard_writes_comes_back_and_not_from_fewer_bytes() {
        for value in [0, 1, 127, 128, 300, 16_383, 16_384, u32::MAX >> 4, u32::MAX] {
            assert!(comes_back(value) && comes_back(u64::from(value) << 32 | 5) && comes_back(value as u16));
            let signed = value as i32;
            assert!(comes_back(signed) && comes_back(signed.wrapping_neg()) && comes_back(signed as i16));
        }
        assert!(comes_back(u64::MAX) && comes_back(i32::MIN) && comes_back(i16::MIN) && comes_back(200_u8));
        assert!(comes_back(true) && comes_back(-1.5e-30_f32) && comes_back("8½".to_owned()));
        assert!(comes_back(vec![1_u32, 128, 5]) && comes_back(Vec::<u16>::new()) && comes_back(vec![vec![0.5_f32]]));
        assert!(comes_back(Some(3.5_f32)) && comes_back(None::<i32>) && comes_back((1.0_f32, 2.0_f32)));
        assert!(comes_back([vec![1.0_f32], vec![], vec![2.0], vec![]]));
    }

    #[test]
    fn bytes_that_postcard_does_not_write_are_refused() {
        assert_eq!(decoded::<u32>(&[0xff, 0xff, 0xff, 0xff, 0x1f]), None);
        assert_eq!(decoded::<u16>(&[0xff, 0xff, 0x07]), None);
        assert_eq!(decoded::<u64>(&[0xff; 9].into_iter().chain([0x02]).collect::<Vec<_>>()), None);
        assert_eq!(decoded::<u64>(&[0x80; 11]), None);
        assert_eq!(decoded::<bool>(&[2]), None);
        assert_eq!(decoded::<String>(&[1, 0xff]), None);
        // A list that is longer than all that follows makes no room.
        assert_eq!(decoded::<Vec<u32>>(&[0xff, 0xff, 0xff, 0xff, 0x0f, 1]), None);
        assert_eq!(decoded::<u8>(&[1, 2]), None);
    }
}
