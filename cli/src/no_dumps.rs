//! Keeps the memory of a gateway out of core dumps, and from other processes of the same user.

/// The tokens of all accounts are in the memory of a gateway. A dump of it would put them on the disk, and from there into backups
/// and bug reports. Root can still look (`gcore`).
#[cfg(unix)]
pub(super) fn forbid() {
    use rustix::process::{Resource, Rlimit, setrlimit};

    let limited = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    // Where dumps go to a program (`core_pattern` with `|`), the limit alone does not hold. Without this mark nobody but root
    // reads `/proc/PID/environ` or `mem`, or attaches to the process.
    #[cfg(target_os = "linux")]
    let limited = limited.and_then(|()| {
        rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable)
    });
    if let Err(error) = limited {
        tracing::warn!(%error, "a crash may leave a core dump, with the tokens of the accounts in it");
    }
}

#[cfg(not(unix))]
pub(super) fn forbid() {}
