//! Threads: one runs at a time, until it waits.

mod local;
mod scoped;

pub use self::local::{AccessError, LocalKey, LocalSlot};
pub use self::scoped::{scope, Scope, ScopedJoinHandle};
use crate::any::Any;
use crate::boxed::Box;
use crate::cell::{Cell, SharedCell};
use crate::fmt;
use crate::intrinsics;
use crate::io;
use crate::num::NonZero;
use crate::panic;
use crate::panicking;
use crate::string::String;
use crate::sync::Arc;
use crate::time::Duration;
use crate::vec::Vec;

pub type Result<T> = crate::result::Result<T, Box<dyn Any + Send + 'static>>;

/// A thread and what it is to do. The run time knows it by `number`.
struct Task {
    number: u32,
    thread: Thread,
    body: Option<Box<dyn FnOnce()>>,
}

struct Threads {
    /// `None` until asked for.
    main: Option<Thread>,
    /// Those that have not ended.
    tasks: Vec<Task>,
    count: u64,
}

static THREADS: SharedCell<Threads> =
    SharedCell::new(Threads { main: None, tasks: Vec::new(), count: 1 });

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

/// The task of the thread that runs; `None`: the main thread.
fn task() -> Option<&'static mut Task> {
    let number = unsafe { intrinsics::__freehold_thread_now() };
    if number == 0 {
        return None;
    }
    threads().tasks.iter_mut().find(|task| task.number == number)
}

pub fn current() -> Thread {
    match task() {
        Some(task) => task.thread.clone(),
        None => threads().main.get_or_insert_with(|| Thread::new(1, None)).clone(),
    }
}

/// The number of the thread that runs.
fn current_number() -> u64 {
    match task() {
        Some(task) => task.thread.inner.id.0,
        None => 1,
    }
}

pub fn panicking() -> bool { panicking::panicking() }

/// What every thread begins with.
extern "C" fn run() {
    let number = current_number();
    if let Some(body) = task().and_then(|task| task.body.take()) {
        body();
    }
    local::destroy(number);
    threads().tasks.retain(|task| task.thread.inner.id.0 != number);
}

/// Let others run until `ready`. If all of them wait too, the run ends.
pub(crate) fn wait(mut ready: impl FnMut() -> bool, what: &str) {
    if ready() {
        return;
    }
    let unwinding = panicking::suspend();
    loop {
        if !unsafe { intrinsics::__freehold_thread_poll(what.as_ptr(), what.len()) } {
            io::flush();
            unsafe { intrinsics::__freehold_stuck() }
        }
        if ready() {
            break;
        }
    }
    unsafe { intrinsics::__freehold_thread_go() };
    panicking::resume(unwinding);
}

pub fn yield_now() {
    let unwinding = panicking::suspend();
    unsafe { intrinsics::__freehold_thread_yield() };
    panicking::resume(unwinding);
}

/// A value was read that other threads change.
#[inline]
pub(crate) fn looked() { unsafe { intrinsics::__freehold_thread_point() } }

pub fn sleep(dur: Duration) {
    let unwinding = panicking::suspend();
    // Three centuries are as good as for ever, and fit the clock.
    let nanoseconds = dur.as_nanos().min(i64::MAX as u128) as u64;
    unsafe { intrinsics::__freehold_sleep(nanoseconds) };
    panicking::resume(unwinding);
}

/// Drop what the main thread leaves.
pub(crate) fn end_main() {
    local::destroy(1);
    threads().main = None;
    if threads().tasks.is_empty() {
        threads().tasks = Vec::new();
    }
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
        wait(|| self.packet.done.get(), "a thread that it joins");
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
unsafe fn start<'a, F, T>(f: F, name: Option<String>) -> io::Result<Handle<T>>
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
    let number = unsafe { intrinsics::__freehold_thread_new(run) };
    if number == 0 {
        return Err(io::Error::from_raw_os_error(11)); // EAGAIN
    }
    threads().tasks.push(Task { number, thread: thread.clone(), body: Some(body) });
    Ok(Handle { thread, packet })
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
    JoinHandle(unsafe { start(f, None) }.expect("failed to spawn thread"))
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
        Ok(JoinHandle(unsafe { start(f, self.name) }?))
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
        scope.start(f, self.name)
    }
}
