//! Gives what is at a path.

use super::Call;
use crate::errors::Outcome;
use crate::http::Whole;
use crate::store::Store;

pub(super) fn get(call: &Call<'_>, store: &Store) -> Outcome<Whole> {
    call.reply_with(store, &call.steps, call.spot())
}
