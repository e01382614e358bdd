//! Parallel work on all processors, with results in the order of the input.

use std::num::NonZero;
use std::{panic, thread};

/// Applies a function to each item, on as many threads as there are processors, each with a part of the items.
pub(crate) fn map<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let length = items.len().div_ceil(threads).max(1);
    let work = |part: &[T]| part.iter().map(&work).collect::<Vec<_>>();
    thread::scope(|scope| {
        let parts = items.chunks(length).map(|part| scope.spawn(move || work(part)));
        let parts: Vec<_> = parts.collect();
        let done = parts.into_iter().map(thread::ScopedJoinHandle::join);
        done.flat_map(|part| part.unwrap_or_else(|it| panic::resume_unwind(it)))
            .collect()
    })
}
