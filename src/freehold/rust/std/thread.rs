//! Threads: one runs at a time, to its end, when another one waits.

mod local;
mod scoped;

pub use self::local::{AccessError, LocalKey, LocalSlot};
pub(crate) use self::local::run_destructors;
pub use self::scoped::{scope, Scope, ScopedJoinHandle};
use crate::any::Any;
use crate::boxed::Box;
use crate::cell::{Cell, SharedCell};
use crate::collections::VecDeque;
use crate::fmt;
use crate::intrinsics;
use crate::io;
use crate::num::NonZero;
use crate::panic;
use crate::panicking;
use crate::string::String;
use crate::sync::Arc;
use crate::time::Duration;

pub type Result<T> = crate::result::Result<T, Box<dyn Any + Send + 'static>>;

/// A thread that has not run yet.
struct Task {
    thread: Thread,
    body: Box<dyn FnOnce()>,
}

struct Threads {
    /// `None` until asked for: the main thread.
    current: Option<Thread>,
    waiting: VecDeque<Task>,
    count: u64,
}

static THREADS: SharedCell<Threads> =
    SharedCell::new(Threads { current: None, waiting: VecDeque::new(), count: 1 });

fn threads() -> &'static mut Threads { unsafe { &mut *THREADS.get() } }

#[derive(Eq, PartialEq, Clone, Copy, Hash)]
pub struct ThreadId(u64);

impl fmt::Debug for ThreadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ThreadId").field(&self.0).finish()
    }
}

struct Inner {
    id: ThreadId,
    name: Option<String>,
    token: Cell<bool>,
}

#[derive(Clone)]
pub struct Thread {
    inner: Arc<Inner>,
}

unsafe impl Send for Thread {}
unsafe impl Sync for Thread {}

impl Thread {
    fn new(id: u64, name: Option<String>) -> Thread {
        Thread { inner: Arc::new(Inner { id: ThreadId(id), name, token: Cell::new(false) }) }
    }

    pub fn id(&self) -> ThreadId { self.inner.id }

    pub fn name(&self) -> Option<&str> {
        match &self.inner.name {
            Some(name) => Some(name),
            None if self.inner.id.0 == 1 => Some("main"),
            None => None,
        }
    }

    pub fn unpark(&self) { self.inner.token.set(true) }
}

impl fmt::Debug for Thread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Thread")
            .field("id", &self.id())
            .field("name", &self.name())
            .finish_non_exhaustive()
    }
}

pub fn current() -> Thread {
    match &threads().current {
        Some(thread) => thread.clone(),
        None => Thread::new(1, None),
    }
}

/// The number of the thread that runs.
fn current_number() -> u64 {
    match &threads().current {
        Some(thread) => thread.inner.id.0,
        None => 1,
    }
}

pub fn panicking() -> bool { panicking::panicking() }

/// Let the thread that has waited longest run to its end; false if there is none.
fn run_one() -> bool {
    let Some(task) = threads().waiting.pop_front() else {
        return false;
    };
    let number = task.thread.inner.id.0;
    let outer = threads().current.replace(task.thread);
    (task.body)();
    local::destroy(number);
    threads().current = outer;
    true
}

/// Let others run until `ready`. If there are none left, this run cannot go on.
pub(crate) fn wait(mut ready: impl FnMut() -> bool, what: &str) {
    while !ready() {
        if !run_one() {
            io::flush();
            unsafe { intrinsics::__freehold_stuck(what.as_ptr(), what.len()) }
        }
    }
}

pub fn yield_now() { run_one(); }

pub fn sleep(dur: Duration) {
    while run_one() {}
    unsafe { intrinsics::__freehold_sleep(dur.as_nanos() as u64) }
}

pub fn park() {
    let thread = current();
    wait(|| thread.inner.token.get(), "being unparked");
    thread.inner.token.set(false);
}

pub fn park_timeout(dur: Duration) {
    sleep(dur);
    current().inner.token.set(false);
}

pub fn available_parallelism() -> io::Result<NonZero<usize>> {
    Ok(unsafe { NonZero::new_unchecked(1) })
}

/// What a thread leaves for the one that joins it.
struct Packet<T> {
    result: Cell<Option<Result<T>>>,
    done: Cell<bool>,
}

unsafe impl<T: Send> Sync for Packet<T> {}
unsafe impl<T: Send> Send for Packet<T> {}

/// A thread that was started and what it will leave.
struct Handle<T> {
    thread: Thread,
    packet: Arc<Packet<T>>,
}

impl<T> Handle<T> {
    fn join(self) -> Result<T> {
        wait(|| self.packet.done.get(), "a thread that waits for it");
        match self.packet.result.take() {
            Some(result) => result,
            None => unreachable!(),
        }
    }
}

/// Queue a thread.
///
/// # Safety
/// What `f` borrows must live until the thread is done.
unsafe fn start<'a, F, T>(f: F, name: Option<String>) -> Handle<T>
where
    F: FnOnce() -> T + 'a,
    T: 'a,
{
    threads().count += 1;
    let thread = Thread::new(threads().count, name);
    let packet = Arc::new(Packet { result: Cell::new(None), done: Cell::new(false) });
    let theirs = packet.clone();
    let body: Box<dyn FnOnce() + 'a> = Box::new(move || {
        theirs.result.set(Some(panic::attempt(f)));
        theirs.done.set(true);
    });
    let body = unsafe {
        intrinsics::transmute::<Box<dyn FnOnce() + 'a>, Box<dyn FnOnce() + 'static>>(body)
    };
    threads().waiting.push_back(Task { thread: thread.clone(), body });
    Handle { thread, packet }
}

pub struct JoinHandle<T>(Handle<T>);

unsafe impl<T> Send for JoinHandle<T> {}
unsafe impl<T> Sync for JoinHandle<T> {}

impl<T> JoinHandle<T> {
    pub fn thread(&self) -> &Thread { &self.0.thread }

    pub fn join(self) -> Result<T> { self.0.join() }

    pub fn is_finished(&self) -> bool {
        yield_now();
        self.0.packet.done.get()
    }
}

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinHandle").finish_non_exhaustive()
    }
}

#[lang = "thread_spawn"]
pub fn spawn<F, T>(f: F) -> JoinHandle<T>
where
    F: FnOnce() -> T,
    F: Send + 'static,
    T: Send + 'static,
{
    JoinHandle(unsafe { start(f, None) })
}

#[derive(Debug)]
pub struct Builder {
    name: Option<String>,
}

impl Builder {
    pub fn new() -> Builder { Builder { name: None } }

    pub fn name(self, name: String) -> Builder { Builder { name: Some(name) } }

    pub fn stack_size(self, _size: usize) -> Builder { self }

    pub fn spawn<F, T>(self, f: F) -> io::Result<JoinHandle<T>>
    where
        F: FnOnce() -> T,
        F: Send + 'static,
        T: Send + 'static,
    {
        Ok(JoinHandle(unsafe { start(f, self.name) }))
    }

    pub fn spawn_scoped<'scope, 'env, F, T>(
        self,
        scope: &'scope Scope<'scope, 'env>,
        f: F,
    ) -> io::Result<ScopedJoinHandle<'scope, T>>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        Ok(scope.start(f, self.name))
    }
}
