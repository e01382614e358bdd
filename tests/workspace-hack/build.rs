//! Cargo considers dependencies of build scripts only where there is one.

fn main() {}
