//! `thread_local!`.

use super::current_number;
use crate::boxed::Box;
use crate::cell::{Cell, RefCell, SharedCell};
use crate::error::Error;
use crate::fmt;
use crate::mem;
use crate::vec::Vec;

/// The values of a thread-local, each with the number of its thread.
#[doc(hidden)]
pub struct LocalSlot<T: 'static> {
    init: fn() -> T,
    values: SharedCell<Vec<(u64, Box<T>)>>,
}

impl<T: 'static> LocalSlot<T> {
    pub const fn new(init: fn() -> T) -> LocalSlot<T> {
        LocalSlot { init, values: SharedCell::new(Vec::new()) }
    }

    fn find(&self, number: u64) -> Option<*const T> {
        for (owner, value) in unsafe { &*self.values.get() } {
            if *owner == number {
                return Some(&**value);
            }
        }
        None
    }
}

/// What is to be done when a thread ends.
struct Destructor {
    number: u64,
    slot: *const (),
    destroy: fn(*const (), u64),
}

static DESTRUCTORS: SharedCell<Vec<Destructor>> = SharedCell::new(Vec::new());

fn destroy_value<T: 'static>(slot: *const (), number: u64) {
    let values = unsafe { &mut *(*(slot as *const LocalSlot<T>)).values.get() };
    if let Some(at) = values.iter().position(|(owner, _)| *owner == number) {
        mem::drop(values.swap_remove(at));
    }
}

/// Drop the values of a thread, the newest first.
pub(super) fn destroy(number: u64) {
    loop {
        let all = unsafe { &mut *DESTRUCTORS.get() };
        let Some(at) = all.iter().rposition(|destructor| destructor.number == number) else {
            return;
        };
        let destructor = all.remove(at);
        (destructor.destroy)(destructor.slot, number);
    }
}

pub struct LocalKey<T: 'static> {
    slot: &'static LocalSlot<T>,
}

#[derive(Clone, Copy, Eq, PartialEq)]
pub struct AccessError;

impl fmt::Debug for AccessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessError").finish()
    }
}

impl fmt::Display for AccessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str("already destroyed") }
}

impl Error for AccessError {}

impl<T: 'static> LocalKey<T> {
    #[doc(hidden)]
    pub const fn new(slot: &'static LocalSlot<T>) -> LocalKey<T> { LocalKey { slot } }

    fn value(&'static self) -> *const T {
        let number = current_number();
        if let Some(value) = self.slot.find(number) {
            return value;
        }
        let value = Box::new((self.slot.init)());
        let pointer: *const T = &*value;
        unsafe {
            (*self.slot.values.get()).push((number, value));
            if number != 1 || mem::needs_drop::<T>() {
                (*DESTRUCTORS.get()).push(Destructor {
                    number,
                    slot: self.slot as *const LocalSlot<T> as *const (),
                    destroy: destroy_value::<T>,
                });
            }
        }
        pointer
    }

    pub fn with<F, R>(&'static self, f: F) -> R
    where
        F: FnOnce(&T) -> R,
    {
        f(unsafe { &*self.value() })
    }

    pub fn try_with<F, R>(&'static self, f: F) -> Result<R, AccessError>
    where
        F: FnOnce(&T) -> R,
    {
        Ok(self.with(f))
    }
}

impl<T: 'static> LocalKey<Cell<T>> {
    pub fn set(&'static self, value: T) { self.with(|cell| cell.set(value)) }

    pub fn get(&'static self) -> T
    where
        T: Copy,
    {
        self.with(|cell| cell.get())
    }

    pub fn take(&'static self) -> T
    where
        T: Default,
    {
        self.with(|cell| cell.take())
    }

    pub fn replace(&'static self, value: T) -> T { self.with(|cell| cell.replace(value)) }
}

impl<T: 'static> LocalKey<RefCell<T>> {
    pub fn with_borrow<F, R>(&'static self, f: F) -> R
    where
        F: FnOnce(&T) -> R,
    {
        self.with(|cell| f(&cell.borrow()))
    }

    pub fn with_borrow_mut<F, R>(&'static self, f: F) -> R
    where
        F: FnOnce(&mut T) -> R,
    {
        self.with(|cell| f(&mut cell.borrow_mut()))
    }

    pub fn set(&'static self, value: T) { self.with(|cell| *cell.borrow_mut() = value) }

    pub fn take(&'static self) -> T
    where
        T: Default,
    {
        self.with(|cell| cell.take())
    }

    pub fn replace(&'static self, value: T) -> T { self.with(|cell| cell.replace(value)) }
}

impl<T: 'static> fmt::Debug for LocalKey<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalKey").finish_non_exhaustive()
    }
}
