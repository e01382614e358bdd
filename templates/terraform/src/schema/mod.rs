//! Resources and data sources: from the model to schemas.

mod attribute;
mod build;
mod emit;

use std::collections::BTreeMap;

use ngrok_api_model::{Model, Operation, Service, Terraform, first_paragraph};
use ngrok_state_core::{Field, Kind, Kinds};

pub(crate) use attribute::{Attribute, Role, Type, find};
pub(crate) use emit::{is_block, schema};

use crate::proto::Schema;

/// A resource as Terraform knows it.
#[derive(Debug)]
pub(crate) struct Resource {
    pub(crate) kind: Kind,
    pub(crate) attributes: Vec<Attribute>,
    /// Configurations state objects as blocks, as they did under an earlier name.
    pub(crate) blocks: bool,
    pub(crate) schema: Schema,
}

/// A data source.
#[derive(Debug)]
pub(crate) struct DataSource {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) schema: Schema,
    pub(crate) lookup: Lookup,
}

/// Lookup method of a data source.
#[derive(Debug)]
pub(crate) enum Lookup {
    /// One resource: by the parameters of its path, or by its natural key among all.
    One { get: &'static Operation, list: Option<&'static Operation>, key: Vec<String> },
    /// All resources that a filter selects.
    Many { list: &'static Operation, attribute: String },
}

/// Everything that a provider offers, by name.
#[derive(Debug, Default)]
pub(crate) struct Schemas {
    pub(crate) resources: BTreeMap<String, Resource>,
    pub(crate) data_sources: BTreeMap<String, DataSource>,
}

impl Schemas {
    /// Derives the resources and data sources of an API.
    pub(crate) fn new(model: &'static Model) -> Self {
        let kinds = Kinds::new(model);
        let mut schemas = Self::default();
        for service in &model.services {
            let own = Own { model, service, facts: service.terraform.as_ref() };
            if let Some(kind) = kinds.get(&service.label()) {
                own.resources(kind, &mut schemas.resources);
            }
            own.data_sources(&mut schemas.data_sources);
        }
        schemas
    }
}

/// One service.
#[derive(Clone, Copy)]
struct Own {
    model: &'static Model,
    service: &'static Service,
    facts: Option<&'static Terraform>,
}

impl Own {
    /// Returns a name with that of the provider: `ngrok_domain`.
    fn named(self, name: &str) -> String {
        format!("{}_{name}", self.model.api.name.to_lowercase())
    }

    fn name(self) -> String {
        let own = self.facts.and_then(|it| it.name.clone());
        self.named(&own.unwrap_or_else(|| snake(&self.service.resource)))
    }

    fn schema(self, attributes: &[Attribute], blocks: bool) -> Schema {
        let deprecated = blocks || self.service.deprecated.is_some();
        schema(attributes, &first_paragraph(&self.service.docs), deprecated, blocks)
    }

    fn resources(self, kind: &Kind, into: &mut BTreeMap<String, Resource>) {
        let mut attributes = build::attributes(&kind.fields, self.facts);
        for (of, fact) in self.facts.iter().flat_map(|it| &it.attributes) {
            attributes.extend(fact.formerly.iter().map(|name| Attribute {
                role: Role::Alias(of.clone()),
                computed: true,
                deprecated: true,
                ..Attribute::optional(
                    name,
                    Type::default(),
                    format!("Earlier name of `{of}`."),
                )
            }));
        }
        let resource = |blocks: bool| Resource {
            kind: kind.clone(),
            attributes: attributes.clone(),
            blocks,
            schema: self.schema(&attributes, blocks),
        };
        into.insert(self.name(), resource(false));
        for former in self.facts.iter().flat_map(|it| &it.formerly) {
            into.insert(self.named(former), resource(true));
        }
    }

    /// Attributes of a response, all of them computed.
    fn returned(self) -> Vec<Attribute> {
        let record = self.model.record(&self.service.resource);
        let fields = record.map(|it| Field::of_responses(self.model, it));
        let mut fields = fields.unwrap_or_default();
        fields.retain(|it| it.facts.only_on.is_none());
        build::attributes(&fields, self.facts)
    }

    fn data_sources(self, into: &mut BTreeMap<String, DataSource>) {
        if self.service.resource.is_empty() {
            return;
        }
        let list = self.service.operation("list").filter(|it| it.listing().is_some());
        if let Some(get) = self.service.operation("get") {
            into.insert(self.name(), self.one(get, list));
        }
        if let Some((list, listing)) = list.and_then(|it| Some((it, it.listing()?))) {
            let plural = self.facts.and_then(|it| it.plural.as_ref());
            let plural = plural.unwrap_or(&listing.key);
            let many = self.many(list, !listing.filter.is_empty(), plural);
            into.insert(self.named(plural), many);
        }
    }

    fn data_source(self, attributes: Vec<Attribute>, lookup: Lookup) -> DataSource {
        let schema = self.schema(&attributes, false);
        DataSource { attributes, schema, lookup }
    }

    fn one(
        self,
        get: &'static Operation,
        list: Option<&'static Operation>,
    ) -> DataSource {
        let list = list.filter(|it| it.parameters.is_empty());
        let mut attributes = self.returned();
        let key = self.service.apply.iter().flat_map(|it| &it.key);
        let key: Vec<_> =
            key.map(|it| it.name.clone()).filter(|_| list.is_some()).collect();
        let parameters: Vec<_> = get.parameters.iter().map(|it| &it.wire).collect();
        for name in parameters.iter().copied().chain(&key) {
            if find(&attributes, name).is_none() {
                attributes.push(Attribute::new(name, Type::default()));
            }
        }
        let by_key = !key.is_empty();
        for attribute in &mut attributes {
            let parameter = parameters.contains(&&attribute.name);
            attribute.required = parameter && !by_key;
            attribute.optional = (parameter || key.contains(&attribute.name)) && by_key;
            attribute.computed = !attribute.required;
        }
        let lookup = Lookup::One { get, list, key };
        self.data_source(attributes, lookup)
    }

    fn many(self, list: &'static Operation, filter: bool, plural: &str) -> DataSource {
        let items = Type::List(Box::new(Type::Object(self.returned())), false);
        let mut attributes = vec![Attribute {
            computed: true,
            docs: format!("The {}.", self.service.nouns),
            ..Attribute::new(plural, items)
        }];
        attributes.extend(list.parameters.iter().map(|parameter| Attribute {
            required: true,
            ..Attribute::new(&parameter.wire, Type::default())
        }));
        attributes.extend(filter.then(|| {
            let language = self.model.api.filter_language.to_uppercase();
            let docs =
                format!("Expression in {language} that selects {}.", self.service.nouns);
            Attribute::optional("filter", Type::default(), docs)
        }));
        let attribute = plural.to_owned();
        self.data_source(attributes, Lookup::Many { list, attribute })
    }
}

/// Returns the name of a type in lower case with underscores: `ip_policy_rule`.
fn snake(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}
