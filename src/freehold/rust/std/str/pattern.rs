//! What strings are searched for: a char, chars, a string, a closure.

use crate::string::String;

/// Matches are `(start, end)`, in bytes. All three are asked in order, from one end.
#[diagnostic::on_unimplemented(
    message = "the trait bound `{Self}: Pattern` is not satisfied",
    label = "the trait `Pattern` is not implemented for `{Self}`"
)]
pub trait Pattern: Sized {
    /// The first match that starts at `from` or later.
    fn next_match(&mut self, haystack: &str, from: usize) -> Option<(usize, usize)>;

    /// The last match that ends at `to` or before.
    fn next_match_back(&mut self, haystack: &str, to: usize) -> Option<(usize, usize)>;

    /// The end of the match at the start.
    fn prefix(&mut self, haystack: &str) -> Option<usize>;

    /// The start of the match at the end.
    fn suffix(&mut self, haystack: &str) -> Option<usize>;
}

/// Patterns whose matches are the same from both ends: those of one character.
pub trait BothEnds: Pattern {}

/// A pattern of one character, of which `$test` tells whether it matches.
macro_rules! one_char {
    ($([$($generics:tt)*] $type:ty, $this:ident, $c:ident => $test:expr;)*) => {$(
        impl<$($generics)*> Pattern for $type {
            #[inline]
            fn next_match(&mut self, haystack: &str, from: usize) -> Option<(usize, usize)> {
                let $this = self;
                let mut at = from;
                for $c in haystack[from..].chars() {
                    let end = at + $c.len_utf8();
                    if $test {
                        return Some((at, end));
                    }
                    at = end;
                }
                None
            }

            #[inline]
            fn next_match_back(&mut self, haystack: &str, to: usize) -> Option<(usize, usize)> {
                let $this = self;
                let mut end = to;
                for $c in haystack[..to].chars().rev() {
                    let at = end - $c.len_utf8();
                    if $test {
                        return Some((at, end));
                    }
                    end = at;
                }
                None
            }

            #[inline]
            fn prefix(&mut self, haystack: &str) -> Option<usize> {
                let $this = self;
                let $c = haystack.chars().next()?;
                if $test { Some($c.len_utf8()) } else { None }
            }

            #[inline]
            fn suffix(&mut self, haystack: &str) -> Option<usize> {
                let $this = self;
                let $c = haystack.chars().next_back()?;
                if $test { Some(haystack.len() - $c.len_utf8()) } else { None }
            }
        }

        impl<$($generics)*> BothEnds for $type {}
    )*};
}

one_char! {
    [] char, this, c => c == *this;
    [] &[char], this, c => this.contains(&c);
    [const N: usize] [char; N], this, c => this.contains(&c);
    [const N: usize] &[char; N], this, c => this.contains(&c);
    [F: FnMut(char) -> bool] F, this, c => this(c);
}

fn find(haystack: &str, needle: &str, from: usize) -> Option<(usize, usize)> {
    let (bytes, wanted) = (haystack.as_bytes(), needle.as_bytes());
    if wanted.is_empty() {
        return if haystack.is_char_boundary(from) { Some((from, from)) } else { None };
    }
    let mut at = from;
    while at + wanted.len() <= bytes.len() {
        if bytes[at] == wanted[0] && bytes[at..at + wanted.len()] == *wanted {
            return Some((at, at + wanted.len()));
        }
        at += 1;
    }
    None
}

fn find_back(haystack: &str, needle: &str, to: usize) -> Option<(usize, usize)> {
    let (bytes, wanted) = (haystack.as_bytes(), needle.as_bytes());
    let mut end = to;
    while end >= wanted.len() {
        let at = end - wanted.len();
        if bytes[at..end] == *wanted {
            return Some((at, end));
        }
        if end == 0 {
            return None;
        }
        end -= 1;
    }
    None
}

macro_rules! text {
    ($($type:ty)*) => {$(
        impl Pattern for $type {
            fn next_match(&mut self, haystack: &str, from: usize) -> Option<(usize, usize)> {
                find(haystack, &self[..], from)
            }

            fn next_match_back(&mut self, haystack: &str, to: usize) -> Option<(usize, usize)> {
                find_back(haystack, &self[..], to)
            }

            fn prefix(&mut self, haystack: &str) -> Option<usize> {
                if haystack.as_bytes().starts_with(self.as_bytes()) { Some(self.len()) } else { None }
            }

            fn suffix(&mut self, haystack: &str) -> Option<usize> {
                if haystack.as_bytes().ends_with(self.as_bytes()) {
                    Some(haystack.len() - self.len())
                } else {
                    None
                }
            }
        }
    )*};
}

text!(&str &String &&str);
