//! Reuse of buffers for response bodies: the buffer of a page is returned once it has been read. Iterating over a
//! long list then makes no large allocations, which also keeps the many small strings of its items cheap.

use std::fmt;
use std::mem::take;
use std::sync::{Arc, Mutex};

/// Larger buffers are freed.
const MOST: usize = 256 * 1024;

/// A buffer for the next body. Access never blocks: under contention no buffer is used.
#[derive(Clone, Default)]
pub(crate) struct BufferPool(Arc<Mutex<Vec<u8>>>);

impl BufferPool {
    /// Takes the buffer, if there is one, with its old contents.
    pub(crate) fn take(&self) -> Vec<u8> {
        self.0.try_lock().map(|mut buffer| take(&mut *buffer)).unwrap_or_default()
    }

    /// Returns a buffer for the next body.
    pub(crate) fn put(&self, body: Vec<u8>) {
        if body.capacity() > MOST {
            return;
        }
        if let Ok(mut buffer) = self.0.try_lock() {
            *buffer = body;
        }
    }
}

/// Omits the contents.
impl fmt::Debug for BufferPool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BufferPool").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::{BufferPool, MOST};

    #[test]
    fn what_is_left_is_taken_once() {
        let buffer_pool = BufferPool::default();
        assert!(buffer_pool.take().is_empty());
        buffer_pool.put(vec![1; 10]);
        buffer_pool.clone().put(vec![2; 20]);
        assert_eq!(buffer_pool.take(), [2; 20]);
        assert_eq!(buffer_pool.take().capacity(), 0);
    }

    #[test]
    fn what_is_large_is_freed() {
        let buffer_pool = BufferPool::default();
        buffer_pool.put(vec![0; MOST + 1]);
        assert_eq!(buffer_pool.take().capacity(), 0);
    }

    #[test]
    fn nobody_waits_for_it_and_nothing_of_it_is_shown() {
        let buffer_pool = BufferPool::default();
        buffer_pool.put(b"s3cret".to_vec());
        assert_eq!(format!("{buffer_pool:?}"), "BufferPool { .. }");
        let held = buffer_pool.0.lock();
        assert!(buffer_pool.take().is_empty());
        buffer_pool.put(vec![3]);
        drop(held);
        assert_eq!(buffer_pool.take(), b"s3cret");
    }
}
