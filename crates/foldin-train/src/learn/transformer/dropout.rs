//! Dropout: a share of values is hidden, and the others grow by what keeps the mean.

/// Random bits for masks (SplitMix64).
pub(super) struct Bits(u64);

impl Bits {
    pub(super) fn new(seed: u64) -> Self {
        Bits(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }
}

/// What each value is multiplied with: 0 for a share of them, in steps of 1/256. Empty where nothing is hidden.
#[derive(Default)]
pub(super) struct Mask(Vec<f32>);

impl Mask {
    pub(super) fn new(n: usize, dropout: f32, bits: &mut Bits) -> Self {
        let hidden = (dropout * 256.0).round().min(255.0) as u64;
        if hidden == 0 {
            return Mask::default();
        }
        let kept = 256.0 / (256 - hidden) as f32;
        let mut mask = Vec::with_capacity(n + 8);
        while mask.len() < n {
            let bytes = bits.next().to_le_bytes();
            mask.extend(bytes.map(|byte| if u64::from(byte) < hidden { 0.0 } else { kept }));
        }
        mask.truncate(n);
        Mask(mask)
    }

    pub(super) fn apply(&self, values: &mut [f32]) {
        self.0.iter().zip(values).for_each(|(mask, value)| *value *= mask);
    }
}
