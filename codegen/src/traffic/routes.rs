//! The operations that requests are for.
//!
//! Takes the model and the base URL of its API; matches a method and an address. Fixed parts of a path take precedence
//! over parameters, as in servers.

use std::fmt;

use http::Uri;
use percent_encoding::percent_decode_str;

use super::types::Ids;
use crate::model::{self, Model, Operation, Service};

/// The base URL of an API: requests to other hosts are ignored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    text: String,
    origin: Origin,
    /// Path prefix of the operations, in parts.
    prefix: Vec<String>,
}

/// An address within the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// Path below the base, in parts, unescaped.
    pub(super) segments: Vec<String>,
    /// Query, unescaped.
    pub(super) query: Vec<(String, String)>,
}

/// Scheme, host and port.
type Origin = (String, String, u16);

impl BaseUrl {
    /// Parses an address such as `https://api.example.com/v1`; `None` if it is invalid.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let uri: Uri = text.parse().ok()?;
        let (origin, prefix) = (origin(&uri)?, segments(uri.path()));
        let host = uri.authority()?.as_str().rsplit('@').next()?.to_ascii_lowercase();
        let path = uri.path().trim_end_matches('/');
        let text = format!("{}://{host}{path}", origin.0);
        Some(Self { text, origin, prefix })
    }

    /// Returns the part of an address below the base; `None` if it is on another host.
    pub(super) fn strip(&self, url: &str) -> Option<Address> {
        // The fragment after `#` is never sent.
        let uri: Uri = url.split('#').next()?.parse().ok()?;
        if origin(&uri)? != self.origin {
            return None;
        }
        let all = segments(uri.path());
        let below = all.strip_prefix(self.prefix.as_slice())?.to_vec();
        let query = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
        Some(Address { segments: below, query: query.into_owned().collect() })
    }

    /// Returns true if a client of this API may follow an address of the server.
    pub(super) fn may_be_followed(&self, reference: &str) -> bool {
        if !reference.contains("://") {
            return true;
        }
        let uri = reference.parse().ok();
        uri.and_then(|uri| origin(&uri)).is_some_and(|it| it == self.origin)
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn origin(uri: &Uri) -> Option<Origin> {
    let scheme = uri.scheme_str()?.to_ascii_lowercase();
    let usual = match scheme.as_str() {
        "http" => 80,
        "https" => 443,
        _ => return None,
    };
    Some((scheme, uri.host()?.to_ascii_lowercase(), uri.port_u16().unwrap_or(usual)))
}

/// Returns the host of an address, for counting.
pub(super) fn host(url: &str) -> Option<String> {
    let uri: Uri = url.split(['#', '?']).next()?.parse().ok()?;
    Some(uri.host()?.to_ascii_lowercase())
}

/// Returns the parts of a path, unescaped; empty ones are ignored.
fn segments(path: &str) -> Vec<String> {
    let parts = path.split('/').filter(|part| !part.is_empty());
    parts.map(|part| percent_decode_str(part).decode_utf8_lossy().into_owned()).collect()
}

/// An operation, by the indices of its service and of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    pub(super) service: usize,
    pub(super) operation: usize,
}

pub(super) struct Routes<'m> {
    paths: model::Routes<Spot>,
    model: &'m Model,
    ids: &'m Ids,
}

pub(super) struct Unknown {
    /// The service whose paths have the longest common beginning.
    pub(super) near: Option<usize>,
    pub(super) path: String,
    /// The methods that its path has.
    pub(super) methods: Vec<&'static str>,
}

impl Spot {
    pub(super) fn of(self, model: &Model) -> (&Service, &Operation) {
        let service = &model.services[self.service];
        (service, &service.operations[self.operation])
    }
}

impl<'m> Routes<'m> {
    pub(super) fn new(model: &'m Model, ids: &'m Ids) -> Self {
        let mut paths = model::Routes::default();
        for (service, described) in model.services.iter().enumerate() {
            for (operation, route) in described.operations.iter().enumerate() {
                paths.add(&route.path, Spot { service, operation });
            }
        }
        Self { paths, model, ids }
    }

    /// Returns the operation of a request, with the values of its path parameters.
    pub(super) fn find<'a>(
        &self,
        method: &str,
        segments: &'a [String],
    ) -> Result<(Spot, Vec<&'a str>), Unknown> {
        let root = segments.is_empty().then_some("");
        let parts = segments.iter().map(String::as_str).chain(root);
        let (spots, arguments) = self.paths.find(&parts).unwrap_or_default();
        let name = |spot: &Spot| spot.of(self.model).1.method.as_str();
        match spots.iter().find(|spot| name(spot).eq_ignore_ascii_case(method)) {
            Some(spot) => Ok((*spot, arguments)),
            None => Err(self.unknown(segments, spots.iter().map(name).collect())),
        }
    }

    /// Returns the path with names for variable parts, as far as it follows a known one.
    fn unknown(&self, segments: &[String], methods: Vec<&'static str>) -> Unknown {
        let common = |spot: &Spot| -> Vec<String> {
            let path = &spot.of(self.model).1.path;
            let parts = path.segments().iter().zip(segments);
            let same = parts.take_while(|(segment, part)| segment.accepts(part));
            same.map(|(segment, _)| segment.to_string()).collect()
        };
        let spots = self.paths.iter().rev();
        let near = spots.max_by_key(|spot| common(spot).len());
        let known = near.map(common).unwrap_or_default();
        let parts = segments.iter().enumerate().map(|(index, segment)| {
            let variable = self.ids.varies(segment).then_some("{id}");
            known.get(index).map(String::as_str).or(variable).unwrap_or(segment)
        });
        let path = format!("/{}", parts.collect::<Vec<_>>().join("/"));
        let near = near.filter(|_| !known.is_empty()).map(|spot| spot.service);
        Unknown { near, path, methods }
    }
}
