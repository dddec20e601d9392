//! Paths.

mod components;

pub use self::components::{
    Ancestors, Component, Components, Iter, PrefixComponent, StripPrefixError,
};
use crate::borrow::{Borrow, Cow, ToOwned};
use crate::boxed::Box;
use crate::cmp::Ordering;
use crate::ffi::{OsStr, OsString};
use crate::fmt;
use crate::fs;
use crate::hash::{Hash, Hasher};
use crate::io;
use crate::ops::Deref;
use crate::string::String;

#[repr(transparent)]
pub struct Path {
    inner: OsStr,
}

#[derive(Clone, Default)]
pub struct PathBuf {
    inner: String,
}

pub const MAIN_SEPARATOR: char = '/';
pub const MAIN_SEPARATOR_STR: &str = "/";

pub fn is_separator(c: char) -> bool { c == '/' }

impl Path {
    pub fn new<S: AsRef<OsStr> + ?Sized>(s: &S) -> &Path {
        unsafe { &*(s.as_ref() as *const OsStr as *const Path) }
    }

    fn text(&self) -> &str { self.inner.as_str() }

    pub fn as_os_str(&self) -> &OsStr { &self.inner }

    pub fn to_str(&self) -> Option<&str> { self.inner.to_str() }

    pub fn to_string_lossy(&self) -> Cow<'_, str> { self.inner.to_string_lossy() }

    pub fn to_path_buf(&self) -> PathBuf { PathBuf { inner: String::from(self.text()) } }

    pub fn has_root(&self) -> bool { self.text().starts_with('/') }

    pub fn is_absolute(&self) -> bool { self.has_root() }

    pub fn is_relative(&self) -> bool { !self.has_root() }

    pub fn components(&self) -> Components<'_> { Components::new(self.text()) }

    pub fn iter(&self) -> Iter<'_> { Iter::new(self.components()) }

    pub fn ancestors(&self) -> Ancestors<'_> { Ancestors::new(self) }

    pub fn parent(&self) -> Option<&Path> {
        let mut parts = self.components();
        match parts.next_back()? {
            Component::Prefix(_) | Component::RootDir => None,
            _ => Some(parts.as_path()),
        }
    }

    pub fn file_name(&self) -> Option<&OsStr> {
        match self.components().next_back()? {
            Component::Normal(name) => Some(name),
            _ => None,
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

    pub fn with_file_name<S: AsRef<OsStr>>(&self, file_name: S) -> PathBuf {
        let mut buf = self.to_path_buf();
        buf.set_file_name(file_name);
        buf
    }

    pub fn starts_with<P: AsRef<Path>>(&self, base: P) -> bool { self.strip_prefix(base).is_ok() }

    pub fn ends_with<P: AsRef<Path>>(&self, child: P) -> bool {
        let mut parts = self.components();
        child.as_ref().components().rev().all(|part| parts.next_back() == Some(part))
    }

    pub fn strip_prefix<P: AsRef<Path>>(&self, base: P) -> Result<&Path, StripPrefixError> {
        let mut parts = self.components();
        for part in base.as_ref().components() {
            if parts.next() != Some(part) {
                return Err(StripPrefixError(()));
            }
        }
        Ok(parts.as_path())
    }

    pub fn exists(&self) -> bool { fs::metadata(self).is_ok() }

    pub fn try_exists(&self) -> io::Result<bool> { fs::exists(self) }

    pub fn metadata(&self) -> io::Result<fs::Metadata> { fs::metadata(self) }

    pub fn symlink_metadata(&self) -> io::Result<fs::Metadata> { fs::symlink_metadata(self) }

    pub fn read_dir(&self) -> io::Result<fs::ReadDir> { fs::read_dir(self) }

    pub fn is_file(&self) -> bool { fs::metadata(self).is_ok_and(|known| known.is_file()) }

    pub fn is_dir(&self) -> bool { fs::metadata(self).is_ok_and(|known| known.is_dir()) }

    pub fn is_symlink(&self) -> bool {
        fs::symlink_metadata(self).is_ok_and(|known| known.is_symlink())
    }

    pub fn into_path_buf(self: Box<Path>) -> PathBuf { self.to_path_buf() }

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

    pub fn clear(&mut self) { self.inner.clear() }

    pub fn into_boxed_path(self) -> Box<Path> {
        let text = Box::into_raw(self.inner.into_boxed_str());
        unsafe { Box::from_raw(text as *mut Path) }
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

// Paths are equal if their parts are: `a//b/` is `a/b`.
impl PartialEq for Path {
    fn eq(&self, other: &Path) -> bool { self.components() == other.components() }
}

impl Eq for Path {}

impl PartialOrd for Path {
    fn partial_cmp(&self, other: &Path) -> Option<Ordering> { Some(self.cmp(other)) }
}

impl Ord for Path {
    fn cmp(&self, other: &Path) -> Ordering { self.components().cmp(other.components()) }
}

impl Hash for Path {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for part in self.components() {
            part.hash(state);
        }
    }
}

impl PartialEq for PathBuf {
    fn eq(&self, other: &PathBuf) -> bool { **self == **other }
}

impl Eq for PathBuf {}

impl PartialOrd for PathBuf {
    fn partial_cmp(&self, other: &PathBuf) -> Option<Ordering> { Some(self.cmp(other)) }
}

impl Ord for PathBuf {
    fn cmp(&self, other: &PathBuf) -> Ordering { (**self).cmp(&**other) }
}

impl Hash for PathBuf {
    fn hash<H: Hasher>(&self, state: &mut H) { (**self).hash(state) }
}

macro_rules! equal_across {
    ($(<$($life:lifetime)?> $left:ty, $right:ty;)*) => {$(
        impl<$($life)?> PartialEq<$right> for $left {
            fn eq(&self, other: &$right) -> bool {
                Path::new(self).components() == Path::new(other).components()
            }
        }

        impl<$($life)?> PartialEq<$left> for $right {
            fn eq(&self, other: &$left) -> bool {
                Path::new(self).components() == Path::new(other).components()
            }
        }
    )*};
}

equal_across! {
    <> PathBuf, Path;
    <'a> PathBuf, &'a Path;
    <> PathBuf, OsStr;
    <> PathBuf, OsString;
    <'a> PathBuf, &'a OsStr;
    <> Path, OsStr;
    <> Path, OsString;
    <'a> Path, &'a OsStr;
    <'a> &'a Path, OsStr;
    <'a> &'a Path, OsString;
}

impl<'a> IntoIterator for &'a Path {
    type Item = &'a OsStr;
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> { self.iter() }
}

impl<'a> IntoIterator for &'a PathBuf {
    type Item = &'a OsStr;
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> { self.iter() }
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
