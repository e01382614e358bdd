//! This client, async.

use std::hint::black_box;

use ngrok_client::Client;
use tokio::runtime::Runtime;

use super::{Contender, KEY, runtime};
use crate::pages::id;

pub(super) struct Asynchronous {
    runtime: Runtime,
    client: Client,
}

impl Asynchronous {
    pub(super) fn new(url: &str) -> anyhow::Result<Self> {
        let client = Client::builder().base_url(url).api_key(KEY).build()?;
        Ok(Self { runtime: runtime()?, client })
    }
}

impl Contender for Asynchronous {
    fn list(&mut self) -> anyhow::Result<usize> {
        self.runtime.block_on(async {
            let mut policies = self.client.ip_policies().list().items();
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
                black_box(self.client.ip_policies().get(id(1)).await?);
            }
            Ok(())
        })
    }
}
