//! Calls and lists of one client, which the parent module provides together with a way to wait for it.

use std::fmt::Debug;

use ngrok_client::{Call, HttpRequest, List, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Client, collect, wait};
use crate::arguments::{Arguments, Fill};
use crate::clients::{CallResult, Prepared, Tables, page_value};
use crate::types::encode;

pub(super) static TABLES: Tables<Client> = Tables {
    operations: generated::OPERATIONS,
    instances: generated::INSTANCES,
    fetches: generated::FETCHES,
    services: generated::SERVICES,
};

#[allow(deprecated, reason = "deprecated operations are included")]
#[allow(clippy::all, clippy::pedantic, reason = "generated")]
mod generated {
    use ngrok_client::types::*;

    use super::{Client, call, list};

    type Make = crate::clients::Make<Client>;

    include!(concat!(env!("OUT_DIR"), "/operations.rs"));
}

fn call<T>(call: Call<T, Client>) -> Box<dyn Prepared>
where
    T: Serialize + DeserializeOwned + Debug + 'static,
{
    Box::new(Once(call))
}

/// Calls every setter of a list.
type Ask<T, Q> = fn(List<T, Client, Q>) -> List<T, Client, Q>;

/// Returns a list, with every setter called if the arguments require it.
fn list<T, Q>(
    list: List<T, Client, Q>,
    with: &Arguments,
    ask: Ask<T, Q>,
) -> Box<dyn Prepared>
where
    T: Serialize + DeserializeOwned + Debug + 'static,
    Q: 'static,
{
    Box::new(Many(if with.fill == Fill::Full { ask(list) } else { list }))
}

struct Once<T>(Call<T, Client>);

impl<T: Serialize + Debug> Prepared for Once<T> {
    fn request(&self) -> Result<HttpRequest> {
        self.0.request()
    }

    fn debug(&self) -> String {
        format!("{0:?} {0:#?} {1:?}", self.0, self.0.request())
    }

    fn send(self: Box<Self>) -> Result<CallResult> {
        let response = wait(self.0.send_with_meta())?;
        Ok(CallResult::new(&response, encode(response.value())))
    }

    fn value(self: Box<Self>) -> Result<Value> {
        Ok(encode(&wait(self.0.send())?))
    }

    fn items(self: Box<Self>) -> Option<Result<Vec<Value>>> {
        None
    }
}

struct Many<T, Q>(List<T, Client, Q>);

impl<T: Serialize + DeserializeOwned + Debug, Q> Prepared for Many<T, Q> {
    fn request(&self) -> Result<HttpRequest> {
        self.0.clone().first_page().request()
    }

    fn debug(&self) -> String {
        let (pages, items) = (self.0.clone().pages(), self.0.clone().items());
        format!("{0:?} {0:#?} {pages:?} {items:?}", self.0)
    }

    fn send(self: Box<Self>) -> Result<CallResult> {
        let response = wait(self.0.first_page().send_with_meta())?;
        Ok(CallResult::new(&response, page_value(response.value())))
    }

    fn value(self: Box<Self>) -> Result<Value> {
        Ok(page_value(&wait(self.0.first_page().send())?))
    }

    fn items(self: Box<Self>) -> Option<Result<Vec<Value>>> {
        let items = collect(self.0);
        Some(items.map(|items| items.iter().map(encode).collect()))
    }
}
