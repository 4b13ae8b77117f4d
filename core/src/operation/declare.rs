//! How an operation and its results are declared.

/// Declares an operation: `MarkRead, mark_read -> () { required { … } optional { … } }`, with fields as a kind of message has them. It makes the
/// type of the arguments, the client's method, and a setter of the call for each optional argument. With `progress` behind the answer's type it
/// tells how far it has come.
macro_rules! operation {
    (
        $(#[doc = $doc:literal])*
        $name:ident, $method:ident -> $output:ty $(, $progress:ident)? {
            $(required {
                $( $(#[doc = $rdoc:literal])* $rfield:ident: $rtype:ty $([$($rlimit:tt)*])? ),* $(,)?
            })?
            $(optional {
                $( $(#[doc = $odoc:literal])* $ofield:ident: $otype:ty $([$($olimit:tt)*])? ),* $(,)?
            })?
        }
    ) => {
        $crate::message::declare! {
            @type $name [" The arguments of its operation."]
            required { $($( $(#[doc = $rdoc])* $rfield: $rtype $([$($rlimit)*])? ),*)? }
            optional { $($( $(#[doc = $odoc])* $ofield: $otype $([$($olimit)*])? ),*)? }
        }

        impl $crate::Client {
            $(#[doc = $doc])*
            pub fn $method(
                &self,
                $($($rfield: impl Into<$rtype>),*)?
            ) -> $crate::operation::OperationCall<'_, $name> {
                $crate::operation::OperationCall::new(self, $name::new($($($rfield),*)?))
            }
        }

        impl $crate::operation::OperationCall<'_, $name> {
            $($(
                $(#[doc = $odoc])*
                pub fn $ofield(mut self, $ofield: impl Into<$otype>) -> Self {
                    self.operation.$ofield = Some($ofield.into());
                    self
                }
            )*)?

            $( $crate::operation::declare::progress_setter!($progress); )?
        }

        impl $crate::operation::Operation for $name {
            const NAME: &'static str = stringify!($method);
            type Output = $output;

            fn read(arguments: &str) -> Result<Self, $crate::Error> {
                $crate::operation::members(arguments, Self::read_members)
            }

            fn check(&self) -> Result<(), $crate::Error> {
                self.check_members(None)
            }

            fn perform(
                self,
                client: &$crate::Client,
                reporter: $crate::media::Reporter,
            ) -> impl Future<Output = Result<$output, $crate::Error>> + Send {
                $crate::operation::declare::perform_on!(self, client, reporter $(, $progress)?)
            }

            fn info() -> $crate::operation::OperationInfo {
                $crate::operation::OperationInfo {
                    name: stringify!($method),
                    docs: &[$($doc),*],
                    fields: Self::fields(),
                    progress: $crate::operation::declare::reports_progress!($($progress)?),
                    returns: <$output as $crate::operation::output::Output>::shape(),
                }
            }
        }
    };
}
pub(super) use operation;

/// The setter of a call that tells how far it has come.
macro_rules! progress_setter {
    (progress) => {
        /// Is called with the bytes that have moved, at most ten times a second, and once at the end. One that panics is not called
        /// again; the transfer goes on.
        pub fn progress(mut self, report: impl FnMut($crate::TransferProgress) + Send + 'static) -> Self {
            self.reporter = $crate::media::Reporter::new(Some(Box::new(report)));
            self
        }
    };
}
pub(super) use progress_setter;

/// How an operation is made: one that tells how far it has come takes whom it tells.
macro_rules! perform_on {
    ($this:expr, $client:expr, $reporter:expr) => {{
        let _ = $reporter;
        $this.on($client)
    }};
    ($this:expr, $client:expr, $reporter:expr, progress) => {
        $this.on($client, $reporter)
    };
}
pub(super) use perform_on;

macro_rules! reports_progress {
    () => {
        false
    };
    (progress) => {
        true
    };
}
pub(super) use reports_progress;

/// Declares what an operation answers: a type whose fields are read by name. It may be the argument of another operation.
macro_rules! result {
    (
        $(#[doc = $doc:literal])*
        $name:ident { $( $(#[doc = $fdoc:literal])* $field:ident: $type:ty ),* $(,)? }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
        #[non_exhaustive]
        pub struct $name {
            $( $(#[doc = $fdoc])* pub $field: $type, )*
        }

        impl $crate::operation::output::Held for $name {
            fn held() -> $crate::message::Shape {
                <Self as $crate::operation::output::Output>::shape().unwrap_or($crate::message::Shape::Json)
            }

            fn given(
                members: &$crate::message::members::Members<'_>,
                name: &'static str,
            ) -> Result<Self, $crate::Error> {
                Ok(members.optional(name)?.unwrap_or_default())
            }
        }

        /// As an argument.
        impl $crate::message::field::Field for $name {
            fn read(
                raw: &serde_json::value::RawValue,
                path: $crate::argument::Path<'_>,
            ) -> Result<Self, $crate::Error> {
                let members = $crate::message::members::Members::of(raw, Some(path))
                    .ok_or_else(|| $crate::Error::invalid(path, "must be an object"))?;
                let read = Self {
                    $( $field: $crate::operation::output::Held::given(&members, stringify!($field))? ),*
                };
                members.done()?;
                Ok(read)
            }

            fn check(
                &self,
                _: $crate::argument::Path<'_>,
                _: $crate::message::Limits,
            ) -> Result<(), $crate::Error> {
                Ok(())
            }

            fn write(&self, out: &mut $crate::json::Writer) {
                out.value(self);
            }

            fn shape() -> $crate::message::Shape {
                match <Self as $crate::operation::output::Held>::held() {
                    $crate::message::Shape::Record(record) => $crate::message::Shape::Answer(record),
                    other => other,
                }
            }
        }

        impl $crate::operation::output::Output for $name {
            fn shape() -> Option<$crate::message::Shape> {
                Some($crate::message::Shape::Record($crate::message::RecordInfo {
                    class: stringify!($name),
                    docs: &[$($doc),*],
                    fields: vec![$( $crate::message::FieldInfo {
                        name: stringify!($field),
                        docs: &[$($fdoc),*],
                        shape: <$type as $crate::operation::output::Held>::held(),
                        presence: <$type as $crate::operation::output::Held>::PRESENCE,
                        limits: $crate::message::Limits::NONE,
                    } ),*],
                }))
            }
        }
    };
}
pub(super) use result;
