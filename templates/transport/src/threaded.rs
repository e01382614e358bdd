//! `Send` and `Sync` where there are threads: not in browsers, where there is no shared memory, and where most
//! values belong to one thread.

/// `Send` and `Sync`, where there are threads.
#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
pub trait Threaded: Send + Sync {}

#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
impl<T: Send + Sync + ?Sized> Threaded for T {}

/// `Send` and `Sync`, where there are threads.
#[cfg(all(target_family = "wasm", target_os = "unknown"))]
pub trait Threaded {}

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
impl<T: ?Sized> Threaded for T {}
