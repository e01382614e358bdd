//! Randomness for the jitter of retries: numbers between 0 and 1.

#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
use std::hash::{BuildHasher, RandomState};

/// Returns a random number from 0 to 1.
///
/// The standard library seeds `RandomState` from the operating system and gives each new one other keys, so the
/// hash of nothing is random enough for spreading waits. It needs no crate; no secret depends on it.
#[must_use]
#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
pub fn fraction() -> f64 {
    let bits = RandomState::new().hash_one(()) >> 32;
    f64::from(u32::try_from(bits).unwrap_or(u32::MAX)) / f64::from(u32::MAX)
}

/// Returns a random number from 0 to 1. The hashes of the standard library are constant in browsers.
#[must_use]
#[cfg(all(target_family = "wasm", target_os = "unknown"))]
pub fn fraction() -> f64 {
    js_sys::Math::random()
}
