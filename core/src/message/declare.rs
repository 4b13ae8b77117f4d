//! The macro `declare!`, with which a kind declares its fields. It makes the type, setters, JSON reading, checks and description.

/// Declares the type of a kind (`kind Image = "image" { example "…"; … }`) or of a part of one (`record Row { … }`): its fields with docs,
/// types and limits, in up to four groups. The example is a content of the kind as JSON, from which `cargo xtask generate` makes the
/// snippets of every language. `required` are the arguments of its constructor; of `one of` exactly one is given, each by a
/// constructor of its name, or after `required` by a setter; `optional` and `lists` have a setter each.
///
/// An error that says that none of `one of` is given, or two, names the first or the second; with `one of [field]` always that field.
/// A field `kind` is `type` in JSON: Rust's own word is taken.
///
/// It makes the type, its constructors and setters, how it is read from JSON, checked and written, and its description.
macro_rules! declare {
    (
        $(#[doc = $doc:literal])*
        kind $name:ident = $type:literal { example $example:literal; $($groups:tt)* }
    ) => {
        $crate::message::declare::declare! { @type $name [$($doc)*] $($groups)* }
        $crate::message::declare::one_of! { $name $($groups)* }

        impl $crate::message::kind::Declared for $name {
            const NAME: &'static str = $type;

            fn read(members: &$crate::message::members::Members<'_>) -> Result<Self, $crate::Error> {
                Self::read_members(members)
            }

            fn check(&self) -> Result<(), $crate::Error> {
                self.check_members(None)
            }

            fn write_members(&self, out: &mut $crate::json::Writer) {
                self.write_each(out, |out| out.json(","));
            }

            fn info() -> $crate::message::KindInfo {
                $crate::message::KindInfo {
                    name: $type,
                    class: stringify!($name),
                    docs: &[$($doc),*],
                    example: $example,
                    fields: Self::fields(),
                }
            }
        }
    };
    (
        $(#[doc = $doc:literal])*
        record $name:ident { $($groups:tt)* }
    ) => {
        $crate::message::declare::declare! { @type $name [$($doc)*] $($groups)* }
        $crate::message::declare::one_of! { $name $($groups)* }

        impl $crate::message::field::Field for $name {
            fn read(
                raw: &serde_json::value::RawValue,
                path: $crate::argument::Path<'_>,
            ) -> Result<Self, $crate::Error> {
                let members = $crate::message::members::Members::of(raw, Some(path))
                    .ok_or_else(|| $crate::Error::invalid(path, "must be an object"))?;
                let read = Self::read_members(&members)?;
                members.done()?;
                Ok(read)
            }

            fn check(
                &self,
                path: $crate::argument::Path<'_>,
                _: $crate::message::Limits,
            ) -> Result<(), $crate::Error> {
                self.check_members(Some(&path))
            }

            fn write(&self, out: &mut $crate::json::Writer) {
                let mut first = true;
                out.json("{");
                self.write_each(out, |out| {
                    if !std::mem::take(&mut first) {
                        out.json(",");
                    }
                });
                out.json("}");
            }

            fn shape() -> $crate::message::Shape {
                $crate::message::Shape::Record($crate::message::RecordInfo {
                    class: stringify!($name),
                    docs: &[$($doc),*],
                    fields: Self::fields(),
                })
            }
        }
    };
    (
        @type $name:ident [$($doc:literal)*]
        $(required {
            $( $(#[doc = $rdoc:literal])* $rfield:ident: $rtype:ty $([$($rlimit:tt)*])? ),* $(,)?
        })?
        $(one of $([$blamed:ident])? {
            $( $(#[doc = $cdoc:literal])* $cfield:ident: $ctype:ty $([$($climit:tt)*])? ),* $(,)?
        })?
        $(optional {
            $( $(#[doc = $odoc:literal])* $ofield:ident: $otype:ty $([$($olimit:tt)*])? ),* $(,)?
        })?
        $(lists {
            $( $(#[doc = $ldoc:literal])* $lfield:ident: $ltype:ty $([$($llimit:tt)*])? ),* $(,)?
        })?
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Default, PartialEq)]
        #[non_exhaustive]
        pub struct $name {
            $($( $(#[doc = $rdoc])* pub $rfield: $rtype, )*)?
            $($( $(#[doc = $cdoc])* pub $cfield: Option<$ctype>, )*)?
            $($( $(#[doc = $odoc])* pub $ofield: Option<$otype>, )*)?
            $($( $(#[doc = $ldoc])* pub $lfield: Vec<$ltype>, )*)?
        }

        impl $name {
            $(
                #[doc = concat!("`", stringify!($name), "` with what it cannot do without.")]
                #[must_use]
                pub fn new($($rfield: impl Into<$rtype>),*) -> Self {
                    Self { $($rfield: $rfield.into(),)* ..Self::default() }
                }
            )?

            $($(
                $(#[doc = $odoc])*
                #[must_use]
                pub fn $ofield(mut self, $ofield: impl Into<$otype>) -> Self {
                    self.$ofield = Some($ofield.into());
                    self
                }
            )*)?

            $($(
                $(#[doc = $ldoc])*
                #[must_use]
                pub fn $lfield<T: Into<$ltype>>(mut self, $lfield: impl IntoIterator<Item = T>) -> Self {
                    self.$lfield = $lfield.into_iter().map(Into::into).collect();
                    self
                }
            )*)?

            fn read_members(
                members: &$crate::message::members::Members<'_>,
            ) -> Result<Self, $crate::Error> {
                let _ = members;
                #[allow(unused_imports, reason = "a type without fields needs none")]
                use $crate::message::declare::name;
                Ok(Self {
                    $($( $rfield: members.required(name!($rfield))?, )*)?
                    $($( $cfield: members.optional(name!($cfield))?, )*)?
                    $($( $ofield: members.optional(name!($ofield))?, )*)?
                    $($( $lfield: members.list(name!($lfield))?, )*)?
                })
            }

            #[inline]
            fn check_members(&self, path: Option<&$crate::argument::Path<'_>>) -> Result<(), $crate::Error> {
                let _ = path;
                #[allow(unused_imports, reason = "a type without fields needs none")]
                use $crate::argument::Path;
                #[allow(unused_imports, reason = "a type without fields needs none")]
                use $crate::message::declare::name;
                #[allow(unused_imports, reason = "a type without fields needs none")]
                use $crate::message::field::Field as _;
                #[allow(unused_imports, reason = "a type without fields needs none")]
                use $crate::message::limits::limits;
                $($(
                    self.$rfield.check(Path::below(path, name!($rfield)), limits!($($($rlimit)*)?))?;
                )*)?
                $(
                    let given = [$((name!($cfield), self.$cfield.is_some())),*];
                    let blamed: Option<&str> = [$(name!($blamed))?].into_iter().next();
                    $crate::message::declare::exactly_one(&given, blamed, path)?;
                    $(
                        if let Some(value) = &self.$cfield {
                            value.check(Path::below(path, name!($cfield)), limits!($($($climit)*)?))?;
                        }
                    )*
                )?
                $($(
                    if let Some(value) = self.$ofield.as_ref().filter(|value| !value.is_absent()) {
                        value.check(Path::below(path, name!($ofield)), limits!($($($olimit)*)?))?;
                    }
                )*)?
                $($(
                    if !self.$lfield.is_empty() {
                        self.$lfield.check(Path::below(path, name!($lfield)), limits!($($($llimit)*)?))?;
                    }
                )*)?
                Ok(())
            }

            #[allow(dead_code, reason = "arguments of an operation are read only")]
            fn write_each(
                &self,
                out: &mut $crate::json::Writer,
                mut between: impl FnMut(&mut $crate::json::Writer),
            ) {
                let _ = (&mut between, &out);
                #[allow(unused_imports, reason = "a type without fields needs none")]
                use $crate::message::declare::name;
                #[allow(unused_imports, reason = "a type without fields needs none")]
                use $crate::message::field::Field as _;
                #[allow(unused_imports, reason = "a type without fields needs none")]
                use $crate::message::limits::limits;
                $($(
                    between(out);
                    out.json(concat!("\"", name!($rfield), "\":"));
                    self.$rfield.write(out);
                )*)?
                $($(
                    if let Some(value) = &self.$cfield {
                        between(out);
                        out.json(concat!("\"", name!($cfield), "\":"));
                        value.write(out);
                    }
                )*)?
                $($(
                    let may_be_empty = limits!($($($olimit)*)?).may_be_empty();
                    if let Some(value) = self.$ofield.as_ref().filter(|value| may_be_empty || !value.is_absent()) {
                        between(out);
                        out.json(concat!("\"", name!($ofield), "\":"));
                        value.write(out);
                    }
                )*)?
                $($(
                    if !self.$lfield.is_empty() {
                        between(out);
                        out.json(concat!("\"", name!($lfield), "\":"));
                        self.$lfield.write(out);
                    }
                )*)?
            }

            fn fields() -> Vec<$crate::message::FieldInfo> {
                #[allow(unused_imports, reason = "a type without fields needs none")]
                use $crate::message::declare::name;
                #[allow(unused_imports, reason = "a type without fields needs none")]
                use $crate::message::field::Field;
                #[allow(unused_imports, reason = "a type without fields needs none")]
                use $crate::message::limits::limits;
                #[allow(unused_imports, reason = "a type without fields needs none")]
                use $crate::message::{FieldInfo, Presence};
                vec![
                    $($( FieldInfo {
                        name: name!($rfield),
                        docs: &[$($rdoc),*],
                        shape: <$rtype as Field>::shape(),
                        presence: Presence::Required,
                        limits: limits!($($($rlimit)*)?),
                    }, )*)?
                    $($( FieldInfo {
                        name: name!($cfield),
                        docs: &[$($cdoc),*],
                        shape: <$ctype as Field>::shape(),
                        presence: Presence::OneOf,
                        limits: limits!($($($climit)*)?),
                    }, )*)?
                    $($( FieldInfo {
                        name: name!($ofield),
                        docs: &[$($odoc),*],
                        shape: <$otype as Field>::shape(),
                        presence: Presence::Optional,
                        limits: limits!($($($olimit)*)?),
                    }, )*)?
                    $($( FieldInfo {
                        name: name!($lfield),
                        docs: &[$($ldoc),*],
                        shape: <Vec<$ltype> as Field>::shape(),
                        presence: Presence::Optional,
                        limits: limits!($($($llimit)*)?),
                    }, )*)?
                ]
            }
        }
    };
}
pub(crate) use declare;

/// What gives a value to one field of a choice: a constructor of its name, or, where a constructor has what else is needed, a setter.
macro_rules! one_of {
    (
        $name:ident
        one of $([$blamed:ident])? {
            $( $(#[doc = $doc:literal])* $field:ident: $type:ty $([$($limit:tt)*])? ),* $(,)?
        }
        $($rest:tt)*
    ) => {
        impl $name {
            $(
                $(#[doc = $doc])*
                #[must_use]
                pub fn $field($field: impl Into<$type>) -> Self {
                    Self { $field: Some($field.into()), ..Self::default() }
                }
            )*
        }
    };
    (
        $name:ident
        required { $($required:tt)* }
        one of $([$blamed:ident])? {
            $( $(#[doc = $doc:literal])* $field:ident: $type:ty $([$($limit:tt)*])? ),* $(,)?
        }
        $($rest:tt)*
    ) => {
        impl $name {
            $(
                $(#[doc = $doc])*
                #[must_use]
                pub fn $field(mut self, $field: impl Into<$type>) -> Self {
                    self.$field = Some($field.into());
                    self
                }
            )*
        }
    };
    ($($no_choice:tt)*) => {};
}
pub(crate) use one_of;

/// A field's name in JSON.
macro_rules! name {
    (kind) => {
        "type"
    };
    ($field:ident) => {
        stringify!($field)
    };
}
pub(crate) use name;

use crate::argument::Path;
use crate::error::Error;

/// Refuses none, by `blamed` or the first field, and two, by `blamed` or the second.
pub(crate) fn exactly_one(
    given: &[(&str, bool)],
    blamed: Option<&str>,
    path: Option<&Path<'_>>,
) -> Result<(), Error> {
    let mut set = given.iter().filter(|(_, set)| *set);
    match (set.next(), set.next()) {
        (Some(_), None) => Ok(()),
        (None, _) => {
            let names: Vec<&str> = given.iter().map(|(name, _)| *name).collect();
            let first = blamed.or_else(|| names.first().copied()).unwrap_or_default();
            Err(Error::invalid(Path::below(path, first), format!("is missing: give {}", names.join(" or "))))
        }
        (Some((first, _)), Some((second, _))) => {
            let (named, other) = if blamed == Some(*first) { (first, second) } else { (second, first) };
            let message = format!("must not stand beside {other}: give one of them");
            Err(Error::invalid(Path::below(path, named), message))
        }
    }
}
