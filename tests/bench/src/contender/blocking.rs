//! This client, blocking.

use std::hint::black_box;

use ngrok_client::blocking::Client;

use super::{Contender, KEY};
use crate::pages::id;

pub(super) struct Blocking(Client);

impl Blocking {
    pub(super) fn new(url: &str) -> anyhow::Result<Self> {
        Ok(Self(Client::builder().base_url(url).api_key(KEY).build()?))
    }
}

impl Contender for Blocking {
    fn list(&mut self) -> anyhow::Result<usize> {
        let mut count = 0;
        for policy in self.0.ip_policies().list().items() {
            black_box(policy?);
            count += 1;
        }
        Ok(count)
    }

    fn get(&mut self, times: usize) -> anyhow::Result<()> {
        for _ in 0..times {
            black_box(self.0.ip_policies().get(id(1)).send()?);
        }
        Ok(())
    }
}
