//! Formatting: the traits, `Formatter`, and what `format_args!` makes.
//!
//! `format_args!("a {x:>5} b")` is `Arguments::new(&["a ", " b"], &[Argument::display(&x)],
//! &[Placeholder::new(0, ' ', flags, 5, 0)])`: piece, placeholder, piece... A placeholder with no
//! piece before it has an empty one; `specs` is empty if all are plain, in order.

mod builders;
mod float;
mod num;
mod primitive;
mod rt;

pub use self::builders::{DebugList, DebugMap, DebugSet, DebugStruct, DebugTuple, FromFn};
pub use self::builders::from_fn;
pub use self::rt::{Argument, Placeholder};
use crate::string::String;

pub type Result = crate::result::Result<(), Error>;

#[derive(Copy, Clone, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Error;

impl Display for Error {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.pad("an error occurred when formatting an argument")
    }
}

impl crate::error::Error for Error {}

pub trait Write {
    fn write_str(&mut self, s: &str) -> Result;

    fn write_char(&mut self, c: char) -> Result { self.write_str(c.encode_utf8(&mut [0; 4])) }

    fn write_fmt(&mut self, args: Arguments<'_>) -> Result {
        let mut this = self;
        write(&mut this, args)
    }
}

impl<W: Write + ?Sized> Write for &mut W {
    fn write_str(&mut self, s: &str) -> Result { (**self).write_str(s) }

    fn write_char(&mut self, c: char) -> Result { (**self).write_char(c) }

    fn write_fmt(&mut self, args: Arguments<'_>) -> Result { (**self).write_fmt(args) }
}

#[lang = "format_arguments"]
#[derive(Copy, Clone)]
pub struct Arguments<'a> {
    pieces: &'a [&'static str],
    args: &'a [Argument<'a>],
    specs: &'a [Placeholder],
}

#[lang_items]
impl<'a> Arguments<'a> {
    #[lang = "format_arguments_new"]
    #[inline]
    pub const fn new(
        pieces: &'a [&'static str],
        args: &'a [Argument<'a>],
        specs: &'a [Placeholder],
    ) -> Arguments<'a> {
        Arguments { pieces, args, specs }
    }

    pub const fn as_str(&self) -> Option<&'static str> {
        match (self.pieces, self.args) {
            ([], []) => Some(""),
            ([s], []) => Some(s),
            _ => None,
        }
    }

    /// A guess at the length of the text.
    fn estimate(&self) -> usize {
        let mut length = 16 * self.args.len();
        for piece in self.pieces {
            length += piece.len();
        }
        length
    }
}

impl Debug for Arguments<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result { write(f.buf, *self) }
}

impl Display for Arguments<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result { write(f.buf, *self) }
}

pub fn format(args: Arguments<'_>) -> String {
    match args.as_str() {
        Some(text) => String::from(text),
        None => {
            let mut output = String::with_capacity(args.estimate());
            if write(&mut output, args).is_err() {
                panic!("a formatting trait implementation returned an error when the underlying stream did not");
            }
            output
        }
    }
}

pub fn write(output: &mut dyn Write, args: Arguments<'_>) -> Result {
    let mut formatter = Formatter::new(output, FormattingOptions::new());
    let count = if args.specs.is_empty() { args.args.len() } else { args.specs.len() };
    for i in 0..count {
        if !args.pieces[i].is_empty() {
            formatter.buf.write_str(args.pieces[i])?;
        }
        if args.specs.is_empty() {
            args.args[i].fmt(&mut formatter)?;
        } else {
            let spec = &args.specs[i];
            formatter.options = spec.options(args.args);
            args.args[spec.argument()].fmt(&mut formatter)?;
        }
    }
    if args.pieces.len() > count {
        formatter.buf.write_str(args.pieces[count])?;
    }
    Ok(())
}

