"""What a transfer of a file costs in Python: the growth of memory, the CPU time and the time.

    files.py SUBJECT upload|download --url URL --file FILE

A small file goes up and down first, so that what is loaded once is not counted. It prints one JSON line.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from pathlib import Path

PHONE_ID = "106540352242922"
TOKEN = "sandbox-token"


def memory(name: str) -> int:
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(name))


def wamid(url: str):
    import wamid

    client = wamid.Client.cloud(TOKEN, PHONE_ID, graph_url=url)
    return (
        lambda file: client.upload_media(file=file, mime_type="application/pdf"),
        lambda media, path: client.download_media_to(media, path),
    )


def pywa(url: str):
    from pywa import WhatsApp

    client = WhatsApp(phone_id=PHONE_ID, token=TOKEN)
    # Its address is fixed.
    client.api._session.base_url = f"{url}/v26.0"

    def download(media: str, path: Path) -> None:
        client.download_media(url=client.get_media_url(media).url, path=path.parent, filename=path.name)

    return lambda file: client.upload_media(file, "application/pdf").id, download


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("subject", choices=["wamid", "pywa"])
    parser.add_argument("way", choices=["upload", "download"])
    parser.add_argument("--url", required=True)
    parser.add_argument("--file", type=Path, required=True)
    given = parser.parse_args()
    upload, download = {"wamid": wamid, "pywa": pywa}[given.subject](given.url)
    with tempfile.TemporaryDirectory(dir=given.file.parent) as folder:
        small = Path(folder) / "small.pdf"
        small.write_bytes(b"%PDF-1.7\n" + bytes(1000))
        download(upload(small), Path(folder) / "small.copy")
        media = upload(given.file) if given.way == "download" else ""
        # The peak counts from here.
        Path("/proc/self/clear_refs").write_text("5")
        before, cpu, began = memory("VmRSS"), time.process_time(), time.perf_counter()
        if given.way == "upload":
            upload(given.file)
        else:
            download(media, Path(folder) / "copy")
        seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
        line = {"grown_kb": memory("VmHWM") - before, "cpu_s": cpu, "seconds": seconds}
        if given.way == "download":
            assert (Path(folder) / "copy").stat().st_size == given.file.stat().st_size
    print(json.dumps(line), flush=True)
    # Sessions that were not closed have a lot to say about it.
    os._exit(0)


if __name__ == "__main__":
    main()
