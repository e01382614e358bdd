use ngrok_client_runtime::{IntoPatch, IntoValue, Null};

fn nullable(_description: impl IntoPatch<String>) {}

fn required(_description: impl IntoValue<String>) {}

fn main() {
    nullable(Null);
    required(Null);
}
