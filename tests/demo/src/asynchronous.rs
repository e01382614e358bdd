//! The quickstart with the async client.

use ngrok_client::types::{
    IpPolicy, IpPolicyCreate, IpPolicyRule, IpPolicyRuleCreate,
    IpPolicyRuleCreateRequired, IpPolicyUpdate, PolicyAction,
};
use ngrok_client::{Client, Result};

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn run(url: &str, api_key: &str) -> Result<()> {
    // For the real API, use `Client::new(api_key)` or `Client::from_env()`.
    let client = Client::builder().base_url(url).api_key(api_key).build()?;

    let policy = create(&client).await?;
    let rules = add_rules(&client, &policy).await?;
    follow(&client, &rules).await?;
    change(&client, &policy).await?;
    list(&client).await?;
    delete(&client, &policy, &rules).await
}

async fn create(client: &Client) -> Result<IpPolicy> {
    let body = IpPolicyCreate::new().description("office").metadata(r#"{"floor": 3}"#);
    let policy = client.ip_policies().create(&body).await?;
    show("created a policy", &policy);
    Ok(policy)
}

async fn add_rules(client: &Client, policy: &IpPolicy) -> Result<Vec<IpPolicyRule>> {
    let mut rules = Vec::new();
    for cidr in ["24.0.0.0/8", "12.0.0.0/8"] {
        let body = IpPolicyRuleCreate::new(IpPolicyRuleCreateRequired {
            cidr,
            ip_policy_id: policy,
            action: PolicyAction::Allow,
        });
        let rule = client.ip_policy_rules().create(&body).await?;
        println!("  added a rule: {} {}", rule.action, rule.cidr);
        rules.push(rule);
    }
    Ok(rules)
}

async fn follow(client: &Client, rules: &[IpPolicyRule]) -> Result<()> {
    for rule in rules {
        let policy = rule.ip_policy.get(client).await?;
        show(&format!("followed the rule {} to its policy", rule.cidr), &policy);
    }
    Ok(())
}

async fn change(client: &Client, policy: &IpPolicy) -> Result<()> {
    let changed =
        policy.update(client, &IpPolicyUpdate::new().description("home")).await?;
    show("set one field and kept the other", &changed);
    let changed = policy.update(client, &IpPolicyUpdate::new().metadata("")).await?;
    show("emptied a field", &changed);
    Ok(())
}

async fn list(client: &Client) -> Result<()> {
    for number in 1..=24 {
        let body = IpPolicyCreate::new().description(format!("number {number}"));
        client.ip_policies().create(&body).await?;
    }

    let mut policies = client.ip_policies().list().limit(10).items();
    let mut count = 0;
    while let Some(policy) = policies.next().await {
        let policy = policy?;
        if count < 2 {
            show("listed, newest first", &policy);
        }
        count += 1;
    }

    let mut pages = client.ip_policies().list().limit(10).pages();
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        sizes.push(page?.items.len());
    }
    println!("  listed {count} policies, fetched in pages of {sizes:?}");
    Ok(())
}

async fn delete(
    client: &Client,
    policy: &IpPolicy,
    rules: &[IpPolicyRule],
) -> Result<()> {
    for rule in rules {
        rule.delete(client).await?;
    }
    policy.delete(client).await?;
    println!("  deleted the rules and the policy");

    match client.ip_policies().get("ipp_does_not_exist").await {
        Ok(policy) => println!("  found {}", policy.id),
        Err(error) if error.is_not_found() => println!("  not found: {error}"),
        Err(error) => return Err(error),
    }
    Ok(())
}

fn show(what: &str, policy: &IpPolicy) {
    let text = |field: &Option<String>| field.clone().unwrap_or("none".to_owned());
    let (description, metadata) = (text(&policy.description), text(&policy.metadata));
    println!("  {what}: description {description}, metadata {metadata}");
}
