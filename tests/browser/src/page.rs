//! A page of a browser, controlled through the `DevTools` protocol.

use std::error::Error;
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tungstenite::{Message, WebSocket, client};

use crate::chromium::Running;

/// Timeout of any operation.
const PATIENCE: Duration = Duration::from_secs(120);

/// A page.
#[derive(Debug)]
pub struct Page {
    socket: WebSocket<TcpStream>,
    session: String,
    calls: u64,
    /// Events received from the page.
    events: Vec<Value>,
    requests: Vec<String>,
    _browser: Running,
}

/// Closes the browser. The started program may be a script, so the browser itself is asked to close.
impl Drop for Page {
    fn drop(&mut self) {
        self.session.clear();
        // If it does not respond, it is killed.
        let _ = self.call("Browser.close", &json!({}));
    }
}

impl Page {
    pub(crate) fn open(
        browser: Running,
        address: &str,
        url: &str,
    ) -> Result<Self, Box<dyn Error>> {
        let host = address.strip_prefix("ws://").and_then(|rest| rest.split('/').next());
        let stream = TcpStream::connect(host.ok_or("the address is no web socket")?)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let (socket, _) = client(address, stream)?;
        let mut page = Self {
            socket,
            session: String::new(),
            calls: 0,
            events: Vec::new(),
            requests: Vec::new(),
            _browser: browser,
        };
        let target =
            page.call("Target.createTarget", &json!({ "url": "about:blank" }))?;
        let target = json!({ "targetId": target["targetId"], "flatten": true });
        let session = page.call("Target.attachToTarget", &target)?;
        session["sessionId"].as_str().unwrap_or_default().clone_into(&mut page.session);
        for domain in ["Page", "Runtime", "Log", "Network"] {
            page.call(&format!("{domain}.enable"), &json!({}))?;
        }
        page.call("Page.navigate", &json!({ "url": url }))?;
        Ok(page)
    }

    /// Waits until an expression is true.
    ///
    /// # Errors
    ///
    /// If the page cannot be reached, or the timeout elapses.
    pub fn wait_for(&mut self, expression: &str) -> Result<(), Box<dyn Error>> {
        let start = Instant::now();
        while self.evaluate(expression)? != true {
            if start.elapsed() > PATIENCE {
                let text = self.evaluate("document.body.innerText")?;
                return Err(format!(
                    "{expression} is not true; the page contains {text}, {:?}",
                    self.errors()?
                )
                .into());
            }
            thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }

    /// Evaluates an expression, and awaits a promise.
    ///
    /// # Errors
    ///
    /// If the page cannot be reached, or throws an exception.
    pub fn evaluate(&mut self, expression: &str) -> Result<Value, Box<dyn Error>> {
        let asked = json!({
            "expression": expression,
            "awaitPromise": true,
            "returnByValue": true,
        });
        let mut outcome = self.call("Runtime.evaluate", &asked)?;
        match outcome.get("exceptionDetails") {
            Some(details) => Err(details.to_string().into()),
            None => Ok(outcome["result"]["value"].take()),
        }
    }

    /// Returns the errors of the page.
    ///
    /// # Errors
    ///
    /// If the page cannot be reached, or the timeout elapses.
    pub fn errors(&mut self) -> Result<Vec<String>, Box<dyn Error>> {
        // Ensures that all earlier events have been received.
        self.evaluate("1")?;
        let is_error = |event: &&Value| {
            let parameters = &event["params"];
            match event["method"].as_str() {
                Some("Runtime.exceptionThrown" | "Network.loadingFailed") => true,
                Some("Runtime.consoleAPICalled") => parameters["type"] == "error",
                Some("Log.entryAdded") => parameters["entry"]["level"] == "error",
                _ => false,
            }
        };
        Ok(self.events.iter().filter(is_error).map(ToString::to_string).collect())
    }

    /// Returns the addresses that the page requested.
    #[must_use]
    pub fn requests(&self) -> &[String] {
        &self.requests
    }

    /// Presses and releases a key, such as `Tab`, `Enter` or `Escape`.
    ///
    /// # Errors
    ///
    /// If the page cannot be reached.
    pub fn press(&mut self, key: &str) -> Result<(), Box<dyn Error>> {
        let code = match key {
            "Tab" => 9,
            "Enter" => 13,
            "Escape" => 27,
            _ => return Err(format!("no code is known for the key {key}").into()),
        };
        let text = if key == "Enter" { "\r" } else { "" };
        for kind in ["keyDown", "keyUp"] {
            let event = json!({ "type": kind, "key": key, "code": key, "text": text, "windowsVirtualKeyCode": code });
            self.call("Input.dispatchKeyEvent", &event)?;
        }
        Ok(())
    }

    /// Types text into the element that has the focus.
    ///
    /// # Errors
    ///
    /// If the page cannot be reached.
    pub fn type_text(&mut self, text: &str) -> Result<(), Box<dyn Error>> {
        self.call("Input.insertText", &json!({ "text": text })).map(drop)
    }

    /// Emulates a screen of this width, and a preference for this color scheme: `light` or `dark`.
    ///
    /// # Errors
    ///
    /// If the page cannot be reached.
    pub fn emulate(&mut self, width: u32, scheme: &str) -> Result<(), Box<dyn Error>> {
        let size = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", &size)?;
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.call("Emulation.setEmulatedMedia", &json!({ "features": features }))
            .map(drop)
    }

    /// Returns a screenshot of the page, as PNG in base64.
    ///
    /// # Errors
    ///
    /// If the page cannot be reached.
    pub fn screenshot(&mut self) -> Result<String, Box<dyn Error>> {
        let shot = self.call("Page.captureScreenshot", &json!({ "format": "png" }))?;
        Ok(shot["data"].as_str().unwrap_or_default().to_owned())
    }

    /// Calls a method of the debugging protocol, such as `Emulation.setEmulatedMedia`.
    ///
    /// # Errors
    ///
    /// If the browser rejects the call or has terminated.
    pub fn call(
        &mut self,
        method: &str,
        parameters: &Value,
    ) -> Result<Value, Box<dyn Error>> {
        self.calls += 1;
        let mut message =
            json!({ "id": self.calls, "method": method, "params": parameters });
        if !self.session.is_empty() {
            message["sessionId"] = json!(self.session);
        }
        self.socket.send(Message::text(message.to_string()))?;
        loop {
            let message = self.socket.read()?;
            let Ok(text) = message.to_text() else { continue };
            let mut message: Value = serde_json::from_str(text)?;
            if message["id"] == self.calls {
                return match message.get("error") {
                    Some(error) => Err(format!("{method}: {error}").into()),
                    None => Ok(message["result"].take()),
                };
            }
            if message["method"] == "Network.requestWillBeSent" {
                let url = message["params"]["request"]["url"].as_str();
                self.requests.push(url.unwrap_or_default().to_owned());
            }
            self.events.push(message);
        }
    }
}
