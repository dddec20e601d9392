//! Strings cut into pieces, and what was found in them.

use super::index::part;
use super::pattern::{BothEnds, Pattern};
use crate::iter::FusedIterator;

/// The one that all others are made of: pieces of `s[start..end]` between matches.
///
/// `front` is where the next match is looked for: behind `start` after an empty match. `done` once
/// the last piece is given out. With `trailing` false an empty piece at the end is left out.
#[derive(Clone)]
struct Pieces<'a, P> {
    s: &'a str,
    start: usize,
    end: usize,
    front: usize,
    back: Option<usize>,
    pat: P,
    trailing: bool,
    done: bool,
}

/// Where to look for the match behind one that ended at `end`; `None` past the end.
fn after(s: &str, start: usize, end: usize) -> Option<usize> {
    if end > start {
        return Some(end);
    }
    match s[end..].chars().next() {
        Some(c) => Some(end + c.len_utf8()),
        None => None,
    }
}

impl<'a, P: Pattern> Pieces<'a, P> {
    fn new(s: &'a str, pat: P, trailing: bool) -> Self {
        let end = s.len();
        Pieces { s, start: 0, end, front: 0, back: Some(end), pat, trailing, done: false }
    }

    /// The next match in what is left.
    fn find(&mut self) -> Option<(usize, usize)> {
        if self.front > self.end {
            return None;
        }
        let (a, b) = self.pat.next_match(self.s, self.front)?;
        if b > self.end {
            return None;
        }
        self.front = after(self.s, a, b).unwrap_or(usize::MAX);
        Some((a, b))
    }

    fn find_back(&mut self) -> Option<(usize, usize)> {
        let to = self.back?;
        let (a, b) = self.pat.next_match_back(self.s, to)?;
        if a < self.start {
            return None;
        }
        self.back = if b > a {
            Some(a)
        } else {
            self.s[..a].chars().next_back().map(|c| a - c.len_utf8())
        };
        Some((a, b))
    }

    fn last(&mut self) -> Option<&'a str> {
        if self.done {
            return None;
        }
        self.done = true;
        if !self.trailing && self.start == self.end {
            return None;
        }
        Some(part(self.s, self.start, self.end))
    }

    #[inline]
    fn next(&mut self) -> Option<&'a str> {
        if self.done {
            return None;
        }
        match self.find() {
            Some((a, b)) => {
                let piece = part(self.s, self.start, a);
                self.start = b;
                Some(piece)
            }
            None => self.last(),
        }
    }

    /// Like `next`, with the match in the piece.
    fn next_inclusive(&mut self) -> Option<&'a str> {
        if self.done {
            return None;
        }
        match self.find() {
            Some((_, b)) => {
                let piece = part(self.s, self.start, b);
                self.start = b;
                Some(piece)
            }
            None => self.last(),
        }
    }

    fn next_back(&mut self) -> Option<&'a str> {
        if self.done {
            return None;
        }
        if !self.trailing {
            self.trailing = true;
            match self.next_back() {
                Some(piece) if !piece.is_empty() => return Some(piece),
                _ => {}
            }
            if self.done {
                return None;
            }
        }
        match self.find_back() {
            Some((a, b)) => {
                let piece = part(self.s, b, self.end);
                self.end = a;
                Some(piece)
            }
            None => {
                self.done = true;
                Some(part(self.s, self.start, self.end))
            }
        }
    }

    fn rest(&self) -> Option<&'a str> {
        if self.done {
            None
        } else {
            Some(part(self.s, self.start, self.end))
        }
    }
}

/// An iterator over pieces; the second line is for patterns that have two ends.
macro_rules! split {
    ($($name:ident $trailing:literal $next:ident $back:ident $($both:ident)?;)*) => {$(
        #[derive(Clone)]
        pub struct $name<'a, P: Pattern>(Pieces<'a, P>);

        impl<'a, P: Pattern> $name<'a, P> {
            pub(super) fn new(s: &'a str, pat: P) -> Self { $name(Pieces::new(s, pat, $trailing)) }

            pub fn remainder(&self) -> Option<&'a str> { self.0.rest() }
        }

        impl<'a, P: Pattern> Iterator for $name<'a, P> {
            type Item = &'a str;

            #[inline]
            fn next(&mut self) -> Option<&'a str> { self.0.$next() }
        }

        impl<'a, P: BothEnds> DoubleEndedIterator for $name<'a, P> {
            fn next_back(&mut self) -> Option<&'a str> { self.0.$back() }
        }

        impl<'a, P: Pattern> FusedIterator for $name<'a, P> {}
    )*};
}

split! {
    Split true next next_back;
    RSplit true next_back next;
    SplitTerminator false next next_back;
    RSplitTerminator false next_back next;
}

#[derive(Clone)]
pub struct SplitInclusive<'a, P: Pattern>(Pieces<'a, P>);

impl<'a, P: Pattern> SplitInclusive<'a, P> {
    pub(super) fn new(s: &'a str, pat: P) -> Self { SplitInclusive(Pieces::new(s, pat, false)) }
}

impl<'a, P: Pattern> Iterator for SplitInclusive<'a, P> {
    type Item = &'a str;

