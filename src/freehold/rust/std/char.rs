//! Characters.

mod convert;
mod escape;
mod tables;
mod unicode;

pub use self::convert::{
    from_digit, from_u32, from_u32_unchecked, CharTryFromError, ParseCharError, TryFromCharError,
};
pub(crate) use self::escape::{escape_debug, escape_default, escape_unicode};
pub use self::escape::{EscapeDebug, EscapeDefault, EscapeIter, EscapeUnicode};
pub use self::unicode::{CaseIter as ToLowercase, CaseIter as ToUppercase};
use self::tables::{ALPHABETIC, IGNORABLE, LOWERCASE, NUMERIC, UPPERCASE};

pub const MAX: char = char::MAX;
pub const REPLACEMENT_CHARACTER: char = char::REPLACEMENT_CHARACTER;

impl char {
    pub const MIN: char = '\0';
    pub const MAX: char = '\u{10ffff}';
    pub const REPLACEMENT_CHARACTER: char = '\u{fffd}';

    pub const fn from_u32(i: u32) -> Option<char> { convert::from_u32(i) }

    /// # Safety
    /// It must be the number of a character.
    #[inline]
    pub const unsafe fn from_u32_unchecked(i: u32) -> char { unsafe { convert::from_u32_unchecked(i) } }

    #[track_caller]
    pub const fn from_digit(num: u32, radix: u32) -> Option<char> { convert::from_digit(num, radix) }

    #[inline]
    #[track_caller]
    pub const fn is_digit(self, radix: u32) -> bool { self.to_digit(radix).is_some() }

    #[track_caller]
    pub const fn to_digit(self, radix: u32) -> Option<u32> {
        assert!(
            radix >= 2 && radix <= 36,
            "to_digit: invalid radix -- radix must be in the range 2 to 36 inclusive"
        );
        let digit = match self {
            '0'..='9' => self as u32 - '0' as u32,
            'a'..='z' => self as u32 - 'a' as u32 + 10,
            'A'..='Z' => self as u32 - 'A' as u32 + 10,
            _ => return None,
        };
        if digit < radix {
            Some(digit)
        } else {
            None
        }
    }

    pub fn escape_unicode(self) -> EscapeUnicode { escape_unicode(self) }

    pub fn escape_debug(self) -> EscapeDebug { escape_debug(self, true, true, true) }

    pub fn escape_default(self) -> EscapeDefault { escape_default(self) }

    /// What `{:?}` of a lone char shows: a double quote needs no backslash there.
    pub(crate) fn escape_debug_alone(self) -> EscapeDebug { escape_debug(self, true, true, false) }

    pub(crate) fn needs_escape(self) -> bool { escape::needed(self) }

    #[inline]
    pub const fn len_utf8(self) -> usize {
        match self as u32 {
            0..=0x7f => 1,
            0x80..=0x7ff => 2,
            0x800..=0xffff => 3,
            _ => 4,
        }
    }

    #[inline]
    pub const fn len_utf16(self) -> usize {
        if (self as u32) < 0x10000 {
            1
        } else {
            2
        }
    }

    #[inline]
    #[track_caller]
    pub fn encode_utf8(self, dst: &mut [u8]) -> &mut str {
        let code = self as u32;
        let len = self.len_utf8();
        if dst.len() < len {
            panic!(
                "encode_utf8: need {len} bytes to encode U+{code:04x} but buffer has just {}",
                dst.len()
            );
        }
        match len {
            1 => dst[0] = code as u8,
            2 => {
                dst[0] = (code >> 6) as u8 | 0xc0;
                dst[1] = (code & 0x3f) as u8 | 0x80;
            }
            3 => {
                dst[0] = (code >> 12) as u8 | 0xe0;
                dst[1] = (code >> 6 & 0x3f) as u8 | 0x80;
                dst[2] = (code & 0x3f) as u8 | 0x80;
            }
            _ => {
                dst[0] = (code >> 18) as u8 | 0xf0;
                dst[1] = (code >> 12 & 0x3f) as u8 | 0x80;
                dst[2] = (code >> 6 & 0x3f) as u8 | 0x80;
                dst[3] = (code & 0x3f) as u8 | 0x80;
            }
        }
        unsafe { crate::str::from_utf8_unchecked_mut(&mut dst[..len]) }
    }

    pub fn encode_utf16(self, dst: &mut [u16]) -> &mut [u16] {
        let code = self as u32;
        if code < 0x10000 {
            dst[0] = code as u16;
            return &mut dst[..1];
        }
        dst[0] = 0xd800 | ((code - 0x10000) >> 10) as u16;
        dst[1] = 0xdc00 | (code & 0x3ff) as u16;
        &mut dst[..2]
    }

    #[inline]
    pub fn is_alphabetic(self) -> bool {
        self.is_ascii_alphabetic() || self > '\x7f' && unicode::contains(ALPHABETIC, self)
    }

