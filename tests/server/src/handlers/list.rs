//! Gives a list, newest first, a page at a time where it comes in pages.

use ngrok_codegen::model::{Listing, Output, Record, TypeRef};
use serde_json::{Map, Value, json};

use super::Call;
use crate::errors::Outcome;
use crate::filter::Filter;
use crate::http::Reply;
use crate::json::text;
use crate::names;
use crate::plan::{Selector, leads_to};
use crate::store::{Items, Store};
use crate::view::Spot;

pub(super) fn list(call: &Call<'_>, store: &Store) -> Outcome<Reply> {
    let items = store.list(&call.steps).ok_or_else(|| call.not_found())?;
    page(call, store, items, &|_| true, &call.spot())
}

/// The resources of another list that name the element before the end of the path. Where they have no field for that,
/// there are none.
pub(super) fn related(
    call: &Call<'_>,
    store: &Store,
    home: &str,
    owner: &str,
) -> Outcome<Reply> {
    if !store.has_owner(&call.steps) {
        return Err(call.not_found());
    }
    let id = call.request.arguments.last().map_or("", String::as_str);
    let Output::List(listing) = &call.route.operation.output else {
        return Err(call.not_found());
    };
    let list = store.list(&[Selector::Member(home.trim_start_matches('/'))]);
    let record = call.state.plan.record(&listing.item);
    let names_it =
        |item: &Value| record.is_some_and(|it| names_owner(it, item, owner, id));
    let spot = Spot { pattern: home.to_owned(), path: home.to_owned() };
    page(call, store, list.unwrap_or(Items::None), &names_it, &spot)
}

/// The page that the request asks for. `items` are all there are; they are below `spot`.
fn page(
    call: &Call<'_>,
    store: &Store,
    items: Items<'_>,
    belongs: &dyn Fn(&Value) -> bool,
    spot: &Spot,
) -> Outcome<Reply> {
    let api = &call.state.plan.model.api;
    let url = &call.state.url;
    let mut page = Map::new();
    page.insert(api.page_uri.clone(), json!(format!("{url}{}", call.request.uri)));
    if let Output::List(listing) = &call.route.operation.output {
        let (shown, next) = cut(call, store, items, belongs, listing, spot)?;
        if listing.paged {
            let next = next.map(|query| format!("{url}{}?{query}", call.request.path));
            page.insert(api.page_next.clone(), json!(next));
        }
        page.insert(listing.key.clone(), Value::Array(shown));
    }
    Ok(Reply { status: call.status(), body: Some(Value::Object(page)) })
}

/// The items of the page, newest first, as they are shown, and the query for the page after it, if there is one.
fn cut(
    call: &Call<'_>,
    store: &Store,
    items: Items<'_>,
    belongs: &dyn Fn(&Value) -> bool,
    listing: &Listing,
    spot: &Spot,
) -> Outcome<(Vec<Value>, Option<String>)> {
    let api = &call.state.plan.model.api;
    let query = &call.request.query;
    let usual = usize::try_from(api.limit_default).unwrap_or(usize::MAX);
    let limit = if listing.paged { query.limit.unwrap_or(usual) } else { usize::MAX };
    let filter = query.filter.as_deref();
    let filter =
        filter.map(|text| Filter::parse(&call.state.plan, listing, text)).transpose()?;
    let key = call.state.plan.key(&spot.pattern).unwrap_or(names::ID);
    let (mut page, mut last) = (Vec::new(), "");
    // Ids sort by age, so the item at the cursor need not be there any more.
    for item in items.before(query.cursor.as_deref()) {
        if !belongs(item) || !is_asked_for(&query.others, item) {
            continue;
        }
        let spot = spot.element(text(item, key));
        let shown = call.view(store).named(&listing.item, item, &spot);
        if let Some(filter) = &filter
            && !filter.admits(&shown)?
        {
            continue;
        }
        if page.len() == limit {
            return Ok((page, Some(query.after(api, last, limit))));
        }
        page.push(shown);
        last = text(item, names::ID);
    }
    Ok((page, None))
}

/// Whether the query asks for an item. A parameter asks for items whose field of that name has that value; one that
/// comes several times, for any of its values.
fn is_asked_for(asked: &[(String, String)], item: &Value) -> bool {
    asked.iter().all(|(name, _)| {
        let mut same = asked.iter().filter(|(other, _)| other == name);
        same.any(|(_, value)| text(item, name) == value)
    })
}

fn names_owner(record: &Record, item: &Value, owner: &str, id: &str) -> bool {
    let naming = record.fields.iter().filter(|field| leads_to(&field.ty, owner));
    naming.into_iter().any(|field| {
        let key = field.written_as.as_ref().unwrap_or(&field.wire);
        match (&field.ty, item.get(key)) {
            (TypeRef::List(_), Some(Value::Array(ids))) => ids.contains(&json!(id)),
            (_, value) => value == Some(&json!(id)),
        }
    })
}
