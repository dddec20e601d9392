//! Natural numbers of any size that floats need: up to 2^4160.

/// Enough for the longest decimal that can lie between two doubles.
const SIZE: usize = 130;

/// Base 2^32, the lowest digit first; the digits from `len` on are 0.
#[derive(Clone)]
pub(crate) struct Big {
    digits: [u32; SIZE],
    len: usize,
}

impl Big {
    pub(crate) fn new(value: u64) -> Big {
        let mut big = Big { digits: [0; SIZE], len: 0 };
        big.digits[0] = value as u32;
        big.digits[1] = (value >> 32) as u32;
        big.trim(2);
        big
    }

    fn trim(&mut self, len: usize) {
        let mut len = len;
        while len > 0 && self.digits[len - 1] == 0 {
            len -= 1;
        }
        self.len = len;
    }

    pub(crate) fn is_zero(&self) -> bool { self.len == 0 }

    /// `self * factor + carry`.
    pub(crate) fn mul_small(&mut self, factor: u32, carry: u32) {
        let mut carry = carry as u64;
        for i in 0..self.len {
            let product = self.digits[i] as u64 * factor as u64 + carry;
            self.digits[i] = product as u32;
            carry = product >> 32;
        }
        if carry > 0 {
            self.digits[self.len] = carry as u32;
            self.len += 1;
        }
    }

    pub(crate) fn mul_pow10(&mut self, exponent: usize) {
        let mut left = exponent;
        while left >= 9 {
            self.mul_small(1_000_000_000, 0);
            left -= 9;
        }
        while left > 0 {
            self.mul_small(10, 0);
            left -= 1;
        }
    }

    pub(crate) fn shl(&mut self, bits: usize) {
        if self.len == 0 {
            return;
        }
        let (words, bits) = (bits / 32, bits % 32);
        let mut i = self.len;
        self.digits[i + words] = 0;
        while i > 0 {
            i -= 1;
            let wide = (self.digits[i] as u64) << bits;
            self.digits[i + words + 1] |= (wide >> 32) as u32;
            self.digits[i + words] = wide as u32;
        }
        for i in 0..words {
            self.digits[i] = 0;
        }
        self.trim(self.len + words + 1);
    }

    /// `self + other` against `to`: -1, 0 or 1.
    pub(crate) fn compare_sum(&self, other: &Big, to: &Big) -> i32 {
        let mut len = if self.len > other.len { self.len } else { other.len };
        if to.len > len {
            len = to.len;
        }
        let (mut carry, mut order) = (0, 0);
        for i in 0..len {
            let sum = self.digits[i] as u64 + other.digits[i] as u64 + carry;
            carry = sum >> 32;
            if sum as u32 != to.digits[i] {
                order = if (sum as u32) < to.digits[i] { -1 } else { 1 };
            }
        }
        if carry > 0 {
            1
        } else {
            order
        }
    }

    /// `other` must not be greater.
    pub(crate) fn sub(&mut self, other: &Big) {
        let mut borrow = 0;
        for i in 0..self.len {
            let difference = self.digits[i] as i64 - other.digits[i] as i64 - borrow;
            self.digits[i] = difference as u32;
            borrow = (difference < 0) as i64;
        }
        self.trim(self.len);
    }

    /// -1, 0 or 1: less, equal, greater.
    pub(crate) fn compare(&self, other: &Big) -> i32 {
        if self.len != other.len {
            return if self.len < other.len { -1 } else { 1 };
        }
        let mut i = self.len;
        while i > 0 {
            i -= 1;
            if self.digits[i] != other.digits[i] {
                return if self.digits[i] < other.digits[i] { -1 } else { 1 };
            }
        }
        0
    }

    /// Divide by `divisor`, more than a tenth of `self`: the quotient; the rest stays.
    pub(crate) fn divide_digit(&mut self, divisor: &Big) -> u8 {
        let mut digit = 0;
        while self.compare(divisor) >= 0 {
            self.sub(divisor);
            digit += 1;
        }
        digit
    }
}
