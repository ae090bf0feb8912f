/// A small deterministic generator (SplitMix64): the same keys give the same throws on every
/// machine and in every version.
pub struct Dice(u64);

impl Dice {
    /// Dice that belong to the keys.
    pub fn of(keys: &[u64]) -> Self {
        let mut dice = Self(0x0005_DEEC_E66D);
        for key in keys {
            dice.0 ^= *key;
            dice.0 = dice.throw();
        }
        dice
    }

    /// Dice of the same keys and one more.
    pub fn with(&self, key: u64) -> Self {
        let mut dice = Self(self.0 ^ key);
        dice.0 = dice.throw();
        dice
    }

    /// 64 random bits.
    pub fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    /// A number from 0 up to, and without, `limit`.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.throw() % limit.max(1)
    }

    /// A number from 0.0 up to, and without, 1.0.
    pub fn unit(&mut self) -> f64 {
        (self.throw() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Whether something of this probability happens.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// One of several, which may not be none.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len() as u64) as usize]
    }

    /// A text after a pattern: `#` becomes a digit, `@` a capital letter.
    pub fn pattern(&mut self, pattern: &str) -> String {
        let mut fill = |character| match character {
            '#' => char::from(b'0' + self.below(10) as u8),
            '@' => char::from(b'A' + self.below(26) as u8),
            other => other,
        };
        pattern.chars().map(&mut fill).collect()
    }
}
