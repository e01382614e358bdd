//! Locations in the API. They are built step by step, and rendered only where the path is needed.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The location of a value.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Location<'a> {
    /// At a path.
    At {
        /// Path with `{}` for each parameter.
        pattern: &'a str,
        /// Path, escaped.
        path: &'a str,
    },
    /// The element of a list with this key.
    Element(&'a Self, &'a str),
    /// The member with this name.
    Member(&'a Self, &'a str),
}

/// Capacity for a path of usual length.
const USUAL: usize = 96;

impl Location<'_> {
    /// Returns the path with `{}` for each parameter.
    pub(crate) fn pattern(&self) -> String {
        let mut pattern = String::with_capacity(USUAL);
        self.add_pattern(&mut pattern);
        pattern
    }

    /// Returns the path, escaped.
    pub(crate) fn path(&self) -> String {
        let mut path = String::with_capacity(USUAL);
        self.add_path(&mut path);
        path
    }

    fn add_pattern(&self, pattern: &mut String) {
        match self {
            Self::At { pattern: whole, .. } => pattern.push_str(whole),
            Self::Element(list, _) => {
                list.add_pattern(pattern);
                pattern.push_str("/{}");
            }
            Self::Member(owner, name) => {
                owner.add_pattern(pattern);
                pattern.push('/');
                pattern.push_str(name);
            }
        }
    }

    fn add_path(&self, path: &mut String) {
        const KEPT: &AsciiSet =
            &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
        match self {
            Self::At { path: whole, .. } => path.push_str(whole),
            Self::Element(list, key) => {
                list.add_path(path);
                path.push('/');
                path.extend(utf8_percent_encode(key, KEPT));
            }
            Self::Member(owner, name) => {
                owner.add_path(path);
                path.push('/');
                path.push_str(name);
            }
        }
    }
}
