//! What a client does besides sending. An operation is declared once (`declare.rs`): its arguments with their limits and documentation, and
//! its result. The methods of the other languages are generated from that.

mod check_template;
mod content;
mod declare;
mod describe;
mod form;
mod host;
mod mark_read;
mod media;
mod output;
mod profile;
mod request;
mod resumable;
mod sends;
mod templates;
mod transfer;
mod users;

use std::future::{Future, IntoFuture};
use std::pin::Pin;

use tracing::Instrument;

pub use self::check_template::CheckTemplate;
pub use self::content::MediaContent;
pub use self::describe::OperationInfo;
pub use self::mark_read::MarkRead;
pub use self::media::{DeleteMedia, LookUpMedia, MediaInfo};
pub use self::profile::{BusinessProfile, ProfilePhoto, ReadProfile, UpdateProfile};
pub use self::request::GraphRequest;
pub use self::sends::{ListSends, SendRecord};
pub use self::templates::{
    CreateTemplate, CreatedTemplate, DeleteTemplate, EditTemplate, ListTemplates, TemplateInfo,
};
pub use self::transfer::{Download, DownloadMedia, DownloadMediaTo, UploadMedia};
pub use self::users::{BlockFailure, BlockUsers, BlockedUsers, Blocking, UnblockUsers};
use crate::argument::Path;
use crate::client::Client;
use crate::client::runtime::on_tokio;
use crate::delivery::panics::caught;
use crate::error::Error;
use crate::media::{Reporter, TransferReport};
use crate::message::members::Members;

/// An operation, as its declaration makes it.
pub trait Operation: Sized + Send + Sync {
    /// Its name, which is its method's.
    #[doc(hidden)]
    const NAME: &'static str;

    /// What it answers.
    #[doc(hidden)]
    type Output: output::Output + Send;

    #[doc(hidden)]
    fn read(arguments: &str) -> Result<Self, Error>;

    /// Holds each argument to its limits.
    #[doc(hidden)]
    fn check(&self) -> Result<(), Error>;

    #[doc(hidden)]
    fn perform(
        self,
        client: &Client,
        reporter: Reporter,
    ) -> impl Future<Output = Result<Self::Output, Error>> + Send;

    #[doc(hidden)]
    fn info() -> OperationInfo;
}

/// A call that has its arguments, to be awaited.
#[derive(Debug)]
#[must_use = "nothing is asked before it is awaited"]
pub struct OperationCall<'a, O> {
    client: &'a Client,
    pub(crate) operation: O,
    pub(crate) reporter: Reporter,
}

impl<'a, O> OperationCall<'a, O> {
    pub(crate) fn new(client: &'a Client, operation: O) -> Self {
        Self { client, operation, reporter: Reporter::default() }
    }
}

impl<'a, O: Operation + 'a> IntoFuture for OperationCall<'a, O> {
    type Output = Result<O::Output, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.client.perform(self.operation, self.reporter))
    }
}

impl Client {
    async fn perform<O: Operation>(&self, operation: O, reporter: Reporter) -> Result<O::Output, Error> {
        let span = tracing::info_span!(
            "wamid.call",
            operation = O::NAME,
            host = self.delivery().host.kind().as_str()
        );
        let work = async {
            operation.check()?;
            operation.perform(self, reporter).await
        };
        on_tokio().map_err(|error| self.finished(error, None))?;
        caught(work.instrument(span)).await.map_err(|error| self.finished(error, None))
    }
}

/// Lists the operations: what the bindings, the generator and the conformance runner know of them.
macro_rules! operations {
    ($($operation:ident),* $(,)?) => {
        impl Client {
            /// Makes the call of that name with arguments in JSON, an object; what it answers, in JSON. `progress` is told how far it has come,
            /// where it is an operation that tells.
            #[doc(hidden)]
            pub async fn ask(
                &self,
                operation: &str,
                arguments: &str,
                progress: Option<TransferReport>,
            ) -> Result<String, Error> {
                let reporter = Reporter::new(progress);
                match operation {
                    $($operation::NAME => {
                        let read = $operation::read(arguments).map_err(|error| self.finished(error, None))?;
                        self.perform(read, reporter).await.map(|answer| output::json(&answer))
                    })*
                    _ => Err(Error::invalid("operation", "is none of this client's")),
                }
            }

            /// What each operation declares.
            #[doc(hidden)]
            #[must_use]
            pub fn operations() -> Vec<OperationInfo> {
                vec![$($operation::info()),*]
            }
        }
    };
}

operations![
    BlockUsers,
    BlockedUsers,
    CheckTemplate,
    CreateTemplate,
    DeleteMedia,
    DeleteTemplate,
    DownloadMedia,
    DownloadMediaTo,
    EditTemplate,
    GraphRequest,
    ListSends,
    ListTemplates,
    LookUpMedia,
    MarkRead,
    ReadProfile,
    UnblockUsers,
    UpdateProfile,
    UploadMedia,
];

/// The object that the arguments in JSON are, to be read by `read`, which has to ask for each of them.
fn members<O>(arguments: &str, read: impl FnOnce(&Members<'_>) -> Result<O, Error>) -> Result<O, Error> {
    let members = Members::of_text(arguments, Path::key("arguments"))?;
    let operation = read(&members)?;
    members.done()?;
    Ok(operation)
}
