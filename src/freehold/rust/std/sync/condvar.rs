//! `Condvar` and `Barrier`.

use super::mutex::MutexGuard;
use super::poison::{result, LockResult};
use super::Mutex;
use crate::cell::Cell;
use crate::time::Duration;

/// Numbers of waiters that came, and that may go on.
#[derive(Debug, Default)]
pub struct Condvar {
    came: Cell<usize>,
    called: Cell<usize>,
}

unsafe impl Send for Condvar {}
unsafe impl Sync for Condvar {}

#[derive(Debug, PartialEq, Eq, Copy, Clone)]
pub struct WaitTimeoutResult(bool);

impl WaitTimeoutResult {
    pub fn timed_out(&self) -> bool { self.0 }
}

impl Condvar {
    pub const fn new() -> Condvar { Condvar { came: Cell::new(0), called: Cell::new(0) } }

    pub fn wait<'a, T>(&self, guard: MutexGuard<'a, T>) -> LockResult<MutexGuard<'a, T>> {
        let ticket = self.came.get();
        self.came.set(ticket + 1);
        guard.release_while(|| self.called.get() > ticket, "a Condvar that no one notifies");
        result(guard.mutex().is_poisoned(), guard)
    }

    pub fn wait_while<'a, T, F: FnMut(&mut T) -> bool>(
        &self,
        mut guard: MutexGuard<'a, T>,
        mut condition: F,
    ) -> LockResult<MutexGuard<'a, T>> {
        while condition(&mut *guard) {
            guard = self.wait(guard)?;
        }
        Ok(guard)
    }

    pub fn wait_timeout<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        dur: Duration,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {
        let ticket = self.came.get();
        self.came.set(ticket + 1);
        guard.release_while(
            || {
                crate::thread::sleep(dur);
                true
            },
            "a Condvar",
        );
        let late = self.called.get() <= ticket;
        if late {
            self.called.set(self.called.get() + 1);
        }
        result(guard.mutex().is_poisoned(), (guard, WaitTimeoutResult(late)))
    }

    pub fn notify_one(&self) {
        if self.called.get() < self.came.get() {
            self.called.set(self.called.get() + 1);
        }
    }

    pub fn notify_all(&self) { self.called.set(self.came.get()); }
}

#[derive(Debug)]
pub struct Barrier {
    lock: Mutex<(usize, usize)>,
    cvar: Condvar,
    num_threads: usize,
}

#[derive(Debug)]
pub struct BarrierWaitResult(bool);

impl BarrierWaitResult {
    pub fn is_leader(&self) -> bool { self.0 }
}

impl Barrier {
    pub const fn new(n: usize) -> Barrier {
        Barrier { lock: Mutex::new((0, 0)), cvar: Condvar::new(), num_threads: n }
    }

    pub fn wait(&self) -> BarrierWaitResult {
        let mut lock = self.lock.lock().unwrap();
        let generation = lock.1;
        lock.0 += 1;
        if lock.0 >= self.num_threads {
            *lock = (0, generation.wrapping_add(1));
            self.cvar.notify_all();
            return BarrierWaitResult(true);
        }
        let _guard = self.cvar.wait_while(lock, |state| state.1 == generation).unwrap();
        BarrierWaitResult(false)
    }
}
