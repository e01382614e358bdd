//! The scenarios. Each makes calls and reports the results, which the test compares with its expectations.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::future::{Either, select};
use js_sys::Date;
use ngrok_client::types::{IpPolicyCreate, IpPolicyUpdate};
use ngrok_client::{Client, Error, Quota, Result};
use serde_json::{Value, json};

use crate::global::sleep;

/// Runs the scenario in the query against the API in the query.
pub(crate) async fn run(query: &BTreeMap<String, String>) -> Value {
    let get = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
    let builder = || Client::builder().base_url(get("url")).api_key(get("key"));
    let outcome = async {
        match get("scenario") {
            "pagination" => pagination(&builder().build()?).await,
            "changes" => changes(&builder().build()?).await,
            "absent" => Ok(problem(&absent(&builder().build()?).await)),
            "filter" => filter(&builder().build()?).await,
            "retry" => {
                let attempts = Arc::new(Mutex::new(Vec::new()));
                let seen = Arc::clone(&attempts);
                let observed =
                    builder().on_exchange(move |event: &ngrok_client::Event<'_>| {
                        let mut seen =
                            seen.lock().unwrap_or_else(PoisonError::into_inner);
                        seen.push(event.response().map(|it| it.status().as_u16()));
                    });
                let start = Date::now();
                observed.build()?.ip_policies().list().first_page().await?;
                let attempts = attempts.lock().unwrap_or_else(PoisonError::into_inner);
                Ok(json!({ "attempts": *attempts, "millis": Date::now() - start }))
            }
            "timeout" => {
                let client =
                    builder().timeout(Duration::from_millis(300)).max_retries(0);
                Ok(timed(&client.build()?).await)
            }
            "abort" => abort(&builder().build()?).await,
            "quota" => {
                let quota = Quota::new(2, Duration::from_millis(700));
                quotas(&builder().quota(&quota).build()?, &quota).await
            }
            "size" => {
                let client = builder().max_response_bytes(100).max_retries(0).build()?;
                Ok(timed(&client).await)
            }
            "refused" => Ok(timed(&builder().max_retries(0).build()?).await),
            other => Ok(json!({ "unknown": other })),
        }
    };
    outcome.await.unwrap_or_else(|error: Error| json!({ "failed": problem(&error) }))
}

/// Reads all pages of a list.
async fn pagination(client: &Client) -> Result<Value> {
    let mut items = client.ip_policies().list().limit(10).items();
    let mut descriptions = Vec::new();
    while let Some(policy) = items.next().await {
        descriptions.push(policy?.description);
    }
    Ok(json!(descriptions))
}

/// Creates a policy, changes it and deletes it.
async fn changes(client: &Client) -> Result<Value> {
    let body = IpPolicyCreate::new().description("ü").metadata("from a browser");
    let created = client.ip_policies().create(&body).await?;
    let updated =
        created.update(client, &IpPolicyUpdate::new().description("new")).await?;
    let read = client.ip_policies().get(&created.id).await?;
    read.delete(client).await?;
    Ok(json!({
        "created": created.description,
        "updated": updated.description,
        "read": read.metadata,
        "year": created.created_at.to_string().get(..2),
    }))
}

async fn absent(client: &Client) -> Error {
    match client.ip_policies().get("ipp_0000000000000000000000000").await {
        Ok(policy) => panic!("there is {}", policy.id),
        Err(error) => error,
    }
}

async fn filter(client: &Client) -> Result<Value> {
    let list = client.ip_policies().list();
    let mut items = list.filter(|it| it.description().contains("3 \"&?")).items();
    let mut descriptions = Vec::new();
    while let Some(policy) = items.next().await {
        descriptions.push(policy?.description);
    }
    Ok(json!(descriptions))
}

/// Returns the error of a list, and the time until it.
async fn timed(client: &Client) -> Value {
    let start = Date::now();
    let outcome = client.ip_policies().list().first_page().await;
    let error = outcome.map_or_else(|error| problem(&error), |_| Value::Null);
    json!({ "error": error, "millis": Date::now() - start })
}

/// Drops a call that has been sent, and keeps the page open until the test's API, which is slow, would have received it.
async fn abort(client: &Client) -> Result<Value> {
    let body = IpPolicyCreate::new().description("dropped");
    let create = Box::pin(async { client.ip_policies().create(&body).await });
    let given_up = Box::pin(sleep(Duration::from_secs(1)));
    let dropped = match select(create, given_up).await {
        Either::Left(_) => false,
        Either::Right(((), create)) => {
            drop(create);
            true
        }
    };
    sleep(Duration::from_secs(3)).await;
    Ok(json!({ "dropped": dropped }))
}

/// Makes more calls than the quota allows at once.
async fn quotas(client: &Client, quota: &Quota) -> Result<Value> {
    let start = Date::now();
    for _ in 0..4 {
        client.ip_policies().list().limit(1).first_page().await?;
    }
    Ok(json!({ "millis": Date::now() - start, "budget": quota.budget() }))
}

fn problem(error: &Error) -> Value {
    json!({
        "kind": format!("{:?}", error.kind()),
        "status": error.status().map(|status| status.as_u16()),
        "not_found": error.is_not_found(),
        "timeout": error.is_timeout(),
        "text": error.to_string(),
    })
}
