//! Operations: requests and responses.

use super::schema::{Kind, Schema};
use super::{At, Remark};

#[derive(Debug, Clone)]
pub(crate) struct Operation<'d> {
    pub(crate) at: At<'d>,
    /// In capitals.
    pub(crate) method: String,
    /// Without the part after `#`.
    pub(crate) path: &'d str,
    pub(crate) id: Option<&'d str>,
    pub(crate) tag: Option<&'d str>,
    pub(crate) parameters: Vec<Parameter<'d>>,
    pub(crate) body: Option<Content<'d>>,
    /// Status of success.
    pub(crate) status: Option<u16>,
    pub(crate) output: Option<Content<'d>>,
}

#[derive(Debug, Clone)]
pub(crate) struct Parameter<'d> {
    pub(crate) at: At<'d>,
    pub(crate) name: &'d str,
    pub(crate) location: Location,
    pub(crate) required: bool,
    pub(crate) schema: Option<At<'d>>,
}

/// The location of a parameter in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

/// The content of a body.
#[derive(Debug, Clone)]
pub(crate) struct Content<'d> {
    pub(crate) at: At<'d>,
    /// Schema of the JSON content, if there is one.
    pub(crate) schema: Option<At<'d>>,
    /// First content type, if there is no JSON content.
    pub(crate) other: Option<&'d str>,
}

impl<'d> Operation<'d> {
    pub(crate) fn parameters_in(
        &self,
        location: Location,
    ) -> impl Iterator<Item = &Parameter<'d>> {
        self.parameters.iter().filter(move |it| it.location == location)
    }

    /// Interprets the body of the request.
    pub(crate) fn sent(&self) -> Option<Schema<'d>> {
        Schema::read(self.body.as_ref()?.schema.as_ref()?).ok()
    }

    /// Interprets the response.
    pub(crate) fn returned(&self) -> Option<Schema<'d>> {
        Schema::read(self.output.as_ref()?.schema.as_ref()?).ok()
    }
}

impl<'d> Content<'d> {
    /// Interprets a body that is an object with or without keys. The error has the consequence.
    pub(crate) fn object(
        &self,
        verb: &str,
        consequence: &str,
    ) -> Result<Schema<'d>, Remark> {
        if let Some(media) = self.other {
            return Err(self.at.remark(format!("`{media}` {verb}, which is not JSON")));
        }
        let Some(schema) = &self.schema else {
            let message = format!("a body without a schema {verb}; {consequence}");
            return Err(self.at.remark(message));
        };
        let schema = Schema::read(schema)?;
        let what = match &schema.kind {
            Kind::Object | Kind::Map(None) => return Ok(schema),
            Kind::Other(what) => format!("a value that {what}"),
            Kind::List(_) => "a bare list".to_owned(),
            Kind::Map(_) => "a bare map".to_owned(),
            _ => "a bare scalar".to_owned(),
        };
        Err(schema.at.remark(format!("{what} {verb}; {consequence}")))
    }
}

impl<'d> Parameter<'d> {
    pub(crate) fn read(&self) -> Option<Schema<'d>> {
        Schema::read(self.schema.as_ref()?).ok()
    }
}

const METHODS: &[&str] =
    &["get", "put", "post", "delete", "patch", "options", "head", "trace"];

/// Returns the operations of a document, in order. Unresolved references are reported.
pub(crate) fn operations<'d>(
    top: &At<'d>,
    remarks: &mut Vec<Remark>,
) -> Vec<Operation<'d>> {
    let mut operations = Vec::new();
    for (path, item) in top.entries_of("paths") {
        let Some(item) = followed(&item, remarks) else { continue };
        let shared = item.items_of("parameters");
        for (method, at) in item.entries().filter(|(key, _)| METHODS.contains(key)) {
            let Some(at) = followed(&at, remarks) else { continue };
            operations.push(operation(path, method, at, &shared, remarks));
        }
    }
    operations
}

fn followed<'d>(at: &At<'d>, remarks: &mut Vec<Remark>) -> Option<At<'d>> {
    at.follow().map_err(|remark| remarks.push(remark)).ok()
}

fn operation<'d>(
    path: &'d str,
    method: &str,
    at: At<'d>,
    shared: &[At<'d>],
    remarks: &mut Vec<Remark>,
) -> Operation<'d> {
    let (status, output) = success(&at, remarks);
    Operation {
        method: method.to_uppercase(),
        path: path.split('#').next().unwrap_or(path),
        id: at.text_of("operationId"),
        tag: at.texts("tags").first().copied(),
        parameters: parameters(&at, shared, remarks),
        body: at.get("requestBody").and_then(|body| content(&followed(&body, remarks)?)),
        status,
        output,
        at,
    }
}

/// Returns the parameters of the operation, and those of its path that it does not override.
fn parameters<'d>(
    at: &At<'d>,
    shared: &[At<'d>],
    remarks: &mut Vec<Remark>,
) -> Vec<Parameter<'d>> {
    let mut parameters: Vec<Parameter> = Vec::new();
    for item in at.items_of("parameters").iter().chain(shared) {
        let Some(new) = followed(item, remarks).and_then(parameter) else { continue };
        let same = |it: &Parameter| it.name == new.name && it.location == new.location;
        if !parameters.iter().any(same) {
            parameters.push(new);
        }
    }
    parameters
}

fn parameter(at: At<'_>) -> Option<Parameter<'_>> {
    let location = match at.text_of("in")? {
        "path" => Location::Path,
        "query" => Location::Query,
        "header" => Location::Header,
        _ => Location::Cookie,
    };
    let of_content = || at.get("content")?.entries().next()?.1.get("schema");
    Some(Parameter {
        name: at.text_of("name")?,
        location,
        required: at.flag("required"),
        schema: at.get("schema").or_else(of_content),
        at,
    })
}

/// Returns the first success response.
fn success<'d>(
    at: &At<'d>,
    remarks: &mut Vec<Remark>,
) -> (Option<u16>, Option<Content<'d>>) {
    let responses = at.entries_of("responses").into_iter();
    let successes = responses.filter(|(status, _)| status.starts_with('2'));
    let Some((status, response)) = successes.min_by_key(|(status, _)| *status) else {
        return (None, None);
    };
    let status = status.replace(['X', 'x'], "0").parse().ok();
    (status, followed(&response, remarks).and_then(|response| content(&response)))
}

fn content<'d>(at: &At<'d>) -> Option<Content<'d>> {
    let content = at.get("content")?;
    let is_json = |media: &str| {
        let media = media.split(';').next().unwrap_or(media).trim();
        media == "application/json" || media.ends_with("+json") || media == "*/*"
    };
    let json = content.entries().find(|(media, _)| is_json(media));
    let other = match json {
        Some(_) => None,
        None => Some(content.entries().next()?.0),
    };
    let schema = json.and_then(|(_, json)| json.get("schema"));
    Some(Content { schema, other, at: content })
}
