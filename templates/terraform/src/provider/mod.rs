//! The calls of Terraform: a request of the protocol in, its response out. Errors are diagnostics.

mod configure;
mod data;
mod identity;
mod import;
mod resource;
mod upgrade;
mod validate;

use std::sync::{Arc, PoisonError, RwLock};

use ngrok_api_model::Model;

use crate::Shell;
use crate::client::Client;
use crate::diagnostic::error;
use crate::journal::Journal;
use crate::proto::{
    Diagnostic, DynamicValue, Empty, Metadata, ProviderSchema, ServerCapabilities,
    Stopped, TypeName,
};
use crate::schema::{self, DataSource, Resource, Schemas};
use crate::value::Value;

/// A provider, from its start to its end.
pub(crate) struct Provider {
    shell: Shell,
    model: &'static Model,
    schemas: Schemas,
    journal: Journal,
    client: RwLock<Option<Result<Arc<Client>, String>>>,
}

impl Provider {
    /// Reads the model.
    pub(crate) fn new(shell: &Shell) -> Result<Self, String> {
        let model = Model::from_json(shell.model).map_err(|error| error.to_string())?;
        // Settings of clients live as long as the process.
        let model: &'static Model = Box::leak(Box::new(model));
        let schemas = Schemas::new(model);
        Ok(Self {
            shell: *shell,
            model,
            schemas,
            journal: Journal::new(shell.name),
            client: RwLock::new(None),
        })
    }

    pub(crate) fn metadata(&self, _: &Empty) -> Metadata {
        let names = |names: Vec<&String>| {
            names.into_iter().map(|it| TypeName { type_name: it.clone() }).collect()
        };
        Metadata {
            server_capabilities: Some(capabilities()),
            data_sources: names(self.schemas.data_sources.keys().collect()),
            resources: names(self.schemas.resources.keys().collect()),
        }
    }

    pub(crate) fn schema(&self, _: &Empty) -> ProviderSchema {
        let resources = self.schemas.resources.iter().map(|(name, it)| {
            (
                name.clone(),
                schema::schema(&it.attributes, &it.docs, it.deprecated, it.blocks),
            )
        });
        let data = self.schemas.data_sources.iter().map(|(name, it)| {
            (
                name.clone(),
                schema::schema(&it.attributes, &it.docs, it.deprecated, false),
            )
        });
        let own = configure::attributes(self.model);
        ProviderSchema {
            provider: Some(schema::schema(&own, &self.model.api.docs_url, false, false)),
            resource_schemas: resources.collect(),
            data_source_schemas: data.collect(),
            server_capabilities: Some(capabilities()),
        }
    }

    #[expect(clippy::unused_self, reason = "all calls have the same form")]
    pub(crate) fn stop(&self, _: &Empty) -> Stopped {
        // Calls that run are waited for: a creation that was sent must reach the state.
        Stopped::default()
    }

    fn resource(&self, name: &str) -> Result<&Resource, Box<Diagnostic>> {
        self.schemas.resources.get(name).ok_or_else(|| {
            error("Unknown resource", format!("This provider has no resource {name}."))
                .into()
        })
    }

    fn data_source(&self, name: &str) -> Result<&DataSource, Box<Diagnostic>> {
        self.schemas.data_sources.get(name).ok_or_else(|| {
            error(
                "Unknown data source",
                format!("This provider has no data source {name}."),
            )
            .into()
        })
    }

    fn client(&self) -> Result<Arc<Client>, Box<Diagnostic>> {
        let client = self.client.read().unwrap_or_else(PoisonError::into_inner);
        match &*client {
            Some(Ok(client)) => Ok(Arc::clone(client)),
            Some(Err(message)) => {
                Err(error("The provider is not configured", message.as_str()).into())
            }
            None => Err(error(
                "The provider is not configured",
                "Terraform called it before the values of its configuration were known.",
            )
            .into()),
        }
    }
}

fn capabilities() -> ServerCapabilities {
    ServerCapabilities {
        plan_destroy: false,
        get_provider_schema_optional: true,
        move_resource_state: true,
    }
}

fn decode(value: Option<&DynamicValue>) -> Result<Value, Box<Diagnostic>> {
    Value::decode(value).map_err(|message| {
        error("Terraform sent a value that cannot be read", message).into()
    })
}

/// Splits a result into what is returned and the diagnostics.
fn split<T>(result: Result<T, Box<Diagnostic>>) -> (Option<T>, Vec<Diagnostic>) {
    match result {
        Ok(value) => (Some(value), Vec::new()),
        Err(diagnostic) => (None, vec![*diagnostic]),
    }
}
