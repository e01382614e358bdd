use ngrok_client::IntoValue;

fn port(_port: impl IntoValue<u32>) {}

fn main() {
    port(443);
    port(443_i64);
}
