//! The crate that the cases of `tests/cases` are compiled with.
