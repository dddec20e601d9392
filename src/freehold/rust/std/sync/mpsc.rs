//! Channels.

use super::Arc;
use crate::cell::{Cell, RefCell};
use crate::collections::VecDeque;
use crate::error::Error;
use crate::fmt;
use crate::iter::FusedIterator;
use crate::thread;
use crate::time::{Duration, Instant};

/// What both ends share. `bound` is the most values that may wait.
struct Channel<T> {
    queue: RefCell<VecDeque<T>>,
    bound: usize,
    senders: Cell<usize>,
    receiving: Cell<bool>,
    /// Values that were ever taken: a sender of a channel without room waits for its own.
    taken: Cell<usize>,
}

unsafe impl<T: Send> Send for Channel<T> {}
unsafe impl<T: Send> Sync for Channel<T> {}

pub struct Sender<T> {
    inner: Arc<Channel<T>>,
}

pub struct SyncSender<T> {
    inner: Arc<Channel<T>>,
}

pub struct Receiver<T> {
    inner: Arc<Channel<T>>,
}

unsafe impl<T: Send> Send for Sender<T> {}
unsafe impl<T: Send> Sync for Sender<T> {}
unsafe impl<T: Send> Send for SyncSender<T> {}
unsafe impl<T: Send> Send for Receiver<T> {}
impl<T> !Sync for Receiver<T> {}

fn new<T>(bound: usize) -> Arc<Channel<T>> {
    Arc::new(Channel {
        queue: RefCell::new(VecDeque::new()),
        bound,
        senders: Cell::new(1),
        receiving: Cell::new(true),
        taken: Cell::new(0),
    })
}

pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let inner = new(usize::MAX);
    (Sender { inner: inner.clone() }, Receiver { inner })
}

pub fn sync_channel<T>(bound: usize) -> (SyncSender<T>, Receiver<T>) {
    let inner = new(bound);
    (SyncSender { inner: inner.clone() }, Receiver { inner })
}

macro_rules! sender {
    ($($name:ident)*) => {$(
        impl<T> Clone for $name<T> {
            fn clone(&self) -> $name<T> {
                self.inner.senders.set(self.inner.senders.get() + 1);
                $name { inner: self.inner.clone() }
            }
        }

        impl<T> Drop for $name<T> {
            fn drop(&mut self) { self.inner.senders.set(self.inner.senders.get() - 1); }
        }

        impl<T> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )*};
}

sender!(Sender SyncSender);

impl<T> Sender<T> {
    pub fn send(&self, t: T) -> Result<(), SendError<T>> {
        if !self.inner.receiving.get() {
            return Err(SendError(t));
        }
        self.inner.queue.borrow_mut().push_back(t);
        Ok(())
    }
}

impl<T> SyncSender<T> {
    pub fn send(&self, t: T) -> Result<(), SendError<T>> {
        let channel = &*self.inner;
        let room = if channel.bound == 0 { 1 } else { channel.bound };
        let open = || !channel.receiving.get();
        thread::wait(|| open() || channel.queue.borrow().len() < room, "a channel that is full");
        if open() {
            return Err(SendError(t));
        }
        channel.queue.borrow_mut().push_back(t);
        if channel.bound == 0 {
            let mine = channel.taken.get() + channel.queue.borrow().len();
            thread::wait(|| open() || channel.taken.get() >= mine, "a channel that no one reads");
        }
        Ok(())
    }

    pub fn try_send(&self, t: T) -> Result<(), TrySendError<T>> {
        if !self.inner.receiving.get() {
            return Err(TrySendError::Disconnected(t));
        }
        if self.inner.queue.borrow().len() >= self.inner.bound {
            return Err(TrySendError::Full(t));
        }
        self.inner.queue.borrow_mut().push_back(t);
        Ok(())
    }
}

impl<T> Receiver<T> {
    fn take(&self) -> Option<T> {
        let value = self.inner.queue.borrow_mut().pop_front()?;
        self.inner.taken.set(self.inner.taken.get() + 1);
        Some(value)
    }

    fn ready(&self) -> bool {
        !self.inner.queue.borrow().is_empty() || self.inner.senders.get() == 0
    }

