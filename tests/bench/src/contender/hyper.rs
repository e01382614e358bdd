//! A loop over hyper-util's client, with TLS configured as a client of the API needs it, and nothing else: no limits, retries or errors
//! except those of the libraries.

use std::hint::black_box;

use anyhow::ensure;
use bytes::Bytes;
use http::{Request, header};
use http_body_util::{BodyExt, Empty};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use ngrok_client::types::IpPolicy;
use tokio::runtime::Runtime;

use super::by_hand::{Page, first, item};
use super::{Contender, KEY, runtime};

pub(super) struct Hyper {
    runtime: Runtime,
    client: Client<HttpsConnector<HttpConnector>, Empty<Bytes>>,
    url: String,
}

impl Hyper {
    pub(super) fn new(url: &str) -> anyhow::Result<Self> {
        let provider = rustls::crypto::ring::default_provider();
        let tls =
            HttpsConnectorBuilder::new().with_provider_and_webpki_roots(provider)?;
        let connector = tls.https_or_http().enable_http1().build();
        let client = Client::builder(TokioExecutor::new()).build(connector);
        Ok(Self { runtime: runtime()?, client, url: url.to_owned() })
    }

    async fn fetch(&self, url: &str) -> anyhow::Result<Bytes> {
        let request = Request::get(url)
            .header(header::AUTHORIZATION, format!("Bearer {KEY}"))
            .header(header::ACCEPT, "application/json")
            .header("ngrok-version", "2")
            .body(Empty::new())?;
        let response = self.client.request(request).await?;
        ensure!(response.status().is_success(), "{}", response.status());
        Ok(response.into_body().collect().await?.to_bytes())
    }
}

impl Contender for Hyper {
    fn list(&mut self) -> anyhow::Result<usize> {
        self.runtime.block_on(async {
            let (mut next, mut count) = (Some(first(&self.url)), 0);
            while let Some(url) = next {
                let page: Page = serde_json::from_slice(&self.fetch(&url).await?)?;
                for policy in page.ip_policies {
                    black_box(policy);
                    count += 1;
                }
                next = page.next_page_uri;
            }
            Ok(count)
        })
    }

    fn get(&mut self, times: usize) -> anyhow::Result<()> {
        self.runtime.block_on(async {
            for _ in 0..times {
                let body = self.fetch(&item(&self.url)).await?;
                black_box(serde_json::from_slice::<IpPolicy>(&body)?);
            }
            Ok(())
        })
    }
}
