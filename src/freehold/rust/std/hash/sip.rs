//! SipHash-1-3 with keys of zero, over bytes as a stream.

use super::Hasher;

#[derive(Clone, Debug)]
pub struct DefaultHasher {
    v0: u64,
    v1: u64,
    v2: u64,
    v3: u64,
    /// Bytes that do not fill a word yet, the first one lowest.
    tail: u64,
    length: usize,
}

impl DefaultHasher {
    #[inline]
    pub const fn new() -> DefaultHasher {
        DefaultHasher {
            v0: 0x736f6d6570736575,
            v1: 0x646f72616e646f6d,
            v2: 0x6c7967656e657261,
            v3: 0x7465646279746573,
            tail: 0,
            length: 0,
        }
    }

    #[inline]
    fn round(&mut self) {
        self.v0 = self.v0.wrapping_add(self.v1);
        self.v1 = self.v1.rotate_left(13) ^ self.v0;
        self.v0 = self.v0.rotate_left(32);
        self.v2 = self.v2.wrapping_add(self.v3);
        self.v3 = self.v3.rotate_left(16) ^ self.v2;
        self.v0 = self.v0.wrapping_add(self.v3);
        self.v3 = self.v3.rotate_left(21) ^ self.v0;
        self.v2 = self.v2.wrapping_add(self.v1);
        self.v1 = self.v1.rotate_left(17) ^ self.v2;
        self.v2 = self.v2.rotate_left(32);
    }

    #[inline]
    fn word(&mut self, word: u64) {
        self.v3 ^= word;
        self.round();
        self.v0 ^= word;
    }

    /// Take in `size` bytes, at most 8, the first one lowest.
    #[inline]
    fn short(&mut self, bytes: u64, size: usize) {
        let filled = self.length % 8;
        self.length = self.length.wrapping_add(size);
        self.tail |= bytes << (8 * filled);
        if filled + size >= 8 {
            let word = self.tail;
            self.word(word);
            self.tail = if filled == 0 { 0 } else { bytes >> (8 * (8 - filled)) };
        }
    }
}

impl Default for DefaultHasher {
    fn default() -> DefaultHasher { DefaultHasher::new() }
}

impl Hasher for DefaultHasher {
    #[inline]
    fn finish(&self) -> u64 {
        let mut last = self.clone();
        last.word(((self.length as u64) << 56) | self.tail);
        last.v2 ^= 0xff;
        last.round();
        last.round();
        last.round();
        last.v0 ^ last.v1 ^ last.v2 ^ last.v3
    }

    fn write(&mut self, bytes: &[u8]) {
        let mut i = 0;
        while i < bytes.len() {
            let size = if bytes.len() - i < 8 { bytes.len() - i } else { 8 };
            let mut word = 0;
            let mut k = 0;
            while k < size {
                word |= (bytes[i + k] as u64) << (8 * k);
                k += 1;
            }
            self.short(word, size);
            i += size;
        }
    }

    #[inline]
    fn write_u8(&mut self, i: u8) { self.short(i as u64, 1) }

    #[inline]
    fn write_u16(&mut self, i: u16) { self.short(i as u64, 2) }

    #[inline]
    fn write_u32(&mut self, i: u32) { self.short(i as u64, 4) }

    #[inline]
    fn write_u64(&mut self, i: u64) { self.short(i, 8) }

    #[inline]
    fn write_usize(&mut self, i: usize) { self.short(i as u64, 8) }
}
