//! The logic of the page. Receives events, makes calls, and shows their results in the view.

use std::pin::pin;
use std::time::Duration;

use futures_channel::mpsc;
use futures_util::StreamExt;
use futures_util::future::{Either, select};
use ngrok_client::types::{IpPolicy, IpPolicyCreate};
use ngrok_client::{Client, Id, Page, Result};

use crate::view::{View, sleep};

/// Number of policies on a page of the table.
const PAGE_SIZE: u32 = 10;

/// Delay between the last key press and the request of a filter.
const TYPING: Duration = Duration::from_millis(200);

/// An action of the user.
#[derive(Debug)]
pub(crate) enum Event {
    Connect,
    Filter,
    Previous,
    Next,
    Create,
    Delete(String),
}

/// Runs as long as the page is open.
pub(crate) async fn run() {
    let (sender, mut events) = mpsc::unbounded();
    let view = View::new(sender);
    let mut table = Table::new(&view);
    let mut event =
        if view.key().is_empty() { events.next().await } else { Some(Event::Connect) };
    while let Some(current) = event {
        let wait =
            if matches!(current, Event::Filter) { TYPING } else { Duration::ZERO };
        let changed = table.apply(current).await;
        // The next event drops the request that the last one made, and so aborts it.
        let reload = pin!(table.reload(wait, changed));
        event = match select(reload, events.next()).await {
            Either::Left(((), next)) => next.await,
            Either::Right((next, _)) => next,
        };
    }
}

/// The part of the list that the table shows.
struct Table<'v> {
    view: &'v View,
    client: Option<Client>,
    filter: String,
    /// The last policy of each page before this one.
    before: Vec<Id<IpPolicy>>,
    /// The last policy of this page, if another page follows.
    next: Option<Id<IpPolicy>>,
}

impl<'v> Table<'v> {
    fn new(view: &'v View) -> Self {
        Self {
            view,
            client: None,
            filter: String::new(),
            before: Vec::new(),
            next: None,
        }
    }

    /// Performs an action other than loading the table. Returns true if it succeeded.
    async fn apply(&mut self, event: Event) -> bool {
        let changed = match event {
            Event::Connect => self.connect(),
            Event::Create => self.create().await,
            Event::Delete(id) => self.delete(&id).await,
            Event::Filter => {
                self.filter = self.view.filter();
                self.before.clear();
                Ok(None)
            }
            Event::Previous => {
                self.before.pop();
                Ok(None)
            }
            Event::Next => {
                self.before.extend(self.next.take());
                Ok(None)
            }
        };
        match changed {
            Ok(news) => self.view.clear_problem(news.as_deref()),
            Err(error) => {
                self.view.show_problem(&error);
                return false;
            }
        }
        true
    }

    fn connect(&mut self) -> Result<Option<String>> {
        self.before.clear();
        self.client = None;
        let builder =
            Client::builder().base_url(self.view.url()).api_key(self.view.key());
        self.client =
            Some(builder.timeout(Duration::from_secs(10)).max_retries(1).build()?);
        Ok(None)
    }

    async fn create(&mut self) -> Result<Option<String>> {
        let Some(client) = &self.client else { return Ok(None) };
        let description = self.view.new_description();
        let body = IpPolicyCreate::new().description(description.as_str());
        let policy = client.ip_policies().create(&body).await?;
        self.view.clear_new();
        // New policies are at the start of the list.
        self.before.clear();
        Ok(Some(format!("Created {}.", policy.id)))
    }

    async fn delete(&mut self, id: &str) -> Result<Option<String>> {
        let Some(client) = &self.client else { return Ok(None) };
        client.ip_policies().delete(id).await?;
        Ok(Some(format!("Deleted {id}.")))
    }

    /// Loads the part of the list, after a while, and shows it.
    async fn reload(&mut self, wait: Duration, changed: bool) {
        let Some(client) = self.client.clone() else { return self.view.show_nothing() };
        self.view.show_loading();
        sleep(wait).await;
        match self.load(&client).await {
            // The page may be empty by now.
            Ok(page) if page.items.is_empty() && !self.before.is_empty() => {
                self.before.pop();
                match self.load(&client).await {
                    Ok(page) => self.show(&page),
                    Err(error) => self.view.show_problem(&error),
                }
            }
            Ok(page) => self.show(&page),
            // The error of the change matters more than that of the reload after it.
            Err(error) if changed => self.view.show_problem(&error),
            Err(_) => {}
        }
        self.view.show_loaded();
    }

    async fn load(&self, client: &Client) -> Result<Page<IpPolicy>> {
        let mut list = client.ip_policies().list().limit(PAGE_SIZE);
        if !self.filter.is_empty() {
            list = list.filter(|it| it.description().contains(&self.filter));
        }
        if let Some(last) = self.before.last() {
            list = list.before_id(last);
        }
        list.first_page().await
    }

    fn show(&mut self, page: &Page<IpPolicy>) {
        let last = page.items.last().map(|policy| policy.id.clone());
        self.next = last.filter(|_| page.has_next());
        self.view.show_page(&page.items, self.before.len() + 1, self.next.is_some());
    }
}
