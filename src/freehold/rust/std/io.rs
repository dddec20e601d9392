//! Input and output.

mod buffered;
mod cursor;
mod error;
mod stdio;
mod traits;

pub use self::buffered::{BufReader, BufWriter, IntoInnerError, LineWriter};
pub use self::cursor::{copy, empty, repeat, sink, Cursor, Empty, Repeat, Sink};
pub use self::error::{Error, ErrorKind, Result};
pub use self::stdio::{
    stderr, stdin, stdout, Stderr, StderrLock, Stdin, StdinLock, Stdout, StdoutLock,
};
pub(crate) use self::stdio::flush;
#[doc(hidden)]
pub use self::stdio::{_eprint, _print};
pub use self::traits::{
    read_to_string, BufRead, Bytes, Chain, IsTerminal, Lines, Read, Seek, SeekFrom, Split, Take,
    Write,
};

pub mod prelude {
    //! The traits.

    pub use super::{BufRead, Read, Seek, Write};
}

/// What a call of the run time gave: a number, or `-errno`.
pub(crate) fn outcome(result: isize) -> Result<usize> {
    if result < 0 {
        Err(Error::from_raw_os_error(-result as i32))
    } else {
        Ok(result as usize)
    }
}
