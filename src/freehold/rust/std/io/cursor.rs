//! Memory as a stream; streams with nothing or anything in them.

use super::{BufRead, Error, ErrorKind, Read, Result, Seek, SeekFrom, Write};
use crate::boxed::Box;
use crate::cmp;
use crate::vec::Vec;

#[derive(Debug, Default, Eq, PartialEq, Clone)]
pub struct Cursor<T> {
    inner: T,
    pos: u64,
}

impl<T> Cursor<T> {
    pub const fn new(inner: T) -> Cursor<T> { Cursor { pos: 0, inner } }

    pub fn into_inner(self) -> T { self.inner }

    pub const fn get_ref(&self) -> &T { &self.inner }

    pub const fn get_mut(&mut self) -> &mut T { &mut self.inner }

    pub const fn position(&self) -> u64 { self.pos }

    pub const fn set_position(&mut self, pos: u64) { self.pos = pos; }
}

impl<T: AsRef<[u8]>> Seek for Cursor<T> {
    fn seek(&mut self, style: SeekFrom) -> Result<u64> {
        let pos = match style {
            SeekFrom::Start(n) => Some(n),
            SeekFrom::End(n) => (self.inner.as_ref().len() as u64).checked_add_signed(n),
            SeekFrom::Current(n) => self.pos.checked_add_signed(n),
        };
        match pos {
            Some(n) => {
                self.pos = n;
                Ok(n)
            }
            None => Err(Error::message(
                ErrorKind::InvalidInput,
                "invalid seek to a negative or overflowing position",
            )),
        }
    }
}

impl<T: AsRef<[u8]>> Read for Cursor<T> {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        let n = self.fill_buf()?.read(buf)?;
        self.pos += n as u64;
        Ok(n)
    }
}

impl<T: AsRef<[u8]>> BufRead for Cursor<T> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        let bytes = self.inner.as_ref();
        let at = cmp::min(self.pos, bytes.len() as u64) as usize;
        Ok(&bytes[at..])
    }

    fn consume(&mut self, amount: usize) { self.pos += amount as u64; }
}

/// Write into a vector at a place, which may be past its end.
fn write_vec(pos: &mut u64, vec: &mut Vec<u8>, buf: &[u8]) -> Result<usize> {
    let at = *pos as usize;
    if vec.len() < at + buf.len() {
        vec.resize(at + buf.len(), 0);
    }
    vec[at..at + buf.len()].copy_from_slice(buf);
    *pos += buf.len() as u64;
    Ok(buf.len())
}

/// Write into a slice: what does not fit is left out.
fn write_slice(pos: &mut u64, slice: &mut [u8], buf: &[u8]) -> Result<usize> {
    let at = cmp::min(*pos, slice.len() as u64) as usize;
    let n = (&mut slice[at..]).write(buf)?;
    *pos += n as u64;
    Ok(n)
}

macro_rules! writer {
    ($([$($generics:tt)*] $type:ty, $write:ident, $inner:ident => $target:expr;)*) => {$(
        impl<$($generics)*> Write for Cursor<$type> {
            fn write(&mut self, buf: &[u8]) -> Result<usize> {
                let $inner = &mut self.inner;
                $write(&mut self.pos, $target, buf)
            }

            fn flush(&mut self) -> Result<()> { Ok(()) }
        }
    )*};
}

writer! {
    [] Vec<u8>, write_vec, inner => inner;
    [] &mut Vec<u8>, write_vec, inner => inner;
    [] &mut [u8], write_slice, inner => inner;
    [] Box<[u8]>, write_slice, inner => inner;
    [const N: usize] [u8; N], write_slice, inner => inner;
}

#[derive(Copy, Clone, Debug, Default)]
pub struct Empty;

pub const fn empty() -> Empty { Empty }

impl Read for Empty {
    fn read(&mut self, _buf: &mut [u8]) -> Result<usize> { Ok(0) }
}

impl BufRead for Empty {
    fn fill_buf(&mut self) -> Result<&[u8]> { Ok(&[]) }

    fn consume(&mut self, _amount: usize) {}
}

#[derive(Clone, Debug)]
pub struct Repeat(u8);

pub const fn repeat(byte: u8) -> Repeat { Repeat(byte) }

impl Read for Repeat {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        buf.fill(self.0);
        Ok(buf.len())
    }
}

#[derive(Copy, Clone, Debug, Default)]
pub struct Sink;

pub const fn sink() -> Sink { Sink }

impl Write for Sink {
    fn write(&mut self, buf: &[u8]) -> Result<usize> { Ok(buf.len()) }

    fn flush(&mut self) -> Result<()> { Ok(()) }
}

pub fn copy<R: Read + ?Sized, W: Write + ?Sized>(reader: &mut R, writer: &mut W) -> Result<u64> {
    let mut chunk = [0; 8192];
    let mut total = 0;
    loop {
        match reader.read(&mut chunk) {
            Ok(0) => return Ok(total),
            Ok(n) => {
                writer.write_all(&chunk[..n])?;
                total += n as u64;
            }
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
}
