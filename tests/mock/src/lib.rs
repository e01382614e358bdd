//! The interactive reference of the API. The page is Swagger UI, whose files are part of this program: nothing is loaded from the internet.
//! It is served at the root, and its files below `/-/`, which no API uses.

use ngrok_test_server::Server;
use serde_json::json;

const PAGE: &str = include_str!("viewer/index.html");
const SCRIPT: &str = include_str!("viewer/start.js");
const STYLE: &str = include_str!("viewer/style.css");
const DOCUMENT: &str = include_str!(concat!(env!("OUT_DIR"), "/openapi.json"));
const VIEWER: &[u8] =
    include_bytes!(concat!(env!("OUT_DIR"), "/swagger-ui/swagger-ui-bundle.js"));
const VIEWER_STYLE: &[u8] =
    include_bytes!(concat!(env!("OUT_DIR"), "/swagger-ui/swagger-ui.css"));
const ICON: &[u8] =
    include_bytes!(concat!(env!("OUT_DIR"), "/swagger-ui/favicon-32x32.png"));

/// Adds the reference to a server. Its script contains the API key, so that calls work immediately.
pub fn add_reference(server: &Server) {
    let settings = json!({ "key": server.api_key(), "document": "/-/openapi.json" });
    let script = format!("const settings = {settings};\n{SCRIPT}");
    server.add_file("/", "text/html; charset=utf-8", PAGE.as_bytes());
    server.add_file("/-/start.js", "text/javascript", script.into_bytes());
    server.add_file("/-/style.css", "text/css", STYLE.as_bytes());
    server.add_file("/-/openapi.json", "application/json", DOCUMENT.as_bytes());
    server.add_file("/-/swagger-ui-bundle.js", "text/javascript", VIEWER);
    server.add_file("/-/swagger-ui.css", "text/css", VIEWER_STYLE);
    server.add_file("/-/icon.png", "image/png", ICON);
}
