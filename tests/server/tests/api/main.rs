//! The server over real HTTP: with both clients, and with requests that no client would send.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod bodies;
mod browsers;
mod certificates;
mod checks;
mod clients;
mod concurrency;
mod conflicts;
mod credentials;
mod derived;
mod domains;
mod edges;
mod events;
mod faults;
mod filters;
mod fuzz;
mod hosts;
mod life_cycle;
mod lists;
mod made_up;
mod many_clients;
mod mutated_bodies;
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
