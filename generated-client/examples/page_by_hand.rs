//! Shows a list one page at a time, as an interactive program does.
//!
//! ```text
//! NGROK_API_KEY=… cargo run --example page_by_hand
//! ```

use ngrok_client::{Client, Result};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let client = Client::from_env()?;

    let mut page = client.ip_policies().list().limit(2).first_page().await?;
    let mut number = 1;
    loop {
        println!("page {number}");
        for policy in &page.items {
            println!("  {}", policy.description.as_deref().unwrap_or("-"));
        }
        // A real program would stop here until the user requests more.
        match page.next(&client) {
            Some(next) => page = next.await?,
            None => break,
        }
        number += 1;
    }

    // The last item that was shown is enough to go on from there later.
    if let Some(last) = page.items.last() {
        let older = client.ip_policies().list().before_id(last).first_page().await?;
        println!("{} older than the last", older.items.len());
    }
    Ok(())
}
