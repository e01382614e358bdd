//! The facts about the API that the runtime asks for.

use proc_macro2::TokenStream;
use quote::quote;

use crate::format::rust_file;
use crate::model::Model;

use super::tokens::ident;

/// The file of constants.
pub(super) fn emit(model: &Model) -> String {
    let constants = constants(model).into_iter().map(|(name, docs, value)| constant(name, docs, value));
    let tokens = quote! {
        //! Facts about the API as a whole.

        #(#constants)*
    };
    rust_file("api.yaml", &tokens)
}

fn constant(name: &str, docs: &str, value: &str) -> TokenStream {
    let (name, docs) = (ident(name), format!(" {docs}"));
    quote! {
        #[doc = #docs]
        pub(crate) const #name: &str = #value;
    }
}

fn constants(model: &Model) -> Vec<(&'static str, &'static str, &str)> {
    let (api, errors) = (&model.api, &model.error_codes);
    vec![
        ("API_NAME", "Name of the API.", &api.name),
        ("BASE_URL", "Where it lives.", &api.base_url),
        ("KEY_VARIABLE", "Environment variable that holds the API key.", &api.key_variable),
        ("URL_VARIABLE", "Environment variable that holds another address.", &api.url_variable),
        ("AUTH_HEADER", "Header that says who calls.", &api.auth_header),
        ("AUTH_SCHEME", "Word before the key in that header.", &api.auth_scheme),
        ("VERSION_HEADER", "Header that names the version of the API.", &api.version_header),
        ("VERSION_VALUE", "The version that this crate was made for.", &api.version_value),
        ("OPERATION_ID_HEADER", "Response header with the id of a call.", &api.operation_id_header),
        ("OPERATION_ID_DETAIL", "Key of that id in the details of an error.", &api.operation_id_detail),
        ("CURSOR_PARAMETER", "Query parameter that says where a page begins.", &api.cursor_parameter),
        ("LIMIT_PARAMETER", "Query parameter that says how long a page is.", &api.limit_parameter),
        ("FILTER_PARAMETER", "Query parameter that takes a filter.", &api.filter_parameter),
        ("PAGE_URI", "Key of the address of a page.", &api.page_uri),
        ("PAGE_NEXT", "Key of the address of the page after it.", &api.page_next),
        ("ERROR_CODE", "Key of the code in an error body.", &api.error_code),
        ("ERROR_STATUS", "Key of the HTTP status in an error body.", &api.error_status),
        ("ERROR_MESSAGE", "Key of the message in an error body.", &api.error_message),
        ("ERROR_DETAILS", "Key of the details in an error body.", &api.error_details),
        ("ERROR_CODE_PREFIX", "What a code has before its number.", &errors.prefix),
        ("ERROR_CODE_SUFFIX", "What a code has after its number.", &errors.suffix),
        ("ERROR_DOCS", "Where a code is documented.", &errors.docs_url),
    ]
}
