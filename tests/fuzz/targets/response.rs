//! Bodies of successful responses: decoding ends in a value or an error, and a value encodes to what decodes again.
#![cfg_attr(fuzzing, no_main)]

use ngrok_client::blocking::Client;
use ngrok_client::testing::Script;
use ngrok_client::types::{Endpoint, EventDestination, TlsCertificate};
use ngrok_client::{HttpResponse, Result};

ngrok_fuzz::target!(|body: &[u8]| {
    let _ = call(body);
    if let Ok(endpoint) = serde_json::from_slice::<Endpoint>(body) {
        let encoded = serde_json::to_vec(&endpoint).expect("a resource is JSON");
        serde_json::from_slice::<Endpoint>(&encoded).expect("what is encoded decodes");
    }
    let _ = serde_json::from_slice::<EventDestination>(body);
    let _ = serde_json::from_slice::<TlsCertificate>(body);
});

fn call(body: &[u8]) -> Result<()> {
    let script = Script::new().respond(HttpResponse::new(body.to_vec())).always();
    let client = Client::builder().api_key("fuzz").transport(script).build()?;
    client.endpoints().get("ep_1").send()?;
    Ok(())
}
