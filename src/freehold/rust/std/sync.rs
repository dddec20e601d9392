//! Sharing between threads. They never run at the same time: what blocks lets others run.

mod arc;
pub mod atomic;
mod condvar;
pub mod mpsc;
mod mutex;
mod once;
mod poison;
mod rwlock;

pub use self::arc::{Arc, Weak};
pub use self::condvar::{Barrier, BarrierWaitResult, Condvar, WaitTimeoutResult};
pub use self::mutex::{Mutex, MutexGuard};
pub use self::once::{LazyLock, Once, OnceLock, OnceState};
pub use self::poison::{LockResult, PoisonError, TryLockError, TryLockResult};
pub use self::rwlock::{RwLock, RwLockReadGuard, RwLockWriteGuard};
