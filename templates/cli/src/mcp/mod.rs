//! `mcp`: a Model Context Protocol server on standard input and output. Requests of a client go in; what three tools
//! return comes out. Knows no resource: the tools search, describe and call whatever the model has.

mod call;
mod catalog;
mod fit;
mod schema;

use std::io::{self, IsTerminal};
use std::sync::{Arc, OnceLock};

use clap::ArgMatches;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock,
    Implementation, ListToolsResult, PaginatedRequestParams, ServerCapabilities,
    ServerConfig, Tool,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler, ServiceExt};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::app::App;
use crate::call::explain;
use crate::client::Client;
use crate::failure::{Failure, OrFail};
use catalog::Catalog;

/// Serves until the client closes standard input.
pub(crate) fn run(app: &'static App, matches: &ArgMatches) -> Result<(), Failure> {
    let catalog = Catalog::new(app.model, matches)?;
    let most = matches.get_one("max-bytes").copied().unwrap_or(usize::MAX);
    if io::stdin().is_terminal() {
        eprintln!("waiting for an MCP client on standard input; press Ctrl-D to end");
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::other(error.to_string()))?;
    let handler =
        Server(Arc::new(Tools { app, catalog, most, client: OnceLock::new() }));
    let served = runtime.block_on(async {
        let service = handler.serve((tokio::io::stdin(), tokio::io::stdout())).await;
        let service = service.map_err(|error| error.to_string())?;
        service.waiting().await.map_err(|error| error.to_string())
    });
    // A read of standard input that is pending would keep the runtime from ending.
    runtime.shutdown_background();
    served.map(drop).map_err(|error| Failure::other(format!("mcp: {error}")))
}

/// The server; clones share it.
#[derive(Clone)]
struct Server(Arc<Tools>);

struct Tools {
    app: &'static App,
    catalog: Catalog,
    /// Results are truncated to this many bytes.
    most: usize,
    /// Connects with the first call, so that search and describe need no API key.
    client: OnceLock<Client<'static>>,
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let (shell, api) = (self.0.app.shell, &self.0.app.model.api);
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(Implementation::new(shell.name, shell.version))
            .with_instructions(format!(
                "Operations of the {} API. Find one with `search`, read its parameters with `describe`, run it with \
                 `call`. Secrets are redacted.",
                api.name
            ))
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let internal = |error: serde_json::Error| {
            ErrorData::internal_error(format!("tools: {error}"), None)
        };
        self.0.list().map(ListToolsResult::with_all_items).map_err(internal)
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let tools = Arc::clone(&self.0);
        let arguments = Value::Object(request.arguments.unwrap_or_default());
        let name = request.name;
        // Requests block: others, such as pings, get their responses meanwhile.
        let ran = tokio::task::spawn_blocking(move || tools.run(&name, arguments));
        let ran = ran.await.map_err(|error| {
            ErrorData::internal_error(format!("the tool failed: {error}"), None)
        })?;
        let result = match ran {
            Ok(value) => CallToolResult::success(vec![content(&value)]),
            Err(failure) => CallToolResult::error(vec![content(&failure.to_json())]),
        };
        Ok(result.into())
    }
}

fn content(value: &Value) -> ContentBlock {
    ContentBlock::text(value.to_string())
}

impl Tools {
    /// Returns the tools, as clients see them. The effects of `call` are those of the operations that are offered.
    fn list(&self) -> serde_json::Result<Vec<Tool>> {
        let mut tools: Vec<Value> = serde_json::from_str(include_str!("tools.json"))?;
        for tool in tools.iter_mut().filter(|tool| tool["name"] == "call") {
            let hints = serde_json::to_value(self.catalog.hints())?;
            for (name, hint) in hints.as_object().into_iter().flatten() {
                tool["annotations"][name] = hint.clone();
            }
        }
        tools.into_iter().map(serde_json::from_value).collect()
    }

    fn run(&self, name: &str, arguments: Value) -> Result<Value, Failure> {
        match name {
            "search" => {
                let search: catalog::Search = read(arguments)?;
                Ok(fit::fit(self.catalog.search(&search), self.most).value)
            }
            "describe" => self.describe(&read::<Describe>(arguments)?.name),
            "call" => {
                let call: call::Call = read(arguments)?;
                let entry = self.catalog.find(&call.operation)?;
                call.run(self.app, self.client()?, entry, self.most)
            }
            _ => Err(Failure::usage(format!("there is no tool `{name}`"))),
        }
    }

    fn describe(&self, name: &str) -> Result<Value, Failure> {
        let words: Vec<String> = name.split_whitespace().map(str::to_owned).collect();
        let described = match self.catalog.find(name) {
            Ok(entry) => schema::operation(self.app.model, entry),
            Err(failure) => {
                explain::text(self.app, &words).map(Value::from).ok_or(failure)?
            }
        };
        Ok(fit::fit(described, self.most).value)
    }

    fn client(&self) -> Result<&Client<'static>, Failure> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let client = Client::new(self.app)?;
        Ok(self.client.get_or_init(|| client))
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Describe {
    name: String,
}

fn read<T: DeserializeOwned>(arguments: Value) -> Result<T, Failure> {
    serde_json::from_value(arguments).or_usage("arguments of the tool")
}
