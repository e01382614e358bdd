//! Responses of the server: IP policies, rendered before the measurement.

use std::ops::RangeInclusive;

use bytes::Bytes;
use serde_json::{Value, json};

/// Number of items per page.
pub(crate) const PAGE: usize = 100;

/// All responses.
pub(crate) struct Responses {
    pages: Vec<Bytes>,
    policy: Bytes,
}

impl Responses {
    /// Renders the responses of a server at `url` with this many full pages.
    pub(crate) fn new(url: &str, pages: usize) -> Self {
        let page = |number| Bytes::from(page(url, number, pages).to_string());
        let policy = Bytes::from(policy(url, 1).to_string());
        Self { pages: (0..pages).map(page).collect(), policy }
    }

    /// Returns the response to a GET, if there is one.
    pub(crate) fn get(&self, path: &str, query: Option<&str>) -> Option<Bytes> {
        match path {
            "/ip_policies" => {
                self.pages.get(number(query.unwrap_or_default())?).cloned()
            }
            path if path.starts_with("/ip_policies/") => Some(self.policy.clone()),
            _ => None,
        }
    }
}

/// Returns the ID of an item.
pub(crate) fn id(number: usize) -> String {
    format!("ipp_{number:027}")
}

fn page(url: &str, number: usize, pages: usize) -> Value {
    let items: RangeInclusive<usize> = number * PAGE + 1..=(number + 1) * PAGE;
    let last = id((number + 1) * PAGE);
    let next = format!("{url}/ip_policies?before_id={last}&limit={PAGE}");
    json!({
        "ip_policies": items.map(|number| policy(url, number)).collect::<Vec<_>>(),
        "uri": format!("{url}/ip_policies"),
        "next_page_uri": (number + 1 < pages).then_some(next),
    })
}

fn policy(url: &str, number: usize) -> Value {
    let id = id(number);
    json!({
        "id": id,
        "uri": format!("{url}/ip_policies/{id}"),
        "created_at": "2026-03-14T09:26:53Z",
        "description": format!("offices of region {number}"),
        "metadata": format!("{{\"environment\": \"staging\", \"owner\": \"team-{number}\"}}"),
    })
}

/// Returns the number of the requested page: the first, or the one after an item.
fn number(query: &str) -> Option<usize> {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    match pairs.find(|(name, _)| *name == "before_id") {
        None => Some(0),
        Some((_, id)) => {
            Some(id.strip_prefix("ipp_")?.parse::<usize>().ok()?.div_ceil(PAGE))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::Responses;

    #[test]
    fn pages_lead_through_all_items() -> Result<(), Box<dyn std::error::Error>> {
        let responses = Responses::new("http://here", 3);
        let (mut query, mut ids) = (Some("limit=100".to_owned()), Vec::new());
        while let Some(text) = query {
            let page =
                responses.get("/ip_policies", Some(&text)).ok_or("no such page")?;
            let page: Value = serde_json::from_slice(&page)?;
            let items = page["ip_policies"].as_array().ok_or("no items")?;
            ids.extend(items.iter().map(|item| item["id"].to_string()));
            let next = page["next_page_uri"].as_str();
            query = next.and_then(|next| Some(next.split_once('?')?.1.to_owned()));
        }
        assert_eq!(ids.len(), 300);
        ids.dedup();
        assert_eq!(ids.len(), 300);
        assert!(ids.is_sorted());
        Ok(())
    }
}
