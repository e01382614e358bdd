//! The page: shows data and reports actions of the user. Independent of the API client.

use std::time::Duration;

use futures_channel::mpsc::UnboundedSender;
use js_sys::Promise;
use ngrok_client::types::IpPolicy;
use ngrok_client::{Error, ErrorKind};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, HtmlDialogElement, HtmlElement, HtmlInputElement};

use crate::app::Event;

/// The elements of the page by their IDs; `index.html` contains all of them.
#[derive(Clone)]
pub(crate) struct View {
    document: Document,
    events: UnboundedSender<Event>,
}

impl View {
    /// Registers the event listeners of the page.
    pub(crate) fn new(events: UnboundedSender<Event>) -> Self {
        let window = web_sys::window().expect("the program runs in a window");
        let document = window.document().expect("a window has a document");
        let view = Self { document, events };
        view.on("connect", "submit", |_| Some(Event::Connect));
        view.on("create", "submit", |_| Some(Event::Create));
        view.on("filter", "input", |_| Some(Event::Filter));
        view.on("previous", "click", |it| {
            it.is_enabled("previous").then_some(Event::Previous)
        });
        view.on("next", "click", |it| it.is_enabled("next").then_some(Event::Next));
        view.on("confirm", "close", Self::confirmed);
        view
    }

    pub(crate) fn url(&self) -> String {
        self.value("url")
    }

    pub(crate) fn key(&self) -> String {
        self.value("key")
    }

    pub(crate) fn filter(&self) -> String {
        self.value("filter")
    }

    pub(crate) fn new_description(&self) -> String {
        self.value("description")
    }

    /// Clears the form for a new policy.
    pub(crate) fn clear_new(&self) {
        let input: HtmlInputElement = self.get("description");
        input.set_value("");
        drop(input.focus());
    }

    /// Shows that there is no connection.
    pub(crate) fn show_nothing(&self) {
        self.element("rows").set_text_content(None);
        self.text("status", "Not connected.");
        self.enable("previous", false);
        self.enable("next", false);
    }

    pub(crate) fn show_loading(&self) {
        drop(self.element("table").set_attribute("aria-busy", "true"));
    }

    pub(crate) fn show_loaded(&self) {
        drop(self.element("table").set_attribute("aria-busy", "false"));
    }

    /// Shows a page of the list.
    pub(crate) fn show_page(
        &self,
        policies: &[IpPolicy],
        number: usize,
        has_next: bool,
    ) {
        let rows = self.element("rows");
        let had_focus =
            self.document.active_element().is_some_and(|it| rows.contains(Some(&it)));
        rows.set_text_content(None);
        for policy in policies {
            drop(rows.append_child(&self.row(policy)));
        }
        if policies.is_empty() {
            let row = self.create("tr", &[("class", "empty")], "");
            drop(row.append_child(&self.create(
                "td",
                &[("colspan", "4")],
                "No IP policies.",
            )));
            drop(rows.append_child(&row));
        }
        let count = policies.len();
        let policies = if count == 1 { "policy" } else { "policies" };
        self.text("status", &format!("Page {number}, {count} {policies}"));
        self.enable("previous", number > 1);
        self.enable("next", has_next);
        if had_focus {
            self.focus("table");
        }
    }

    /// Replaces the last error by a message about the last action, if there is one.
    pub(crate) fn clear_problem(&self, news: Option<&str>) {
        self.hide("problem", true);
        self.text("news", news.unwrap_or_default());
    }

    /// Shows an error, a hint, and the operation ID for support.
    pub(crate) fn show_problem(&self, error: &Error) {
        self.text("news", "");
        self.text("problem-title", title(error));
        let advice = advice(error);
        self.text(
            "problem-message",
            if advice.is_empty() { error.message() } else { advice },
        );
        self.text("problem-details", &error.to_string());
        self.hide("problem", false);
    }

    fn row(&self, policy: &IpPolicy) -> Element {
        let row = self.create("tr", &[], "");
        let description = policy.description.as_deref().unwrap_or_default();
        let created = policy.created_at.to_string();
        let delete =
            self.create("button", &[("type", "button"), ("class", "delete")], "Delete");
        let label = format!(
            "Delete {}",
            if description.is_empty() { policy.id.as_str() } else { description }
        );
        drop(delete.set_attribute("aria-label", &label));
        let (id, view) = (policy.id.to_string(), self.clone());
        listen(&delete, "click", move || view.ask(&id, &label));
        for (class, label, text) in [
            ("description", "Description", description),
            ("id", "ID", policy.id.as_str()),
            ("time", "Created", created.get(..10).unwrap_or(&created)),
        ] {
            let cell =
                self.create("td", &[("class", class), ("data-label", label)], text);
            drop(row.append_child(&cell));
        }
        let cell = self.create("td", &[("class", "action")], "");
        drop(cell.append_child(&delete));
        drop(row.append_child(&cell));
        row
    }

