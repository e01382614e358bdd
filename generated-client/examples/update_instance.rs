//! Updates a resource value: sets a field, clears a field, and keeps the others.
//!
//! ```text
//! NGROK_API_KEY=… cargo run --example update_instance
//! ```

use ngrok_client::types::{IpPolicy, IpPolicyCreate, IpPolicyUpdate};
use ngrok_client::{Client, Result};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let client = Client::from_env()?;
    let policy = client
        .ip_policies()
        .create(&IpPolicyCreate::new().description("office"))
        .await?;
    show("created", &policy);

    // What is not set is not sent, and stays as it is.
    let policy = policy.update(&client, &IpPolicyUpdate::new().metadata("{}")).await?;
    show("metadata set", &policy);

    // An empty text is sent as such.
    let policy = policy.update(&client, &IpPolicyUpdate::new().description("")).await?;
    show("description emptied", &policy);

    policy.delete(&client).await
}

fn show(what: &str, policy: &IpPolicy) {
    println!(
        "{what}: description {:?}, metadata {:?}",
        policy.description, policy.metadata
    );
}
