//! One file for each command.

pub(crate) mod bench;
pub(crate) mod ci;
pub(crate) mod demo;
pub(crate) mod diff;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod generate;
pub(crate) mod import;
pub(crate) mod lint;
pub(crate) mod mock;
pub(crate) mod model;
pub(crate) mod release;
pub(crate) mod schema;
pub(crate) mod test;
pub(crate) mod traffic;