    /// Asks the user to confirm the deletion of a policy.
    fn ask(&self, id: &str, question: &str) {
        let dialog: HtmlDialogElement = self.get("confirm");
        self.text("confirm-title", &format!("{question}?"));
        self.text("confirm-id", id);
        dialog.set_return_value("");
        drop(dialog.show_modal());
    }

    fn confirmed(&self) -> Option<Event> {
        let dialog: HtmlDialogElement = self.get("confirm");
        let id = self.element("confirm-id").text_content().unwrap_or_default();
        let is_confirmed = dialog.return_value() == "delete";
        // Events of closing can come late, and then more than one of them would see the same value.
        dialog.set_return_value("");
        is_confirmed.then_some(Event::Delete(id))
    }

    /// Sends an action for each event of an element.
    fn on(
        &self,
        id: &str,
        what: &str,
        event: impl Fn(&Self) -> Option<Event> + 'static,
    ) {
        let view = self.clone();
        listen(&self.element(id), what, move || {
            if let Some(event) = event(&view) {
                // The receiver lives as long as the page.
                drop(view.events.unbounded_send(event));
            }
        });
    }

    fn get<T: JsCast>(&self, id: &str) -> T {
        self.element(id).unchecked_into()
    }

    fn element(&self, id: &str) -> Element {
        self.document
            .get_element_by_id(id)
            .unwrap_or_else(|| panic!("the page has no `{id}`"))
    }

    fn value(&self, id: &str) -> String {
        self.get::<HtmlInputElement>(id).value().trim().to_owned()
    }

    fn text(&self, id: &str, text: &str) {
        self.element(id).set_text_content(Some(text));
    }

    fn hide(&self, id: &str, hidden: bool) {
        self.get::<HtmlElement>(id).set_hidden(hidden);
    }

    fn focus(&self, id: &str) {
        drop(self.get::<HtmlElement>(id).focus());
    }

    /// Disables a button for users without removing its focus.
    fn enable(&self, id: &str, enabled: bool) {
        let disabled = if enabled { "false" } else { "true" };
        drop(self.element(id).set_attribute("aria-disabled", disabled));
    }

    fn is_enabled(&self, id: &str) -> bool {
        self.element(id).get_attribute("aria-disabled").as_deref() != Some("true")
    }

    fn create(&self, tag: &str, attributes: &[(&str, &str)], text: &str) -> Element {
        let element =
            self.document.create_element(tag).expect("the name is one of a tag");
        for (name, value) in attributes {
            drop(element.set_attribute(name, value));
        }
        element.set_text_content(Some(text));
        element
    }
}

/// Calls a function for each event of an element. Prevents the browser from submitting forms.
fn listen(element: &Element, what: &str, mut then: impl FnMut() + 'static) {
    let handler =
        Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
            if event.type_() == "submit" {
                event.prevent_default();
            }
            then();
        });
    let function = handler.into_js_value().unchecked_into();
    drop(element.add_event_listener_with_callback(what, &function));
}

/// Waits.
pub(crate) async fn sleep(wait: Duration) {
    if wait.is_zero() {
        return;
    }
    let millis = i32::try_from(wait.as_millis()).unwrap_or(i32::MAX);
    let promise = Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            drop(window.set_timeout_with_callback_and_timeout_and_arguments_0(
                &resolve, millis,
            ));
        }
    });
    drop(JsFuture::from(promise).await);
}

/// Returns a short description of an error.
fn title(error: &Error) -> &'static str {
    match error.kind() {
        _ if error.is_not_found() => "It does not exist any more",
        _ if error.is_rate_limited() => "Too many requests",
        _ if error.is_timeout() => "The API did not respond in time",
        ErrorKind::Api
            if error.status().is_some_and(|status| status.as_u16() == 401) =>
        {
            "The API key was not accepted"
        }
        ErrorKind::Api => "The API refused the request",
        ErrorKind::Connection => "The API cannot be reached",
        _ => "The request failed",
    }
}

/// Returns a hint about an error whose message has none.
fn advice(error: &Error) -> &'static str {
    match error.kind() {
        _ if error.is_rate_limited() => "Wait a minute, then try again.",
        _ if error.is_timeout() => {
            "Try again. If that does not help, check the address above."
        }
        ErrorKind::Connection => {
            "Check the address above and the network. Browsers do not tell a page more than that, not even whether the \
             API allows this page to call it (CORS)."
        }
        _ => "",
    }
}
