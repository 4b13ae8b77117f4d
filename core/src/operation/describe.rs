//! What the declarations of operations say, for generators and documents.

use crate::message::{FieldInfo, Shape};

/// An operation.
#[derive(Debug, Clone)]
pub struct OperationInfo {
    /// Its name.
    pub name: &'static str,
    /// What it does, a line each.
    pub docs: &'static [&'static str],
    /// Its arguments, those that it cannot do without first.
    pub fields: Vec<FieldInfo>,
    /// Whether it tells how far it has come, to a `progress` that every language has beside the fields.
    pub progress: bool,
    /// What it answers; none where that is nothing.
    pub returns: Option<Shape>,
}
