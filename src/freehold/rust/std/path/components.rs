//! The parts of a path, without the slashes between them.

use crate::ffi::OsStr;
use crate::fmt;
use crate::iter::FusedIterator;
use crate::path::Path;

/// What only Windows has in front of a path.
#[derive(Clone, Copy, Debug, Hash, PartialEq, Eq, PartialOrd, Ord)]
pub struct PrefixComponent<'a> {
    raw: &'a OsStr,
}

impl<'a> PrefixComponent<'a> {
    pub fn as_os_str(&self) -> &'a OsStr { self.raw }
}

#[derive(Clone, Copy, Debug, Hash, PartialEq, Eq, PartialOrd, Ord)]
pub enum Component<'a> {
    Prefix(PrefixComponent<'a>),
    RootDir,
    CurDir,
    ParentDir,
    Normal(&'a OsStr),
}

impl<'a> Component<'a> {
    pub fn as_os_str(self) -> &'a OsStr {
        match self {
            Component::Prefix(prefix) => prefix.raw,
            Component::RootDir => OsStr::from_str("/"),
            Component::CurDir => OsStr::from_str("."),
            Component::ParentDir => OsStr::from_str(".."),
            Component::Normal(name) => name,
        }
    }
}

impl AsRef<Path> for Component<'_> {
    fn as_ref(&self) -> &Path { Path::new(self.as_os_str()) }
}

impl AsRef<OsStr> for Component<'_> {
    fn as_ref(&self) -> &OsStr { self.as_os_str() }
}

/// `rest` is still to come; `at_start` as long as it begins where the path does.
#[derive(Clone)]
pub struct Components<'a> {
    rest: &'a str,
    at_start: bool,
}

impl<'a> Components<'a> {
    pub(super) fn new(text: &'a str) -> Self { Components { rest: text, at_start: true } }

    pub fn as_path(&self) -> &'a Path {
        let mut left = self.clone();
        left.trim();
        Path::new(left.rest)
    }

    /// Cut off slashes and `.` that are no part.
    fn trim(&mut self) {
        if !self.at_start {
            self.trim_start();
        }
        self.trim_end();
    }

    fn trim_start(&mut self) {
        loop {
            self.rest = self.rest.trim_start_matches('/');
            match self.rest.strip_prefix('.') {
                Some(rest) if rest.is_empty() || rest.starts_with('/') => self.rest = rest,
                _ => return,
            }
        }
    }

    fn trim_end(&mut self) {
        loop {
            let text = self.rest.trim_end_matches('/');
            if text.is_empty() {
                if self.at_start && !self.rest.is_empty() {
                    self.rest = &self.rest[..1];
                } else {
                    self.rest = text;
                }
                return;
            }
            self.rest = text;
            match text.strip_suffix('.') {
                Some(before) if before.ends_with('/') => self.rest = before,
                Some("") if !self.at_start => self.rest = "",
                _ => return,
            }
        }
    }
}

fn part(name: &str) -> Component<'_> {
    match name {
        "." => Component::CurDir,
        ".." => Component::ParentDir,
        _ => Component::Normal(OsStr::from_str(name)),
    }
}

impl<'a> Iterator for Components<'a> {
    type Item = Component<'a>;

    fn next(&mut self) -> Option<Component<'a>> {
        if self.at_start && self.rest.starts_with('/') {
            self.at_start = false;
            self.rest = &self.rest[1..];
            return Some(Component::RootDir);
        }
        if !self.at_start {
            self.trim_start();
        }
        self.at_start = false;
        if self.rest.is_empty() {
            return None;
        }
        let (name, rest) = self.rest.split_once('/').unwrap_or((self.rest, ""));
        self.rest = rest;
        Some(part(name))
    }
}

impl<'a> DoubleEndedIterator for Components<'a> {
    fn next_back(&mut self) -> Option<Component<'a>> {
        self.trim();
        if self.rest.is_empty() {
            return None;
        }
        if self.at_start && self.rest == "/" {
            self.rest = "";
            return Some(Component::RootDir);
        }
        let start = self.rest.rfind('/').map_or(0, |at| at + 1);
        let name = &self.rest[start..];
        self.rest = &self.rest[..start];
        Some(part(name))
    }
}

impl FusedIterator for Components<'_> {}

impl fmt::Debug for Components<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        struct Parts<'a>(Components<'a>);

        impl fmt::Debug for Parts<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_list().entries(self.0.clone()).finish()
            }
        }

        f.debug_tuple("Components").field(&Parts(self.clone())).finish()
    }
}

impl PartialEq for Components<'_> {
    fn eq(&self, other: &Self) -> bool { Iterator::eq(self.clone(), other.clone()) }
}

impl Eq for Components<'_> {}

impl AsRef<Path> for Components<'_> {
    fn as_ref(&self) -> &Path { self.as_path() }
}

/// The parts as texts.
#[derive(Clone)]
pub struct Iter<'a> {
    inner: Components<'a>,
}

impl<'a> Iter<'a> {
    pub(super) fn new(inner: Components<'a>) -> Self { Iter { inner } }

    pub fn as_path(&self) -> &'a Path { self.inner.as_path() }
}

impl<'a> Iterator for Iter<'a> {
    type Item = &'a OsStr;

    fn next(&mut self) -> Option<&'a OsStr> { self.inner.next().map(Component::as_os_str) }
}

impl<'a> DoubleEndedIterator for Iter<'a> {
    fn next_back(&mut self) -> Option<&'a OsStr> { self.inner.next_back().map(Component::as_os_str) }
}

/// A path, its parent, the parent of that, and so on.
#[derive(Clone, Copy, Debug)]
pub struct Ancestors<'a> {
    next: Option<&'a Path>,
}

impl<'a> Ancestors<'a> {
    pub(super) fn new(path: &'a Path) -> Self { Ancestors { next: Some(path) } }
}

impl<'a> Iterator for Ancestors<'a> {
    type Item = &'a Path;

    fn next(&mut self) -> Option<&'a Path> {
        let next = self.next;
        self.next = next.and_then(Path::parent);
        next
    }
}

/// A path does not begin with another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StripPrefixError(pub(super) ());

impl fmt::Display for StripPrefixError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str("prefix not found") }
}

impl crate::error::Error for StripPrefixError {}
