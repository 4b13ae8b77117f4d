//! The page's files: all of the folder `sandbox/page`, which the build script packs.

/// A path below the page's own, and what is there, packed by gzip.
pub(super) type File = (&'static str, &'static [u8]);

pub(super) const FILES: &[File] = include!(concat!(env!("OUT_DIR"), "/page.rs"));
