//! A small disk that a store lies on, so that it can be full for a while.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder; where this user may mount one, a file system of its own in memory.
pub(crate) struct Disk {
    folder: tempfile::TempDir,
    is_own: bool,
}

impl Disk {
    pub(crate) fn of(mebibytes: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let size = format!("size={mebibytes}m,mode=1777");
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(folder.path()).output();
        let is_own = mounted.is_ok_and(|mounted| mounted.status.success());
        if !is_own {
            println!("full disks skipped: this user cannot mount a tmpfs");
        }
        Self { folder, is_own }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Whether it can be full without harm to others.
    pub(crate) fn is_own(&self) -> bool {
        self.is_own
    }

    /// Fills it up to the last byte, until the filler is dropped.
    pub(crate) fn fill(&self) -> Option<Filler> {
        if !self.is_own {
            return None;
        }
        let filler = Filler(self.path().join("filler"));
        let mut file = File::create(&filler.0).ok()?;
        for size in [1 << 20, 1 << 12, 1] {
            let piece = vec![0; size];
            while file.write_all(&piece).is_ok() {}
        }
        Some(filler)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        if self.is_own {
            let _ = Command::new("umount").arg("--lazy").arg(self.path()).status();
        }
    }
}

/// What takes all the room.
pub(crate) struct Filler(PathBuf);

impl Drop for Filler {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}
