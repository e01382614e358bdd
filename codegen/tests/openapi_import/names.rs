//! Names, addresses and prose of a new description.

use super::{Files, changed, describe};

/// A document with one operation.
struct Document<'a> {
    title: &'a str,
    server: &'a str,
    tag: &'a str,
    /// Name of the schema of the response; a schema without a name if it is empty.
    schema: &'a str,
    description: &'a str,
}

const USUAL: Document = Document {
    title: "Things",
    server: "https://api.example.com",
    tag: "Things",
    schema: "Thing",
    description: "Returns a thing.",
};

impl Document<'_> {
    /// Returns the files of its description.
    fn files(&self) -> Files {
        let Self { title, server, tag, schema, description } = self;
        let object = "{ type: object, properties: { id: { type: string } } }";
        let reference = format!("{{ $ref: '#/components/schemas/{schema}' }}");
        let used = if schema.is_empty() { object } else { &reference };
        let name = if schema.is_empty() { "Other" } else { schema };
        let document = format!(
            "openapi: 3.0.3
info: {{ title: '{title}', version: '1' }}
servers: [{{ url: '{server}' }}]
paths:
  /things/{{id}}:
    get:
      tags: ['{tag}']
      description: '{description}'
      parameters: [{{ name: id, in: path, required: true, schema: {{ type: string }} }}]
      responses: {{ '200': {{ description: ok, content: {{ application/json: {{ schema: {used} }} }} }} }}
components: {{ schemas: {{ '{name}': {object} }} }}
"
        );
        changed(&Files::new(), &describe(&document))
    }

    /// Returns the file of the service, and its name.
    fn service(&self) -> (String, String) {
        let mut files = self.files().into_iter();
        files.find(|(name, _)| name.starts_with("resources/")).expect("a service")
    }
}

#[test]
fn nouns_keep_initialisms() {
    for (schema, noun) in [
        ("IPPolicyRule", "IP policy rule"),
        ("SSHCredential", "SSH credential"),
        ("Endpoint", "endpoint"),
        ("HTTPSEdgeRoute", "HTTPS edge route"),
        ("AIGatewayAPIKey", "AI gateway API key"),
        ("pet-store", "pet store"),
    ] {
        let (_, text) = Document { schema, ..USUAL }.service();
        assert!(text.contains(&format!("\nnoun: {noun}\n")), "{schema}: {text}");
    }
}

#[test]
fn resources_without_a_name_are_called_by_the_singular() {
    for (tag, resource) in [
        ("policies", "Policy"),
        ("keys", "Key"),
        ("addresses", "Address"),
        ("status", "Status"),
    ] {
        let (_, text) = Document { tag, schema: "", ..USUAL }.service();
        assert!(text.contains(&format!("\nresource: {resource}\n")), "{tag}: {text}");
    }
}

#[test]
fn files_have_plain_names() {
    for (tag, file) in [
        ("IPPolicies", "ip_policies"),
        ("pet store", "pet_store"),
        ("2fa", "n2fa"),
        ("é", "n"),
    ] {
        let (name, _) = Document { tag, ..USUAL }.service();
        assert_eq!(name, format!("resources/{file}.yaml"));
    }
}

#[test]
fn crates_have_plain_names() {
    for (title, name) in
        [("Pet Store", "pet-store-client"), ("2FA & more", "api-2fa-more-client")]
    {
        let files = Document { title, ..USUAL }.files();
        let expected = format!("\n  crate: {name}\n");
        assert!(files["api.yaml"].contains(&expected), "{}", files["api.yaml"]);
    }
}

#[test]
fn addresses_have_a_host() {
    for (server, url) in [
        ("https://api.x.y/v1/", "https://api.x.y/v1"),
        ("http://x.y", "https://x.y"),
        ("/v2", "https://api.example.com/v2"),
        ("", "https://api.example.com"),
        ("https://{host}/a?b", "https://host/ab"),
    ] {
        let files = Document { server, ..USUAL }.files();
        let expected = format!("\nbase_url: {url}\n");
        assert!(files["api.yaml"].contains(&expected), "{}", files["api.yaml"]);
    }
}

#[test]
fn escapes_and_autolinks_are_undone() {
    for (description, doc) in [
        (r"a \<b\> `\<c` <https://x.y/z>.", r"a <b> `\<c` https://x.y/z."),
        ("a < b", "a < b"),
    ] {
        let (_, text) = Document { description, ..USUAL }.service();
        assert!(text.contains(doc), "{doc}: {text}");
    }
}

#[test]
fn parameters_of_paths_are_alike_whatever_their_names() {
    let get = |path: &str, name: &str| {
        format!(
            "  {path}:
    get:
      tags: [As]
      parameters: [{{ name: {name}, in: path, required: true, schema: {{ type: string }} }}]
      responses: {{ '200': {{ description: ok, content: {{ application/json: {{ schema: {{ type: object, properties: {{ id: {{ type: string }} }} }} }} }} }} }}
"
        )
    };
    let paths = get("/v1/{id}/b", "id") + &get("/v1/{a_id}/c", "a_id");
    let document =
        format!("openapi: 3.0.3\ninfo: {{ title: A, version: '1' }}\npaths:\n{paths}");
    let files = changed(&Files::new(), &describe(&document));
    let text = &files["resources/as.yaml"];
    assert!(text.contains("\npath: /v1\n"), "{text}");
}
