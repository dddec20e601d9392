//! Threads that end before what they borrow does.

use super::{start, wait, Handle, Result, Thread};
use crate::cell::Cell;
use crate::fmt;
use crate::io;
use crate::marker::PhantomData;
use crate::panic;
use crate::string::String;
use crate::sync::Arc;

/// Threads that are not done, and whether one panicked that no one joined.
struct Running {
    count: Cell<usize>,
    panicked: Cell<bool>,
}

pub struct Scope<'scope, 'env: 'scope> {
    running: Arc<Running>,
    scope: PhantomData<&'scope mut &'scope ()>,
    env: PhantomData<&'env mut &'env ()>,
}

unsafe impl Sync for Scope<'_, '_> {}

pub struct ScopedJoinHandle<'scope, T> {
    handle: Handle<T>,
    running: Arc<Running>,
    _marker: PhantomData<&'scope ()>,
}

unsafe impl<T> Send for ScopedJoinHandle<'_, T> {}
unsafe impl<T> Sync for ScopedJoinHandle<'_, T> {}

#[track_caller]
pub fn scope<'env, F, T>(f: F) -> T
where
    F: for<'scope> FnOnce(&'scope Scope<'scope, 'env>) -> T,
{
    let running = Arc::new(Running { count: Cell::new(0), panicked: Cell::new(false) });
    let scope = Scope { running, scope: PhantomData, env: PhantomData };
    let result = panic::attempt(|| f(&scope));
    wait(|| scope.running.count.get() == 0, "its scoped threads");
    match result {
        Err(payload) => panic::resume_unwind(payload),
        Ok(_) if scope.running.panicked.get() => panic!("a scoped thread panicked"),
        Ok(result) => result,
    }
}

impl<'scope, 'env> Scope<'scope, 'env> {
    pub fn spawn<F, T>(&'scope self, f: F) -> ScopedJoinHandle<'scope, T>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        self.start(f, None).expect("failed to spawn thread")
    }

    pub(super) fn start<F, T>(
        &'scope self,
        f: F,
        name: Option<String>,
    ) -> io::Result<ScopedJoinHandle<'scope, T>>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        self.running.count.set(self.running.count.get() + 1);
        let running = self.running.clone();
        let body = move || {
            let result = panic::attempt(f);
            running.count.set(running.count.get() - 1);
            match result {
                Ok(value) => value,
                Err(payload) => {
                    running.panicked.set(true);
                    panic::resume_unwind(payload)
                }
            }
        };
        // `scope` waits for it.
        let handle = unsafe { start(body, name) };
        if handle.is_err() {
            self.running.count.set(self.running.count.get() - 1);
        }
        Ok(ScopedJoinHandle { handle: handle?, running: self.running.clone(), _marker: PhantomData })
    }
}

impl<'scope, T> ScopedJoinHandle<'scope, T> {
    pub fn thread(&self) -> &Thread { &self.handle.thread }

    pub fn join(self) -> Result<T> {
        let before = self.running.panicked.get();
        let result = self.handle.join();
        if result.is_err() {
            self.running.panicked.set(before);
        }
        result
    }

    pub fn is_finished(&self) -> bool { self.handle.packet.done.get() }
}

impl fmt::Debug for Scope<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope").finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for ScopedJoinHandle<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScopedJoinHandle").finish_non_exhaustive()
    }
}
