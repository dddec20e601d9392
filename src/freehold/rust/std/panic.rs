//! `Location`, hooks, and catching panics.

use crate::any::Any;
use crate::boxed::Box;
use crate::cell::UnsafeCell;
use crate::fmt;
use crate::intrinsics;
use crate::mem::ManuallyDrop;
use crate::ops::{Deref, DerefMut};
use crate::panicking::{self, Payload};
use crate::ptr;

/// The compiler makes these: the file as it was given, and a line and column from 1.
#[lang = "panic_location"]
#[derive(Copy, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Location<'a> {
    file: &'a str,
    line: u32,
    col: u32,
}

impl<'a> Location<'a> {
    #[inline]
    #[track_caller]
    pub const fn caller() -> &'static Location<'static> { unsafe { intrinsics::caller_location() } }

    pub const fn file(&self) -> &'a str { self.file }

    pub const fn line(&self) -> u32 { self.line }

    pub const fn column(&self) -> u32 { self.col }
}

impl fmt::Display for Location<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.col)
    }
}

pub struct PanicHookInfo<'a> {
    payload: &'a (dyn Any + Send),
    location: &'a Location<'a>,
}

pub type PanicInfo<'a> = PanicHookInfo<'a>;

impl<'a> PanicHookInfo<'a> {
    pub(crate) fn new(location: &'a Location<'a>, payload: &'a (dyn Any + Send)) -> Self {
        PanicHookInfo { payload, location }
    }

    pub fn payload(&self) -> &(dyn Any + Send) { self.payload }

    pub fn payload_as_str(&self) -> Option<&str> {
        if let Some(text) = self.payload.downcast_ref::<&'static str>() {
            Some(text)
        } else if let Some(text) = self.payload.downcast_ref::<crate::string::String>() {
            Some(text)
        } else {
            None
        }
    }

    pub fn location(&self) -> Option<&Location<'_>> { Some(self.location) }
}

impl fmt::Display for PanicHookInfo<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "panicked at {}:", self.location)?;
        match self.payload_as_str() {
            Some(text) => write!(f, "\n{text}"),
            None => Ok(()),
        }
    }
}

#[lang = "unwind_safe"]
#[diagnostic::on_unimplemented(
    message = "the type `{Self}` may not be safely transferred across an unwind boundary",
    label = "`{Self}` may not be safely transferred across an unwind boundary"
)]
pub auto trait UnwindSafe {}

#[lang = "ref_unwind_safe"]
#[diagnostic::on_unimplemented(
    message = "the type `{Self}` may contain interior mutability and a reference may not be safely transferrable across a catch_unwind boundary",
    label = "`{Self}` may contain interior mutability and a reference may not be safely transferrable across a catch_unwind boundary"
)]
pub auto trait RefUnwindSafe {}

impl<T: ?Sized> !UnwindSafe for &mut T {}
impl<T: RefUnwindSafe + ?Sized> UnwindSafe for &T {}
impl<T: RefUnwindSafe + ?Sized> UnwindSafe for *const T {}
impl<T: RefUnwindSafe + ?Sized> UnwindSafe for *mut T {}
impl<T: RefUnwindSafe + ?Sized> UnwindSafe for ptr::NonNull<T> {}
impl<T: UnwindSafe + ?Sized> UnwindSafe for ptr::Unique<T> {}
impl<T: RefUnwindSafe + ?Sized> UnwindSafe for crate::rc::Rc<T> {}
impl<T: RefUnwindSafe + ?Sized> UnwindSafe for crate::sync::Arc<T> {}
impl<T: ?Sized> UnwindSafe for crate::sync::Mutex<T> {}
impl<T: ?Sized> RefUnwindSafe for crate::sync::Mutex<T> {}
impl<T: ?Sized> !RefUnwindSafe for UnsafeCell<T> {}
impl<T> UnwindSafe for AssertUnwindSafe<T> {}
impl<T> RefUnwindSafe for AssertUnwindSafe<T> {}

pub struct AssertUnwindSafe<T>(pub T);

impl<T> Deref for AssertUnwindSafe<T> {
    type Target = T;

    fn deref(&self) -> &T { &self.0 }
}

impl<T> DerefMut for AssertUnwindSafe<T> {
    fn deref_mut(&mut self) -> &mut T { &mut self.0 }
}

impl<R, F: FnOnce() -> R> FnOnce<()> for AssertUnwindSafe<F> {
    type Output = R;

    extern "rust-call" fn call_once(self, _args: ()) -> R { (self.0)() }
}

union Attempt<F, R> {
    body: ManuallyDrop<F>,
    result: ManuallyDrop<R>,
    payload: ManuallyDrop<Payload>,
}

fn call<F: FnOnce() -> R, R>(data: *mut u8) {
    unsafe {
        let attempt = &mut *(data as *mut Attempt<F, R>);
        let body = ManuallyDrop::take(&mut attempt.body);
        attempt.result = ManuallyDrop::wrap(body());
    }
}

fn caught<F: FnOnce() -> R, R>(data: *mut u8, payload: *mut u8) {
    unsafe {
        let attempt = &mut *(data as *mut Attempt<F, R>);
        attempt.payload = ManuallyDrop::wrap(panicking::take_payload(payload));
    }
}

/// Run `f`; a panic that leaves it is an error with the panic's payload.
pub(crate) fn attempt<R, F: FnOnce() -> R>(f: F) -> Result<R, Payload> {
    let mut attempt = Attempt { body: ManuallyDrop::wrap(f) };
    let data = &raw mut attempt as *mut u8;
    unsafe {
        if intrinsics::catch_unwind(call::<F, R>, data, caught::<F, R>) == 0 {
            Ok(ManuallyDrop::into_inner(attempt.result))
        } else {
            Err(ManuallyDrop::into_inner(attempt.payload))
        }
    }
}

pub fn catch_unwind<F: FnOnce() -> R + UnwindSafe, R>(f: F) -> crate::thread::Result<R> {
    attempt(f)
}

pub fn resume_unwind(payload: Box<dyn Any + Send>) -> ! { panicking::raise("", payload) }

#[track_caller]
pub fn panic_any<M: 'static + Any + Send>(msg: M) -> ! {
    panicking::start("Box<dyn Any>", Box::new(msg), Location::caller())
}

pub fn set_hook(hook: Box<dyn Fn(&PanicHookInfo<'_>) + Sync + Send + 'static>) {
    panicking::set_hook(Some(hook));
}

pub fn take_hook() -> Box<dyn Fn(&PanicHookInfo<'_>) + Sync + Send + 'static> {
    match panicking::set_hook(None) {
        Some(hook) => hook,
        None => Box::new(default_hook),
    }
}

fn default_hook(info: &PanicHookInfo<'_>) { eprintln!("{info}"); }