    #[inline]
    fn next(&mut self) -> Option<&'a str> { self.0.next_inclusive() }
}

impl<'a, P: Pattern> FusedIterator for SplitInclusive<'a, P> {}

macro_rules! split_n {
    ($($name:ident $next:ident;)*) => {$(
        #[derive(Clone)]
        pub struct $name<'a, P: Pattern> {
            inner: Pieces<'a, P>,
            count: usize,
        }

        impl<'a, P: Pattern> $name<'a, P> {
            pub(super) fn new(s: &'a str, count: usize, pat: P) -> Self {
                $name { inner: Pieces::new(s, pat, true), count }
            }
        }

        impl<'a, P: Pattern> Iterator for $name<'a, P> {
            type Item = &'a str;

            fn next(&mut self) -> Option<&'a str> {
                match self.count {
                    0 => None,
                    1 => {
                        self.count = 0;
                        self.inner.last()
                    }
                    _ => {
                        self.count -= 1;
                        self.inner.$next()
                    }
                }
            }
        }

        impl<'a, P: Pattern> FusedIterator for $name<'a, P> {}
    )*};
}

split_n! {
    SplitN next;
    RSplitN next_back;
}

macro_rules! matches {
    ($($name:ident $item:ty, $find:ident $find_back:ident, $p:ident, $a:ident $b:ident => $value:expr;)*) => {$(
        #[derive(Clone)]
        pub struct $name<'a, P: Pattern>(Pieces<'a, P>);

        impl<'a, P: Pattern> $name<'a, P> {
            pub(super) fn new(s: &'a str, pat: P) -> Self { $name(Pieces::new(s, pat, true)) }
        }

        impl<'a, P: Pattern> Iterator for $name<'a, P> {
            type Item = $item;

            fn next(&mut self) -> Option<$item> {
                let ($a, $b) = self.0.$find()?;
                let $p = &self.0;
                Some($value)
            }
        }

        impl<'a, P: Pattern> FusedIterator for $name<'a, P> {}
    )*};
}

matches! {
    Matches &'a str, find find_back, p, a b => part(p.s, a, b);
    RMatches &'a str, find_back find, p, a b => part(p.s, a, b);
    MatchIndices (usize, &'a str), find find_back, p, a b => (a, part(p.s, a, b));
    RMatchIndices (usize, &'a str), find_back find, p, a b => (a, part(p.s, a, b));
}

#[derive(Clone)]
pub struct Lines<'a>(Pieces<'a, char>);

impl<'a> Lines<'a> {
    pub(super) fn new(s: &'a str) -> Self { Lines(Pieces::new(s, '\n', false)) }
}

/// A line without its carriage return.
fn line(piece: &str) -> &str { piece.strip_suffix('\r').unwrap_or(piece) }

impl<'a> Iterator for Lines<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let last = self.0.rest()?.len();
        let piece = self.0.next()?;
        // The last line keeps a carriage return that no newline follows.
        if piece.len() == last {
            Some(piece)
        } else {
            Some(line(piece))
        }
    }
}

impl<'a> DoubleEndedIterator for Lines<'a> {
    fn next_back(&mut self) -> Option<&'a str> {
        let whole = self.0.s;
        let piece = self.0.next_back()?;
        let end = piece.as_ptr() as usize - whole.as_ptr() as usize + piece.len();
        if end == whole.len() {
            Some(piece)
        } else {
            Some(line(piece))
        }
    }
}

impl FusedIterator for Lines<'_> {}

macro_rules! words {
    ($($name:ident $c:ident => $test:expr;)*) => {$(
        #[derive(Clone)]
        pub struct $name<'a> {
            rest: &'a str,
        }

        impl<'a> $name<'a> {
            pub(super) fn new(s: &'a str) -> Self { $name { rest: s } }
        }

        impl<'a> Iterator for $name<'a> {
            type Item = &'a str;

            #[inline]
            fn next(&mut self) -> Option<&'a str> {
                let start = self.rest.find(|$c: char| !$test)?;
                let rest = &self.rest[start..];
                let end = rest.find(|$c: char| $test).unwrap_or(rest.len());
                self.rest = &rest[end..];
                Some(&rest[..end])
            }
        }

        impl<'a> DoubleEndedIterator for $name<'a> {
            fn next_back(&mut self) -> Option<&'a str> {
                let rest = self.rest.trim_end_matches(|$c: char| $test);
                if rest.is_empty() {
                    self.rest = rest;
                    return None;
                }
                let start = match rest.char_indices().rfind(|&(_, $c)| $test) {
                    Some((at, c)) => at + c.len_utf8(),
                    None => 0,
                };
                self.rest = &rest[..start];
                Some(&rest[start..])
            }
        }

        impl FusedIterator for $name<'_> {}
    )*};
}

words! {
    SplitWhitespace c => c.is_whitespace();
    SplitAsciiWhitespace c => c.is_ascii_whitespace();
}
