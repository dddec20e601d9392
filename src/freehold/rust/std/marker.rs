//! Traits and types that say something about types.

use crate::cell::UnsafeCell;
use crate::cmp::Ordering;
use crate::fmt;
use crate::hash::{Hash, Hasher};

#[lang = "sized"]
#[fundamental]
#[diagnostic::on_unimplemented(
    message = "the size for values of type `{Self}` cannot be known at compilation time",
    label = "doesn't have a size known at compile-time"
)]
pub trait Sized {}

/// `T: Unsize<U>`: a pointer to `T` coerces to one to `U`. The compiler implements it.
#[lang = "unsize"]
pub trait Unsize<T: ?Sized> {}

/// Tuples, as the arguments of functions. The compiler implements it.
#[lang = "tuple_trait"]
pub trait Tuple {}

/// Function pointers. The compiler implements it.
#[lang = "fn_ptr_trait"]
#[lang_items]
pub trait FnPtr: Copy + Clone {
    #[lang = "fn_ptr_addr"]
    fn addr(self) -> *const ();
}

#[lang = "copy"]
pub trait Copy: Clone {}

#[lang = "send"]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent between threads safely",
    label = "`{Self}` cannot be sent between threads safely"
)]
pub unsafe auto trait Send {}

#[lang = "sync"]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be shared between threads safely",
    label = "`{Self}` cannot be shared between threads safely"
)]
pub unsafe auto trait Sync {}

#[lang = "unpin"]
#[diagnostic::on_unimplemented(message = "`{Self}` cannot be unpinned")]
pub auto trait Unpin {}

/// Types with no `UnsafeCell` outside of an indirection.
#[lang = "freeze"]
pub unsafe auto trait Freeze {}

impl<T: ?Sized> !Send for *const T {}
impl<T: ?Sized> !Send for *mut T {}
unsafe impl<T: Sync + ?Sized> Send for &T {}

impl<T: ?Sized> !Sync for *const T {}
impl<T: ?Sized> !Sync for *mut T {}

impl<T: ?Sized> !Freeze for UnsafeCell<T> {}
unsafe impl<T: ?Sized> Freeze for PhantomData<T> {}
unsafe impl<T: ?Sized> Freeze for *const T {}
unsafe impl<T: ?Sized> Freeze for *mut T {}
unsafe impl<T: ?Sized> Freeze for &T {}
unsafe impl<T: ?Sized> Freeze for &mut T {}

macro_rules! copy {
    ($($type:ty)*) => {$(
        impl Copy for $type {}
    )*};
}

copy! {
    i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64 bool char
}

impl Copy for ! {}

impl<T: ?Sized> Copy for *const T {}
impl<T: ?Sized> Copy for *mut T {}
impl<T: ?Sized> Copy for &T {}
impl<T: Copy, const N: usize> Copy for [T; N] {}

#[lang = "phantom_data"]
pub struct PhantomData<T: ?Sized>;

impl<T: ?Sized> Clone for PhantomData<T> {
    fn clone(&self) -> Self { Self }
}

impl<T: ?Sized> Copy for PhantomData<T> {}

impl<T: ?Sized> Default for PhantomData<T> {
    fn default() -> Self { Self }
}

impl<T: ?Sized> PartialEq for PhantomData<T> {
    fn eq(&self, _other: &PhantomData<T>) -> bool { true }
}

impl<T: ?Sized> Eq for PhantomData<T> {}

impl<T: ?Sized> PartialOrd for PhantomData<T> {
    fn partial_cmp(&self, _other: &PhantomData<T>) -> Option<Ordering> { Some(Ordering::Equal) }
}

impl<T: ?Sized> Ord for PhantomData<T> {
    fn cmp(&self, _other: &PhantomData<T>) -> Ordering { Ordering::Equal }
}

impl<T: ?Sized> Hash for PhantomData<T> {
    fn hash<H: Hasher>(&self, _state: &mut H) {}
}

impl<T: ?Sized> fmt::Debug for PhantomData<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PhantomData<{}>", crate::any::type_name::<T>())
    }
}

#[derive(Debug, Default, Copy, Clone, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct PhantomPinned;

impl !Unpin for PhantomPinned {}
impl<T: ?Sized> Unpin for &T {}
impl<T: ?Sized> Unpin for &mut T {}
impl<T: ?Sized> Unpin for *const T {}
impl<T: ?Sized> Unpin for *mut T {}
