//! Accounts, secrets, refused deletes and interruptions.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use ngrok_test_server::{Fault, Server};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::Value;

use super::{OFFICE, Workspace};
use crate::support::Run;

#[test]
fn a_state_of_another_account_is_refused() {
    let mut workspace = Workspace::with(OFFICE);
    workspace.apply();
    let address = workspace.server.url().to_owned();
    workspace.server = crate::support::empty_server();
    let elsewhere = workspace.run("plan infra.yaml");
    assert!(
        elsewhere.err.contains(&format!("belongs to the account {address}")),
        "{elsewhere:?}"
    );

    // Another account at the same address, and another key of the same account.
    let workspace = Workspace::with(OFFICE);
    workspace.apply();
    let port: u16 = workspace
        .server
        .url()
        .rsplit(':')
        .next()
        .expect("a port")
        .parse()
        .expect("a number");
    let Workspace { server, folder } = workspace;
    drop(server);
    let other = || Server::builder().port(port).api_key("another").seed(8).start();
    let server = (0..50).find_map(|_| {
        thread::sleep(Duration::from_millis(20));
        other().ok()
    });
    let workspace = Workspace { server: server.expect("the port"), folder };
    let refused = workspace.run("apply infra.yaml --yes");
    assert_eq!(refused.code, Some(1), "{refused:?}");
    assert!(
        refused.err.contains("none of its resources exist in this account"),
        "{refused:?}"
    );
    assert_eq!(workspace.all("ip_policies").len(), 0);
}

#[test]
fn refused_deletes_say_what_refers_to_the_resource() {
    let workspace = Workspace::with("vaults: { main: { name: main } }\n");
    workspace.apply();
    let vault = workspace.all("vaults")[0]["id"].as_str().expect("an ID").to_owned();
    let made = workspace
        .run(&format!("secrets create --vault-id {vault} --name token --value hunter2"))
        .json();
    let run = workspace.run("destroy --yes");
    assert_eq!(run.code, Some(1));
    let id = made["id"].as_str().expect("an ID");
    assert!(
        run.err.contains(&format!("still referred to by secrets {id}")),
        "{}",
        run.err
    );
    assert!(!run.err.contains("hunter2"), "{}", run.err);
    // What could not be deleted is still known, so that the next run deletes it.
    workspace.run(&format!("secrets delete {id}"));
    assert_eq!(workspace.run("destroy --yes").code, Some(0));
}

#[test]
fn secrets_that_are_returned_once_are_written_to_a_file() {
    let workspace = Workspace::with("api_keys: { ci: { description: ci } }\n");
    let plan = workspace.run("plan infra.yaml");
    assert!(plan.err.contains("api_keys.ci.token only once"), "{plan:?}");
    workspace.write("taken.json", "taken");
    for unusable in ["taken.json", "nowhere/secrets.json"] {
        let run = workspace.run(&format!("apply infra.yaml --yes --secrets {unusable}"));
        assert!(run.code == Some(1) && run.err.contains(unusable), "{run:?}");
        let keys = workspace.run("api-keys list").success();
        assert!(!keys.contains("\"ci\""), "no secret is lost: {keys}");
    }
    // A run that is killed before its first secret leaves an empty file.
    workspace.write("secrets.json", "");
    let run = workspace.run("apply infra.yaml --yes --secrets secrets.json");
    assert_eq!(run.code, Some(0), "{run:?}");
    let path = workspace.path("secrets.json");
    let text = fs::read_to_string(&path).expect("a file");
    let secrets: Value = serde_json::from_str(&text).expect("JSON");
    let token = secrets["api_keys.ci"]["token"].as_str().expect("a token");
    assert!(
        token.len() > 20
            && !workspace.state().contains(token)
            && !run.out.contains(token)
    );
    let mode = path.metadata().expect("metadata").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    workspace.is_settled();
}

/// Starts an apply with one slow creation at a time.
fn slow_apply(workspace: &Workspace) -> std::process::Child {
    workspace.server.fault(Fault::latency(Duration::from_millis(600)).method("POST"));
    let mut command =
        workspace.command("apply infra.yaml --yes --parallel 1 --secrets secrets.json");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("the program starts")
}

fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < Duration::from_secs(20), "{what}");
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_secret_is_written_before_the_next_resource_is_created() {
    let keys = "api_keys: { a: { description: a }, b: { description: b } }\n";
    let workspace = Workspace::with(keys);
    let mut child = slow_apply(&workspace);
    let text = || fs::read_to_string(workspace.path("secrets.json")).unwrap_or_default();
    wait_until("no secret was written", || text().contains('}'));
    child.kill().expect("a signal");
    let status = child.wait().expect("an end");
    assert_eq!(status.code(), None, "all secrets were written at the end: {}", text());
    let secrets: Value = serde_json::from_str(&text()).expect("JSON");
    assert!(secrets["api_keys.a"]["token"].is_string(), "{secrets}");
}

