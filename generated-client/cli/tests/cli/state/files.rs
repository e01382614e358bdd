//! Files: what is read, and how problems are reported.

use serde_json::Value;

use super::{OFFICE, Workspace};
use crate::support::feed;

#[test]
fn every_problem_has_its_file_line_and_column() {
    let workspace = Workspace::new();
    workspace.write(
        "files/a.yaml",
        "\
ip_policies:
  office:
    descripton: office
  bad name: {}
ip_polices: {}
---
ip_policy_rules:
  v4:
    ip_policy_id: ${ip_policies.ofice}
    cidr: 10.0.0.0/99
    action: allowed
  v6: { cidr: '::/0' }
",
    );
    workspace
        .write("files/b.yml", "ip_policies:\n  office: { description: ${env:UNSET} }\n");
    workspace.write("files/c.yaml", "ip_policies:\n  x: [\n");
    workspace.write(
        "files/d.yaml",
        "ip_policies:\n  office: {}\n  x: { description: '${env:UNSET}' }\n",
    );
    workspace.write("files/.hidden.yaml", "nothing: here\n");
    workspace.write("files/other.txt", "nothing: here\n");
    let run = workspace.run("plan files");
    assert_eq!(run.code, Some(1), "the code 2 says that there are changes: {run:?}");
    insta::assert_snapshot!(workspace.shown(&run));
    let json = workspace.run("validate files --error-format json");
    let error: Value = serde_json::from_str(&json.err).expect("JSON");
    let problems = error["error"]["problems"].as_array().expect("problems");
    assert!(problems.iter().all(|it| it["message"] != ""), "{problems:?}");
}

