//! Creates an IP policy with two rules, follows the reference from a rule back to its policy, and deletes all of it.
//!
//! ```text
//! NGROK_API_KEY=… cargo run --example create_with_rules
//! ```

use ngrok_client::types::{
    IpPolicyCreate, IpPolicyRuleCreate, IpPolicyRuleCreateRequired, PolicyAction,
};
use ngrok_client::{Client, Result};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let client = Client::from_env()?;

    // Required fields are arguments of `new`; the others have setters.
    let policy = IpPolicyCreate::new().description("office").metadata("{}");
    let policy = client.ip_policies().create(&policy).await?;

    let mut rules = Vec::new();
    for cidr in ["24.0.0.0/8", "12.0.0.0/8"] {
        // Wherever an id is taken, the resource itself will do.
        let rule = IpPolicyRuleCreate::new(IpPolicyRuleCreateRequired {
            cidr,
            ip_policy_id: &policy,
            action: PolicyAction::Allow,
        });
        rules.push(client.ip_policy_rules().create(&rule).await?);
    }

    for rule in &rules {
        let policy = rule.ip_policy.get(&client).await?;
        let description = policy.description.unwrap_or_default();
        println!("{description}: {} {}", rule.action, rule.cidr);
    }

    for rule in &rules {
        rule.delete(&client).await?;
    }
    policy.delete(&client).await
}
