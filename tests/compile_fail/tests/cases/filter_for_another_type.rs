use ngrok_client::types::{IpPolicy, LegacyRegion};
use ngrok_client::{Id, blocking::Client};

fn lists(client: &Client, policy: &Id<IpPolicy>) {
    let rules = client.ip_policy_rules().list();
    let _ = rules.clone().filter(|it| it.created_at().after("yesterday"));
    let _ = rules.clone().filter(|it| it.id().eq(policy));
    let _ = rules.filter(|it| it.action().eq(LegacyRegion::Eu));
}

fn main() {}
