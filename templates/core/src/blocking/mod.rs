//! The blocking client: its sessions, and rate limiting across processes.

mod file_quota;
mod prefetch;
mod session;

pub use ngrok_client_transport::blocking::{HttpTransport, Transport};

pub use self::file_quota::{FileQuota, FileQuotaUsage};
pub use self::prefetch::Prefetch;
pub use self::session::Session;
