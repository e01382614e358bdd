//! The blocking client: the same calls, sent with `send`, and lists that are iterators. A program that uses nothing else has
//! no async runtime among its dependencies.
//!
//! ```text
//! NGROK_API_KEY=… cargo run --example blocking --no-default-features --features blocking,webpki-roots
//! ```

use ngrok_client::Result;
use ngrok_client::blocking::Client;
use ngrok_client::types::{
    SecretCreate, SecretCreateRequired, VaultCreate, VaultUpdate,
};

fn main() -> Result<()> {
    let client = Client::from_env()?;

    let vault = client.vaults().create(&VaultCreate::new("example")).send()?;
    let secret =
        SecretCreate::new(SecretCreateRequired { name: "token", value: "hidden" })
            .vault_id(&vault);
    println!("{:?}", secret.value); // [redacted]
    let secret = client.secrets().create(&secret).send()?;

    let vault = vault
        .update(&client, &VaultUpdate::new().description("of the example"))
        .send()?;
    for secret in client.vaults().get_secrets_by_vault(&vault).items() {
        println!("{} has the secret {}", vault.name, secret?.name);
    }

    // Status, headers and the id of the call, where they are of interest.
    let response = client.secrets().delete(&secret).send_with_meta()?;
    println!("deleted: {}", response.status());
    vault.delete(&client).send()
}
