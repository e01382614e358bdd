//! The MCP server: a real process that JSON-RPC is spoken to.

use std::env;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use ngrok_test_server::Server;
use serde_json::{Value, json};

use crate::support::{PROGRAM, empty_server, feed, home, policies, program, run};

/// A client and its server process.
struct Session {
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    count: u64,
}

impl Session {
    fn start(server: &Server, home: &Path, options: &[&str]) -> Self {
        let mut command = program(home);
        command.envs(server.environment()).arg("mcp").args(options);
        let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = child.expect("the program starts");
        let stdin = child.stdin.take().expect("standard input");
        let stdout = BufReader::new(child.stdout.take().expect("standard output"));
        let mut session = Self { child, stdin, stdout, count: 0 };
        let client = json!({ "name": "test", "version": "1" });
        let initialized = session.request(
            "initialize",
            &json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client }),
        );
        assert_eq!(initialized["serverInfo"]["name"], "ngrok-api", "{initialized}");
        session
            .send(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }));
        session
    }

    fn send(&mut self, message: &Value) {
        writeln!(self.stdin, "{message}").expect("the server reads");
    }

    fn request(&mut self, method: &str, params: &Value) -> Value {
        self.count += 1;
        let id = self.count;
        self.send(
            &json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }),
        );
        let mut line = String::new();
        self.stdout.read_line(&mut line).expect("the server writes");
        let mut response: Value = line.parse().expect("JSON");
        assert_eq!(response["id"], id, "{response}");
        response["result"].take()
    }

    /// Returns the result of a tool, and true if it failed.
    fn tool(&mut self, name: &str, arguments: &Value) -> (bool, Value) {
        let result = self.raw(name, arguments);
        let text = result["content"][0]["text"].as_str().expect("text");
        let failed = result["isError"] == true;
        (failed, text.parse().unwrap_or_else(|error| panic!("{error}: {text}")))
    }

    fn raw(&mut self, name: &str, arguments: &Value) -> Value {
        self.request("tools/call", &json!({ "name": name, "arguments": arguments }))
    }

    /// Returns the result of `call`, which must succeed.
    #[track_caller]
    fn call(&mut self, arguments: &Value) -> Value {
        let (failed, value) = self.tool("call", arguments);
        assert!(!failed, "{value}");
        value
    }

    /// The error of `call`; it must fail.
    #[track_caller]
    fn refused(&mut self, arguments: &Value) -> Value {
        let (failed, mut value) = self.tool("call", arguments);
        assert!(failed, "{value}");
        value["error"].take()
    }

    fn hints(&mut self) -> Value {
        let tools = self.request("tools/list", &json!({}));
        let tools = tools["tools"].as_array().expect("tools");
        let call = tools.iter().find(|tool| tool["name"] == "call").expect("call");
        let hints = &call["annotations"];
        json!([hints["readOnlyHint"], hints["destructiveHint"], hints["idempotentHint"]])
    }

    fn end(mut self) {
        drop(self.stdin);
        assert_eq!(self.child.wait().expect("the program ends").code(), Some(0));
    }
}

#[test]
fn it_reads_only_unless_told_otherwise() {
    let (server, home) = (empty_server(), home());
    let mut reads = Session::start(&server, home.path(), &[]);
    assert_eq!(reads.hints(), json!([true, false, true]));
    let create = json!({ "operation": "ip-policies create", "body": {} });
    let refused = reads.refused(&create);
    assert!(refused["message"].as_str().is_some_and(|it| it.contains("--allow-write")));
    let (_, found) = reads.tool("search", &json!({ "query": "create ip policy" }));
    assert!(!found.to_string().contains("ip-policies create"), "{found}");
    reads.end();

    let mut writes = Session::start(&server, home.path(), &["--allow-write"]);
    assert_eq!(writes.hints(), json!([false, true, false]));
    let (_, found) = writes.tool("search", &json!({ "query": "create ip policy" }));
    assert_eq!(found["operations"][0]["operation"], "ip-policies create");
    let hints = json!({ "readOnlyHint": false, "destructiveHint": false, "idempotentHint": false });
    assert_eq!(found["operations"][0]["hints"], hints);
    let made = writes.call(&create);
    assert!(made["result"]["id"].is_string(), "{made}");
    writes.end();
}

