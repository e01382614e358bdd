//! Data sources, and states under other names.

use serde_json::json;

use crate::support::Workspace;

const CONFIGURATION: &str = r#"
resource "ngrok_domain" "one" {
  domain      = "one.example.com"
  description = "first"
}

resource "ngrok_domain" "two" {
  domain      = "two.example.com"
  description = "second"
}

data "ngrok_domain" "by_id" {
  id = ngrok_domain.one.id
}

data "ngrok_domain" "by_key" {
  domain     = "TWO.example.com"
  depends_on = [ngrok_domain.two]
}

data "ngrok_domains" "second" {
  filter     = "obj.description == 'second'"
  depends_on = [ngrok_domain.one, ngrok_domain.two]
}

data "ngrok_domains" "all" {
  depends_on = [ngrok_domain.one, ngrok_domain.two]
}

output "by_id" {
  value = data.ngrok_domain.by_id.domain
}

output "by_key" {
  value = data.ngrok_domain.by_key.description
}

output "second" {
  value = data.ngrok_domains.second.domains[*].domain
}

output "all" {
  value = length(data.ngrok_domains.all.domains)
}
"#;

#[test]
#[ignore = "needs Terraform: cargo xtask ci terraform"]
fn data_sources_find_one_by_id_and_key_and_many_by_filter() {
    let workspace = Workspace::new();
    workspace.write(CONFIGURATION);
    workspace.apply();
    let found = workspace.output();
    assert_eq!(
        found,
        json!({ "by_id": "one.example.com", "by_key": "second", "second": ["two.example.com"], "all": 2 })
    );
    workspace.is_settled();
    workspace.write(&CONFIGURATION.replace("TWO.example.com", "three.example.com"));
    let run = workspace.run(&["plan", "-no-color"]);
    assert!(
        run.code == 1 && run.text.contains("Nothing has this `domain`"),
        "{}",
        run.text
    );
}
