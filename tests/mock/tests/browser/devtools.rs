//! A page of a browser, moved and watched through the `DevTools` protocol.

use std::error::Error;
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tungstenite::{Message, WebSocket, client};

use crate::browser::Running;

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// A page.
pub(crate) struct Page {
    socket: WebSocket<TcpStream>,
    session: String,
    calls: u64,
    /// What the page told without being asked.
    events: Vec<Value>,
    requests: Vec<String>,
    _browser: Running,
}

/// Ends the browser. What was started may be a script that started it, so that it is asked, and not killed.
impl Drop for Page {
    fn drop(&mut self) {
        self.session.clear();
        // If it does not listen any more, it is killed.
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
    pub(crate) fn wait_for(&mut self, expression: &str) -> Result<(), Box<dyn Error>> {
        let start = Instant::now();
        while self.evaluate(expression)? != true {
            if start.elapsed() > PATIENCE {
                let text = self.evaluate("document.body.innerText")?;
                return Err(format!(
                    "it is not true that {expression}; the page says {text}, {:?}",
                    self.errors()?
                )
                .into());
            }
            thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }

    /// The value of an expression, or what it promises.
    pub(crate) fn evaluate(
        &mut self,
        expression: &str,
    ) -> Result<Value, Box<dyn Error>> {
        let asked = json!({
            "expression": expression,
            "awaitPromise": true,
            "returnByValue": true,
        });
        let mut answer = self.call("Runtime.evaluate", &asked)?;
        match answer.get("exceptionDetails") {
            Some(details) => Err(details.to_string().into()),
            None => Ok(answer["result"]["value"].take()),
        }
    }

    /// What the page complained about.
    pub(crate) fn errors(&mut self) -> Result<Vec<String>, Box<dyn Error>> {
        // Whatever happened before this is known after it.
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

    /// The addresses that the page asked for something.
    pub(crate) fn requests(&self) -> &[String] {
        &self.requests
    }

    fn call(
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
