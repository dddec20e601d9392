//! The parts of `Arguments`.

use super::{
    Alignment, Binary, Debug, Display, Formatter, FormattingOptions, LowerExp, LowerHex, Octal,
    Pointer, Result, UpperExp, UpperHex,
};

/// An argument and the trait that shows it, or a number that is a width or precision.
#[lang = "format_argument"]
#[derive(Copy, Clone)]
pub struct Argument<'a> {
    kind: Kind<'a>,
}

#[derive(Copy, Clone)]
enum Kind<'a> {
    Display(&'a dyn Display),
    Debug(&'a dyn Debug),
    LowerHex(&'a dyn LowerHex),
    UpperHex(&'a dyn UpperHex),
    Octal(&'a dyn Octal),
    Binary(&'a dyn Binary),
    Pointer(&'a dyn Pointer),
    LowerExp(&'a dyn LowerExp),
    UpperExp(&'a dyn UpperExp),
    Count(usize),
}

macro_rules! constructors {
    ($($lang:literal $name:ident $trait:ident;)*) => {$(
        #[lang = $lang]
        #[inline]
        pub fn $name<T: $trait>(x: &'a T) -> Argument<'a> {
            Argument { kind: Kind::$trait(x) }
        }
    )*};
}

#[lang_items]
impl<'a> Argument<'a> {
    constructors! {
        "format_display" new_display Display;
        "format_debug" new_debug Debug;
        "format_lower_hex" new_lower_hex LowerHex;
        "format_upper_hex" new_upper_hex UpperHex;
        "format_octal" new_octal Octal;
        "format_binary" new_binary Binary;
        "format_pointer" new_pointer Pointer;
        "format_lower_exp" new_lower_exp LowerExp;
        "format_upper_exp" new_upper_exp UpperExp;
    }

    /// `{:width$}` and `{:.*}`: only a usize will do.
    #[lang = "format_count"]
    #[inline]
    pub fn from_usize(x: &'a usize) -> Argument<'a> {
        Argument { kind: Kind::Count(*x) }
    }

    pub(super) fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self.kind {
            Kind::Display(x) => x.fmt(f),
            Kind::Debug(x) => x.fmt(f),
            Kind::LowerHex(x) => x.fmt(f),
            Kind::UpperHex(x) => x.fmt(f),
            Kind::Octal(x) => x.fmt(f),
            Kind::Binary(x) => x.fmt(f),
            Kind::Pointer(x) => x.fmt(f),
            Kind::LowerExp(x) => x.fmt(f),
            Kind::UpperExp(x) => x.fmt(f),
            Kind::Count(x) => Display::fmt(&x, f),
        }
    }
}

/// What stands in the braces. Bits of `flags`: 1 `+`, 2 `-`, 4 `#`, 8 `0`, 16 `x?`, 32 `X?`,
/// 64 `<`, 128 `^`, 192 `>`, 256 a width, 512 which is an argument's number, 1024 a precision,
/// 2048 which is an argument's number.
#[lang = "format_placeholder"]
#[derive(Copy, Clone)]
pub struct Placeholder {
    argument: usize,
    fill: char,
    flags: u32,
    width: usize,
    precision: usize,
}

#[lang_items]
impl Placeholder {
    #[lang = "format_placeholder_new"]
    #[inline]
    pub const fn new(
        argument: usize,
        fill: char,
        flags: u32,
        width: usize,
        precision: usize,
    ) -> Placeholder {
        Placeholder { argument, fill, flags, width, precision }
    }

    pub(super) fn argument(&self) -> usize { self.argument }

    pub(super) fn options(&self, args: &[Argument<'_>]) -> FormattingOptions {
        FormattingOptions {
            fill: self.fill,
            align: match self.flags & 192 {
                64 => Some(Alignment::Left),
                128 => Some(Alignment::Center),
                192 => Some(Alignment::Right),
                _ => None,
            },
            flags: self.flags & 63,
            width: self.count(args, 256, self.width),
            precision: self.count(args, 1024, self.precision),
        }
    }

    /// The number that `present` announces: `value`, or the argument of that number.
    fn count(&self, args: &[Argument<'_>], present: u32, value: usize) -> Option<usize> {
        if self.flags & present == 0 {
            None
        } else if self.flags & (present << 1) == 0 {
            Some(value)
        } else {
            match args[value].kind {
                Kind::Count(count) => Some(count),
                _ => None,
            }
        }
    }
}
