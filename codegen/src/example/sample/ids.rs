//! Ids in a value, and the variables that can stand for them.

use std::collections::BTreeMap;

use super::Sample;

impl Sample<'_> {
    /// The kinds of things that ids in it name.
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

    /// Has variables stand for ids: by the kinds of what they hold.
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
