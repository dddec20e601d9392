//! What futures are polled with.

use crate::fmt;
use crate::marker::PhantomData;
use crate::mem::ManuallyDrop;
use crate::ops::{ControlFlow, FromResidual, Try};
use crate::convert::Infallible;
use crate::sync::Arc;

#[lang = "Poll"]
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub enum Poll<T> {
    #[lang = "Ready"]
    Ready(T),
    #[lang = "Pending"]
    Pending,
}

impl<T> Poll<T> {
    pub fn map<U, F: FnOnce(T) -> U>(self, f: F) -> Poll<U> {
        match self {
            Poll::Ready(t) => Poll::Ready(f(t)),
            Poll::Pending => Poll::Pending,
        }
    }

    pub const fn is_ready(&self) -> bool { matches!(*self, Poll::Ready(_)) }

    pub const fn is_pending(&self) -> bool { !self.is_ready() }
}

impl<T, E> Try for Poll<Result<T, E>> {
    type Output = Poll<T>;
    type Residual = Result<Infallible, E>;

    fn from_output(c: Poll<T>) -> Self { c.map(Ok) }

    fn branch(self) -> ControlFlow<Result<Infallible, E>, Poll<T>> {
        match self {
            Poll::Ready(Ok(x)) => ControlFlow::Continue(Poll::Ready(x)),
            Poll::Ready(Err(e)) => ControlFlow::Break(Err(e)),
            Poll::Pending => ControlFlow::Continue(Poll::Pending),
        }
    }
}

impl<T, E, F: From<E>> FromResidual<Result<Infallible, E>> for Poll<Result<T, F>> {
    fn from_residual(x: Result<Infallible, E>) -> Self {
        match x {
            Err(e) => Poll::Ready(Err(From::from(e))),
            Ok(never) => match never {},
        }
    }
}

#[derive(PartialEq, Copy, Clone, Debug)]
pub struct RawWakerVTable {
    clone: unsafe fn(*const ()) -> RawWaker,
    wake: unsafe fn(*const ()),
    wake_by_ref: unsafe fn(*const ()),
    drop: unsafe fn(*const ()),
}

impl RawWakerVTable {
    pub const fn new(
        clone: unsafe fn(*const ()) -> RawWaker,
        wake: unsafe fn(*const ()),
        wake_by_ref: unsafe fn(*const ()),
        drop: unsafe fn(*const ()),
    ) -> Self {
        RawWakerVTable { clone, wake, wake_by_ref, drop }
    }
}

#[derive(PartialEq, Debug)]
pub struct RawWaker {
    data: *const (),
    vtable: &'static RawWakerVTable,
}

impl RawWaker {
    pub const fn new(data: *const (), vtable: &'static RawWakerVTable) -> RawWaker {
        RawWaker { data, vtable }
    }
}

pub struct Waker {
    waker: RawWaker,
}

unsafe impl Send for Waker {}
unsafe impl Sync for Waker {}

fn do_nothing(_data: *const ()) {}

fn clone_nothing(_data: *const ()) -> RawWaker { RawWaker::new(crate::ptr::null(), &NOTHING) }

static NOTHING: RawWakerVTable =
    RawWakerVTable::new(clone_nothing, do_nothing, do_nothing, do_nothing);

static NOOP: Waker = Waker { waker: RawWaker { data: crate::ptr::null(), vtable: &NOTHING } };

impl Waker {
    pub fn wake(self) {
        let this = ManuallyDrop::wrap(self);
        unsafe { (this.waker.vtable.wake)(this.waker.data) }
    }

    pub fn wake_by_ref(&self) { unsafe { (self.waker.vtable.wake_by_ref)(self.waker.data) } }

    pub fn will_wake(&self, other: &Waker) -> bool { self.waker == other.waker }

    /// # Safety
    /// The functions must do as the names of the table's fields say.
    pub const unsafe fn from_raw(waker: RawWaker) -> Waker { Waker { waker } }

    pub fn noop() -> &'static Waker { &NOOP }

    pub fn data(&self) -> *const () { self.waker.data }
}

impl Clone for Waker {
    fn clone(&self) -> Self {
        Waker { waker: unsafe { (self.waker.vtable.clone)(self.waker.data) } }
    }
}

impl Drop for Waker {
    fn drop(&mut self) { unsafe { (self.waker.vtable.drop)(self.waker.data) } }
}

impl fmt::Debug for Waker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Waker").field("data", &self.waker.data).finish_non_exhaustive()
    }
}

#[lang = "Context"]
pub struct Context<'a> {
    waker: &'a Waker,
    _marker: PhantomData<fn(&'a ()) -> &'a ()>,
}

impl<'a> Context<'a> {
    pub const fn from_waker(waker: &'a Waker) -> Self { Context { waker, _marker: PhantomData } }

    pub const fn waker(&self) -> &'a Waker { self.waker }
}

impl fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context").field("waker", &self.waker).finish()
    }
}

pub trait Wake {
    fn wake(self: Arc<Self>);

    fn wake_by_ref(self: &Arc<Self>) { self.clone().wake(); }
}

impl<W: Wake + Send + Sync + 'static> From<Arc<W>> for Waker {
    fn from(waker: Arc<W>) -> Waker { unsafe { Waker::from_raw(raw_waker(waker)) } }
}

fn raw_waker<W: Wake + Send + Sync + 'static>(waker: Arc<W>) -> RawWaker {
    unsafe fn clone<W: Wake + Send + Sync + 'static>(data: *const ()) -> RawWaker {
        let waker = unsafe { ManuallyDrop::wrap(Arc::from_raw(data as *const W)) };
        raw_waker::<W>(Arc::clone(&waker))
    }

    unsafe fn wake<W: Wake + Send + Sync + 'static>(data: *const ()) {
        <W as Wake>::wake(unsafe { Arc::from_raw(data as *const W) });
    }

    unsafe fn wake_by_ref<W: Wake + Send + Sync + 'static>(data: *const ()) {
        let waker = unsafe { ManuallyDrop::wrap(Arc::from_raw(data as *const W)) };
        <W as Wake>::wake_by_ref(&waker);
    }

    unsafe fn drop<W: Wake + Send + Sync + 'static>(data: *const ()) {
        crate::mem::drop(unsafe { Arc::from_raw(data as *const W) });
    }

    RawWaker::new(
        Arc::into_raw(waker) as *const (),
        const { &RawWakerVTable::new(clone::<W>, wake::<W>, wake_by_ref::<W>, drop::<W>) },
    )
}