    pub fn try_recv(&self) -> Result<T, TryRecvError> {
        thread::yield_now();
        match self.take() {
            Some(value) => Ok(value),
            None if self.inner.senders.get() == 0 => Err(TryRecvError::Disconnected),
            None => Err(TryRecvError::Empty),
        }
    }

    pub fn recv(&self) -> Result<T, RecvError> {
        thread::wait(|| self.ready(), "a channel that no one sends to");
        self.take().ok_or(RecvError)
    }

    pub fn recv_timeout(&self, timeout: Duration) -> Result<T, RecvTimeoutError> {
        let end = Instant::now() + timeout;
        while !self.ready() && Instant::now() < end {
            thread::sleep(Duration::from_millis(1));
        }
        match self.take() {
            Some(value) => Ok(value),
            None if self.inner.senders.get() == 0 => Err(RecvTimeoutError::Disconnected),
            None => Err(RecvTimeoutError::Timeout),
        }
    }

    pub fn iter(&self) -> Iter<'_, T> { Iter { rx: self } }

    pub fn try_iter(&self) -> TryIter<'_, T> { TryIter { rx: self } }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        self.inner.receiving.set(false);
        let waiting = self.inner.queue.take();
        crate::mem::drop(waiting);
    }
}

impl<T> fmt::Debug for Receiver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").finish_non_exhaustive()
    }
}

#[derive(Debug)]
pub struct Iter<'a, T: 'a> {
    rx: &'a Receiver<T>,
}

#[derive(Debug)]
pub struct TryIter<'a, T: 'a> {
    rx: &'a Receiver<T>,
}

#[derive(Debug)]
pub struct IntoIter<T> {
    rx: Receiver<T>,
}

macro_rules! iterator {
    ($([$($generics:tt)*] $type:ty, $receive:ident;)*) => {$(
        impl<$($generics)*> Iterator for $type {
            type Item = T;

            fn next(&mut self) -> Option<T> { self.rx.$receive().ok() }
        }
    )*};
}

iterator! {
    ['a, T] Iter<'a, T>, recv;
    ['a, T] TryIter<'a, T>, try_recv;
    [T] IntoIter<T>, recv;
}

impl<T> FusedIterator for IntoIter<T> {}

impl<'a, T> IntoIterator for &'a Receiver<T> {
    type Item = T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> { self.iter() }
}

impl<T> IntoIterator for Receiver<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    fn into_iter(self) -> IntoIter<T> { IntoIter { rx: self } }
}

#[derive(PartialEq, Eq, Clone, Copy)]
pub struct SendError<T>(pub T);

#[derive(PartialEq, Eq, Clone, Copy, Debug)]
pub struct RecvError;

#[derive(PartialEq, Eq, Clone, Copy, Debug)]
pub enum TryRecvError {
    Empty,
    Disconnected,
}

#[derive(PartialEq, Eq, Clone, Copy, Debug)]
pub enum RecvTimeoutError {
    Timeout,
    Disconnected,
}

#[derive(PartialEq, Eq, Clone, Copy)]
pub enum TrySendError<T> {
    Full(T),
    Disconnected(T),
}

impl<T> fmt::Debug for SendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendError").finish_non_exhaustive()
    }
}

impl<T> fmt::Display for SendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("sending on a closed channel")
    }
}

impl<T> fmt::Debug for TrySendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match *self {
            TrySendError::Full(..) => "Full(..)",
            TrySendError::Disconnected(..) => "Disconnected(..)",
        })
    }
}

impl<T> fmt::Display for TrySendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match *self {
            TrySendError::Full(..) => "sending on a full channel",
            TrySendError::Disconnected(..) => "sending on a closed channel",
        })
    }
}

impl fmt::Display for RecvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("receiving on a closed channel")
    }
}

impl fmt::Display for TryRecvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match *self {
            TryRecvError::Empty => "receiving on an empty channel",
            TryRecvError::Disconnected => "receiving on a closed channel",
        })
    }
}

impl fmt::Display for RecvTimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match *self {
            RecvTimeoutError::Timeout => "timed out waiting on channel",
            RecvTimeoutError::Disconnected => "channel is empty and sending half is closed",
        })
    }
}

impl<T> Error for SendError<T> {}
impl<T> Error for TrySendError<T> {}
impl Error for RecvError {}
impl Error for TryRecvError {}
impl Error for RecvTimeoutError {}
