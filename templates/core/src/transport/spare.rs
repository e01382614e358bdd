//! Memory for the bodies of answers, which comes back once a page of a list is read. A walk through a long list then asks
//! the allocator for nothing large, which also keeps the many small texts of its items cheap.

use std::fmt;
use std::mem::take;
use std::sync::{Arc, Mutex};

/// More than this is freed.
const MOST: usize = 256 * 1024;

/// Memory that waits for the next body. Nobody waits for it: who finds another one at it goes without.
#[derive(Clone, Default)]
pub(crate) struct Spare(Arc<Mutex<Vec<u8>>>);

impl Spare {
    /// What was left, if anything, with what was in it.
    pub(crate) fn take(&self) -> Vec<u8> {
        self.0.try_lock().map(|mut spare| take(&mut *spare)).unwrap_or_default()
    }

    /// Leaves it for the next.
    pub(crate) fn leave(&self, body: Vec<u8>) {
        if body.capacity() > MOST {
            return;
        }
        if let Ok(mut spare) = self.0.try_lock() {
            *spare = body;
        }
    }
}

/// Without what is in it.
impl fmt::Debug for Spare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Spare").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Spare};

    #[test]
    fn what_is_left_is_taken_once() {
        let spare = Spare::default();
        assert!(spare.take().is_empty());
        spare.leave(vec![1; 10]);
        spare.clone().leave(vec![2; 20]);
        assert_eq!(spare.take(), [2; 20]);
        assert_eq!(spare.take().capacity(), 0);
    }

    #[test]
    fn what_is_large_is_freed() {
        let spare = Spare::default();
        spare.leave(vec![0; MOST + 1]);
        assert_eq!(spare.take().capacity(), 0);
    }

    #[test]
    fn nobody_waits_for_it_and_nothing_of_it_is_shown() {
        let spare = Spare::default();
        spare.leave(b"s3cret".to_vec());
        assert_eq!(format!("{spare:?}"), "Spare { .. }");
        let held = spare.0.lock();
        assert!(spare.take().is_empty());
        spare.leave(vec![3]);
        drop(held);
        assert_eq!(spare.take(), b"s3cret");
    }
}
