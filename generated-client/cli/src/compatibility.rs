//! Facts about `ngrok api` and the ngrok agent that the description of the API does not contain.

use ngrok_cli_core::Kind::{Bool, List, String};
use ngrok_cli_core::{Agent, ExtraFlag, Kind, Shell};

/// The program.
pub(crate) static SHELL: Shell = Shell {
    name: "ngrok-api",
    version: env!("CARGO_PKG_VERSION"),
    model: include_str!("../api.json"),
    wrapped_prefix: Some("module"),
    extra_flags: FLAGS,
    agent: Some(Agent {
        name: "the ngrok agent",
        files: &[
            "$XDG_CONFIG_HOME/ngrok/ngrok.yml",
            "~/.config/ngrok/ngrok.yml",
            "~/Library/Application Support/ngrok/ngrok.yml",
            "$LOCALAPPDATA/ngrok/ngrok.yml",
            "~/.ngrok2/ngrok.yml",
        ],
        keys: &["agent.api_key", "api_key"],
    }),
};

/// Flags of `ngrok api` for fields that the API no longer documents, or does not document yet.
static FLAGS: &[ExtraFlag] = &[
    flag("action", String, &["ip-policies create"]),
    flag(
        "endpoint-configuration-id",
        String,
        &["reserved-addrs create", "reserved-addrs update"],
    ),
    flag("fields", List, &["event-sources create", "event-sources update"]),
    flag("http-endpoint-configuration-id", String, DOMAINS),
    flag("https-endpoint-configuration-id", String, DOMAINS),
    flag("name", String, &["reserved-domains create"]),
    flag("precomputed-token", String, &["credentials create"]),
    flag("provider-keys", List, &["ai-gateway-api-keys create"]),
    flag("region", String, &["reserved-domains update"]),
    flag("target.debug.callback-url", String, DESTINATIONS),
    flag("target.debug.log", Bool, DESTINATIONS),
];

const DOMAINS: &[&str] = &["reserved-domains create", "reserved-domains update"];
const DESTINATIONS: &[&str] =
    &["event-destinations create", "event-destinations update"];

const fn flag(
    flag: &'static str,
    kind: Kind,
    commands: &'static [&'static str],
) -> ExtraFlag {
    ExtraFlag { commands, flag, kind }
}
