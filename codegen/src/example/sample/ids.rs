//! IDs in a value, and the variables for them.

use std::collections::BTreeMap;

use super::Sample;

impl Sample<'_> {
    /// Returns the types of resources that IDs in it refer to.
    pub(crate) fn targets(&self) -> Vec<String> {
        match self {
            Self::Id { target, .. } => target.iter().cloned().collect(),
            Self::List(items) => items.iter().flat_map(Sample::targets).collect(),
            Self::Map(pairs) => {
                pairs.iter().flat_map(|(_, value)| value.targets()).collect()
            }
            Self::Record { fields, .. } => {
                fields.iter().flat_map(|(_, value)| value.targets()).collect()
            }
            Self::Choice { value, .. } => value.targets(),
            _ => Vec::new(),
        }
    }

    /// Replaces IDs by variables, by the types of their values.
    pub(crate) fn hold(&mut self, variables: &BTreeMap<String, String>) {
        match self {
            Self::Id { target, variable, .. } => {
                *variable =
                    target.as_ref().and_then(|kind| variables.get(kind)).cloned();
            }
            Self::List(items) => items.iter_mut().for_each(|item| item.hold(variables)),
            Self::Map(pairs) => {
                for (_, value) in pairs {
                    value.hold(variables);
                }
            }
            Self::Record { fields, .. } => {
                for (_, value) in fields {
                    value.hold(variables);
                }
            }
            Self::Choice { value, .. } => value.hold(variables),
            _ => {}
        }
    }
}