#[test]
fn patterns_decide_what_is_offered() {
    let (server, home) = (empty_server(), home());
    let options =
        ["--allow-write", "--only", "ip-policies,vaults", "--never", "* delete"];
    let mut session = Session::start(&server, home.path(), &options);
    let (_, found) = session.tool("search", &json!({ "query": "", "limit": 100 }));
    let found = found["operations"].as_array().expect("operations");
    let names = found.iter().map(|one| one["operation"].as_str().unwrap_or_default());
    let names: Vec<_> = names.collect();
    assert!(names.contains(&"vaults create"), "{names:?}");
    assert!(!names.iter().any(|name| name.ends_with("delete")), "{names:?}");
    for (operation, option) in
        [("api-keys list", "--only"), ("vaults delete", "--never")]
    {
        let refused = session.refused(&json!({ "operation": operation }));
        assert!(refused["message"].as_str().is_some_and(|it| it.contains(option)));
    }
    session.end();
    let updates = ["--allow-write", "--only", "* update", "--never", "tunnel-sessions"];
    let mut updates = Session::start(&server, home.path(), &updates);
    assert_eq!(updates.hints(), json!([false, true, true]));
    // A pattern is a command or its first words, not a part of a word.
    for pattern in ["ip-policie", "ip", "list", "* lis"] {
        let wrong = run(&server, &["mcp", "--only", pattern]);
        assert_eq!(wrong.code, Some(2));
        let message = format!("no command matches `{pattern}`");
        assert!(wrong.err.contains(&message), "{}", wrong.err);
    }
    for pattern in ["ip-*", "* list", "ip-policies list", "*"] {
        let mut session = Session::start(&server, home.path(), &["--only", pattern]);
        session.call(&json!({ "operation": "ip-policies list" }));
        session.end();
    }
}

#[test]
fn operations_are_described_as_they_are_checked() {
    let (server, home) = (empty_server(), home());
    let mut session = Session::start(&server, home.path(), &["--allow-write"]);
    let name = json!({ "name": "ip-policy-rules create" });
    let (_, described) = session.tool("describe", &name);
    let body = &described["body"];
    let action = &body["properties"]["action"];
    assert_eq!(action["type"], json!(["string", "null"]));
    assert_eq!(action["enum"], json!(["allow", "deny", null]));
    assert_eq!(body["properties"]["cidr"]["format"], "cidr");
    let required = body["required"].as_array().expect("required fields");
    assert!(required.contains(&"cidr".into()), "{body}");
    let (_, code) = session.tool("describe", &json!({ "name": "ERR_NGROK_446" }));
    assert!(code.as_str().is_some_and(|text| text.contains("DomainInUse")), "{code}");

    let body = json!({ "action": "alow", "cidr": "10.0.0.0/8", "descripton": "x" });
    let call = json!({ "operation": "ip_policy_rules.create", "parameters": { "x": 1 }, "body": body });
    let refused = session.refused(&call);
    let problems = refused["problems"].to_string();
    for part in [
        "body.action",
        "`allow`",
        "body.descripton",
        "`description`",
        "ip_policy_id",
        "\"x\"",
    ] {
        assert!(problems.contains(part), "{part}: {problems}");
    }
    // Query parameters have their own names, and are checked together.
    let query = json!({ "limit": 0, "filter": "obj.descripton == 1", "x": 1 });
    let call = json!({ "operation": "ip-policies list", "parameters": query });
    let refused = session.refused(&call);
    let problems = refused["problems"].as_array().expect("problems").iter();
    let mut arguments: Vec<_> = problems.map(|it| it["argument"].clone()).collect();
    arguments.sort_by_key(Value::to_string);
    assert_eq!(arguments, ["filter", "limit", "x"]);
    let call = json!({ "operation": "ip-policies list", "jq": ".a[" });
    let refused = session.refused(&call)["message"].to_string();
    assert!(refused.contains("at character 4"), "{refused}");
    // A name that does not exist hides no other problem.
    let body = json!({ "ip_policy_id": "none", "action": "alow", "cidr": "10.0.0.0/8" });
    let call = json!({ "operation": "ip_policy_rules.create", "body": body });
    let problems = session.refused(&call)["problems"].to_string();
    let hidden = !problems.contains("body.action") || problems.contains("ip_policy_id");
    assert!(!hidden, "{problems}");
    let left = session.call(&json!({ "operation": "ip-policy-rules list" }));
    assert_eq!(left["result"]["ip_policy_rules"], json!([]));
    let unknown = session.refused(&json!({ "operation": "ip-policies lst" }));
    assert!(unknown["message"].to_string().contains("did you mean `ip-policies list`"));
    session.end();
}

