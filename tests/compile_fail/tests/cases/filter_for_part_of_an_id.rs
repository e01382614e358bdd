fn lists(client: &ngrok_client::blocking::Client) {
    let rules = client.ip_policy_rules().list();
    let _ = rules.clone().filter(|it| it.id().contains("x"));
    let _ = rules.clone().filter(|it| it.ip_policy().id().starts_with("x"));
    let _ = rules.clone().filter(|it| it.description().gt("x"));
    let _ = rules.filter(|it| it.cidr());
}

fn main() {}
