//! Cycle detection in pagination: takes addresses, one after the other, and detects a repeated one in constant memory.

use std::hash::{DefaultHasher, Hash, Hasher};

use http::Uri;

/// Number of addresses that are stored individually.
const LATEST: usize = 64;

/// Fingerprints of the visited addresses.
///
/// A cycle of up to 64 pages is detected when it closes. A longer one is detected by a milestone, which is moved to
/// the current address whenever the distance to it has doubled: eventually it is on the cycle, and is visited
/// again.
#[derive(Debug, Default)]
pub(crate) struct CycleGuard {
    latest: Vec<u64>,
    milestone: u64,
    steps: usize,
}

impl CycleGuard {
    /// Visits an address; returns true if it is known to have been visited before.
    pub(crate) fn visit(&mut self, uri: &Uri) -> bool {
        let mut hasher = DefaultHasher::new();
        uri.hash(&mut hasher);
        let address = hasher.finish();
        if self.latest.contains(&address) || self.steps > 0 && self.milestone == address
        {
            return true;
        }
        let place = self.steps % LATEST;
        match self.latest.get_mut(place) {
            Some(oldest) => *oldest = address,
            None => self.latest.push(address),
        }
        self.steps += 1;
        if self.steps.is_power_of_two() {
            self.milestone = address;
        }
        false
    }
}
