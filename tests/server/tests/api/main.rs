//! The server over real HTTP: with both clients, and with requests that no client would send.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod almost;
mod anything;
mod bodies;
mod browsers;
mod certificates;
mod checks;
mod conflicts;
mod credentials;
mod crowd;
mod derived;
mod domains;
mod edges;
mod events;
mod faults;
mod filters;
mod hosts;
mod life;
mod lists;
mod made_up;
mod many_clients;
mod new_resource;
mod policies;
mod quota;
mod raw;
mod recordings;
mod refusals;
mod sessions;
mod typed_filters;
mod vaults;
mod whole_api;
mod worlds;
