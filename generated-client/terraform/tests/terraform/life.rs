//! Every resource of the description: created, planned again, changed, reduced attribute by attribute, imported, deleted.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::support::Workspace;

/// The attributes of one resource of each type.
type Resources = BTreeMap<String, Map<String, Value>>;

fn made_up(workspace: &Workspace, full: bool) -> Resources {
    let kinds = workspace.kinds.iter();
    kinds.map(|it| (workspace.type_of(it), workspace.made_up(it, full))).collect()
}

fn write(workspace: &Workspace, resources: &Resources, other: &Value) {
    let resources = resources.iter().map(|(ty, it)| (ty.clone(), json!({ "one": it })));
    workspace.write_json(&Value::Object(resources.collect()), other);
}

fn apply(workspace: &Workspace, resources: &Resources) -> String {
    write(workspace, resources, &json!({}));
    let shown = workspace.apply();
    workspace.is_settled();
    shown
}

/// Names of attributes that do not have to be stated, by type.
fn optional(
    workspace: &Workspace,
    resources: &Resources,
) -> BTreeMap<String, Vec<String>> {
    let kinds = workspace.kinds.iter().map(|kind| {
        let ty = workspace.type_of(kind);
        let fields = kind.fields.iter().filter(|it| !it.facts.presence.required);
        let stated = fields.filter(|it| resources[&ty].contains_key(&it.name));
        // What identifies a resource without an ID has to be stated.
        let stated =
            stated.filter(|it| kind.identifiers().all(|other| *other != it.name));
        let needed = needed(workspace, kind);
        let names = stated.map(|it| it.name.clone()).filter(|it| !needed.contains(it));
        let names: Vec<_> = names.collect();
        (ty, names)
    });
    kinds.collect()
}

/// Attributes of which one has to be stated.
fn needed(workspace: &Workspace, kind: &ngrok_state_core::Kind) -> Vec<String> {
    let create = crate::made_up::operation(workspace.service(kind), "create").unwrap();
    let ngrok_api_model::Body::Type(name) = &create.body else { return Vec::new() };
    let record = workspace.sandbox.record_named(name).unwrap();
    let rules = record.constraints.iter();
    let one_of = rules.filter(|it| it.kind == ngrok_api_model::ConstraintKind::OneOf);
    one_of.flat_map(|it| it.fields.clone()).collect()
}

#[test]
#[ignore = "needs Terraform: cargo xtask ci terraform"]
fn every_resource_lives_a_whole_life() {
    let workspace = Workspace::new();
    // Created with what is required, then with everything, then with other values.
    let least = made_up(&workspace, false);
    let shown = apply(&workspace, &least);
    assert!(least.len() > 20, "only {} types of resources", least.len());
    assert!(
        shown.contains(&format!("{} added, 0 changed, 0 destroyed", least.len())),
        "{shown}"
    );
    apply(&workspace, &made_up(&workspace, true));
    let mut resources = made_up(&workspace, true);
    let shown = apply(&workspace, &resources);
    assert!(
        shown.contains("will be updated in-place") && shown.contains("must be replaced"),
        "{shown}"
    );

    // Reduced: one attribute of each resource at a time.
    let mut optional = optional(&workspace, &resources);
    while optional.values().any(|it| !it.is_empty()) {
        for (ty, names) in &mut optional {
            if let Some(name) = names.pop() {
                resources.get_mut(ty).unwrap().remove(&name);
            }
        }
        apply(&workspace, &resources);
    }
    imported(&workspace, &resources);
    let shown = workspace.destroy();
    assert!(shown.contains(&format!("{} destroyed", resources.len())), "{shown}");
}

/// Another configuration imports everything by its ID and finds nothing to change, except for secrets, which cannot be
/// read.
fn imported(workspace: &Workspace, resources: &Resources) {
    let instances = workspace.instances();
    import(workspace, resources, ids_of(workspace, &instances));
    let keys = instances.iter().filter_map(|(ty, name, attributes)| {
        let kind =
            workspace.kinds.iter().find(|it| workspace.type_of(it) == *ty).unwrap();
        let readable = kind.list.is_some() && kind.apply.unique;
        let parts = kind.apply.key.iter().map(|it| attributes[&it.name].as_str());
        let key = parts.collect::<Option<Vec<_>>>().filter(|_| readable)?;
        Some((format!("{ty}.{name}"), key.join("/")))
    });
    let keys: Vec<_> = keys.collect();
    assert!(keys.len() > 5, "{keys:?}");
    let mut named = resources.clone();
    named.retain(|ty, _| {
        keys.iter().any(|(address, _)| address.starts_with(&format!("{ty}.")))
    });
    import(workspace, &named, keys);
    import(workspace, resources, ids_of(workspace, &instances));
}

fn ids_of(
    workspace: &Workspace,
    instances: &[(String, String, Value)],
) -> Vec<(String, String)> {
    let ids = instances.iter().map(|(ty, name, attributes)| {
        let kind =
            workspace.kinds.iter().find(|it| workspace.type_of(it) == *ty).unwrap();
        let parts = kind.identifiers().map(|it| attributes[it].as_str().unwrap());
        (format!("{ty}.{name}"), parts.collect::<Vec<_>>().join("/"))
    });
    ids.collect()
}

fn import(workspace: &Workspace, resources: &Resources, ids: Vec<(String, String)>) {
    workspace.start_over();
    let count = ids.len();
    let blocks = ids.into_iter().map(|(to, id)| json!({ "to": to, "id": id }));
    write(workspace, resources, &json!({ "import": blocks.collect::<Vec<_>>() }));
    let shown = workspace.apply();
    assert!(shown.contains(&format!("{count} imported, 0 added")), "{shown}");
    assert!(shown.contains("0 destroyed"), "{shown}");
    workspace.is_settled();
}

#[test]
#[ignore = "needs Terraform: cargo xtask ci terraform"]
fn a_wrong_base_url_is_reported_with_its_source() {
    let workspace = Workspace::new();
    let wrong = "http://api.example.com";
    let problem =
        "the base URL is plain http, which is only allowed for loopback addresses";
    let resource = "resource \"ngrok_ip_policy\" \"office\" {}\n";
    let argument = format!("provider \"ngrok\" {{\n  base_url = \"{wrong}\"\n}}\n");
    for (provider, source) in [(argument.as_str(), "base_url"), ("", "NGROK_API_URL")] {
        workspace.write(&format!("{provider}{resource}"));
        let mut command = workspace.command(&["plan", "-no-color"]);
        let output = command.env("NGROK_API_URL", wrong).output().unwrap();
        // Terraform wraps lines.
        let shown = String::from_utf8_lossy(&output.stderr).replace(['│', '\n'], " ");
        let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(shown.contains(&format!("`{source}`: {problem}")), "{shown}");
    }
}
