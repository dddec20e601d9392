//! Readers and writers with a buffer.

use super::{BufRead, Error, Read, Result, Seek, SeekFrom, Write};
use crate::fmt;
use crate::mem::ManuallyDrop;
use crate::ptr;
use crate::vec::Vec;

/// How much is read or kept at a time.
const SIZE: usize = 8192;

/// The bytes from `at` on are read and not yet asked for.
pub struct BufReader<R: ?Sized> {
    bytes: Vec<u8>,
    at: usize,
    size: usize,
    inner: R,
}

impl<R: Read> BufReader<R> {
    pub fn new(inner: R) -> BufReader<R> { BufReader::with_capacity(SIZE, inner) }

    pub fn with_capacity(capacity: usize, inner: R) -> BufReader<R> {
        BufReader { bytes: Vec::new(), at: 0, size: capacity, inner }
    }
}

impl<R: ?Sized> BufReader<R> {
    pub fn get_ref(&self) -> &R { &self.inner }

    pub fn get_mut(&mut self) -> &mut R { &mut self.inner }

    pub fn buffer(&self) -> &[u8] { &self.bytes[self.at..] }

    pub fn capacity(&self) -> usize { self.size }

    pub fn into_inner(self) -> R
    where
        R: Sized,
    {
        self.inner
    }
}

impl<R: ?Sized + Read> Read for BufReader<R> {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        let n = self.fill_buf()?.read(buf)?;
        self.consume(n);
        Ok(n)
    }
}

impl<R: ?Sized + Read> BufRead for BufReader<R> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        if self.at == self.bytes.len() {
            self.at = 0;
            self.bytes.resize(self.size, 0);
            let n = match self.inner.read(&mut self.bytes) {
                Ok(n) => n,
                Err(error) => {
                    self.bytes.clear();
                    return Err(error);
                }
            };
            self.bytes.truncate(n);
        }
        Ok(&self.bytes[self.at..])
    }

    fn consume(&mut self, amount: usize) {
        let end = self.at + amount;
        self.at = if end < self.bytes.len() { end } else { self.bytes.len() };
    }
}

impl<R: ?Sized + Seek> Seek for BufReader<R> {
    fn seek(&mut self, pos: SeekFrom) -> Result<u64> {
        let ahead = (self.bytes.len() - self.at) as i64;
        self.bytes.clear();
        self.at = 0;
        match pos {
            SeekFrom::Current(n) => self.inner.seek(SeekFrom::Current(n - ahead)),
            other => self.inner.seek(other),
        }
    }
}

impl<R: ?Sized + fmt::Debug> fmt::Debug for BufReader<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BufReader").field("reader", &&self.inner).finish_non_exhaustive()
    }
}

/// `panicked`: the inner writer did; what waits is then given up.
pub struct BufWriter<W: Write> {
    waiting: Vec<u8>,
    size: usize,
    panicked: bool,
    inner: W,
}

#[derive(Debug)]
pub struct IntoInnerError<W>(W, Error);

impl<W> IntoInnerError<W> {
    pub fn error(&self) -> &Error { &self.1 }

    pub fn into_inner(self) -> W { self.0 }
}

impl<W> fmt::Display for IntoInnerError<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Display::fmt(&self.1, f) }
}

impl<W: Write> BufWriter<W> {
    pub fn new(inner: W) -> BufWriter<W> { BufWriter::with_capacity(SIZE, inner) }

    pub fn with_capacity(capacity: usize, inner: W) -> BufWriter<W> {
        BufWriter { waiting: Vec::new(), size: capacity, panicked: false, inner }
    }

    pub fn get_ref(&self) -> &W { &self.inner }

    pub fn get_mut(&mut self) -> &mut W { &mut self.inner }

    pub fn buffer(&self) -> &[u8] { &self.waiting }

    pub fn capacity(&self) -> usize { self.size }

    fn flush_buf(&mut self) -> Result<()> {
        self.panicked = true;
        let result = self.inner.write_all(&self.waiting);
        self.panicked = false;
        self.waiting.clear();
        result
    }

    pub fn into_inner(mut self) -> crate::result::Result<W, IntoInnerError<BufWriter<W>>> {
        if let Err(error) = self.flush_buf() {
            return Err(IntoInnerError(self, error));
        }
        let mut this = ManuallyDrop::wrap(self);
        unsafe {
            ptr::drop_in_place(&mut this.waiting);
            Ok(ptr::read(&this.inner))
        }
    }
}

impl<W: Write> Write for BufWriter<W> {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        if self.waiting.len() + buf.len() > self.size {
            self.flush_buf()?;
        }
        if buf.len() >= self.size {
            return self.inner.write(buf);
        }
        self.waiting.extend_copied(buf);
        Ok(buf.len())
    }

    fn flush(&mut self) -> Result<()> {
        self.flush_buf()?;
        self.inner.flush()
    }
}

impl<W: Write + Seek> Seek for BufWriter<W> {
    fn seek(&mut self, pos: SeekFrom) -> Result<u64> {
        self.flush_buf()?;
        self.inner.seek(pos)
    }
}

impl<W: Write> Drop for BufWriter<W> {
    fn drop(&mut self) {
        if !self.panicked {
            let _ = self.flush_buf();
        }
    }
}

impl<W: Write + fmt::Debug> fmt::Debug for BufWriter<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BufWriter").field("writer", &self.inner).finish_non_exhaustive()
    }
}

/// Lines go out whole.
pub struct LineWriter<W: Write> {
    inner: BufWriter<W>,
}

impl<W: Write> LineWriter<W> {
    pub fn new(inner: W) -> LineWriter<W> {
        LineWriter { inner: BufWriter::with_capacity(1024, inner) }
    }

    pub fn get_ref(&self) -> &W { self.inner.get_ref() }
}

impl<W: Write> Write for LineWriter<W> {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        match buf.iter().rposition(|&byte| byte == b'\n') {
            Some(at) => {
                self.inner.write_all(&buf[..at + 1])?;
                self.inner.flush()?;
                self.inner.write_all(&buf[at + 1..])?;
            }
            None => self.inner.write_all(buf)?,
        }
        Ok(buf.len())
    }

    fn flush(&mut self) -> Result<()> { self.inner.flush() }
}
