//! What `{:?}` of structs, tuples, lists and maps is built with.

use super::{Debug, Display, Formatter, Result, Write};

/// Indents every line that goes through it.
struct Indented<'a> {
    buf: &'a mut (dyn Write + 'a),
    at_line_start: bool,
}

impl Write for Indented<'_> {
    fn write_str(&mut self, s: &str) -> Result {
        for line in s.split_inclusive('\n') {
            if self.at_line_start {
                self.buf.write_str("    ")?;
            }
            self.at_line_start = line.ends_with('\n');
            self.buf.write_str(line)?;
        }
        Ok(())
    }
}

/// Run `body` with a formatter that indents, and end the line with a comma.
fn indented(f: &mut Formatter<'_>, body: impl FnOnce(&mut Formatter<'_>) -> Result) -> Result {
    let options = f.options;
    let mut writer = Indented { buf: &mut *f.buf, at_line_start: true };
    let mut inner = Formatter::new(&mut writer, options);
    body(&mut inner)?;
    inner.write_str(",\n")
}

pub struct DebugStruct<'a, 'b: 'a> {
    fmt: &'a mut Formatter<'b>,
    result: Result,
    has_fields: bool,
}

pub(super) fn debug_struct<'a, 'b>(fmt: &'a mut Formatter<'b>, name: &str) -> DebugStruct<'a, 'b> {
    let result = fmt.write_str(name);
    DebugStruct { fmt, result, has_fields: false }
}

impl<'a, 'b: 'a> DebugStruct<'a, 'b> {
    pub fn field(&mut self, name: &str, value: &dyn Debug) -> &mut Self {
        self.field_with(name, |f| value.fmt(f))
    }

    pub fn field_with<F>(&mut self, name: &str, value_fmt: F) -> &mut Self
    where
        F: FnOnce(&mut Formatter<'_>) -> Result,
    {
        if self.result.is_ok() {
            self.result = self.write_field(name, value_fmt);
        }
        self.has_fields = true;
        self
    }

    fn write_field<F>(&mut self, name: &str, value_fmt: F) -> Result
    where
        F: FnOnce(&mut Formatter<'_>) -> Result,
    {
        if self.fmt.alternate() {
            if !self.has_fields {
                self.fmt.write_str(" {\n")?;
            }
            indented(self.fmt, |f| {
                f.write_str(name)?;
                f.write_str(": ")?;
                value_fmt(f)
            })
        } else {
            self.fmt.write_str(if self.has_fields { ", " } else { " { " })?;
            self.fmt.write_str(name)?;
            self.fmt.write_str(": ")?;
            value_fmt(self.fmt)
        }
    }

    pub fn finish_non_exhaustive(&mut self) -> Result {
        self.result?;
        self.result = match (self.has_fields, self.fmt.alternate()) {
            (true, true) => self.fmt.write_str("    ..\n}"),
            (true, false) => self.fmt.write_str(", .. }"),
            (false, _) => self.fmt.write_str(" { .. }"),
        };
        self.result
    }

    pub fn finish(&mut self) -> Result {
        if self.has_fields && self.result.is_ok() {
            self.result = self.fmt.write_str(if self.fmt.alternate() { "}" } else { " }" });
        }
        self.result
    }
}

pub struct DebugTuple<'a, 'b: 'a> {
    fmt: &'a mut Formatter<'b>,
    result: Result,
    fields: usize,
    empty_name: bool,
}

pub(super) fn debug_tuple<'a, 'b>(fmt: &'a mut Formatter<'b>, name: &str) -> DebugTuple<'a, 'b> {
    let result = fmt.write_str(name);
    DebugTuple { fmt, result, fields: 0, empty_name: name.is_empty() }
}

impl<'a, 'b: 'a> DebugTuple<'a, 'b> {
    pub fn field(&mut self, value: &dyn Debug) -> &mut Self { self.field_with(|f| value.fmt(f)) }

    pub fn field_with<F>(&mut self, value_fmt: F) -> &mut Self
    where
        F: FnOnce(&mut Formatter<'_>) -> Result,
    {
        if self.result.is_ok() {
            self.result = self.write_field(value_fmt);
        }
        self.fields += 1;
        self
    }

    fn write_field<F>(&mut self, value_fmt: F) -> Result
    where
        F: FnOnce(&mut Formatter<'_>) -> Result,
    {
        if self.fmt.alternate() {
            if self.fields == 0 {
                self.fmt.write_str("(\n")?;
            }
            indented(self.fmt, value_fmt)
        } else {
            self.fmt.write_str(if self.fields == 0 { "(" } else { ", " })?;
            value_fmt(self.fmt)
        }
    }

    pub fn finish(&mut self) -> Result {
        if self.fields > 0 && self.result.is_ok() {
            // `(x,)`: a tuple of one is no parenthesis.
            if self.fields == 1 && self.empty_name && !self.fmt.alternate() {
                self.result = self.fmt.write_str(",");
            }
            if self.result.is_ok() {
                self.result = self.fmt.write_str(")");
            }
        }
        self.result
    }
}

/// What lists and sets share.
struct DebugEntries<'a, 'b: 'a> {
    fmt: &'a mut Formatter<'b>,
    result: Result,
    has_fields: bool,
}

