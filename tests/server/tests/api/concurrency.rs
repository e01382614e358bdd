//! A thousand concurrent connections.

use std::collections::BTreeSet;

use futures_util::future::try_join_all;
use ngrok_client::Client;
use ngrok_client::types::{
    IpPolicyCreate, IpPolicyRuleCreate, IpPolicyRuleCreateRequired, IpPolicyUpdate,
    PolicyAction,
};
use ngrok_test_server::Server;
use tokio::sync::Barrier;

use crate::clients::{All, Outcome, asynchronous};

const MANY: usize = 1000;

/// The work of one client: various operations, which leave one policy with one rule.
async fn work(
    client: &Client,
    all: &Barrier,
    number: usize,
) -> ngrok_client::Result<()> {
    // All clients wait until each has a connection.
    client.ip_policies().list().limit(1).first_page().await?;
    all.wait().await;
    let name = format!("policy {number}");
    let kept =
        client.ip_policies().create(&IpPolicyCreate::new().metadata(&name)).await?;
    let gone = client.ip_policies().create(&IpPolicyCreate::new()).await?;
    let rule = IpPolicyRuleCreate::new(IpPolicyRuleCreateRequired {
        cidr: "10.0.0.0/8",
        ip_policy_id: &kept,
        action: PolicyAction::Allow,
    });
    let rule = client.ip_policy_rules().create(&rule).await?;
    let update = IpPolicyUpdate::new().description(&name);
    let changed = kept.update(client, &update).await?;
    assert_eq!(changed.metadata.as_deref(), Some(name.as_str()));
    gone.delete(client).await?;
    assert!(client.ip_policies().get(&gone).await.unwrap_err().is_not_found());
    assert_eq!(client.ip_policy_rules().get(&rule).await?.ip_policy.id, kept.id);
    let page = client.ip_policies().list().limit(5).first_page().await?;
    assert!(page.items.is_sorted_by(|newer, older| newer.id > older.id));
    Ok(())
}

#[tokio::test]
async fn a_thousand_connections_are_served_at_once() -> Outcome {
    // Each connection has two ends, and both belong to this process.
    let enough = rlimit::increase_nofile_limit(4096)? >= 2200;
    assert!(enough, "the system does not allow a process to have 2,200 files");
    let server = Server::start()?;
    let client = asynchronous(&server)?;
    let all = Barrier::new(MANY);
    try_join_all((0..MANY).map(|number| work(&client, &all, number))).await?;

    let client = crate::clients::blocking(&server)?;
    let policies = client.ip_policies().list().all()?;
    let names: BTreeSet<_> = policies.iter().map(|policy| &policy.metadata).collect();
    assert_eq!((policies.len(), names.len()), (MANY, MANY));
    assert!(policies.iter().all(|policy| policy.description == policy.metadata));
    let rules = client.ip_policy_rules().list().all()?;
    let owners: BTreeSet<_> = rules.iter().map(|rule| &rule.ip_policy.id).collect();
    assert_eq!((rules.len(), owners.len()), (MANY, MANY));
    Ok(())
}
