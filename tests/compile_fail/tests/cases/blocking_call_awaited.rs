//! A call of the blocking client is sent with `send`.
use ngrok_client::{Call, blocking};

async fn wait(call: Call<String, blocking::Client>) {
    call.await;
}

fn main() {}
