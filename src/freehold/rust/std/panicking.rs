//! How panics start: what the compiler and the macros call.

use crate::any::Any;
use crate::boxed::Box;
use crate::cell::Cell;
use crate::fmt;
use crate::io;
use crate::intrinsics;
use crate::panic::{Location, PanicHookInfo};
use crate::string::String;

/// Panics of the thread that runs that are unwinding, and whether the note was given.
struct State {
    unwinding: Cell<usize>,
    noted: Cell<bool>,
    hook: Cell<Option<Box<dyn Fn(&PanicHookInfo<'_>) + Sync + Send + 'static>>>,
}

unsafe impl Sync for State {}

static STATE: State =
    State { unwinding: Cell::new(0), noted: Cell::new(false), hook: Cell::new(None) };

pub(crate) type Payload = Box<dyn Any + Send>;
pub(crate) type Hook = Box<dyn Fn(&PanicHookInfo<'_>) + Sync + Send + 'static>;

pub(crate) fn panicking() -> bool { STATE.unwinding.get() != 0 }

/// The panics of this thread, as long as others run.
pub(crate) fn suspend() -> usize { STATE.unwinding.replace(0) }

pub(crate) fn resume(unwinding: usize) { STATE.unwinding.set(unwinding) }

pub(crate) fn set_hook(hook: Option<Hook>) -> Option<Hook> { STATE.hook.replace(hook) }

/// What ends a panic: the payload that `raise` made.
pub(crate) unsafe fn take_payload(raw: *mut u8) -> Payload {
    STATE.unwinding.set(STATE.unwinding.get() - 1);
    *unsafe { Box::hold(raw as *mut Payload) }
}

/// Unwind with a payload. The message has been printed.
pub(crate) fn raise(text: &str, payload: Payload) -> ! {
    STATE.unwinding.set(STATE.unwinding.get() + 1);
    let raw = Box::release(Box::new(payload)) as *mut u8;
    unsafe { intrinsics::__freehold_panic(text.as_ptr(), text.len(), raw) }
}

fn report(text: &str, location: &Location<'_>) {
    let thread = crate::thread::current();
    let name = thread.name().unwrap_or("<unnamed>");
    io::_eprint(format_args!("\nthread '{name}' panicked at {location}:\n{text}\n"));
    if !STATE.noted.replace(true) {
        io::_eprint(format_args!(
            "note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n"
        ));
    }
}

/// Print the message or call the hook, then unwind.
pub(crate) fn start(text: &str, payload: Payload, location: &'static Location<'static>) -> ! {
    match STATE.hook.take() {
        Some(hook) => {
            hook(&PanicHookInfo::new(location, &*payload));
            STATE.hook.set(Some(hook));
        }
        None => report(text, location),
    }
    raise(text, payload)
}

/// In a constant it is an error (E0080): evaluation stops at this function and at `panic`.
#[lang = "panic_fmt"]
#[cold]
#[inline(never)]
#[track_caller]
#[rustc_do_not_const_check]
pub const fn panic_fmt(message: fmt::Arguments<'_>) -> ! {
    let location = Location::caller();
    match message.as_str() {
        Some(text) => start(text, Box::new(text), location),
        None => {
            let text = fmt::format(message);
            let shown = text.clone();
            start(&shown, Box::new(text), location)
        }
    }
}

#[lang = "panic"]
#[cold]
#[inline(never)]
#[track_caller]
#[rustc_do_not_const_check]
pub const fn panic(text: &'static str) -> ! { start(text, Box::new(text), Location::caller()) }

#[lang = "panic_bounds_check"]
#[cold]
#[inline(never)]
#[track_caller]
#[rustc_do_not_const_check]
pub const fn panic_bounds_check(index: usize, len: usize) -> ! {
    panic!("index out of bounds: the len is {len} but the index is {index}")
}

macro_rules! arithmetic_panics {
    ($($lang:literal $name:ident $text:literal;)*) => {$(
        #[lang = $lang]
        #[cold]
        #[inline(never)]
        #[track_caller]
        pub const fn $name() -> ! { panic($text) }
    )*};
}

arithmetic_panics! {
    "panic_const_add_overflow" add_overflow "attempt to add with overflow";
    "panic_const_sub_overflow" sub_overflow "attempt to subtract with overflow";
    "panic_const_mul_overflow" mul_overflow "attempt to multiply with overflow";
    "panic_const_div_overflow" div_overflow "attempt to divide with overflow";
    "panic_const_rem_overflow" rem_overflow "attempt to calculate the remainder with overflow";
    "panic_const_neg_overflow" neg_overflow "attempt to negate with overflow";
    "panic_const_shl_overflow" shl_overflow "attempt to shift left with overflow";
    "panic_const_shr_overflow" shr_overflow "attempt to shift right with overflow";
    "panic_const_div_by_zero" div_by_zero "attempt to divide by zero";
    "panic_const_rem_by_zero" rem_by_zero "attempt to calculate the remainder with a divisor of zero";
}

#[lang = "panic_null_pointer_dereference"]
#[cold]
#[inline(never)]
#[track_caller]
pub fn panic_null_pointer_dereference() -> ! { panic("null pointer dereference occurred") }

#[lang = "panic_misaligned_pointer_dereference"]
#[cold]
#[inline(never)]
#[track_caller]
pub fn panic_misaligned_pointer_dereference(required: usize, found: usize) -> ! {
    panic!(
        "misaligned pointer dereference: address must be a multiple of {required:#x} but is {found:#x}"
    )
}

/// A destructor panicked while another panic was unwinding.
#[lang = "panic_in_cleanup"]
#[cold]
#[inline(never)]
pub fn panic_in_cleanup() -> ! {
    io::_eprint(format_args!("\nthread caused non-unwinding panic. aborting.\n"));
    crate::process::abort()
}

/// A panic reached a function that must not unwind (`extern "C"`).
#[lang = "panic_cannot_unwind"]
#[cold]
#[inline(never)]
pub fn panic_cannot_unwind() -> ! {
    io::_eprint(format_args!("\npanic in a function that cannot unwind\n"));
    crate::process::abort()
}

#[cold]
#[inline(never)]
#[track_caller]
pub(crate) const fn option_unwrap_failed() -> ! { panic("called `Option::unwrap()` on a `None` value") }

#[cold]
#[inline(never)]
#[track_caller]
#[rustc_do_not_const_check]
pub(crate) const fn option_expect_failed(message: &str) -> ! { panic!("{message}") }

#[cold]
#[inline(never)]
#[track_caller]
pub(crate) fn result_unwrap_failed(message: &str, error: &dyn fmt::Debug) -> ! {
    panic!("{message}: {error:?}")
}

#[cold]
#[inline(never)]
#[track_caller]
pub fn assert_failed<T: fmt::Debug + ?Sized, U: fmt::Debug + ?Sized>(
    operator: &str,
    left: &T,
    right: &U,
    args: Option<fmt::Arguments<'_>>,
) -> ! {
    match args {
        Some(args) => panic!(
            "assertion `left {operator} right` failed: {args}\n  left: {left:?}\n right: {right:?}"
        ),
        None => panic!("assertion `left {operator} right` failed\n  left: {left:?}\n right: {right:?}"),
    }
}

/// The text of a payload, as the threads that die of it print it.
pub(crate) fn payload_text(payload: &(dyn Any + Send)) -> &str {
    if let Some(text) = payload.downcast_ref::<&'static str>() {
        text
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text
    } else {
        "Box<dyn Any>"
    }
}
