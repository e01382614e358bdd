//! Bodies of error responses: the error is bounded, and does not contain the key that a server repeats.
#![cfg_attr(fuzzing, no_main)]

use ngrok_client::HttpResponse;
use ngrok_client::blocking::Client;
use ngrok_client::testing::Script;

const KEY: &str = "2aKeyThatNoErrorContains";

/// More characters than an error prints for any response.
const LIMIT: usize = 4096;

ngrok_fuzz::target!(|input: (u8, &str)| {
    let (status, body) = input;
    // Half of the inputs repeat the key.
    let body = if status % 2 == 0 { body.replace('k', KEY) } else { body.to_owned() };
    let mut response = HttpResponse::new(body.into_bytes());
    let status = 400 + u16::from(status) % 200;
    *response.status_mut() = status.try_into().expect("a status of an error");
    let script = Script::new().respond(response).always();
    let builder = Client::builder().api_key(KEY).transport(script).max_retries(0);
    let client = builder.build().expect("a valid configuration");
    let Err(error) = client.ip_policies().get("ipp_1").send() else {
        panic!("{status} is an error")
    };
    let text = format!("{error} {error:?}");
    assert!(!text.contains(KEY), "{text}");
    assert!(text.len() < 10 * LIMIT, "{} bytes", text.len());
});
