//! The reference of the API, to be read and tried out in a browser. The page is Swagger UI, whose files are part of this
//! program: nothing comes from the internet. It stands at the root, and its files below `/-/`, where no API has anything.

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

/// Adds the reference to a server. Its script knows the API key, so that calls can be made at once.
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
