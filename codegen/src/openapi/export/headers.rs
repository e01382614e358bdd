//! Headers of responses.

use crate::model::Api;

use super::super::Map;
use super::reference;

const OPERATION_ID: &str = "OperationId";

/// Returns the headers of all responses, by name.
pub(super) fn all() -> Map {
    let header = Map::new()
        .with("description", "Operation ID of the call. Include it in support requests.")
        .with("schema", Map::new().with("type", "string"));
    Map::new().with(OPERATION_ID, header)
}

/// Returns the headers of a response.
pub(super) fn of_response(api: &Api) -> Map {
    if api.operation_id_header.is_empty() {
        return Map::new();
    }
    Map::new().with(&api.operation_id_header, reference("headers", OPERATION_ID))
}
