//! The measured subjects.

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

/// A client, or a loop without one.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum, Serialize, Deserialize,
)]
pub(crate) enum Subject {
    /// This client, async; with its default features, where features count
    Async,
    /// This client, blocking; with TLS and nothing else, where features count
    Blocking,
    /// This client, async and blocking
    Both,
    /// The official client, which is async
    Official,
    /// A loop over hyper-util's client
    Hyper,
    /// A loop over ureq
    Ureq,
}

impl Subject {
    /// Returns the name in tables.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Async => "ngrok-client",
            Self::Blocking => "ngrok-client, blocking",
            Self::Both => "ngrok-client, both",
            Self::Official => "ngrok-api 0.12.1",
            Self::Hyper => "hyper by hand",
            Self::Ureq => "ureq by hand",
        }
    }

    /// Returns the name on the command line.
    pub(crate) fn argument(self) -> String {
        self.to_possible_value()
            .map(|value| value.get_name().to_owned())
            .unwrap_or_default()
    }
}
