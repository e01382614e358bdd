//! Gives a list, newest first, a page at a time where it comes in pages.

use ngrok_codegen::model::{Output, Record, TypeRef};
use serde_json::{Map, Value, json};

use super::Call;
use crate::errors::Outcome;
use crate::http::Reply;
use crate::json::text;
use crate::names;
use crate::plan::{Selector, leads_to};
use crate::store::Store;
use crate::view::Spot;

pub(super) fn list(call: &Call<'_>, store: &Store) -> Outcome<Reply> {
    let items = store.list(&call.steps).ok_or_else(|| call.not_found())?;
    Ok(page(call, store, items.iter().collect(), &call.spot()))
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
        |item: &&Value| record.is_some_and(|it| names_owner(it, item, owner, id));
    let items = list.unwrap_or_default().iter().filter(names_it).collect();
    let spot = Spot { pattern: home.to_owned(), path: home.to_owned() };
    Ok(page(call, store, items, &spot))
}

/// The page that the request asks for. `items` are all there are, oldest first; they are below `spot`.
fn page(call: &Call<'_>, store: &Store, items: Vec<&Value>, spot: &Spot) -> Reply {
    let api = &call.state.plan.model.api;
    let url = &call.state.url;
    let mut page = Map::new();
    page.insert(api.page_uri.clone(), json!(format!("{url}{}", call.request.uri)));
    if let Output::List(listing) = &call.route.operation.output {
        let items = selected(call, items);
        let (items, next) = if listing.paged { cut(call, items) } else { (items, None) };
        if listing.paged {
            let next = next.map(|query| format!("{url}{}?{query}", call.request.path));
            page.insert(api.page_next.clone(), json!(next));
        }
        let key = call.state.plan.key(&spot.pattern).unwrap_or(names::ID);
        let items = items.into_iter().map(|item| {
            let spot = spot.element(text(item, key));
            call.view(store).named(&listing.item, item, &spot)
        });
        page.insert(listing.key.clone(), items.collect());
    }
    Reply { status: call.status(), body: Some(Value::Object(page)) }
}

/// The items that the query asks for. A parameter asks for items whose field of that name has that value; one that
/// comes several times, for any of its values.
fn selected<'a>(call: &Call<'_>, items: Vec<&'a Value>) -> Vec<&'a Value> {
    let asked = &call.request.query.others;
    let is_asked = |item: &Value| {
        asked.iter().all(|(name, _)| {
            let mut same = asked.iter().filter(|(other, _)| other == name);
            same.any(|(_, value)| text(item, name) == value)
        })
    };
    items.into_iter().filter(|item| is_asked(item)).collect()
}

/// The items of the page, newest first, and the query for the page after it, if there is one.
fn cut<'a>(call: &Call<'_>, items: Vec<&'a Value>) -> (Vec<&'a Value>, Option<String>) {
    let api = &call.state.plan.model.api;
    let query = &call.request.query;
    let usual = usize::try_from(api.limit_default).unwrap_or(usize::MAX);
    let limit = query.limit.unwrap_or(usual);
    // Ids sort by age, so the item at the cursor need not be there any more.
    let is_older = |item: &&Value| {
        query.cursor.as_deref().is_none_or(|cursor| text(item, names::ID) < cursor)
    };
    let mut rest = items.into_iter().rev().filter(is_older);
    let page: Vec<_> = rest.by_ref().take(limit).collect();
    let next = rest.next().and(page.last());
    let next = next.map(|last| query.after(api, text(last, names::ID), limit));
    (page, next)
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
