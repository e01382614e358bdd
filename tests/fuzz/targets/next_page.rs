//! Addresses of next pages: no request goes to another origin than the first.
#![cfg_attr(fuzzing, no_main)]

use ngrok_client::blocking::Client;
use ngrok_client::testing::Script;
use serde_json::json;

ngrok_fuzz::target!(|next: &str| {
    let page =
        json!({ "ip_policies": [], "uri": "/ip_policies", "next_page_uri": next });
    let script = Script::new().reply(200, page).always();
    let builder =
        Client::builder().api_key("fuzz").transport(script.clone()).max_retries(0);
    let client = builder.build().expect("a valid configuration");
    let _ = client.ip_policies().list().items().take(1).count();
    let requests = script.requests();
    let origin = |index: usize| {
        (requests[index].uri().scheme(), requests[index].uri().authority())
    };
    assert!((0..requests.len()).all(|it| origin(it) == origin(0)), "{requests:?}");
});
