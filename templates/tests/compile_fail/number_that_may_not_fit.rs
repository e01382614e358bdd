use ngrok_client_runtime::IntoValue;

fn port(_port: impl IntoValue<u32>) {}

fn main() {
    port(443);
    port(443_i64);
}
