//! `io::Error`.

use crate::boxed::Box;
use crate::error;
use crate::fmt;
use crate::result;
use crate::string::String;

pub type Result<T> = result::Result<T, Error>;

pub struct Error {
    repr: Repr,
}

enum Repr {
    Os(i32),
    Simple(ErrorKind),
    Message(ErrorKind, &'static str),
    Custom(Box<Custom>),
}

#[derive(Debug)]
struct Custom {
    kind: ErrorKind,
    error: Box<dyn error::Error + Send + Sync>,
}

macro_rules! kinds {
    ($($name:ident $text:literal;)*) => {
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[non_exhaustive]
        pub enum ErrorKind {
            $($name,)*
        }

        impl ErrorKind {
            fn text(self) -> &'static str {
                match self {
                    $(ErrorKind::$name => $text,)*
                }
            }
        }
    };
}

kinds! {
    NotFound "entity not found";
    PermissionDenied "permission denied";
    ConnectionRefused "connection refused";
    ConnectionReset "connection reset";
    ConnectionAborted "connection aborted";
    NotConnected "not connected";
    AddrInUse "address in use";
    AddrNotAvailable "address not available";
    BrokenPipe "broken pipe";
    AlreadyExists "entity already exists";
    WouldBlock "operation would block";
    NotADirectory "not a directory";
    IsADirectory "is a directory";
    DirectoryNotEmpty "directory not empty";
    InvalidInput "invalid input parameter";
    InvalidData "invalid data";
    TimedOut "timed out";
    WriteZero "write zero";
    StorageFull "no storage space";
    Interrupted "operation interrupted";
    Unsupported "unsupported";
    UnexpectedEof "unexpected end of file";
    OutOfMemory "out of memory";
    Other "other error";
    Uncategorized "uncategorized error";
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(self.text()) }
}

/// The kind and text of the system's errors that programs meet.
fn system(code: i32) -> (ErrorKind, &'static str) {
    match code {
        1 => (ErrorKind::PermissionDenied, "Operation not permitted"),
        2 => (ErrorKind::NotFound, "No such file or directory"),
        4 => (ErrorKind::Interrupted, "Interrupted system call"),
        5 => (ErrorKind::Uncategorized, "Input/output error"),
        9 => (ErrorKind::Uncategorized, "Bad file descriptor"),
        11 => (ErrorKind::WouldBlock, "Resource temporarily unavailable"),
        12 => (ErrorKind::OutOfMemory, "Cannot allocate memory"),
        13 => (ErrorKind::PermissionDenied, "Permission denied"),
        17 => (ErrorKind::AlreadyExists, "File exists"),
        20 => (ErrorKind::NotADirectory, "Not a directory"),
        21 => (ErrorKind::IsADirectory, "Is a directory"),
        22 => (ErrorKind::InvalidInput, "Invalid argument"),
        24 => (ErrorKind::Uncategorized, "Too many open files"),
        28 => (ErrorKind::StorageFull, "No space left on device"),
        32 => (ErrorKind::BrokenPipe, "Broken pipe"),
        36 => (ErrorKind::InvalidInput, "File name too long"),
        39 => (ErrorKind::DirectoryNotEmpty, "Directory not empty"),
        _ => (ErrorKind::Uncategorized, "Unknown error"),
    }
}

impl Error {
    pub fn new<E>(kind: ErrorKind, error: E) -> Error
    where
        E: Into<Box<dyn error::Error + Send + Sync>>,
    {
        Error { repr: Repr::Custom(Box::new(Custom { kind, error: error.into() })) }
    }

    pub fn other<E>(error: E) -> Error
    where
        E: Into<Box<dyn error::Error + Send + Sync>>,
    {
        Error::new(ErrorKind::Other, error)
    }

    pub(crate) const fn message(kind: ErrorKind, text: &'static str) -> Error {
        Error { repr: Repr::Message(kind, text) }
    }

    pub fn from_raw_os_error(code: i32) -> Error { Error { repr: Repr::Os(code) } }

    pub fn raw_os_error(&self) -> Option<i32> {
        match self.repr {
            Repr::Os(code) => Some(code),
            _ => None,
        }
    }

    pub fn kind(&self) -> ErrorKind {
        match &self.repr {
            Repr::Os(code) => system(*code).0,
            Repr::Simple(kind) | Repr::Message(kind, _) => *kind,
            Repr::Custom(custom) => custom.kind,
        }
    }

    pub fn get_ref(&self) -> Option<&(dyn error::Error + Send + Sync + 'static)> {
        match &self.repr {
            Repr::Custom(custom) => Some(&*custom.error),
            _ => None,
        }
    }

    pub fn into_inner(self) -> Option<Box<dyn error::Error + Send + Sync>> {
        match self.repr {
            Repr::Custom(custom) => Some(custom.error),
            _ => None,
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.repr {
            Repr::Os(code) => {
                let (kind, message) = system(*code);
                f.debug_struct("Os")
                    .field("code", code)
                    .field("kind", &kind)
                    .field("message", &message)
                    .finish()
            }
            Repr::Simple(kind) => f.debug_tuple("Kind").field(kind).finish(),
            Repr::Message(kind, message) => {
                f.debug_struct("Error").field("kind", kind).field("message", message).finish()
            }
            Repr::Custom(custom) => fmt::Debug::fmt(custom, f),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.repr {
            Repr::Os(code) => write!(f, "{} (os error {code})", system(*code).1),
            Repr::Simple(kind) => f.write_str(kind.text()),
            Repr::Message(_, message) => f.write_str(message),
            Repr::Custom(custom) => fmt::Display::fmt(&*custom.error, f),
        }
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match &self.repr {
            Repr::Custom(custom) => custom.error.source(),
            _ => None,
        }
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Error { Error { repr: Repr::Simple(kind) } }
}

impl From<crate::ffi::NulError> for Error {
    fn from(_: crate::ffi::NulError) -> Error {
        Error::message(ErrorKind::InvalidInput, "data provided contains a nul byte")
    }
}

impl From<fmt::Error> for Error {
    fn from(_: fmt::Error) -> Error { Error::message(ErrorKind::Other, "formatter error") }
}

/// The error of text that is not UTF-8.
pub(super) const INVALID_UTF8: Error =
    Error::message(ErrorKind::InvalidData, "stream did not contain valid UTF-8");

/// The error of input that is too short.
pub(super) const SHORT: Error =
    Error::message(ErrorKind::UnexpectedEof, "failed to fill whole buffer");

/// The text of an error, for panics of `print!`.
pub(super) fn show(error: &Error) -> String { crate::string::ToString::to_string(error) }
