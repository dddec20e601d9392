//! Ranges: what `a..b`, `a..`, `..b`, `..`, `a..=b` and `..=b` make.

use crate::fmt;

#[lang = "RangeFull"]
#[derive(Copy, Clone, Default, PartialEq, Eq, Hash)]
pub struct RangeFull;

#[lang = "Range"]
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Range<Idx> {
    pub start: Idx,
    pub end: Idx,
}

#[lang = "RangeFrom"]
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RangeFrom<Idx> {
    pub start: Idx,
}

#[lang = "RangeTo"]
#[derive(Copy, Clone, PartialEq, Eq, Hash)]
pub struct RangeTo<Idx> {
    pub end: Idx,
}

/// `exhausted` is set by iteration only: the last value was given out.
#[lang = "RangeInclusive"]
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RangeInclusive<Idx> {
    pub(crate) start: Idx,
    pub(crate) end: Idx,
    pub(crate) exhausted: bool,
}

#[lang = "RangeToInclusive"]
#[derive(Copy, Clone, PartialEq, Eq, Hash)]
pub struct RangeToInclusive<Idx> {
    pub end: Idx,
}

impl fmt::Debug for RangeFull {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str("..") }
}

impl<Idx: fmt::Debug> fmt::Debug for Range<Idx> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.start.fmt(f)?;
        f.write_str("..")?;
        self.end.fmt(f)
    }
}

impl<Idx: fmt::Debug> fmt::Debug for RangeFrom<Idx> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.start.fmt(f)?;
        f.write_str("..")
    }
}

impl<Idx: fmt::Debug> fmt::Debug for RangeTo<Idx> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("..")?;
        self.end.fmt(f)
    }
}

impl<Idx: fmt::Debug> fmt::Debug for RangeInclusive<Idx> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.start.fmt(f)?;
        f.write_str("..=")?;
        self.end.fmt(f)?;
        if self.exhausted {
            f.write_str(" (exhausted)")?;
        }
        Ok(())
    }
}

impl<Idx: fmt::Debug> fmt::Debug for RangeToInclusive<Idx> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("..=")?;
        self.end.fmt(f)
    }
}

impl<Idx: PartialOrd<Idx>> Range<Idx> {
    pub fn contains<U>(&self, item: &U) -> bool
    where
        Idx: PartialOrd<U>,
        U: ?Sized + PartialOrd<Idx>,
    {
        self.start <= *item && *item < self.end
    }

    #[inline]
    pub fn is_empty(&self) -> bool { !(self.start < self.end) }
}

impl<Idx: PartialOrd<Idx>> RangeFrom<Idx> {
    pub fn contains<U>(&self, item: &U) -> bool
    where
        Idx: PartialOrd<U>,
        U: ?Sized + PartialOrd<Idx>,
    {
        self.start <= *item
    }
}

impl<Idx: PartialOrd<Idx>> RangeTo<Idx> {
    pub fn contains<U>(&self, item: &U) -> bool
    where
        Idx: PartialOrd<U>,
        U: ?Sized + PartialOrd<Idx>,
    {
        *item < self.end
    }
}

#[lang_items]
impl<Idx> RangeInclusive<Idx> {
    #[lang = "range_inclusive_new"]
    #[inline]
    pub const fn new(start: Idx, end: Idx) -> Self { Self { start, end, exhausted: false } }

    #[inline]
    pub const fn start(&self) -> &Idx { &self.start }

    #[inline]
    pub const fn end(&self) -> &Idx { &self.end }

    pub fn into_inner(self) -> (Idx, Idx) { (self.start, self.end) }
}

impl<Idx: PartialOrd<Idx>> RangeInclusive<Idx> {
    pub fn contains<U>(&self, item: &U) -> bool
    where
        Idx: PartialOrd<U>,
        U: ?Sized + PartialOrd<Idx>,
    {
        self.start <= *item && if self.exhausted { *item < self.end } else { *item <= self.end }
    }

