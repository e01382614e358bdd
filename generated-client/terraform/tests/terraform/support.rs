//! A folder with a configuration, Terraform in it, and a server that the provider calls.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

use ngrok_api_model::{Model, Service};
use ngrok_state_core::{Kind, Kinds};
use ngrok_test_server::Server;
use serde_json::{Map, Value, json};
use tempfile::TempDir;

use crate::made_up::{Sandbox, model, operation};

/// A configuration and the account it is applied to.
pub(crate) struct Workspace {
    pub(crate) sandbox: Sandbox,
    pub(crate) model: Model,
    pub(crate) kinds: Kinds,
    pub(crate) folder: TempDir,
}

/// What Terraform did.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) text: String,
}

impl Workspace {
    pub(crate) fn new() -> Self {
        Self::on(Sandbox::new().unwrap())
    }

    /// A server that responds late.
    pub(crate) fn with_latency(latency: Duration) -> Self {
        let server = Server::builder().latency(latency).start().unwrap();
        Self::on(Sandbox::on(server).unwrap())
    }

    fn on(sandbox: Sandbox) -> Self {
        let model = model().unwrap();
        let workspace = Self {
            sandbox,
            kinds: Kinds::new(&model),
            model,
            folder: tempfile::tempdir().unwrap(),
        };
        workspace.start_over();
        workspace
    }

    pub(crate) fn server(&self) -> &Server {
        &self.sandbox.server
    }

    pub(crate) fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    /// Removes configuration and state, not what was created.
    pub(crate) fn start_over(&self) {
        for entry in fs::read_dir(self.folder.path()).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }
                .unwrap();
        }
        let program = Path::new(env!("CARGO_BIN_EXE_terraform-provider-ngrok"));
        let settings = format!(
            "provider_installation {{\n  dev_overrides {{\n    \"ngrok/ngrok\" = \"{}\"\n  }}\n  direct {{}}\n}}\n",
            program.parent().unwrap().display()
        );
        fs::write(self.path("settings.rc"), settings).unwrap();
        let required = "terraform {\n  required_providers {\n    ngrok = {\n      source = \"ngrok/ngrok\"\n    }\n  }\n}\n";
        fs::write(self.path("versions.tf"), required).unwrap();
    }

    /// Writes the configuration.
    pub(crate) fn write(&self, text: &str) {
        fs::write(self.path("main.tf"), text).unwrap();
    }

    /// Writes resources, by type and name, and other blocks as JSON.
    pub(crate) fn write_json(&self, resources: &Value, other: &Value) {
        let mut document = json!({
            "provider": { "ngrok": { "rate_limit": 0 } },
            "resource": resources,
        });
        for (key, value) in other.as_object().unwrap() {
            document[key] = value.clone();
        }
        fs::write(self.path("main.tf.json"), document.to_string()).unwrap();
    }

    /// Prepares a run of Terraform.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let program = std::env::var("TERRAFORM")
            .expect("TERRAFORM names no program: run these tests with `cargo xtask ci terraform`");
        let mut command = Command::new(program);
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_remove("TF_LOG")
            .env("CHECKPOINT_DISABLE", "1")
            .env("TF_CLI_CONFIG_FILE", self.path("settings.rc"))
            .env("TF_IN_AUTOMATION", "1")
            .env(&self.model.api.key_variable, self.server().api_key())
            .env(&self.model.api.url_variable, self.server().url());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        let Output { status, stdout, stderr } =
            self.command(arguments).output().unwrap();
        let text = [stdout, stderr].concat();
        Run {
            code: status.code().unwrap_or(-1),
            text: String::from_utf8_lossy(&text).into_owned(),
        }
    }

    /// Runs Terraform, which has to succeed.
    pub(crate) fn succeed(&self, arguments: &[&str]) -> String {
        let run = self.run(arguments);
        assert_eq!(run.code, 0, "terraform {arguments:?}\n{}", run.text);
        run.text
    }

    pub(crate) fn apply(&self) -> String {
        self.succeed(&["apply", "-auto-approve", "-no-color"])
    }

    /// A plan has no changes.
    pub(crate) fn is_settled(&self) {
        let run = self.run(&["plan", "-detailed-exitcode", "-no-color"]);
        assert_eq!(run.code, 0, "{}", run.text);
    }

    pub(crate) fn destroy(&self) -> String {
        self.succeed(&["destroy", "-auto-approve", "-no-color"])
    }

    pub(crate) fn output(&self) -> Value {
        let shown = self.succeed(&["output", "-json", "-no-color"]);
        let json: Value =
            serde_json::from_str(&shown[shown.find('{').unwrap_or(0)..]).unwrap();
        let values = json.as_object().unwrap().iter();
        Value::Object(
            values.map(|(key, it)| (key.clone(), it["value"].clone())).collect(),
        )
    }

    /// The state as JSON.
    pub(crate) fn state(&self) -> Value {
        let text = fs::read_to_string(self.path("terraform.tfstate")).unwrap();
        serde_json::from_str(&text).unwrap()
    }

    /// Every resource of the state: type, name and attributes.
    pub(crate) fn instances(&self) -> Vec<(String, String, Value)> {
        let state = self.state();
        let resources = state["resources"].as_array().unwrap().iter();
        let managed = resources.filter(|it| it["mode"] == "managed");
        let instance = |it: &Value| {
            let text = |key: &str| it[key].as_str().unwrap().to_owned();
            (text("type"), text("name"), it["instances"][0]["attributes"].clone())
        };
        managed.map(instance).collect()
    }

    pub(crate) fn service(&self, kind: &Kind) -> &Service {
        let mut services = self.model.services.iter();
        services.find(|it| it.label() == kind.name).unwrap()
    }

    /// The type of the resource that a kind has in Terraform.
    pub(crate) fn type_of(&self, kind: &Kind) -> String {
        let own = self.service(kind).terraform.as_ref().and_then(|it| it.name.clone());
        format!("ngrok_{}", own.unwrap_or_else(|| snake(&kind.resource)))
    }

    /// The attributes of a resource, with everything that can be stated or only what has to be.
    pub(crate) fn made_up(&self, kind: &Kind, full: bool) -> Map<String, Value> {
        let service = self.service(kind);
        let create = operation(service, "create").unwrap();
        // What has no ID of its own is identified by what is stated.
        let full = full || !kind.identifiers().any(|it| it == "id");
        let body = self.sandbox.body(create, full).unwrap_or(json!({}));
        let mut fields = body.as_object().unwrap().clone();
        for parameter in &create.parameters {
            fields.insert(
                parameter.wire.clone(),
                self.sandbox.value(&parameter.ty, false),
            );
        }
        for (name, fact) in service.terraform.iter().flat_map(|it| &it.attributes) {
            let (Some(element), Some(value)) = (&fact.element, fields.get_mut(name))
            else {
                continue;
            };
            let items = value.as_array().unwrap().iter().map(|it| it[element].clone());
            *value = items.collect();
        }
        fields
    }
}

fn snake(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}
