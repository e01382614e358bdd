//! What an operation says, and what `api.yaml` says of operations with its name.

use crate::spec::{Entry, Operation, OperationDetails};

use super::Context;

/// What an operation says, laid over what its name means.
pub(super) struct Merged<'a> {
    pub(super) own: Option<&'a OperationDetails>,
    convention: Option<&'a OperationDetails>,
}

impl<'a> Merged<'a> {
    /// What an operation of a file says.
    pub(super) fn of(entry: &'a Entry<Operation>, context: &Context<'a>) -> Self {
        let convention = context.spec.api.operations.get(&entry.key);
        Self { own: own_details(&entry.value), convention }
    }

    /// What it says itself or, where it is silent, what its name means.
    pub(super) fn get<T>(
        &self,
        pick: impl Fn(&'a OperationDetails) -> Option<&'a T>,
    ) -> Option<&'a T> {
        self.own.and_then(&pick).or_else(|| self.convention.and_then(&pick))
    }
}

/// What an operation says itself.
pub(super) fn own_details(operation: &Operation) -> Option<&OperationDetails> {
    match operation {
        Operation::Details(details) => Some(details),
        Operation::Doc(_) | Operation::Conventional => None,
    }
}
