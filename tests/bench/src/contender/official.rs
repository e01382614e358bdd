//! The official client.

use std::hint::black_box;

use futures_util::StreamExt;
use ngrok_api::types::FilteredPaging;
use ngrok_api::{Client, ClientBuilder};
use tokio::runtime::Runtime;

use super::{Contender, KEY, runtime};
use crate::pages::{PAGE, id};

pub(super) struct Official {
    runtime: Runtime,
    client: Client,
}

impl Official {
    pub(super) fn new(url: &str) -> anyhow::Result<Self> {
        let mut builder = ClientBuilder::new(KEY.to_owned());
        builder.api_url(url.parse()?);
        Ok(Self { runtime: runtime()?, client: builder.build() })
    }
}

impl Contender for Official {
    fn list(&mut self) -> anyhow::Result<usize> {
        self.runtime.block_on(async {
            let paging =
                FilteredPaging { limit: Some(PAGE.to_string()), ..Default::default() };
            let mut policies =
                self.client.ip_policies().list(paging).ip_policies().await;
            let mut count = 0;
            while let Some(policy) = policies.next().await {
                black_box(policy?);
                count += 1;
            }
            Ok(count)
        })
    }

    fn get(&mut self, times: usize) -> anyhow::Result<()> {
        self.runtime.block_on(async {
            for _ in 0..times {
                black_box(self.client.ip_policies().get(&id(1)).await?);
            }
            Ok(())
        })
    }
}
