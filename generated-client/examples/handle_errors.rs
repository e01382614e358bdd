//! Distinguishes errors: missing resources, rejected requests with their reason, and temporary errors.
//!
//! ```text
//! NGROK_API_KEY=… cargo run --example handle_errors
//! ```

use ngrok_client::types::{
    IpPolicyRuleCreate, IpPolicyRuleCreateRequired, PolicyAction,
};
use ngrok_client::{Client, Error, ErrorKind, Result};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let client = Client::from_env()?;

    // Something that is not there.
    match client.ip_policies().get("ipp_does_not_exist").await {
        Ok(policy) => println!("found {}", policy.id),
        Err(error) if error.is_not_found() => println!("not there: {error}"),
        Err(error) => return Err(error),
    }

    // Something that the API refuses.
    let rule = IpPolicyRuleCreate::new(IpPolicyRuleCreateRequired {
        cidr: "10.0.0.0/8",
        ip_policy_id: "ipp_does_not_exist",
        action: PolicyAction::Deny,
    });
    if let Err(error) = client.ip_policy_rules().create(&rule).await {
        explain(&error);
    }

    // Something that is wrong before anything is sent.
    if let Err(error) = client.ip_policies().get("").await {
        explain(&error);
    }

    // A server that cannot be reached. Calls are sent again where that can help; here once is enough.
    let nowhere =
        Client::builder().base_url("http://127.0.0.1:1").api_key("any").build()?;
    if let Err(error) = nowhere.ip_policies().get("ipp_1").retries(0).await {
        explain(&error);
    }
    Ok(())
}

fn explain(error: &Error) {
    match error.kind() {
        ErrorKind::Api if error.is_rate_limited() => println!("slow down"),
        ErrorKind::Api => {
            // Include the operation ID in support requests to ngrok.
            let id = error.operation_id().unwrap_or_default();
            println!("refused ({id}): {}", error.message());
            if let Some(code) = error.code() {
                println!("  {code} means: {}", code.meaning().unwrap_or("see its page"));
                println!("  {}", code.docs_url());
            }
        }
        _ if error.is_retryable() => println!("may work later: {error}"),
        _ => println!("will not work: {error}"),
    }
}
