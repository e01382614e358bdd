//! The official Rust client against the test server:
//!
//! ```text
//! NGROK_API_KEY=… NGROK_API_URL=… cargo run --manifest-path tests/witnesses/rust/Cargo.toml
//! ```
//!
//! The server must be a new one: this client cannot decode a list with a string that was never set.
//!
//! Exits with 0 if every response is as the client expects. Known faults of the client are expected to fail, and are reported if they do
//! not.

use futures::StreamExt;
use ngrok_api::{Client, ClientBuilder, Error, types};

/// Creates seven resources, lists them over several pages, updates one and deletes all.
macro_rules! live {
    ($client:ident, $service:ident, $items:ident, $create:expr, $update:expr) => {{
        let service = $client.$service();
        let mut ids = Vec::new();
        for number in 0..7 {
            let create: fn(usize, &str) -> _ = $create;
            ids.push(service.create(&create(number, &$client.1)).await?.id);
        }
        assert_eq!(service.get(&ids[0]).await?.id, ids[0]);
        let page = types::FilteredPaging { limit: Some("3".into()), ..Default::default() };
        let listed: Vec<_> = service.list(page).$items().await.collect().await;
        let listed: Result<Vec<_>, _> = listed.into_iter().collect();
        let listed: Vec<_> = listed?.into_iter().map(|item| item.id).take(7).collect();
        assert!(listed.iter().eq(ids.iter().rev()), "{listed:?}");
        let update: fn(String) -> _ = $update;
        assert_eq!(service.update(&update(ids[0].clone())).await?.description, "another");
        assert_eq!(service.get(&ids[0]).await?.description, "another");
        for id in &ids {
            service.delete(id).await?;
            let error = service.get(id).await.unwrap_err();
            // A fault of the client: it cannot decode an error without a code, and a plain 404 has none.
            let Error::UnknownError(text) = &error else { panic!("this works now: {error:?}") };
            assert!(text.contains("\"status_code\":404"), "{text}");
        }
        println!("{}: created, read, listed over several pages, updated, deleted", stringify!($service));
    }};
}

/// A client, and the ID of an IP policy.
struct Witness(Client, String);

impl std::ops::Deref for Witness {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.0
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut builder = ClientBuilder::new(std::env::var("NGROK_API_KEY")?);
    builder.api_url(std::env::var("NGROK_API_URL")?.parse()?);
    let client = builder.build();
    let (description, metadata) =
        ("a description".to_owned(), "some metadata".to_owned());
    let policy = types::IPPolicyCreate { description, metadata };
    let policy = client.ip_policies().create(&policy).await?;
    let client = Witness(client, policy.id.clone());
    live(&client).await?;
    refusals(&client, &policy).await?;
    println!("all is well");
    Ok(())
}

async fn live(client: &Witness) -> Result<(), Error> {
    live!(
        client,
        ip_policies,
        ip_policies,
        |_, _| types::IPPolicyCreate { description: "a".into(), metadata: "b".into() },
        |id| types::IPPolicyUpdate {
            id,
            description: Some("another".into()),
            ..Default::default()
        }
    );
    live!(
        client,
        ip_policy_rules,
        ip_policy_rules,
        |number, policy| types::IPPolicyRuleCreate {
            description: "a".into(),
            metadata: "b".into(),
            cidr: format!("10.{number}.0.0/16"),
            ip_policy_id: policy.into(),
            action: Some("allow".into()),
        },
        |id| types::IPPolicyRuleUpdate {
            id,
            description: Some("another".into()),
            ..Default::default()
        }
    );
    live!(
        client,
        credentials,
        credentials,
        |_, _| types::CredentialCreate {
            description: "a".into(),
            metadata: "b".into(),
            acl: vec!["bind:*".into()],
            ..Default::default()
        },
        |id| types::CredentialUpdate {
            id,
            description: Some("another".into()),
            ..Default::default()
        }
    );
    live!(
        client,
        api_keys,
        keys,
        |_, _| types::APIKeyCreate {
            description: "a".into(),
            metadata: "b".into(),
            ..Default::default()
        },
        |id| types::APIKeyUpdate {
            id,
            description: Some("another".into()),
            ..Default::default()
        }
    );
    live!(
        client,
        reserved_domains,
        reserved_domains,
        |number, _| types::ReservedDomainCreate {
            description: "a".into(),
            metadata: "b".into(),
            domain: format!("rust{number}.example.com"),
            ..Default::default()
        },
        |id| types::ReservedDomainUpdate {
            id,
            description: Some("another".into()),
            ..Default::default()
        }
    );
    live!(
        client,
        vaults,
        vaults,
        |number, _| types::VaultCreate {
            description: "a".into(),
            metadata: "b".into(),
            name: format!("rust{number}"),
        },
        |id| types::VaultUpdate {
            id,
            description: Some("another".into()),
            ..Default::default()
        }
    );
    Ok(())
}

async fn refusals(client: &Client, policy: &types::IPPolicy) -> Result<(), Error> {
    let rule = types::IPPolicyRuleCreate {
        cidr: "10.1.2.3/8".into(),
        ip_policy_id: policy.id.clone(),
        action: Some("deny".into()),
        ..Default::default()
    };
    let error = client.ip_policy_rules().create(&rule).await.unwrap_err();
    let Error::Ngrok(error) = error else { panic!("{error:?}") };
    assert_eq!(error.error_code, "ERR_NGROK_1409");
    // A fault of the client: it requires strings that a response omits if they were never set.
    let bare = client.ip_policies().create(&types::IPPolicyCreate::default()).await;
    println!("fault of the client: {}", bare.expect_err("this works now"));
    // Another fault: after an error, a list repeats it forever.
    let list = client.ip_policies().list(types::FilteredPaging::default());
    let items: Vec<_> = list.ip_policies().await.take(3).collect().await;
    assert!(items.iter().all(Result::is_err) && items.len() == 3, "this works now");
    println!("fault of the client: a list that fails once never ends");
    Ok(())
}
