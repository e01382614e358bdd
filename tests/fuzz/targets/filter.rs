//! Filter expressions: the fake server evaluates or rejects each.
#![cfg_attr(fuzzing, no_main)]

use std::sync::OnceLock;

use ngrok_client::ErrorKind;
use ngrok_client::blocking::Client;
use ngrok_test_server::Server;

static SERVER: OnceLock<Server> = OnceLock::new();

ngrok_fuzz::target!(|expression: &str| {
    let server = SERVER.get_or_init(|| {
        let server = Server::start().expect("a free port");
        server.add("/ip_policies", serde_json::json!({})).expect("a policy");
        server
    });
    let builder = Client::builder().base_url(server.url()).api_key(server.api_key());
    let client = builder.max_retries(0).build().expect("a valid configuration");
    if let Err(error) =
        client.ip_policies().list().filter_text(expression).first_page().send()
    {
        assert_eq!(error.status().map(|it| it.as_u16()), Some(400), "{error}");
        let _: ErrorKind = error.kind();
    }
});
