//! A web page that uses the client: its files, and a server for them.

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};

use ngrok_test_server::Server;

const INDEX: &str =
    include_str!("../../../generated-client/examples/browser/index.html");
const START: &str = include_str!("../../../generated-client/examples/browser/start.js");
const STYLE: &str = include_str!("../../../generated-client/examples/browser/style.css");

/// The directory of the JavaScript modules and `.wasm` files written by `bindgen`.
#[derive(Debug)]
pub struct Site(PathBuf);

impl Site {
    /// Uses the files in this directory.
    pub fn new(directory: impl Into<PathBuf>) -> Self {
        Self(directory.into())
    }

    /// Returns the path of the `.wasm` file of a program.
    #[must_use]
    pub fn wasm(&self, program: &str) -> PathBuf {
        self.0.join(format!("{program}_bg.wasm"))
    }

    /// Returns the path of the JavaScript module that loads it.
    #[must_use]
    pub fn script(&self, program: &str) -> PathBuf {
        self.0.join(format!("{program}.js"))
    }

    /// Serves the files of a program from the root of a server.
    ///
    /// # Errors
    ///
    /// If a file cannot be read.
    pub fn serve(&self, server: &Server, program: &str) -> io::Result<()> {
        let script = read(&self.script(program))?;
        server.add_file(format!("/{program}.js"), "text/javascript", script);
        let wasm = read(&self.wasm(program))?;
        server.add_file(format!("/{program}_bg.wasm"), "application/wasm", wasm);
        Ok(())
    }

    /// Serves the example. Its form starts with the address and the key of an API.
    ///
    /// # Errors
    ///
    /// If a file cannot be read.
    pub fn serve_example(
        &self,
        server: &Server,
        url: &str,
        key: &str,
    ) -> io::Result<()> {
        self.serve(server, "ngrok-browser-example")?;
        let index = INDEX
            .replace(r#"value="https://api.ngrok.com""#, &format!(r#"value="{url}""#))
            .replace(r#"id="key" value="""#, &format!(r#"id="key" value="{key}""#));
        server.add_file("/", "text/html; charset=utf-8", index.into_bytes());
        server.add_file("/start.js", "text/javascript", START.as_bytes());
        server.add_file("/style.css", "text/css", STYLE.as_bytes());
        Ok(())
    }
}

fn read(path: &Path) -> io::Result<Cow<'static, [u8]>> {
    let bytes = std::fs::read(path).map_err(|error| {
        io::Error::new(error.kind(), format!("`{}`: {error}", path.display()))
    })?;
    Ok(Cow::Owned(bytes))
}
