fn list(client: &ngrok_client::blocking::Client) {
    let _ = client.bot_users().list().filter(|it| it.id().eq("bot_1"));
}

fn main() {}
