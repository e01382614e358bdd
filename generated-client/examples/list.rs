//! Lists the IP policies of the account, newest first. Pages are fetched as they are needed.
//!
//! ```text
//! NGROK_API_KEY=… cargo run --example list
//! ```

use ngrok_client::{Client, Result};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let client = Client::from_env()?;

    let mut policies = client.ip_policies().list().limit(50).items();
    let mut count = 0;
    while let Some(policy) = policies.next().await {
        let policy = policy?;
        let description = policy.description.as_deref().unwrap_or("-");
        println!("{}  {}  {description}", policy.id, policy.created_at);
        count += 1;
    }
    println!("{count} policies");
    Ok(())
}
