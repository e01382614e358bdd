//! Types declared like those of generated modules: a resource, its requests, an open enum, a union.

use std::collections::BTreeMap;

use crate::runtime::codec::{
    UnknownVariant, open_enum, record, request, resource, union,
};
use crate::runtime::filters;
use crate::runtime::{AnyResource, Id, Patch, Ref, Sensitive, Timestamp};

/// A resource.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Policy {
    pub(crate) id: Id<Policy>,
    pub(crate) description: Option<String>,
}
resource! { Policy("pol") { id, description } }

/// A resource with a field of every kind.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Rule {
    pub(crate) id: Id<Rule>,
    pub(crate) type_: String,
    pub(crate) created_at: Timestamp,
    pub(crate) expires_at: Option<Timestamp>,
    pub(crate) metadata: Option<String>,
    pub(crate) enabled: bool,
    pub(crate) priority: i32,
    pub(crate) hits: i64,
    pub(crate) port: u32,
    pub(crate) bytes: u64,
    pub(crate) weight: f64,
    pub(crate) action: Action,
    pub(crate) policy: Ref<Policy>,
    pub(crate) owner: Option<Ref<AnyResource>>,
    pub(crate) token: Option<Sensitive>,
    pub(crate) cidrs: Vec<String>,
    pub(crate) policies: Vec<Ref<Policy>>,
    pub(crate) limits: BTreeMap<String, i64>,
    pub(crate) target: Target,
    pub(crate) nested: Option<Nested>,
    #[deprecated]
    pub(crate) old: Option<String>,
}
resource! {
    Rule("rl") {
        id,
        type_ = "type",
        created_at,
        expires_at,
        metadata,
        enabled,
        priority,
        hits,
        port,
        bytes,
        weight,
        action,
        policy,
        owner,
        token,
        cidrs,
        policies,
        limits,
        target,
        nested,
        old,
    }
}

filters! {
    Rule {
        id: Id<Rule>, type_ = "type": String, created_at: Timestamp, enabled: bool,
        hits: i64, action: Action, policy: Ref<Policy>, cidrs: Vec<String>,
    }
}

/// A record inside another.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Nested {
    pub(crate) rules: Vec<Policy>,
    pub(crate) by_name: BTreeMap<String, Policy>,
}
record! { Nested { rules, by_name } }

/// A request body for updates.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct RuleUpdate {
    pub(crate) description: Option<String>,
    pub(crate) certificate: Patch<String>,
    pub(crate) cidrs: Option<Vec<String>>,
    pub(crate) policy_ids: Patch<Vec<Id<Policy>>>,
    pub(crate) action: Patch<Action>,
    pub(crate) target: Patch<Target>,
}
record! { RuleUpdate { description, certificate, cidrs, policy_ids, action, target } }

/// A request that creates.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct RuleCreate {
    pub(crate) name: String,
    pub(crate) type_: String,
    pub(crate) note: Patch<String>,
    pub(crate) part: Option<Part>,
    pub(crate) target: Option<Target>,
}
request! { RuleCreate("name", "type") { name, type_ = "type", note, part, target } }

/// A part of requests and of responses.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Part {
    pub(crate) enabled: bool,
}
request! { shared Part("enabled") { enabled } }

/// A record without fields.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Empty {}
record! { Empty {} }

/// An open enum.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Action {
    Allow,
    Deny,
    #[deprecated]
    Ignore,
    Unknown(String),
}
open_enum! { Action { Allow = "allow", Deny = "deny", Ignore = "ignore" } }

/// A union.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Target {
    Bucket(TargetBucket),
    Queue(TargetQueue),
    Unknown(UnknownVariant),
}
union! { Target { Bucket(TargetBucket) = "bucket", Queue(TargetQueue) = "queue" } }

/// The value of one variant.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct TargetBucket {
    pub(crate) name: String,
    pub(crate) secret: Option<Sensitive>,
}
record! { TargetBucket { name, secret } }

/// The value of the other variant.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct TargetQueue {
    pub(crate) url: String,
}
record! { TargetQueue { url } }