macro_rules! format_trait {
    ($($name:ident $message:literal $label:literal;)*) => {$(
        #[diagnostic::on_unimplemented(message = $message, label = $label)]
        pub trait $name {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result;
        }

        impl<T: ?Sized + $name> $name for &T {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result { $name::fmt(&**self, f) }
        }

        impl<T: ?Sized + $name> $name for &mut T {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result { $name::fmt(&**self, f) }
        }
    )*};
}

format_trait! {
    Debug "`{Self}` doesn't implement `Debug`" "`{Self}` cannot be formatted using `{:?}`";
    Display "`{Self}` doesn't implement `std::fmt::Display`" "`{Self}` cannot be formatted with the default formatter";
    Binary "the trait bound `{Self}: std::fmt::Binary` is not satisfied" "the trait `std::fmt::Binary` is not implemented for `{Self}`";
    Octal "the trait bound `{Self}: std::fmt::Octal` is not satisfied" "the trait `std::fmt::Octal` is not implemented for `{Self}`";
    LowerHex "the trait bound `{Self}: std::fmt::LowerHex` is not satisfied" "the trait `std::fmt::LowerHex` is not implemented for `{Self}`";
    UpperHex "the trait bound `{Self}: std::fmt::UpperHex` is not satisfied" "the trait `std::fmt::UpperHex` is not implemented for `{Self}`";
    LowerExp "the trait bound `{Self}: std::fmt::LowerExp` is not satisfied" "the trait `std::fmt::LowerExp` is not implemented for `{Self}`";
    UpperExp "the trait bound `{Self}: std::fmt::UpperExp` is not satisfied" "the trait `std::fmt::UpperExp` is not implemented for `{Self}`";
}

#[diagnostic::on_unimplemented(
    message = "the trait bound `{Self}: std::fmt::Pointer` is not satisfied",
    label = "the trait `std::fmt::Pointer` is not implemented for `{Self}`"
)]
pub trait Pointer {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result;
}

#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Alignment {
    Left,
    Right,
    Center,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Sign {
    Plus,
    Minus,
}

/// What stands after the colon of a placeholder.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct FormattingOptions {
    fill: char,
    align: Option<Alignment>,
    flags: u32,
    width: Option<usize>,
    precision: Option<usize>,
}

pub(crate) const PLUS: u32 = 1;
pub(crate) const MINUS: u32 = 2;
pub(crate) const ALTERNATE: u32 = 4;
pub(crate) const ZERO: u32 = 8;
pub(crate) const DEBUG_LOWER_HEX: u32 = 16;
pub(crate) const DEBUG_UPPER_HEX: u32 = 32;

impl FormattingOptions {
    #[inline]
    pub const fn new() -> Self {
        FormattingOptions { fill: ' ', align: None, flags: 0, width: None, precision: None }
    }
}

#[lang = "Formatter"]
pub struct Formatter<'a> {
    options: FormattingOptions,
    buf: &'a mut (dyn Write + 'a),
}

