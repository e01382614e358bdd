use ngrok_client::{IntoPatch, IntoValue, Null};

fn nullable(_description: impl IntoPatch<String>) {}

fn required(_description: impl IntoValue<String>) {}

fn main() {
    nullable(Null);
    required(Null);
}