#[test]
fn results_are_cut_to_valid_json_that_can_be_continued() {
    let (server, home) = (empty_server(), home());
    let ids = policies(&server, 90);
    let mut session = Session::start(&server, home.path(), &["--max-bytes", "3000"]);
    let mut parameters = json!({});
    let mut seen: Vec<Value> = Vec::new();
    loop {
        let call = json!({ "operation": "ip-policies list", "parameters": parameters });
        let raw = session.raw("call", &call);
        let text = raw["content"][0]["text"].as_str().expect("text");
        assert!(text.len() <= 3000, "{}", text.len());
        let page: Value = text.parse().expect("JSON");
        let items = page["result"]["ip_policies"].as_array().expect("a list");
        seen.extend(items.iter().map(|item| item["id"].clone()));
        if page["next"].is_null() {
            break;
        }
        assert!(page["truncated"][0]["items"].is_u64() || items.len() == 90, "{page}");
        parameters = page["next"].clone();
    }
    let all: Vec<_> = ids.iter().rev().map(|id| Value::from(id.as_str())).collect();
    assert_eq!(seen, all);
    let call =
        json!({ "operation": "ip-policies list", "jq": ".ip_policies[0].description" });
    assert_eq!(session.call(&call), json!({ "result": "policy 90" }));
    session.end();
}

#[test]
fn long_strings_are_cut_between_characters() {
    let (server, home) = (empty_server(), home());
    let text = "é\n".repeat(1000);
    let fields = json!({ "description": "x", "metadata": text });
    let id = server.add("/ip_policies", fields).expect("an IP policy");
    for most in [700, 701, 702, 1000, 40_000] {
        let most = most.to_string();
        let mut session = Session::start(&server, home.path(), &["--max-bytes", &most]);
        let call = json!({ "operation": "ip-policies get", "parameters": { "id": id } });
        let raw = session.raw("call", &call);
        let shown = raw["content"][0]["text"].as_str().expect("text");
        assert!(shown.len() <= most.parse().expect("a number"), "{}", shown.len());
        let shown: Value = shown.parse().expect("JSON");
        assert_eq!(shown["result"]["description"], "x");
        let metadata = shown["result"]["metadata"].as_str().expect("a string");
        let kept = metadata.trim_end_matches('…');
        assert!(text.starts_with(kept), "{metadata}");
        let missing = text.len() - kept.len();
        let reported = shown["truncated"].as_array().map_or(0, |cut| {
            let cut = cut.iter().find(|cut| cut["path"] == "metadata");
            cut.and_then(|cut| usize::try_from(cut["bytes"].as_u64()?).ok())
                .unwrap_or_default()
        });
        assert_eq!(missing, reported, "{shown}");
        session.end();
    }
}

#[test]
fn secrets_and_keys_never_show() {
    let (server, home) = (empty_server(), home());
    let mut session = Session::start(&server, home.path(), &["--allow-write"]);
    let made = session.call(&json!({ "operation": "api-keys create", "body": {} }));
    assert_eq!(made["result"]["token"], "[redacted]");
    assert!(!made.to_string().contains(server.api_key()));
    session.end();
    let mut command = program(home.path());
    command
        .env("NGROK_API_URL", server.url())
        .env("NGROK_API_KEY", "wrong-key-0123456789");
    let mut session = {
        let child =
            command.arg("mcp").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = child.expect("the program starts");
        let stdin = child.stdin.take().expect("standard input");
        let stdout = BufReader::new(child.stdout.take().expect("standard output"));
        Session { child, stdin, stdout, count: 0 }
    };
    let client = json!({ "name": "test", "version": "1" });
    let initialize = json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client });
    session.request("initialize", &initialize);
    let refused = session.refused(&json!({ "operation": "vaults list" }));
    assert_eq!(refused["exit_code"], 3, "{refused}");
    assert!(!refused.to_string().contains("wrong-key"), "{refused}");
}

#[test]
fn the_rate_limit_is_shared_with_other_processes() {
    let (server, home) = (empty_server(), home());
    let mut session = Session::start(&server, home.path(), &[]);
    for _ in 0..3 {
        session.call(&json!({ "operation": "vaults list" }));
    }
    let mut command = program(home.path());
    command.envs(server.environment()).args(["quota", "--jq", ".used"]);
    assert_eq!(feed(command, "").success(), "3\n");
    session.end();
}

/// Needs the Python of a virtual environment with the official SDK, which `cargo xtask ci mcp` makes.
#[test]
#[ignore = "run by `cargo xtask ci mcp`"]
fn the_python_sdk_understands_it() {
    let python =
        env::var_os("MCP_PYTHON").expect("MCP_PYTHON; run `cargo xtask ci mcp`");
    let (server, home) = (empty_server(), home());
    let mut command = Command::new(python);
    command
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/mcp/client.py"))
        .arg(PROGRAM);
    command.envs(server.environment()).env("HOME", home.path());
    let ran = feed(command, "");
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
}
