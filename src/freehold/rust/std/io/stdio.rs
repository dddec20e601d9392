//! Standard input, output and error.

use super::error::show;
use super::{outcome, BufRead, IsTerminal, Lines, Read, Result, Write};
use crate::cell::SharedCell;
use crate::fmt;
use crate::intrinsics;
use crate::string::String;
use crate::vec::Vec;

/// Output up to the last newline goes out at once; the rest waits here.
static OUTPUT: SharedCell<Vec<u8>> = SharedCell::new(Vec::new());

/// So much waits at most.
const WAITING: usize = 1024;

/// Input that was read and not yet asked for: that from `at` on.
struct Input {
    bytes: Vec<u8>,
    at: usize,
}

static INPUT: SharedCell<Input> = SharedCell::new(Input { bytes: Vec::new(), at: 0 });

fn write_all(fd: i32, data: &[u8]) -> Result<()> {
    let mut rest = data;
    while !rest.is_empty() {
        let n = outcome(unsafe { intrinsics::__freehold_write(fd, rest.as_ptr(), rest.len()) })?;
        rest = &rest[n..];
    }
    Ok(())
}

fn flush_output() -> Result<()> {
    let waiting = unsafe { &mut *OUTPUT.get() };
    let result = write_all(1, waiting);
    waiting.clear();
    result
}

fn write_output(data: &[u8]) -> Result<()> {
    let waiting = unsafe { &mut *OUTPUT.get() };
    match data.iter().rposition(|&byte| byte == b'\n') {
        Some(at) => {
            let (lines, rest) = data.split_at(at + 1);
            if waiting.is_empty() {
                write_all(1, lines)?;
            } else {
                waiting.extend_copied(lines);
                flush_output()?;
            }
            waiting.extend_copied(rest);
        }
        None => waiting.extend_copied(data),
    }
    if waiting.len() >= WAITING {
        return flush_output();
    }
    Ok(())
}

/// Write out what waits, as the process ends, and give the buffers back.
pub(crate) fn flush() {
    // There is no one left to tell of an error.
    let _ = flush_output();
    unsafe {
        *OUTPUT.get() = Vec::new();
        (*INPUT.get()).bytes = Vec::new();
        (*INPUT.get()).at = 0;
    }
}

/// Standard output and error, as `fmt` writes to them.
struct Output(fn(&[u8]) -> Result<()>);

impl fmt::Write for Output {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        match (self.0)(s.as_bytes()) {
            Ok(()) => Ok(()),
            Err(error) => panic!("failed printing to stdout: {}", show(&error)),
        }
    }
}

fn write_error(data: &[u8]) -> Result<()> {
    // Nothing can be said of errors here.
    let _ = write_all(2, data);
    Ok(())
}

#[doc(hidden)]
pub fn _print(args: fmt::Arguments<'_>) {
    // An error is that of a trait of the program's own: it is not a fault of the stream.
    if fmt::write(&mut Output(write_output), args).is_err() {
        panic!("failed printing to stdout: formatter error");
    }
}

#[doc(hidden)]
pub fn _eprint(args: fmt::Arguments<'_>) {
    // One write for a message, so that others do not come between.
    let text = fmt::format(args);
    let _ = write_error(text.as_bytes());
}

#[derive(Debug)]
pub struct Stdout {
    _private: (),
}

pub fn stdout() -> Stdout { Stdout { _private: () } }

impl Stdout {
    pub fn lock(&self) -> StdoutLock<'static> { StdoutLock { _owner: &() } }
}

#[derive(Debug)]
pub struct StdoutLock<'a> {
    _owner: &'a (),
}

#[derive(Debug)]
pub struct Stderr {
    _private: (),
}

pub fn stderr() -> Stderr { Stderr { _private: () } }

impl Stderr {
    pub fn lock(&self) -> StderrLock<'static> { StderrLock { _owner: &() } }
}

#[derive(Debug)]
pub struct StderrLock<'a> {
    _owner: &'a (),
}

macro_rules! output {
    ($($type:ty, $write:expr, $flush:expr;)*) => {$(
        impl Write for $type {
            fn write(&mut self, buf: &[u8]) -> Result<usize> {
                $write(buf)?;
                Ok(buf.len())
            }

            fn flush(&mut self) -> Result<()> { $flush }
        }

        impl IsTerminal for $type {
            fn is_terminal(&self) -> bool { false }
        }
    )*};
}

output! {
    Stdout, write_output, flush_output();
    &Stdout, write_output, flush_output();
    StdoutLock<'_>, write_output, flush_output();
    Stderr, write_error, Ok(());
    &Stderr, write_error, Ok(());
    StderrLock<'_>, write_error, Ok(());
}

#[derive(Debug)]
pub struct Stdin {
    _private: (),
}

pub fn stdin() -> Stdin { Stdin { _private: () } }

impl Stdin {
    pub fn lock(&self) -> StdinLock<'static> { StdinLock { _owner: &() } }

    pub fn read_line(&self, buf: &mut String) -> Result<usize> { self.lock().read_line(buf) }

    pub fn lines(self) -> Lines<StdinLock<'static>> { self.lock().lines() }
}

#[derive(Debug)]
pub struct StdinLock<'a> {
    _owner: &'a (),
}

impl BufRead for StdinLock<'_> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        let input = unsafe { &mut *INPUT.get() };
        if input.at == input.bytes.len() {
            input.bytes.resize(8192, 0);
            let room = &mut input.bytes;
            let n = unsafe { intrinsics::__freehold_read(0, room.as_mut_ptr(), room.len()) };
            input.at = 0;
            let n = outcome(n).inspect_err(|_| input.bytes.clear())?;
            input.bytes.truncate(n);
        }
        Ok(&input.bytes[input.at..])
    }

    fn consume(&mut self, amount: usize) { unsafe { (*INPUT.get()).at += amount } }
}

impl Read for StdinLock<'_> {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        let n = self.fill_buf()?.read(buf)?;
        self.consume(n);
        Ok(n)
    }
}

impl Read for Stdin {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> { self.lock().read(buf) }
}

impl IsTerminal for Stdin {
    fn is_terminal(&self) -> bool { false }
}
