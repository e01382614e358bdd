//! The accessors of both clients: `client.ip_policies()`.

use quote::quote;

use crate::format::rust_file;
use crate::model::Model;

use super::groups::{Group, accessors};

/// Emits the file with the accessors.
pub(super) fn emit(model: &Model) -> String {
    let accessors = accessors(&Group::of(model), &[]);
    let tokens = quote! {
        //! Accessors of services.

        use crate::runtime::client_services;

        client_services! { #accessors }
    };
    rust_file("resources/", &tokens)
}
