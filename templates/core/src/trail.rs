//! Telling whether a walk goes in circles: addresses go in, one after the other; whether
//! one was there before comes out. The memory it takes does not grow with the walk.

use std::hash::{DefaultHasher, Hash, Hasher};

use http::Uri;

/// How many addresses are remembered one by one.
const LATEST: usize = 64;

/// Fingerprints of the addresses a walk went through.
///
/// A circle of up to 64 pages is told when it closes. A longer one is told by a
/// milestone, which is moved ahead to where the walk is whenever the way since then has
/// doubled: sooner or later it stands on the circle, and the walk comes by.
#[derive(Debug, Default)]
pub(crate) struct Trail {
    latest: Vec<u64>,
    milestone: u64,
    steps: usize,
}

impl Trail {
    /// Goes on to an address; whether that is known to have been on the way before.
    pub(crate) fn meets(&mut self, uri: &Uri) -> bool {
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
