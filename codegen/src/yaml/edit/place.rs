//! Edits of a value that is formatted again as a whole.

use super::super::{Map, Tree};
use super::Change;

/// Applies a change inside of a value.
pub(super) fn change(
    value: &mut Tree,
    path: &[String],
    change: &Change,
) -> Result<(), String> {
    if let Some((key, rest)) = path.split_first() {
        let map = as_map(value)?;
        let mut inner = map.get(key).cloned().unwrap_or_default();
        self::change(&mut inner, rest, change)?;
        let gone = matches!(change, Change::Remove { .. } | Change::Replace { .. })
            && inner.is_empty();
        *map =
            if gone { map.clone().without(key) } else { map.clone().with(key, inner) };
        return Ok(());
    }
    match change {
        Change::Set { key, value: new, after } => {
            let map = as_map(value)?;
            *map = with_entry(map, key, new, after.as_deref());
        }
        Change::Remove { key } => {
            let map = as_map(value)?;
            *map = map.clone().without(key);
        }
        Change::Add { item } => {
            let items = as_list(value)?;
            let text = Tree::from(item);
            if !items.contains(&text) {
                items.push(text);
            }
        }
        Change::Replace { old, new } => {
            let items = as_list(value)?;
            let old = Tree::from(old);
            match new {
                Some(new) => items
                    .iter_mut()
                    .filter(|item| **item == old)
                    .for_each(|item| *item = Tree::from(new)),
                None => items.retain(|item| *item != old),
            }
        }
    }
    Ok(())
}

/// Converts a string in place of a map, which is its description.
fn as_map(value: &mut Tree) -> Result<&mut Map, String> {
    match value {
        Tree::Null => *value = Tree::Map(Map::new()),
        Tree::Text(doc) => {
            let doc = std::mem::take(doc);
            *value = Tree::Map(Map::new().with("doc", doc));
        }
        _ => {}
    }
    match value {
        Tree::Map(map) => Ok(map),
        _ => Err("not a map".to_owned()),
    }
}

fn as_list(value: &mut Tree) -> Result<&mut Vec<Tree>, String> {
    if matches!(value, Tree::Null) {
        *value = Tree::List(Vec::new());
    }
    match value {
        Tree::List(items) => Ok(items),
        _ => Err("not a list".to_owned()),
    }
}

fn with_entry(map: &Map, key: &str, value: &Tree, after: Option<&str>) -> Map {
    let in_place =
        map.get(key).is_some() || after.is_none_or(|after| map.get(after).is_none());
    if in_place {
        return map.clone().with(key, value.clone());
    }
    let entries = map.iter().flat_map(|(known, present)| {
        let behind = (Some(known) == after).then(|| (key.to_owned(), value.clone()));
        std::iter::once((known.to_owned(), present.clone())).chain(behind)
    });
    entries.collect()
}
