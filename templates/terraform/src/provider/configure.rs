//! The configuration of the provider itself.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use ngrok_api_model::Model;
use ngrok_client_core::quota::Quota;
use ngrok_client_core::url::BaseUrl;
use ngrok_client_core::{RetryPolicy, Settings};
use serde_json::Value as Json;

use super::{Provider, Result, decode};
use crate::client::Client;
use crate::diagnostic::{at, attribute, error};
use crate::proto::{Configure, Diagnostics};
use crate::schema::{Attribute, Type};
use crate::value::{is_known, is_open};

/// Returns the attributes of the provider's configuration.
pub(super) fn attributes(model: &Model) -> Vec<Attribute> {
    let api = &model.api;
    let key =
        format!("API key. Default: the environment variable `{}`.", api.key_variable);
    let url = format!(
        "Address of the API. Default: the environment variable `{}`, or `{}`.",
        api.url_variable, api.base_url
    );
    let limit = format!(
        "Requests per {} seconds; 0 for no limit. Default: {}, the limit of the API.",
        api.rate_limit_window_seconds, api.rate_limit_requests
    );
    let key = Attribute::optional("api_key", Type::default(), key);
    vec![
        Attribute { sensitive: true, ..key },
        Attribute::optional("base_url", Type::default(), url),
        Attribute::optional("rate_limit", Type::Number, limit),
    ]
}

impl Provider {
    pub(crate) fn configure(&self, request: &Configure) -> Result<Diagnostics> {
        let config = decode(&attributes(self.model), request.config.as_ref())?;
        let requests = rate_limit(&config)?;
        // Values that are not known yet are stated before anything is called.
        if is_known(&config) {
            let client = self.connect(&config, requests, &request.terraform_version);
            let client = client.map(Arc::new);
            let mut current =
                self.client.write().unwrap_or_else(PoisonError::into_inner);
            current.clone_from(&client);
            client.map_err(|it| error("The provider cannot be configured", it))?;
        }
        Ok(Diagnostics::default())
    }

    fn connect(
        &self,
        config: &Json,
        requests: Option<u32>,
        terraform: &str,
    ) -> std::result::Result<Client, String> {
        let agent = format!("{}/{}", self.shell.name, self.shell.version);
        let (api, facts) = (self.model.for_clients(agent), &self.model.api);
        // The value of an argument or of a variable, with its name.
        let given = |argument: &'static str, variable: &'static str| {
            let stated = (argument, config[argument].as_str().map(str::to_owned));
            let values = [stated, (variable, std::env::var(variable).ok())];
            let value = |(name, it): (_, Option<String>)| Some((name, it?));
            let mut values = values.into_iter().filter_map(value);
            values.find(|(_, it)| !it.trim().is_empty())
        };
        let (_, key) = given("api_key", api.key_variable).ok_or_else(|| {
            let variable = api.key_variable;
            format!("state `api_key`, or set the environment variable {variable}")
        })?;
        let url = given("base_url", api.url_variable);
        if let Some((source, url)) = &url {
            BaseUrl::parse(url).map_err(|problem| format!("`{source}`: {problem}"))?;
        }
        let mut settings = Settings {
            api_key: Some(key.into()),
            base_url: url.map(|(_, url)| url),
            product: Some(format!("Terraform/{terraform}")),
            retry: RetryPolicy::new().max_retries(6),
            ..Settings::default()
        };
        let requests = requests.unwrap_or(facts.rate_limit_requests);
        if requests > 0 {
            let window = Duration::from_secs(facts.rate_limit_window_seconds.into());
            settings.quota = Some(Quota::new(requests, window));
        }
        Client::new(self.model, api, settings)
    }
}

fn rate_limit(config: &Json) -> Result<Option<u32>> {
    let limit = &config["rate_limit"];
    let requests = limit.as_u64().and_then(|it| u32::try_from(it).ok());
    if requests.is_some() || is_open(limit) {
        return Ok(requests);
    }
    let message = "The rate limit is a whole number, 0 or more.";
    Err(at(error("Invalid rate limit", message), attribute("rate_limit")))
}
