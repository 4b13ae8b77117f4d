//! What a transfer of a file costs: the growth of memory, the CPU time and the time. `clients/files.py` and `files.mjs` do the same.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::{Args, ValueEnum};
use serde_json::json;
use wamid::Client;
use wamid_sandbox::{Sandbox, SandboxOptions};

use crate::figures::{cpu_seconds, kilobytes, say};

/// Which way a file goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Way {
    Upload,
    Download,
}

#[derive(Args)]
pub(crate) struct Transfer {
    /// `wamid`: this program has no other
    subject: String,
    #[arg(value_enum)]
    way: Way,
    #[arg(long)]
    url: String,
    #[arg(long)]
    file: PathBuf,
}

/// Meta, as the sandbox plays it, until this process is ended.
pub(crate) async fn serve() -> Result<(), String> {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.map_err(said)?;
    say(sandbox.url());
    std::future::pending().await
}

pub(crate) async fn run(transfer: &Transfer) -> Result<(), String> {
    if transfer.subject != "wamid" {
        return Err(format!("no subject {}", transfer.subject));
    }
    let client =
        Client::cloud("sandbox-token", "106540352242922").graph_url(&transfer.url).build().map_err(said)?;
    // A small file first, so that what is loaded once is not counted.
    let small = beside(&transfer.file, "small.pdf");
    write_small(&small).map_err(said)?;
    let media = upload(&client, &small).await?;
    let copy = beside(&transfer.file, "copy.pdf");
    download(&client, &media, &copy).await?;
    let media = if transfer.way == Way::Download { upload(&client, &transfer.file).await? } else { media };
    // The peak counts from here.
    std::fs::write("/proc/self/clear_refs", "5").map_err(said)?;
    let (before, cpu, began) = (kilobytes("VmRSS:"), cpu_seconds(), Instant::now());
    match transfer.way {
        Way::Upload => drop(upload(&client, &transfer.file).await?),
        Way::Download => download(&client, &media, &copy).await?,
    }
    let grown = kilobytes("VmHWM:").zip(before).map(|(peak, before)| peak.saturating_sub(before));
    let line = json!({
        "grown_kb": grown,
        "cpu_s": cpu_seconds() - cpu,
        "seconds": began.elapsed().as_secs_f64(),
    });
    for file in [small, copy] {
        std::fs::remove_file(file).map_err(said)?;
    }
    say(&line.to_string());
    Ok(())
}

fn beside(file: &Path, name: &str) -> PathBuf {
    file.with_file_name(format!("rust-{}-{name}", std::process::id()))
}

fn write_small(path: &Path) -> std::io::Result<()> {
    let mut file = std::fs::File::create(path)?;
    file.write_all(b"%PDF-1.7\n")?;
    file.write_all(&[0; 1000])
}

async fn upload(client: &Client, file: &Path) -> Result<String, String> {
    let file = file.to_str().ok_or("the path is no text")?;
    client.upload_media().file(file).mime_type("application/pdf").await.map_err(said)
}

async fn download(client: &Client, media: &str, to: &Path) -> Result<(), String> {
    let to = to.to_str().ok_or("the path is no text")?;
    client.download_media_to(media, to).await.map(drop).map_err(said)
}

fn said(error: impl ToString) -> String {
    error.to_string()
}