impl<'a> Formatter<'a> {
    pub fn new(write: &'a mut (dyn Write + 'a), options: FormattingOptions) -> Self {
        Formatter { options, buf: write }
    }

    /// A formatter with the same options that writes elsewhere.
    fn wrap<'b>(&self, buf: &'b mut (dyn Write + 'b)) -> Formatter<'b> {
        Formatter { options: self.options, buf }
    }

    pub fn write_str(&mut self, data: &str) -> Result { self.buf.write_str(data) }

    pub fn write_fmt(&mut self, fmt: Arguments<'_>) -> Result { write(self.buf, fmt) }

    pub fn fill(&self) -> char { self.options.fill }

    pub fn align(&self) -> Option<Alignment> { self.options.align }

    pub fn width(&self) -> Option<usize> { self.options.width }

    pub fn precision(&self) -> Option<usize> { self.options.precision }

    pub fn sign_plus(&self) -> bool { self.options.flags & PLUS != 0 }

    pub fn sign_minus(&self) -> bool { self.options.flags & MINUS != 0 }

    pub fn alternate(&self) -> bool { self.options.flags & ALTERNATE != 0 }

    pub fn sign_aware_zero_pad(&self) -> bool { self.options.flags & ZERO != 0 }

    pub const fn options(&self) -> FormattingOptions { self.options }

    fn debug_lower_hex(&self) -> bool { self.options.flags & DEBUG_LOWER_HEX != 0 }

    fn debug_upper_hex(&self) -> bool { self.options.flags & DEBUG_UPPER_HEX != 0 }

    fn repeat(&mut self, c: char, count: usize) -> Result {
        for _ in 0..count {
            self.buf.write_char(c)?;
        }
        Ok(())
    }

    /// Write `length` characters by `body` in the middle of the filling that the width asks for.
    fn padded(
        &mut self,
        length: usize,
        default: Alignment,
        body: impl FnOnce(&mut Self) -> Result,
    ) -> Result {
        let missing = match self.options.width {
            Some(width) if width > length => width - length,
            _ => return body(self),
        };
        let before = match self.options.align.unwrap_or(default) {
            Alignment::Left => 0,
            Alignment::Right => missing,
            Alignment::Center => missing / 2,
        };
        let fill = self.options.fill;
        self.repeat(fill, before)?;
        body(self)?;
        self.repeat(fill, missing - before)
    }

    /// Text: cut to the precision, filled to the width.
    pub fn pad(&mut self, s: &str) -> Result {
        if self.options.width.is_none() && self.options.precision.is_none() {
            return self.buf.write_str(s);
        }
        let s = match self.options.precision {
            Some(max) => match s.char_indices().nth(max) {
                Some((end, _)) => &s[..end],
                None => s,
            },
            None => s,
        };
        let length = s.chars().count();
        self.padded(length, Alignment::Left, |f| f.buf.write_str(s))
    }

    /// A number: sign, prefix if `{:#}`, digits; zeros go between the last two.
    pub fn pad_integral(&mut self, is_nonnegative: bool, prefix: &str, digits: &str) -> Result {
        let sign = if !is_nonnegative {
            "-"
        } else if self.sign_plus() {
            "+"
        } else {
            ""
        };
        let prefix = if self.alternate() { prefix } else { "" };
        self.pad_number(sign, prefix, digits)
    }

    /// Sign, prefix and digits, in ASCII, padded as numbers are.
    fn pad_number(&mut self, sign: &str, prefix: &str, digits: &str) -> Result {
        let length = sign.len() + prefix.len() + digits.len();
        if self.sign_aware_zero_pad() {
            self.buf.write_str(sign)?;
            self.buf.write_str(prefix)?;
            let width = self.options.width.unwrap_or(0);
            self.repeat('0', width.saturating_sub(length))?;
            return self.buf.write_str(digits);
        }
        self.padded(length, Alignment::Right, |f| {
            f.buf.write_str(sign)?;
            f.buf.write_str(prefix)?;
            f.buf.write_str(digits)
        })
    }

    pub fn debug_struct<'b>(&'b mut self, name: &str) -> DebugStruct<'b, 'a> {
        builders::debug_struct(self, name)
    }

    pub fn debug_tuple<'b>(&'b mut self, name: &str) -> DebugTuple<'b, 'a> {
        builders::debug_tuple(self, name)
    }

    pub fn debug_list<'b>(&'b mut self) -> DebugList<'b, 'a> { builders::debug_list(self) }

    pub fn debug_set<'b>(&'b mut self) -> DebugSet<'b, 'a> { builders::debug_set(self) }

    pub fn debug_map<'b>(&'b mut self) -> DebugMap<'b, 'a> { builders::debug_map(self) }
}

impl Write for Formatter<'_> {
    fn write_str(&mut self, s: &str) -> Result { self.buf.write_str(s) }

    fn write_char(&mut self, c: char) -> Result { self.buf.write_char(c) }
}