#[test]
fn files_may_be_several_documents_directories_json_or_standard_input() {
    let workspace = Workspace::new();
    workspace.write(
        "files/a.yaml",
        &OFFICE.replace("ip_policy_rules", "---\nip_policy_rules"),
    );
    workspace.write("files/b.yaml", "# nothing\n");
    workspace.write("more.json", r#"{"vaults": {"main": {"name": "main"}}}"#);
    let plan = workspace.run("plan files more.json");
    assert!(plan.out.ends_with("Plan: 3 to create.\n"), "{plan:?}");
    let plan = feed(workspace.command("plan -"), OFFICE);
    assert!(plan.out.ends_with("Plan: 2 to create.\n"), "{plan:?}");
    workspace.write("empty/a.txt", "");
    assert!(workspace.run("plan empty").err.contains("empty contains no YAML file"));
    assert!(workspace.run("plan none.yaml").err.contains("cannot read none.yaml"));
    let valid = workspace.run("validate files more.json");
    assert_eq!(valid.err, "3 files, 3 resources: no problems\n");
}

#[test]
fn values_come_from_the_environment_and_from_files() {
    let file = "\
vaults: { main: { name: main } }
secrets:
  token: { vault_id: '${vaults.main}', name: token, value: 'a-${env:TOKEN}' }
ip_policies:
  office: { description: '${file:name.txt}' }
";
    let workspace = Workspace::new();
    workspace.write("files/infra.yaml", file);
    workspace.write("files/name.txt", "from a file");
    let unset = workspace.run("plan files");
    assert_eq!(
        unset.err,
        "error: files/infra.yaml:3:53: secrets.token.value: the environment variable TOKEN is not set\n"
    );
    assert_eq!(workspace.run("validate files").code, Some(0));
    let with_token = |arguments: &str, token: &str| {
        let mut command = workspace.command(arguments);
        command.env("TOKEN", token);
        let run = feed(command, "");
        assert!(!run.out.contains("hunter") && !run.err.contains("hunter"), "{run:?}");
        run.code
    };
    assert_eq!(with_token("apply files --yes", "hunter1"), Some(0));
    assert_eq!(with_token("plan files", "hunter1"), Some(0));
    assert_eq!(with_token("plan files", "hunter2"), Some(2));
    assert_eq!(with_token("plan files -o json", "hunter2"), Some(2));
    let state = std::fs::read_to_string(workspace.path("files/ngrok-api.state.json"));
    assert!(!state.expect("a state").contains("hunter"));
    assert_eq!(workspace.all("ip_policies")[0]["description"], "from a file");
}

#[test]
fn fields_that_no_response_has_cannot_be_referred_to() {
    let file = "\
ip_policies:
  a: { description: '${ip_policies.b.nofield}' }
  b: { description: 'at ${ip_policies.c.created_at}', metadata: '${ip_policies.c.description}' }
  c: { description: c }
";
    let workspace = Workspace::with(file);
    for command in ["validate", "plan"] {
        let run = workspace.run(&format!("{command} infra.yaml"));
        let problem = "error: infra.yaml:2:8: ip_policies.a.description: `ip_policies.b` has no `nofield`; there is id, ";
        assert!(run.err.starts_with(problem) && run.err.lines().count() == 1, "{run:?}");
    }
    workspace.write("infra.yaml", &file.replace("nofield", "id"));
    workspace.apply();
}

#[test]
fn values_that_cannot_be_meant_are_explained() {
    let file = "\
ip_policies:
  a: { description: 'an ${ip_policies.b', metadata: '${env:EMPTY}' }
  b:
    description: yes
    metadata: 0123
  c: { description: 'not ours: ${' }
";
    let workspace = Workspace::with(file);
    let mut command = workspace.command("plan infra.yaml");
    command.env("EMPTY", "");
    let run = feed(command, "");
    for message in [
        "infra.yaml:2:8: ip_policies.a.description: `${` has no closing `}`",
        "infra.yaml:2:43: ip_policies.a.metadata: the environment variable EMPTY is empty",
        "infra.yaml:4:5: ip_policies.b.description: is not a string; write it in quotes",
        "infra.yaml:5:5: ip_policies.b.metadata: is not a string; write it in quotes",
    ] {
        assert!(run.err.contains(message), "{message}: {run:?}");
    }
    assert_eq!(run.err.lines().count(), 5, "{run:?}");
}

#[test]
fn editors_get_a_schema_that_accepts_what_is_valid() {
    let workspace = Workspace::new();
    let schema = workspace.run("validate --schema").json();
    let schema = jsonschema::draft7::new(&schema).expect("a schema");
    let problems = |text: &str| {
        let value: Value = serde_yaml::from_str(text).expect("YAML");
        schema.iter_errors(&value).map(|it| it.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(problems(OFFICE), Vec::<String>::new());
    for wrong in [
        "ip_polices: {}",
        "ip_policies: { office: { descripton: x } }",
        "ip_policy_rules: { v4: { cidr: 10.0.0.0/8 } }",
        "ip_policy_rules: { v4: { ip_policy_id: x, cidr: 10.0.0.0/8, action: allowed } }",
        "ip_policies: { 'a b': {} }",
        "event_destinations: { x: { format: json, target: { kinesi: {} } } }",
    ] {
        assert_ne!(problems(wrong), Vec::<String>::new(), "{wrong}");
    }
}

#[test]
fn problems_of_a_whole_resource_have_its_path() {
    let both =
        "secrets:\n  t: { vault_id: vault_x, vault_name: x, name: t, value: x }\n";
    let run = Workspace::with(both).run("validate infra.yaml");
    let message = "infra.yaml:2:3: secrets.t: must have exactly one of";
    assert!(run.code == Some(2) && run.err.contains(message), "{run:?}");
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_reported() {
    let workspace = Workspace::new();
    workspace.write("files/a.yaml", OFFICE);
    std::os::unix::fs::symlink("nowhere.yaml", workspace.path("files/b.yaml"))
        .expect("a link");
    let run = workspace.run("validate files");
    assert!(
        run.code == Some(2) && run.err.contains("cannot read files/b.yaml"),
        "{run:?}"
    );
}
