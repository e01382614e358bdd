//! Expressions of `--jq` without the feature: there are none, since the option does not exist.

use crate::failure::Failure;

/// An expression.
pub(crate) enum Filter {}

impl Filter {
    pub(crate) fn new(_: &str) -> Result<Self, Failure> {
        Err(Failure::usage("--jq is not part of this build"))
    }

    pub(crate) fn run(&self, _: &str) -> Result<String, Failure> {
        match *self {}
    }
}
