//! Where the process starts and how it ends.

use crate::io;
use crate::panic::attempt;
use crate::process::Termination;
use crate::thread;

/// What a panic in `main` ends with.
const PANICKED: isize = 101;

/// Call `main`; the result is the status of the process.
#[lang = "start"]
pub fn lang_start<T: Termination + 'static>(
    main: fn() -> T,
    _argc: isize,
    _argv: *const *const u8,
    _sigpipe: u8,
) -> isize {
    let status = match attempt(main) {
        Ok(value) => value.report().to_i32() as isize,
        Err(payload) => {
            crate::mem::drop(payload);
            PANICKED
        }
    };
    thread::end_main();
    io::flush();
    status
}
