//! Who may send, where several try: rows of another crate's decide it, with the record of the send.

use super::StoreRow;
use crate::delivery::Receipt;
use crate::error::Error;

/// Rows of another crate in the same database, written in the same transactions as the record of a send: either both are
/// there or neither.
#[doc(hidden)]
pub trait SendClaim: Send + Sync {
    /// Written as the send of this reference begins. Where it changes nothing, nothing is recorded and nothing is sent.
    fn claim(&self, reference: Option<&str>) -> StoreRow;
    /// Written as the send ends.
    fn settle(&self, sent: &Result<Receipt, Error>) -> StoreRow;
}
