//! The calls of Terraform: a request of the protocol in, its response out. Errors are diagnostics.

mod configure;
mod data;
mod import;
mod resource;
mod validate;

use std::sync::{Arc, PoisonError, RwLock};

use ngrok_api_model::Model;
use ngrok_state_core::ApiError;
use serde_json::Value as Json;

use crate::Shell;
use crate::client::Client;
use crate::diagnostic::{at, attribute, error};
use crate::journal::Journal;
use crate::proto::{
    Diagnostic, DynamicValue, Empty, ProviderSchema, ServerCapabilities,
};
use crate::schema::{self, Attribute, DataSource, Resource, Schemas};
use crate::{convert, value};

/// The result of a call.
pub(crate) type Result<T> = std::result::Result<T, Diagnostic>;

/// A provider, from its start to its end.
pub(crate) struct Provider {
    shell: Shell,
    model: &'static Model,
    schemas: Schemas,
    journal: Journal,
    /// The client, or why there is none.
    client: RwLock<std::result::Result<Arc<Client>, String>>,
}

impl Provider {
    /// Reads the model.
    pub(crate) fn new(shell: &Shell) -> std::result::Result<Self, String> {
        let model = Model::from_json(shell.model).map_err(|error| error.to_string())?;
        // Settings of clients live as long as the process.
        let model: &'static Model = Box::leak(Box::new(model));
        let schemas = Schemas::new(model);
        let early =
            "Terraform called it before the values of its configuration were known.";
        Ok(Self {
            shell: *shell,
            model,
            schemas,
            journal: Journal::new(shell.name),
            client: RwLock::new(Err(early.to_owned())),
        })
    }

    pub(crate) fn schema(&self, _: &Empty) -> ProviderSchema {
        let Schemas { resources, data_sources } = &self.schemas;
        let resources =
            resources.iter().map(|(name, it)| (name.clone(), it.schema.clone()));
        let data =
            data_sources.iter().map(|(name, it)| (name.clone(), it.schema.clone()));
        let (own, docs) = (configure::attributes(self.model), &self.model.api.docs_url);
        ProviderSchema {
            provider: Some(schema::schema(&own, docs, false, false)),
            resource_schemas: resources.collect(),
            data_source_schemas: data.collect(),
            server_capabilities: Some(ServerCapabilities {
                plan_destroy: false,
                get_provider_schema_optional: true,
                move_resource_state: true,
            }),
            ..ProviderSchema::default()
        }
    }

    fn resource(&self, name: &str) -> Result<&Resource> {
        self.schemas.resources.get(name).ok_or_else(|| unknown("resource", name))
    }

    fn data_source(&self, name: &str) -> Result<&DataSource> {
        self.schemas.data_sources.get(name).ok_or_else(|| unknown("data source", name))
    }

    fn client(&self) -> Result<Arc<Client>> {
        let client = self.client.read().unwrap_or_else(PoisonError::into_inner).clone();
        client.map_err(|message| error("The provider is not configured", message))
    }
}

impl Provider {
    /// The diagnostic for an error of the API, at the attribute that its code belongs to.
    fn failed(&self, action: &str, resource: &Resource, failed: ApiError) -> Diagnostic {
        let action = format!("Cannot {action} the {}", resource.kind.noun);
        let field = failed.code.and_then(|code| self.field_of(resource, code));
        let diagnostic = error(action, failed.message);
        match field.and_then(|it| schema::find(&resource.attributes, it)) {
            Some(found) => at(diagnostic, attribute(&found.name)),
            None => diagnostic,
        }
    }

    /// The only field of a body whose rules have this error code.
    fn field_of(&self, resource: &Resource, code: u32) -> Option<&str> {
        let record = self.model.record(resource.kind.create.body_type()?)?;
        let mut fields = record.fields.iter().filter(|it| it.errors.contains(&code));
        let field = fields.next()?;
        fields.next().is_none().then_some(&*field.wire)
    }
}

/// The error for a state that does not name its resource.
fn unnamed(resource: &Resource) -> Diagnostic {
    let names = resource.kind.identifiers().cloned().collect::<Vec<_>>().join("`, `");
    let detail = format!(
        "The state has no `{names}`; remove the resource from the state and import it."
    );
    error(format!("The {} cannot be identified", resource.kind.noun), detail)
}

fn unknown(what: &str, name: &str) -> Diagnostic {
    error(format!("Unknown {what}"), format!("This provider has no {what} {name}."))
}

/// Decodes an object with these attributes.
fn decode(attributes: &[Attribute], value: Option<&DynamicValue>) -> Result<Json> {
    let summary = "Terraform sent a value that cannot be read";
    let value = value::decode(value).map_err(|message| error(summary, message))?;
    Ok(convert::read_object(attributes, &value, convert::BY_NAME))
}
