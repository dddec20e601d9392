//! Paths.

use crate::borrow::{Borrow, Cow, ToOwned};
use crate::ffi::{OsStr, OsString};
use crate::fmt;
use crate::ops::Deref;
use crate::string::String;

#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(transparent)]
pub struct Path {
    inner: OsStr,
}

#[derive(PartialEq, Eq, PartialOrd, Ord, Hash, Clone, Default)]
pub struct PathBuf {
    inner: String,
}

pub const MAIN_SEPARATOR: char = '/';

impl Path {
    pub fn new<S: AsRef<OsStr> + ?Sized>(s: &S) -> &Path {
        unsafe { &*(s.as_ref() as *const OsStr as *const Path) }
    }

    fn text(&self) -> &str { self.inner.as_str() }

    /// The text without slashes at the end.
    fn trimmed(&self) -> &str {
        match self.text().trim_end_matches('/') {
            "" if self.has_root() => "/",
            text => text,
        }
    }

    pub fn as_os_str(&self) -> &OsStr { &self.inner }

    pub fn to_str(&self) -> Option<&str> { self.inner.to_str() }

    pub fn to_string_lossy(&self) -> Cow<'_, str> { self.inner.to_string_lossy() }

    pub fn to_path_buf(&self) -> PathBuf { PathBuf { inner: String::from(self.text()) } }

    pub fn has_root(&self) -> bool { self.text().starts_with('/') }

    pub fn is_absolute(&self) -> bool { self.has_root() }

    pub fn is_relative(&self) -> bool { !self.has_root() }

    pub fn parent(&self) -> Option<&Path> {
        match self.trimmed() {
            "" | "/" => None,
            text => match text.rsplit_once('/') {
                Some(("", _)) => Some(Path::new("/")),
                Some((head, _)) => Some(Path::new(head.trim_end_matches('/'))),
                None => Some(Path::new("")),
            },
        }
    }

    pub fn file_name(&self) -> Option<&OsStr> {
        match self.trimmed().rsplit('/').next() {
            None | Some("") | Some("..") | Some(".") => None,
            Some(name) => Some(OsStr::from_str(name)),
        }
    }

    /// The file's name, cut before its last dot if something stands before that.
    fn split_name(&self) -> Option<(&str, Option<&str>)> {
        let name = self.file_name()?.as_str();
        match name.rsplit_once('.') {
            Some(("", _)) | None => Some((name, None)),
            Some((stem, extension)) => Some((stem, Some(extension))),
        }
    }

    pub fn file_stem(&self) -> Option<&OsStr> { Some(OsStr::from_str(self.split_name()?.0)) }

    pub fn extension(&self) -> Option<&OsStr> { Some(OsStr::from_str(self.split_name()?.1?)) }

    pub fn join<P: AsRef<Path>>(&self, path: P) -> PathBuf {
        let mut buf = self.to_path_buf();
        buf.push(path);
        buf
    }

    pub fn with_extension<S: AsRef<OsStr>>(&self, extension: S) -> PathBuf {
        let mut buf = self.to_path_buf();
        buf.set_extension(extension);
        buf
    }

    pub fn starts_with<P: AsRef<Path>>(&self, base: P) -> bool {
        match self.text().strip_prefix(base.as_ref().trimmed()) {
            Some(rest) => rest.is_empty() || rest.starts_with('/') || base.as_ref().text() == "/",
            None => false,
        }
    }

    pub fn ends_with<P: AsRef<Path>>(&self, child: P) -> bool {
        match self.trimmed().strip_suffix(child.as_ref().trimmed()) {
            Some(rest) => rest.is_empty() || rest.ends_with('/'),
            None => false,
        }
    }

    pub fn exists(&self) -> bool { crate::fs::exists(self).unwrap_or(false) }

    pub fn display(&self) -> Display<'_> { Display { path: self } }
}

pub struct Display<'a> {
    path: &'a Path,
}

impl fmt::Display for Display<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Display::fmt(self.path.text(), f) }
}

impl fmt::Debug for Display<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Debug::fmt(self.path, f) }
}

impl PathBuf {
    pub const fn new() -> PathBuf { PathBuf { inner: String::new() } }

    pub fn as_path(&self) -> &Path { self }

    pub fn push<P: AsRef<Path>>(&mut self, path: P) {
        let path = path.as_ref();
        if path.is_absolute() {
            self.inner.clear();
        } else if !self.inner.is_empty() && !self.inner.ends_with('/') {
            self.inner.push('/');
        }
        self.inner.push_str(path.text());
    }

    pub fn pop(&mut self) -> bool {
        match self.parent().map(|parent| parent.text().len()) {
            Some(len) => {
                self.inner.truncate(len);
                true
            }
            None => false,
        }
    }

    pub fn set_file_name<S: AsRef<OsStr>>(&mut self, file_name: S) {
        if self.file_name().is_some() {
            self.pop();
        }
        self.push(file_name.as_ref().as_str());
    }

    pub fn set_extension<S: AsRef<OsStr>>(&mut self, extension: S) -> bool {
        let Some((stem, _)) = self.split_name() else {
            return false;
        };
        let end = stem.as_ptr() as usize - self.inner.as_ptr() as usize + stem.len();
        self.inner.truncate(end);
        let extension = extension.as_ref().as_str();
        if !extension.is_empty() {
            self.inner.push('.');
            self.inner.push_str(extension);
        }
        true
    }

    pub fn into_os_string(self) -> OsString { OsString::from(self.inner) }
}

impl Deref for PathBuf {
    type Target = Path;

    fn deref(&self) -> &Path { Path::new(&self.inner) }
}

impl Borrow<Path> for PathBuf {
    fn borrow(&self) -> &Path { self }
}

impl ToOwned for Path {
    type Owned = PathBuf;

    fn to_owned(&self) -> PathBuf { self.to_path_buf() }
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Debug::fmt(&self.inner, f) }
}

impl fmt::Debug for PathBuf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Debug::fmt(&**self, f) }
}

impl<T: ?Sized + AsRef<OsStr>> From<&T> for PathBuf {
    fn from(s: &T) -> PathBuf { PathBuf { inner: String::from(s.as_ref().as_str()) } }
}

impl From<String> for PathBuf {
    fn from(s: String) -> PathBuf { PathBuf { inner: s } }
}

impl<P: AsRef<Path>> FromIterator<P> for PathBuf {
    fn from_iter<I: IntoIterator<Item = P>>(iter: I) -> PathBuf {
        let mut buf = PathBuf::new();
        for part in iter {
            buf.push(part);
        }
        buf
    }
}

impl AsRef<OsStr> for Path {
    fn as_ref(&self) -> &OsStr { &self.inner }
}

impl AsRef<OsStr> for PathBuf {
    fn as_ref(&self) -> &OsStr { &self.as_path().inner }
}

macro_rules! as_path {
    ($($type:ty)*) => {$(
        impl AsRef<Path> for $type {
            fn as_ref(&self) -> &Path { Path::new(self) }
        }
    )*};
}

as_path!(OsStr OsString str String);

impl AsRef<Path> for Path {
    fn as_ref(&self) -> &Path { self }
}

impl AsRef<Path> for PathBuf {
    fn as_ref(&self) -> &Path { self }
}
