//! Files: what Meta takes, where their content comes from, and how it is fetched.

mod formats;
mod held;
mod kinds;
mod partial;
mod progress;
mod source;

pub use self::held::Bytes;
pub use self::kinds::media_types;
pub(crate) use self::partial::Partial;
pub(crate) use self::progress::Reporter;
pub use self::progress::{TransferProgress, TransferReport};
pub(crate) use self::source::Upload;
