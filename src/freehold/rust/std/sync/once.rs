//! `Once`, `OnceLock`, `LazyLock`.

use crate::cell::{Cell, OnceCell};
use crate::fmt;
use crate::ops::Deref;

#[derive(Copy, Clone, PartialEq, Eq)]
enum State {
    New,
    Running,
    Poisoned,
    Done,
}

pub struct Once {
    state: Cell<State>,
}

unsafe impl Send for Once {}
unsafe impl Sync for Once {}

pub struct OnceState {
    poisoned: bool,
}

impl OnceState {
    pub fn is_poisoned(&self) -> bool { self.poisoned }
}

/// Poisons the `Once` unless its closure comes back.
struct Attempt<'a>(&'a Cell<State>);

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        if self.0.get() == State::Running {
            self.0.set(State::Poisoned);
        }
    }
}

impl Once {
    pub const fn new() -> Once { Once { state: Cell::new(State::New) } }

    #[track_caller]
    pub fn call_once<F: FnOnce()>(&self, f: F) {
        match self.state.get() {
            State::Done => {}
            State::Poisoned => panic!("Once instance has previously been poisoned"),
            State::Running => panic!("one-time initialization may not be performed recursively"),
            State::New => self.run(|_| f()),
        }
    }

    pub fn call_once_force<F: FnOnce(&OnceState)>(&self, f: F) {
        if self.state.get() != State::Done {
            self.run(f);
        }
    }

    fn run<F: FnOnce(&OnceState)>(&self, f: F) {
        let state = OnceState { poisoned: self.state.get() == State::Poisoned };
        self.state.set(State::Running);
        let attempt = Attempt(&self.state);
        f(&state);
        attempt.0.set(State::Done);
    }

    pub fn is_completed(&self) -> bool { self.state.get() == State::Done }
}

impl fmt::Debug for Once {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Once").finish_non_exhaustive()
    }
}

pub struct OnceLock<T> {
    cell: OnceCell<T>,
}

unsafe impl<T: Sync + Send> Sync for OnceLock<T> {}
unsafe impl<T: Send> Send for OnceLock<T> {}

impl<T> OnceLock<T> {
    pub const fn new() -> OnceLock<T> { OnceLock { cell: OnceCell::new() } }

    #[inline]
    pub fn get(&self) -> Option<&T> { self.cell.get() }

    pub fn get_mut(&mut self) -> Option<&mut T> { self.cell.get_mut() }

    pub fn set(&self, value: T) -> Result<(), T> { self.cell.set(value) }

    pub fn get_or_init<F: FnOnce() -> T>(&self, f: F) -> &T { self.cell.get_or_init(f) }

    pub fn into_inner(self) -> Option<T> { self.cell.into_inner() }

    pub fn take(&mut self) -> Option<T> { self.cell.take() }
}

impl<T> Default for OnceLock<T> {
    fn default() -> OnceLock<T> { OnceLock::new() }
}

impl<T: fmt::Debug> fmt::Debug for OnceLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut d = f.debug_tuple("OnceLock");
        match self.get() {
            Some(v) => d.field(v),
            None => d.field(&format_args!("<uninit>")),
        };
        d.finish()
    }
}

impl<T: Clone> Clone for OnceLock<T> {
    fn clone(&self) -> OnceLock<T> { OnceLock { cell: self.cell.clone() } }
}

impl<T> From<T> for OnceLock<T> {
    fn from(value: T) -> Self { OnceLock { cell: OnceCell::from(value) } }
}

pub struct LazyLock<T, F = fn() -> T> {
    cell: OnceCell<T>,
    init: Cell<Option<F>>,
}

unsafe impl<T: Sync + Send, F: Send> Sync for LazyLock<T, F> {}

impl<T, F: FnOnce() -> T> LazyLock<T, F> {
    pub const fn new(f: F) -> LazyLock<T, F> {
        LazyLock { cell: OnceCell::new(), init: Cell::new(Some(f)) }
    }

    pub fn force(this: &LazyLock<T, F>) -> &T {
        this.cell.get_or_init(|| match this.init.take() {
            Some(f) => f(),
            None => panic!("LazyLock instance has previously been poisoned"),
        })
    }
}

impl<T, F: FnOnce() -> T> Deref for LazyLock<T, F> {
    type Target = T;

    fn deref(&self) -> &T { LazyLock::force(self) }
}

impl<T: fmt::Debug, F> fmt::Debug for LazyLock<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut d = f.debug_tuple("LazyLock");
        match self.cell.get() {
            Some(v) => d.field(v),
            None => d.field(&format_args!("<uninit>")),
        };
        d.finish()
    }
}
