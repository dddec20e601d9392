//! bool, char, str, pointers, slices, tuples.

use super::{Debug, Display, Formatter, LowerHex, Pointer, Result, Write};
use super::{ALTERNATE, ZERO};
use crate::marker::FnPtr;

impl Debug for bool {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result { Display::fmt(self, f) }
}

impl Display for bool {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result { f.pad(if *self { "true" } else { "false" }) }
}

impl Debug for ! {
    fn fmt(&self, _f: &mut Formatter<'_>) -> Result { *self }
}

impl Display for ! {
    fn fmt(&self, _f: &mut Formatter<'_>) -> Result { *self }
}

impl Debug for () {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result { f.pad("()") }
}

impl Display for str {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result { f.pad(self) }
}

impl Debug for str {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_char('"')?;
        let mut done = 0;
        for (at, c) in self.char_indices() {
            // A quote of the other kind needs no backslash.
            if c == '\'' || !c.needs_escape() {
                continue;
            }
            f.write_str(&self[done..at])?;
            for escaped in c.escape_debug() {
                f.write_char(escaped)?;
            }
            done = at + c.len_utf8();
        }
        f.write_str(&self[done..])?;
        f.write_char('"')
    }
}

impl Display for char {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if f.width().is_none() && f.precision().is_none() {
            f.write_char(*self)
        } else {
            f.pad(self.encode_utf8(&mut [0; 4]))
        }
    }
}

impl Debug for char {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_char('\'')?;
        if *self == '"' {
            f.write_char('"')?;
        } else {
            for escaped in self.escape_debug_alone() {
                f.write_char(escaped)?;
            }
        }
        f.write_char('\'')
    }
}

/// `0x` and the address; `{:#p}` fills with zeros to the width of all addresses.
fn pointer(address: usize, f: &mut Formatter<'_>) -> Result {
    let options = f.options;
    if f.alternate() {
        f.options.flags |= ZERO;
        if f.options.width.is_none() {
            f.options.width = Some(18);
        }
    }
    f.options.flags |= ALTERNATE;
    let result = LowerHex::fmt(&address, f);
    f.options = options;
    result
}

impl<T: ?Sized> Pointer for *const T {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result { pointer(*self as *const () as usize, f) }
}

impl<T: ?Sized> Pointer for *mut T {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result { pointer(*self as *const () as usize, f) }
}

impl<T: ?Sized> Pointer for &T {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result { Pointer::fmt(&(*self as *const T), f) }
}

impl<T: ?Sized> Pointer for &mut T {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result { Pointer::fmt(&(&**self as *const T), f) }
}

impl<T: ?Sized> Debug for *const T {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result { Pointer::fmt(self, f) }
}

impl<T: ?Sized> Debug for *mut T {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result { Pointer::fmt(self, f) }
}

impl<F: FnPtr> Debug for F {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result { pointer(self.addr() as usize, f) }
}

impl<F: FnPtr> Pointer for F {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result { pointer(self.addr() as usize, f) }
}

impl<T: Debug> Debug for [T] {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result { f.debug_list().entries(self.iter()).finish() }
}

impl<T: Debug, const N: usize> Debug for [T; N] {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result { Debug::fmt(&self[..], f) }
}

macro_rules! tuple {
    ($($name:ident $index:tt)+) => {
        impl<$($name: Debug),+> Debug for ($($name,)+) {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                let mut builder = f.debug_tuple("");
                $(builder.field(&self.$index);)+
                builder.finish()
            }
        }
    };
}

tuple!(A 0);
tuple!(A 0 B 1);
tuple!(A 0 B 1 C 2);
tuple!(A 0 B 1 C 2 D 3);
tuple!(A 0 B 1 C 2 D 3 E 4);
tuple!(A 0 B 1 C 2 D 3 E 4 F 5);
tuple!(A 0 B 1 C 2 D 3 E 4 F 5 G 6);
tuple!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7);
tuple!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8);
tuple!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9);
tuple!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10);
tuple!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11);
