//! Comparison of the primitive types.

use super::Ordering::{self, Equal, Greater, Less};
use crate::marker::FnPtr;

macro_rules! partial_eq {
    ($($type:ty)*) => {$(
        impl PartialEq for $type {
            #[inline]
            fn eq(&self, other: &$type) -> bool { *self == *other }

            #[inline]
            fn ne(&self, other: &$type) -> bool { *self != *other }
        }
    )*};
}

macro_rules! total {
    ($($type:ty)*) => {$(
        impl Eq for $type {}

        impl PartialOrd for $type {
            #[inline]
            fn partial_cmp(&self, other: &$type) -> Option<Ordering> { Some(self.cmp(other)) }

            #[inline]
            fn lt(&self, other: &$type) -> bool { *self < *other }

            #[inline]
            fn le(&self, other: &$type) -> bool { *self <= *other }

            #[inline]
            fn gt(&self, other: &$type) -> bool { *self > *other }

            #[inline]
            fn ge(&self, other: &$type) -> bool { *self >= *other }
        }

        impl Ord for $type {
            #[inline]
            fn cmp(&self, other: &$type) -> Ordering {
                if *self < *other {
                    Less
                } else if *self == *other {
                    Equal
                } else {
                    Greater
                }
            }
        }
    )*};
}

macro_rules! float {
    ($($type:ty)*) => {$(
        impl PartialOrd for $type {
            #[inline]
            fn partial_cmp(&self, other: &$type) -> Option<Ordering> {
                if *self < *other {
                    Some(Less)
                } else if *self == *other {
                    Some(Equal)
                } else if *self > *other {
                    Some(Greater)
                } else {
                    None
                }
            }

            #[inline]
            fn lt(&self, other: &$type) -> bool { *self < *other }

            #[inline]
            fn le(&self, other: &$type) -> bool { *self <= *other }

            #[inline]
            fn gt(&self, other: &$type) -> bool { *self > *other }

            #[inline]
            fn ge(&self, other: &$type) -> bool { *self >= *other }
        }
    )*};
}

partial_eq!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64 bool char);
total!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize bool char);
float!(f32 f64);

impl PartialEq for () {
    #[inline]
    fn eq(&self, _other: &()) -> bool { true }
}

impl Eq for () {}

impl PartialOrd for () {
    #[inline]
    fn partial_cmp(&self, _other: &()) -> Option<Ordering> { Some(Equal) }
}

impl Ord for () {
    #[inline]
    fn cmp(&self, _other: &()) -> Ordering { Equal }
}

impl PartialEq for ! {
    fn eq(&self, _other: &!) -> bool { *self }
}

impl Eq for ! {}

impl PartialOrd for ! {
    fn partial_cmp(&self, _other: &!) -> Option<Ordering> { *self }
}

impl Ord for ! {
    fn cmp(&self, _other: &!) -> Ordering { *self }
}

macro_rules! reference {
    ($left:ty, $right:ty) => {
        impl<A: ?Sized + PartialEq<B>, B: ?Sized> PartialEq<$right> for $left {
            #[inline]
            fn eq(&self, other: &$right) -> bool { PartialEq::eq(*self, *other) }

            #[inline]
            fn ne(&self, other: &$right) -> bool { PartialEq::ne(*self, *other) }
        }
    };
    (ordered $left:ty, $right:ty) => {
        reference!($left, $right);

        impl<A: ?Sized + PartialOrd<B>, B: ?Sized> PartialOrd<$right> for $left {
            #[inline]
            fn partial_cmp(&self, other: &$right) -> Option<Ordering> {
                PartialOrd::partial_cmp(*self, *other)
            }

            #[inline]
            fn lt(&self, other: &$right) -> bool { PartialOrd::lt(*self, *other) }

            #[inline]
            fn le(&self, other: &$right) -> bool { PartialOrd::le(*self, *other) }

            #[inline]
            fn gt(&self, other: &$right) -> bool { PartialOrd::gt(*self, *other) }

            #[inline]
            fn ge(&self, other: &$right) -> bool { PartialOrd::ge(*self, *other) }
        }
    };
}

reference!(ordered &A, &B);
reference!(ordered &mut A, &mut B);
reference!(&A, &mut B);
reference!(&mut A, &B);

impl<A: ?Sized + Eq> Eq for &A {}
impl<A: ?Sized + Eq> Eq for &mut A {}

impl<A: ?Sized + Ord> Ord for &A {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering { Ord::cmp(*self, *other) }
}

impl<A: ?Sized + Ord> Ord for &mut A {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering { Ord::cmp(*self, *other) }
}

macro_rules! pointer {
    ($($type:ty)*) => {$(
        impl<T: ?Sized> PartialEq for $type {
            #[inline]
            fn eq(&self, other: &$type) -> bool { *self == *other }
        }

        impl<T: ?Sized> Eq for $type {}

        impl<T: ?Sized> PartialOrd for $type {
            #[inline]
            fn partial_cmp(&self, other: &$type) -> Option<Ordering> { Some(self.cmp(other)) }

            #[inline]
            fn lt(&self, other: &$type) -> bool { *self < *other }

            #[inline]
            fn le(&self, other: &$type) -> bool { *self <= *other }

            #[inline]
            fn gt(&self, other: &$type) -> bool { *self > *other }

            #[inline]
            fn ge(&self, other: &$type) -> bool { *self >= *other }
        }

        impl<T: ?Sized> Ord for $type {
            #[inline]
            fn cmp(&self, other: &$type) -> Ordering {
                if *self < *other {
                    Less
                } else if *self == *other {
                    Equal
                } else {
                    Greater
                }
            }
        }
    )*};
}

pointer!(*const T *mut T);

impl<F: FnPtr> PartialEq for F {
    #[inline]
    fn eq(&self, other: &Self) -> bool { self.addr() == other.addr() }
}

impl<F: FnPtr> Eq for F {}

impl<F: FnPtr> PartialOrd for F {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> { Some(self.cmp(other)) }
}

impl<F: FnPtr> Ord for F {
    fn cmp(&self, other: &Self) -> Ordering { self.addr().cmp(&other.addr()) }
}

/// Tuples, compared from the left.
macro_rules! tuple {
    ($($name:ident $index:tt)+) => {
        impl<$($name: PartialEq),+> PartialEq for ($($name,)+) {
            #[inline]
            fn eq(&self, other: &($($name,)+)) -> bool { $(self.$index == other.$index)&&+ }
        }

        impl<$($name: Eq),+> Eq for ($($name,)+) {}

        impl<$($name: PartialOrd),+> PartialOrd for ($($name,)+) {
            #[inline]
            fn partial_cmp(&self, other: &($($name,)+)) -> Option<Ordering> {
                $(match self.$index.partial_cmp(&other.$index) {
                    Some(Equal) => {}
                    unequal => return unequal,
                })+
                Some(Equal)
            }
        }

        impl<$($name: Ord),+> Ord for ($($name,)+) {
            #[inline]
            fn cmp(&self, other: &($($name,)+)) -> Ordering {
                $(match self.$index.cmp(&other.$index) {
                    Equal => {}
                    unequal => return unequal,
                })+
                Equal
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
