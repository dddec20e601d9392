//! Types as values.

use crate::fmt;
use crate::intrinsics;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId {
    id: u64,
}

impl TypeId {
    pub const fn of<T: ?Sized + 'static>() -> TypeId {
        TypeId { id: unsafe { intrinsics::type_id::<T>() } }
    }
}

impl fmt::Debug for TypeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, "TypeId({:#034x})", self.id) }
}

pub const fn type_name<T: ?Sized>() -> &'static str { unsafe { intrinsics::type_name::<T>() } }

pub const fn type_name_of_val<T: ?Sized>(_val: &T) -> &'static str { type_name::<T>() }

pub trait Any: 'static {
    fn type_id(&self) -> TypeId;
}

impl<T: 'static + ?Sized> Any for T {
    fn type_id(&self) -> TypeId { TypeId::of::<T>() }
}

macro_rules! any {
    ($($type:ty)*) => {$(
        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct("Any").finish_non_exhaustive()
            }
        }

        impl $type {
            pub fn is<T: Any>(&self) -> bool { TypeId::of::<T>() == self.type_id() }

            pub fn downcast_ref<T: Any>(&self) -> Option<&T> {
                if self.is::<T>() {
                    Some(unsafe { &*(self as *const $type as *const T) })
                } else {
                    None
                }
            }

            pub fn downcast_mut<T: Any>(&mut self) -> Option<&mut T> {
                if self.is::<T>() {
                    Some(unsafe { &mut *(self as *mut $type as *mut T) })
                } else {
                    None
                }
            }
        }
    )*};
}

any!(dyn Any dyn Any + Send dyn Any + Send + Sync);
