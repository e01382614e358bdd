//! The blocking client: its sessions.

mod prefetch;
mod session;

pub use ngrok_client_transport::blocking::{HttpTransport, Transport};

pub use self::prefetch::Prefetch;
pub use self::session::Session;
