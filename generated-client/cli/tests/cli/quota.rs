//! Client-side rate limiting across processes of one user.

use std::process::{Child, Stdio};
use std::time::Duration;

use ngrok_test_server::Server;

use crate::support::{feed, home, policies, program, run};

#[test]
fn four_processes_stay_below_the_limit() {
    let window = Duration::from_millis(500);
    let server = Server::builder()
        .seed(7)
        .rate_limit(40)
        .rate_window(window)
        .start()
        .expect("a port");
    policies(&server, 50);
    let home = home();
    let start = || -> Child {
        let mut command = program(home.path());
        command.envs(server.environment()).args(["ip-policies", "list", "-o", "name"]);
        // 50 pages of one item each.
        command.args(["--page-size", "1", "--quota", "40/0.5s", "--retries", "0"]);
        command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts")
    };
    let children: Vec<_> = (0..4).map(|_| start()).collect();
    for child in children {
        let output = child.wait_with_output().expect("the program ends");
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), &*err), (Some(0), ""));
        assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 50);
    }
}

#[test]
fn without_it_the_server_refuses() {
    let server = Server::builder().seed(7).rate_limit(3).start().expect("a port");
    policies(&server, 9);
    let arguments =
        ["ip-policies", "list", "--page-size", "1", "--no-quota", "--retries", "0"];
    assert_eq!(run(&server, &arguments).code, Some(6));
}

#[test]
fn the_remaining_budget() {
    let server = Server::builder().seed(7).start().expect("a port");
    let home = home();
    let run = |arguments: &[&str]| {
        let mut command = program(home.path());
        command.envs(server.environment()).args(arguments);
        feed(command, "").success()
    };
    run(&["ip-policies", "list"]);
    assert_eq!(
        run(&["quota", "--jq", "[.requests, .used, .remaining]"]),
        "[120,1,119]\n"
    );
}
