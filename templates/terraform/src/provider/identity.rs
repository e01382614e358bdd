//! The API resource of a state, and errors of the API about it.

use super::Provider;
use crate::client::Failure;
use crate::diagnostic::{error, failed};
use crate::proto::Diagnostic;
use crate::schema::Resource;

impl Provider {
    /// The diagnostic for an error of the API, at the attribute that its code belongs to.
    pub(super) fn failed(
        &self,
        action: &str,
        resource: &Resource,
        failure: &Failure,
    ) -> Diagnostic {
        let action = format!("Cannot {action} the {}", resource.kind.noun);
        let field = |code| self.field_of(resource, code);
        failed(&action, failure, &resource.attributes, field)
    }

    /// The only field of a body whose rules have this error code.
    fn field_of(&self, resource: &Resource, code: u32) -> Option<String> {
        let record = self.model.record(resource.kind.create.body_type()?)?;
        let mut fields = record.fields.iter().filter(|it| it.errors.contains(&code));
        let field = fields.next()?;
        fields.next().is_none().then(|| field.wire.clone())
    }
}

/// The error for a state that does not name its resource.
pub(super) fn unnamed(resource: &Resource) -> Diagnostic {
    let names = resource.kind.identifiers().cloned().collect::<Vec<_>>().join("`, `");
    let detail = format!(
        "The state has no `{names}`; remove the resource from the state and import it."
    );
    error(format!("The {} cannot be identified", resource.kind.noun), detail)
}
