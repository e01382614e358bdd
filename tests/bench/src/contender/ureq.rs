//! A loop over ureq, and nothing else: no limits, retries or errors except those of the libraries.

use std::hint::black_box;

use ngrok_client::types::IpPolicy;
use ureq::Agent;

use super::by_hand::{Page, first, item};
use super::{Contender, KEY};

pub(super) struct Ureq {
    agent: Agent,
    url: String,
}

impl Ureq {
    pub(super) fn new(url: &str) -> Self {
        Self { agent: Agent::new_with_defaults(), url: url.to_owned() }
    }

    fn fetch(&self, url: &str) -> anyhow::Result<Vec<u8>> {
        let request =
            self.agent.get(url).header("authorization", format!("Bearer {KEY}"));
        let request = request.header("accept", "application/json");
        let mut response = request.header("ngrok-version", "2").call()?;
        Ok(response.body_mut().read_to_vec()?)
    }
}

impl Contender for Ureq {
    fn list(&mut self) -> anyhow::Result<usize> {
        let (mut next, mut count) = (Some(first(&self.url)), 0);
        while let Some(url) = next {
            let page: Page = serde_json::from_slice(&self.fetch(&url)?)?;
            for policy in page.ip_policies {
                black_box(policy);
                count += 1;
            }
            next = page.next_page_uri;
        }
        Ok(count)
    }

    fn get(&mut self, times: usize) -> anyhow::Result<()> {
        for _ in 0..times {
            let body = self.fetch(&item(&self.url))?;
            black_box(serde_json::from_slice::<IpPolicy>(&body)?);
        }
        Ok(())
    }
}
