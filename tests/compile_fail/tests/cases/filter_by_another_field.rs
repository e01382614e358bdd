fn list(client: &ngrok_client::blocking::Client) {
    let _ = client.ip_policies().list().filter(|it| it.uri().eq("https://example.com"));
}

fn main() {}