#[test]
fn a_secret_is_written_although_the_state_cannot_be() {
    let workspace = Workspace::with("api_keys: { ci: { description: ci } }\n");
    let child = slow_apply(&workspace);
    let state = workspace.path("ngrok-api.state.json");
    let text = || fs::read_to_string(&state).unwrap_or_default();
    wait_until("nothing was started", || text().contains("\"pending\""));
    // The state is written to this file first.
    let draft = format!(".ngrok-api.state.json.{}.new", child.id());
    fs::create_dir(workspace.path(&draft)).expect("a folder");
    let run = Run::of(child.wait_with_output().expect("the program ends"));
    let message = "ngrok-api.state.json: cannot write the state";
    assert!(run.code == Some(1) && run.err.contains(message), "{run:?}");
    let secrets = fs::read_to_string(workspace.path("secrets.json")).expect("a file");
    let secrets: Value = serde_json::from_str(&secrets).expect("JSON");
    assert!(secrets["api_keys.ci"]["token"].is_string(), "{secrets}");
}

#[test]
fn no_further_resource_is_created_once_a_secret_cannot_be_written() {
    let keys = "api_keys: { a: { description: a }, b: { description: b } }\n";
    let workspace = Workspace::with(keys);
    let child = slow_apply(&workspace);
    let secrets = workspace.path("secrets.json");
    wait_until("nothing was started", || secrets.exists());
    fs::remove_file(&secrets).and_then(|()| fs::create_dir(&secrets)).expect("a folder");
    let run = Run::of(child.wait_with_output().expect("the program ends"));
    let said = run.err.contains("cannot write secrets.json");
    assert!(run.code == Some(1) && said && run.err.contains("api_keys.a"), "{run:?}");
    let keys = workspace.run("api-keys list").success();
    assert!(keys.contains("\"a\"") && !keys.contains("\"b\""), "{keys}");
}

#[test]
fn the_order_of_files_selects_no_state() {
    let workspace = Workspace::new();
    workspace.write("a/infra.yaml", OFFICE);
    workspace.write("b/infra.yaml", "vaults: { main: { name: main } }\n");
    assert_eq!(workspace.run("apply a b/infra.yaml --yes").code, Some(0));
    assert_eq!(workspace.run("plan a/infra.yaml b").code, Some(0));
    for (command, code) in
        [("plan b a", 1), ("apply b/infra.yaml a/infra.yaml --yes --prune", 2)]
    {
        let run = workspace.run(command);
        assert_eq!(run.code, Some(code), "{run:?}");
        let (used, other) = ("b/ngrok-api.state.json", "a/ngrok-api.state.json");
        let said = |what: &str| run.err.contains(what);
        assert!(said(used) && said(other) && said("--state"), "{run:?}");
    }
    let chosen = workspace.run("plan b a --state a/ngrok-api.state.json");
    assert_eq!(chosen.code, Some(0), "{chosen:?}");
}

#[test]
fn a_secret_whose_response_was_lost_is_named() {
    let workspace = Workspace::with("api_keys: { ci: { description: ci } }\n");
    workspace
        .server
        .fault(Fault::reset_after().method("POST").path("/api_keys").times(1));
    let run = workspace.run("apply infra.yaml --yes --secrets secrets.json");
    assert_eq!(run.code, Some(1), "{run:?}");
    let warning = "warning: the response with api_keys.ci.token was lost";
    for command in ["plan infra.yaml", "apply infra.yaml --yes --secrets secrets.json"] {
        let run = workspace.run(command);
        assert!(run.code == Some(0) && run.err.contains(warning), "{run:?}");
    }
    let plan = workspace.run("plan infra.yaml");
    assert!(!plan.err.contains("warning"), "{plan:?}");
}

fn interrupted(workspace: &Workspace, signals: u32) -> Run {
    let mut child = workspace
        .command("apply infra.yaml --yes --parallel 1")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let pid = Pid::from_raw(i32::try_from(child.id()).expect("a process"));
    wait_until("nothing was started", || {
        let state = workspace.path("ngrok-api.state.json");
        state.exists() && workspace.state().contains("\"pending\"")
    });
    for _ in 0..signals {
        kill(pid, Signal::SIGINT).expect("a signal");
        thread::sleep(Duration::from_millis(100));
    }
    let _ = child.wait();
    Run::of(child.wait_with_output().expect("the program ends"))
}

#[test]
fn an_interrupted_apply_goes_on_without_duplicates() {
    for signals in [1, 2] {
        let workspace = Workspace::with(OFFICE);
        workspace
            .server
            .fault(Fault::latency(Duration::from_millis(600)).method("POST"));
        let run = interrupted(&workspace, signals);
        assert_eq!(run.code, Some(130), "{run:?}");
        if signals == 1 {
            assert!(run.err.contains("interrupted; 1 of 2 steps are done"), "{run:?}");
        }
        workspace.server.clear_faults();
        // The request that was not waited for may still arrive.
        thread::sleep(Duration::from_millis(700));
        workspace.apply();
        workspace.is_settled();
        assert_eq!(workspace.all("ip_policies").len(), 1);
        assert_eq!(workspace.all("ip_policy_rules").len(), 1);
    }
}

#[test]
fn two_runs_at_a_time_do_not_share_a_state() {
    let workspace = Workspace::with(OFFICE);
    workspace.server.fault(Fault::latency(Duration::from_millis(500)).method("POST"));
    let mut first = workspace
        .command("apply infra.yaml --yes")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    while !workspace.path("ngrok-api.state.json").exists() {
        thread::sleep(Duration::from_millis(5));
    }
    let second = workspace.run("plan infra.yaml");
    assert!(second.err.contains("another process is using this state"), "{second:?}");
    assert_eq!(first.wait().expect("an end").code(), Some(0));
    workspace.is_settled();
}