    #[inline]
    pub fn is_lowercase(self) -> bool {
        self.is_ascii_lowercase() || self > '\x7f' && unicode::contains(LOWERCASE, self)
    }

    #[inline]
    pub fn is_uppercase(self) -> bool {
        self.is_ascii_uppercase() || self > '\x7f' && unicode::contains(UPPERCASE, self)
    }

    #[inline]
    pub fn is_numeric(self) -> bool {
        self.is_ascii_digit() || self > '\x7f' && unicode::contains(NUMERIC, self)
    }

    #[inline]
    pub fn is_alphanumeric(self) -> bool { self.is_alphabetic() || self.is_numeric() }

    #[inline]
    pub const fn is_whitespace(self) -> bool {
        matches!(
            self,
            '\t'..='\r' | ' ' | '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}'
                | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
        )
    }

    #[inline]
    pub const fn is_control(self) -> bool { matches!(self, '\0'..='\x1f' | '\x7f'..='\u{9f}') }

    pub(crate) fn is_cased(self) -> bool { self.is_lowercase() || self.is_uppercase() }

    pub(crate) fn is_case_ignorable(self) -> bool { unicode::contains(IGNORABLE, self) }

    pub fn to_lowercase(self) -> ToLowercase { unicode::to_lowercase(self) }

    pub fn to_uppercase(self) -> ToUppercase { unicode::to_uppercase(self) }

    #[inline]
    pub const fn is_ascii(&self) -> bool { *self as u32 <= 0x7f }

    #[inline]
    pub const fn to_ascii_uppercase(&self) -> char {
        if self.is_ascii_lowercase() {
            (*self as u8 - 32) as char
        } else {
            *self
        }
    }

    #[inline]
    pub const fn to_ascii_lowercase(&self) -> char {
        if self.is_ascii_uppercase() {
            (*self as u8 + 32) as char
        } else {
            *self
        }
    }

    #[inline]
    pub fn eq_ignore_ascii_case(&self, other: &char) -> bool {
        self.to_ascii_lowercase() == other.to_ascii_lowercase()
    }

    #[inline]
    pub fn make_ascii_uppercase(&mut self) { *self = self.to_ascii_uppercase(); }

    #[inline]
    pub fn make_ascii_lowercase(&mut self) { *self = self.to_ascii_lowercase(); }
}

macro_rules! classes {
    ($($name:ident $char:pat => $byte:pat,)*) => {
        impl char {$(
            #[inline]
            pub const fn $name(&self) -> bool { matches!(*self, $char) }
        )*}

        impl u8 {$(
            #[inline]
            pub const fn $name(&self) -> bool { matches!(*self, $byte) }
        )*}
    };
}

classes! {
    is_ascii_alphabetic 'a'..='z' | 'A'..='Z' => b'a'..=b'z' | b'A'..=b'Z',
    is_ascii_uppercase 'A'..='Z' => b'A'..=b'Z',
    is_ascii_lowercase 'a'..='z' => b'a'..=b'z',
    is_ascii_alphanumeric '0'..='9' | 'a'..='z' | 'A'..='Z' => b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z',
    is_ascii_digit '0'..='9' => b'0'..=b'9',
    is_ascii_hexdigit '0'..='9' | 'a'..='f' | 'A'..='F' => b'0'..=b'9' | b'a'..=b'f' | b'A'..=b'F',
    is_ascii_punctuation '!'..='/' | ':'..='@' | '['..='`' | '{'..='~' => b'!'..=b'/' | b':'..=b'@' | b'['..=b'`' | b'{'..=b'~',
    is_ascii_graphic '!'..='~' => b'!'..=b'~',
    is_ascii_whitespace '\t' | '\n' | '\x0c' | '\r' | ' ' => b'\t' | b'\n' | b'\x0c' | b'\r' | b' ',
    is_ascii_control '\0'..='\x1f' | '\x7f' => b'\0'..=b'\x1f' | b'\x7f',
}

impl u8 {
    #[inline]
    pub const fn is_ascii(&self) -> bool { *self <= 0x7f }

    #[inline]
    pub const fn to_ascii_uppercase(&self) -> u8 {
        if self.is_ascii_lowercase() {
            *self - 32
        } else {
            *self
        }
    }

    #[inline]
    pub const fn to_ascii_lowercase(&self) -> u8 {
        if self.is_ascii_uppercase() {
            *self + 32
        } else {
            *self
        }
    }

    #[inline]
    pub fn eq_ignore_ascii_case(&self, other: &u8) -> bool {
        self.to_ascii_lowercase() == other.to_ascii_lowercase()
    }

    #[inline]
    pub fn make_ascii_uppercase(&mut self) { *self = self.to_ascii_uppercase(); }

    #[inline]
    pub fn make_ascii_lowercase(&mut self) { *self = self.to_ascii_lowercase(); }

    pub fn escape_ascii(self) -> crate::ascii::EscapeDefault { crate::ascii::escape_default(self) }
}
