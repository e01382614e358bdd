//! Configurations for the official provider, of today and of earlier versions.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::{Run, Workspace};

/// The example of the API's overview, as it stands there.
const OVERVIEW: &str = r#"
provider "ngrok" {
  api_key = "API_KEY"
}

resource "ngrok_reserved_domain" "my_domain" {
  name   = "my-domain.example.com"
  region = "us"
  certificate_management_policy {
    authority        = "letsencrypt"
    private_key_type = "ecdsa"
  }
}
"#;

#[test]
#[ignore = "needs Terraform: cargo xtask ci terraform"]
fn the_example_of_the_overview_runs_and_its_state_moves_to_new_names() {
    let workspace = Workspace::new();
    let overview = OVERVIEW.replace("API_KEY", workspace.server().api_key());
    workspace.write(&overview);
    workspace.apply();
    workspace.is_settled();
    let domain = &workspace.instances()[0].2;
    assert_eq!(domain["domain"], "my-domain.example.com");
    assert_eq!(domain["certificate_management_policy"]["authority"], "letsencrypt");

    workspace.write(
        r#"
resource "ngrok_domain" "my_domain" {
  domain = "my-domain.example.com"
  region = "us"
  certificate_management_policy = {
    authority        = "letsencrypt"
    private_key_type = "ecdsa"
  }
}

moved {
  from = ngrok_reserved_domain.my_domain
  to   = ngrok_domain.my_domain
}
"#,
    );
    let shown = workspace.apply();
    assert!(shown.contains("0 added, 0 changed, 0 destroyed"), "{shown}");
    workspace.is_settled();
    assert_eq!(workspace.instances()[0].0, "ngrok_domain");
    workspace.destroy();

    workspace.write(
        "resource \"ngrok_reserved_addr\" \"one\" {\n  description = \"one\"\n}\n",
    );
    workspace.apply();
    workspace.write(
        "resource \"ngrok_tcp_address\" \"one\" {\n  description = \"one\"\n}\nmoved {\n  from = ngrok_reserved_addr.one\n  to = ngrok_tcp_address.one\n}\n",
    );
    let shown = workspace.apply();
    assert!(shown.contains("0 added, 0 changed, 0 destroyed"), "{shown}");
}

/// Attributes that the official provider declares optional although the API requires them.
const REQUIRED: &[&str] = &["resource ngrok_event_destination.target"];

/// Whether an attribute of the official provider has a counterpart of the same type and use.
fn problem(schema: &Value, path: &str, ty: &str, usage: &str) -> Option<String> {
    let mut attributes = &schema["block"]["attributes"];
    let mut found = &Value::Null;
    for (depth, name) in path.split('.').enumerate() {
        if depth > 0 {
            attributes = &found["nested_type"]["attributes"];
        }
        found = &attributes[name];
    }
    if found.is_null() {
        return Some("is missing".to_owned());
    }
    let own = match (&found["type"], &found["nested_type"]["nesting_mode"]) {
        (Value::String(ty), _) => ty.clone(),
        (Value::Array(ty), _) => {
            format!("list of {}", ty[1].as_str().unwrap_or_default())
        }
        (_, mode) => mode.as_str().unwrap_or_default().to_owned(),
    };
    let wanted = match ty {
        "String" => "string",
        "Boolean" => "bool",
        "Number" => "number",
        "List of String" => "list of string",
        "Attributes" => "single",
        _ => "list",
    };
    if own != wanted {
        return Some(format!("is a {own}, not a {wanted}"));
    }
    let is = |key: &str| found[key] == json!(true);
    match usage {
        "required" if !is("required") && !is("optional") => {
            Some("cannot be stated".to_owned())
        }
        "optional" if !is("optional") => Some("is not optional".to_owned()),
        "read-only" if is("required") || !is("computed") => {
            Some("is not computed".to_owned())
        }
        _ => None,
    }
}

/// Each file is a configuration for the official provider.
#[test]
#[ignore = "needs Terraform: cargo xtask ci terraform"]
fn configurations_for_the_official_provider_run_unchanged() {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/terraform/data/official");
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    files.sort();
    let official = include_str!("data/official-schema.tsv");
    let resources =
        official.lines().filter_map(|it| it.strip_prefix("resource\tngrok_"));
    for resource in resources.filter_map(|it| it.split('\t').next()) {
        let covered = files.iter().any(|it| it.file_stem().unwrap() == resource);
        assert!(covered, "no configuration has a {resource}");
    }
    let mut problems = Vec::new();
    for file in &files {
        problems.extend(problem_of(file).map(|it| format!("{}: {it}", file.display())));
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// The first run that does not end as it should: a plan, an apply, a plan without changes, a destroy.
fn problem_of(file: &Path) -> Option<String> {
    let workspace = Workspace::new();
    fs::copy(file, workspace.path("main.tf")).unwrap();
    let policy = r#"{"on_http_request": [{"actions": [{"type": "deny"}]}]}"#;
    fs::write(workspace.path("policy.json"), policy).unwrap();
    let runs: [(&[&str], i32); 4] = [
        (&["plan", "-detailed-exitcode", "-no-color"], 2),
        (&["apply", "-auto-approve", "-no-color"], 0),
        (&["plan", "-detailed-exitcode", "-no-color"], 0),
        (&["destroy", "-auto-approve", "-no-color"], 0),
    ];
    runs.into_iter().find_map(|(arguments, code)| {
        let Run { code: end, text } = workspace.run(arguments);
        (end != code).then(|| format!("{arguments:?} ends with {end}: {text}"))
    })
}

#[test]
#[ignore = "needs Terraform: cargo xtask ci terraform"]
fn every_attribute_of_the_official_provider_is_there() {
    let workspace = Workspace::new();
    let shown = workspace.succeed(&["providers", "schema", "-json"]);
    let schema: Value =
        serde_json::from_str(&shown[shown.find('{').unwrap()..]).unwrap();
    let schema =
        schema["provider_schemas"].as_object().unwrap().values().next().unwrap();
    let official = include_str!("data/official-schema.tsv");
    let mut problems = BTreeMap::new();
    for line in official.lines().filter(|it| !it.starts_with('#')) {
        let fields: Vec<_> = line.split('\t').collect();
        let [kind, name, path, ty, usage, ..] = fields.as_slice() else { continue };
        let group =
            if *kind == "data" { "data_source_schemas" } else { "resource_schemas" };
        let address = format!("{kind} {name}.{path}");
        let usage =
            if REQUIRED.contains(&address.as_str()) { "required" } else { *usage };
        if let Some(problem) = problem(&schema[group][*name], path, ty, usage) {
            problems.insert(address, problem);
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
}