impl<'a, 'b: 'a> DebugEntries<'a, 'b> {
    fn new(fmt: &'a mut Formatter<'b>, open: &str) -> Self {
        let result = fmt.write_str(open);
        DebugEntries { fmt, result, has_fields: false }
    }

    fn entry(&mut self, entry: &dyn Debug) {
        if self.result.is_ok() {
            self.result = self.write_entry(entry);
        }
        self.has_fields = true;
    }

    fn write_entry(&mut self, entry: &dyn Debug) -> Result {
        if self.fmt.alternate() {
            if !self.has_fields {
                self.fmt.write_str("\n")?;
            }
            indented(self.fmt, |f| entry.fmt(f))
        } else {
            if self.has_fields {
                self.fmt.write_str(", ")?;
            }
            entry.fmt(self.fmt)
        }
    }

    fn finish(&mut self, close: &str) -> Result {
        if self.result.is_ok() {
            self.result = self.fmt.write_str(close);
        }
        self.result
    }
}

macro_rules! entries {
    ($name:ident $new:ident $open:literal $close:literal) => {
        pub struct $name<'a, 'b: 'a> {
            inner: DebugEntries<'a, 'b>,
        }

        pub(super) fn $new<'a, 'b>(fmt: &'a mut Formatter<'b>) -> $name<'a, 'b> {
            $name { inner: DebugEntries::new(fmt, $open) }
        }

        impl<'a, 'b: 'a> $name<'a, 'b> {
            pub fn entry(&mut self, entry: &dyn Debug) -> &mut Self {
                self.inner.entry(entry);
                self
            }

            pub fn entries<D: Debug, I: IntoIterator<Item = D>>(&mut self, entries: I) -> &mut Self {
                for entry in entries {
                    self.inner.entry(&entry);
                }
                self
            }

            pub fn finish(&mut self) -> Result { self.inner.finish($close) }
        }
    };
}

entries!(DebugList debug_list "[" "]");
entries!(DebugSet debug_set "{" "}");

pub struct DebugMap<'a, 'b: 'a> {
    fmt: &'a mut Formatter<'b>,
    result: Result,
    has_fields: bool,
    has_key: bool,
}

pub(super) fn debug_map<'a, 'b>(fmt: &'a mut Formatter<'b>) -> DebugMap<'a, 'b> {
    let result = fmt.write_str("{");
    DebugMap { fmt, result, has_fields: false, has_key: false }
}

impl<'a, 'b: 'a> DebugMap<'a, 'b> {
    pub fn entry(&mut self, key: &dyn Debug, value: &dyn Debug) -> &mut Self {
        assert!(
            !self.has_key,
            "attempted to begin a new map entry without completing the previous one"
        );
        if self.result.is_ok() {
            self.result = self.write_entry(key, value);
        }
        self.has_fields = true;
        self
    }

    fn write_entry(&mut self, key: &dyn Debug, value: &dyn Debug) -> Result {
        if self.fmt.alternate() {
            if !self.has_fields {
                self.fmt.write_str("\n")?;
            }
            indented(self.fmt, |f| {
                key.fmt(f)?;
                f.write_str(": ")?;
                value.fmt(f)
            })
        } else {
            if self.has_fields {
                self.fmt.write_str(", ")?;
            }
            key.fmt(self.fmt)?;
            self.fmt.write_str(": ")?;
            value.fmt(self.fmt)
        }
    }

    pub fn entries<K, V, I>(&mut self, entries: I) -> &mut Self
    where
        K: Debug,
        V: Debug,
        I: IntoIterator<Item = (K, V)>,
    {
        for (k, v) in entries {
            self.entry(&k, &v);
        }
        self
    }

    pub fn finish(&mut self) -> Result {
        if self.result.is_ok() {
            self.result = self.fmt.write_str("}");
        }
        self.result
    }
}

pub struct FromFn<F>(F)
where
    F: Fn(&mut Formatter<'_>) -> Result;

pub fn from_fn<F: Fn(&mut Formatter<'_>) -> Result>(f: F) -> FromFn<F> { FromFn(f) }

impl<F> Debug for FromFn<F>
where
    F: Fn(&mut Formatter<'_>) -> Result,
{
    fn fmt(&self, f: &mut Formatter<'_>) -> Result { (self.0)(f) }
}

impl<F> Display for FromFn<F>
where
    F: Fn(&mut Formatter<'_>) -> Result,
{
    fn fmt(&self, f: &mut Formatter<'_>) -> Result { (self.0)(f) }
}

/// What the derive of `Debug` calls.
impl<'a> Formatter<'a> {
    #[doc(hidden)]
    pub fn debug_struct_fields_finish<'b>(
        &'b mut self,
        name: &str,
        names: &[&str],
        values: &[&dyn Debug],
    ) -> Result {
        let mut builder = debug_struct(self, name);
        for (name, value) in names.iter().zip(values) {
            builder.field(name, value);
        }
        builder.finish()
    }

    #[doc(hidden)]
    pub fn debug_tuple_fields_finish<'b>(&'b mut self, name: &str, values: &[&dyn Debug]) -> Result {
        let mut builder = debug_tuple(self, name);
        for value in values {
            builder.field(value);
        }
        builder.finish()
    }
}