    #[inline]
    pub fn is_empty(&self) -> bool { self.exhausted || !(self.start <= self.end) }
}

impl<Idx: PartialOrd<Idx>> RangeToInclusive<Idx> {
    pub fn contains<U>(&self, item: &U) -> bool
    where
        Idx: PartialOrd<U>,
        U: ?Sized + PartialOrd<Idx>,
    {
        *item <= self.end
    }
}

#[derive(Clone, Copy, Debug, Hash, PartialEq, Eq)]
pub enum Bound<T> {
    Included(T),
    Excluded(T),
    Unbounded,
}

use Bound::{Excluded, Included, Unbounded};

impl<T> Bound<T> {
    pub fn as_ref(&self) -> Bound<&T> {
        match *self {
            Included(ref x) => Included(x),
            Excluded(ref x) => Excluded(x),
            Unbounded => Unbounded,
        }
    }

    pub fn map<U, F: FnOnce(T) -> U>(self, f: F) -> Bound<U> {
        match self {
            Included(x) => Included(f(x)),
            Excluded(x) => Excluded(f(x)),
            Unbounded => Unbounded,
        }
    }
}

impl<T: Clone> Bound<&T> {
    pub fn cloned(self) -> Bound<T> { self.map(|bound| bound.clone()) }
}

pub trait RangeBounds<T: ?Sized> {
    fn start_bound(&self) -> Bound<&T>;

    fn end_bound(&self) -> Bound<&T>;

    fn contains<U>(&self, item: &U) -> bool
    where
        T: PartialOrd<U>,
        U: ?Sized + PartialOrd<T>,
    {
        let above = match self.start_bound() {
            Included(start) => *start <= *item,
            Excluded(start) => *start < *item,
            Unbounded => true,
        };
        above
            && match self.end_bound() {
                Included(end) => *item <= *end,
                Excluded(end) => *item < *end,
                Unbounded => true,
            }
    }
}

macro_rules! range_bounds {
    ($([$($generics:tt)*] $type:ty, $range:ident: $start:expr, $end:expr;)*) => {$(
        impl<$($generics)*> RangeBounds<T> for $type {
            #[inline]
            fn start_bound(&self) -> Bound<&T> {
                let $range = self;
                $start
            }

            #[inline]
            fn end_bound(&self) -> Bound<&T> {
                let $range = self;
                $end
            }
        }
    )*};
}

range_bounds! {
    [T: ?Sized] RangeFull, _range: Unbounded, Unbounded;
    [T] RangeFrom<T>, r: Included(&r.start), { let _ = r; Unbounded };
    [T] RangeTo<T>, r: { let _ = r; Unbounded }, Excluded(&r.end);
    [T] Range<T>, r: Included(&r.start), Excluded(&r.end);
    [T] RangeInclusive<T>, r: Included(&r.start), if r.exhausted { Excluded(&r.end) } else { Included(&r.end) };
    [T] RangeToInclusive<T>, r: { let _ = r; Unbounded }, Included(&r.end);
    [T] (Bound<T>, Bound<T>), r: r.0.as_ref(), r.1.as_ref();
    [T] RangeFrom<&T>, r: Included(r.start), { let _ = r; Unbounded };
    [T] RangeTo<&T>, r: { let _ = r; Unbounded }, Excluded(r.end);
    [T] Range<&T>, r: Included(r.start), Excluded(r.end);
    [T] RangeInclusive<&T>, r: Included(r.start), Included(r.end);
    [T] RangeToInclusive<&T>, r: { let _ = r; Unbounded }, Included(r.end);
}

impl<'a, T: ?Sized + 'a> RangeBounds<T> for (Bound<&'a T>, Bound<&'a T>) {
    fn start_bound(&self) -> Bound<&T> { self.0 }

    fn end_bound(&self) -> Bound<&T> { self.1 }
}
