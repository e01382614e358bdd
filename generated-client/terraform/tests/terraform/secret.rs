//! Secrets: with write-only attributes they are in no plan, no state and no log.

use std::fs;

use crate::support::Workspace;

const CONFIGURATION: &str = r#"
resource "ngrok_vault" "main" {
  name = "main"
}

resource "ngrok_secret" "token" {
  vault_id         = ngrok_vault.main.id
  name             = "token"
  value_wo         = var.secret
  value_wo_version = VERSION
}

resource "ngrok_event_destination" "logs" {
  target = {
    datadog = {
      api_key_wo         = var.secret
      api_key_wo_version = VERSION
      ddsite             = "datadoghq.com"
    }
  }
}

variable "secret" {
  ephemeral = true
}
"#;

#[test]
#[ignore = "needs Terraform: cargo xtask ci terraform"]
fn write_only_secrets_are_in_no_state_and_no_log() {
    let workspace = Workspace::new();
    for (version, secret) in [("1", "hunter2hunter2"), ("2", "correct-horse")] {
        workspace.write(&CONFIGURATION.replace("VERSION", version));
        let log = workspace.path("log.txt");
        let mut apply = workspace.command(&["apply", "-auto-approve", "-no-color"]);
        let secret_variable = format!("-var=secret={secret}");
        let output = apply
            .arg(&secret_variable)
            .env("TF_LOG", "TRACE")
            .env("TF_LOG_PATH", &log)
            .output()
            .unwrap();
        let shown = String::from_utf8_lossy(&[output.stdout, output.stderr].concat())
            .into_owned();
        assert!(output.status.success(), "{shown}");
        let sent =
            workspace.sandbox.send(ngrok_api_model::Method::Get, "/vault_secrets", None);
        assert_eq!(sent.body["secrets"].as_array().unwrap().len(), 1);
        if version == "2" {
            assert!(shown.contains("2 changed"), "{shown}");
        }
        let log = fs::read_to_string(&log).unwrap();
        let log: Vec<_> =
            log.lines().filter(|it| !it.contains("CLI command args")).collect();
        let log: Vec<_> = log
            .into_iter()
            .filter(|it| it.contains(secret) && !it.contains("CLI args"))
            .collect();
        assert!(log.is_empty(), "{log:#?}");
        let state = fs::read_to_string(workspace.path("terraform.tfstate")).unwrap();
        assert!(!state.contains(secret) && !shown.contains(secret), "{state}{shown}");
        let plan = workspace.run(&[
            "plan",
            "-detailed-exitcode",
            "-no-color",
            &secret_variable,
        ]);
        assert_eq!(plan.code, 0, "{}", plan.text);
    }
}

#[test]
#[ignore = "needs Terraform: cargo xtask ci terraform"]
fn one_form_of_a_secret_has_to_be_stated() {
    let workspace = Workspace::new();
    let vault = "vault_id = \"vault_x\"\n  name = \"token\"\n";
    for (stated, message) in [
        ("", "State `value` or `value_wo`."),
        (
            "value = \"a\"\n  value_wo = \"b\"\n",
            "State `value` or `value_wo`, not both.",
        ),
    ] {
        workspace.write(&format!(
            "resource \"ngrok_secret\" \"token\" {{\n  {vault}{stated}}}\n"
        ));
        let run = workspace.run(&["validate", "-no-color"]);
        assert!(run.code == 1 && run.text.contains(message), "{}", run.text);
    }
}
