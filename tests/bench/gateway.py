"""Puts the same load on the original under gunicorn and on `wamid serve`, side by side, and writes docs/benchmarks.md.

    cargo build --release -p wamid-cli
    WAMID_BINARY=target/release/wamid target/django/venv/bin/python tests/bench/gateway.py [--quick]

The venv is what `cargo xtask test` made for tests/django. With WAMID_TEST_POSTGRES (a server that databases can be made
in) `wamid serve` runs on PostgreSQL too. All of docs/benchmarks.md below its line of dashes is kept: remarks go there.
"""

from __future__ import annotations

import datetime
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
os.environ.setdefault("WAMID_BINARY", str(ROOT / "target/release/wamid"))
os.environ["WAMID_BINARY"] = str(Path(os.environ["WAMID_BINARY"]).resolve())
# hosts.py starts gunicorn with 8 threads; gunicorn adds what is said here.
os.environ["GUNICORN_CMD_ARGS"] = "--workers 2"
sys.path.insert(0, str(ROOT / "tests/django"))
from hosts import WAMID, Host, Hosts, Sandbox, clean_environment  # noqa: E402
from load import CONNECTIONS, drive  # noqa: E402

DOCUMENT = ROOT / "docs/benchmarks.md"
RUNS = 3
TICKS = os.sysconf("SC_CLK_TCK")
#: Above this share of the machine taken by others a run counts as disturbed.
DISTURBED = 0.10


@dataclass
class Run:
    rate: float
    p50: float
    p99: float
    cpu: float  # microseconds a request, of the server's processes
    postgres: float  # microseconds a request, of PostgreSQL's processes
    others: float  # share of the machine that neither this script nor what it started took
    load: float  # the load average as the run began


@dataclass
class Subject:
    """What is measured."""

    name: str
    host: Host
    pid: int
    requests: int
    keyed: bool = False
    postgres: int = 0  # the id of PostgreSQL's first process
    rss: float = 0.0  # MiB
    runs: list[Run] = field(default_factory=list)

    def median(self, what: str) -> float:
        return statistics.median(getattr(run, what) for run in self.runs)


def processes() -> Iterator[tuple[int, int, float]]:
    """Each process: its id, its parent's, and CPU seconds, those of its ended children included."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                values = (folder / "stat").read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            yield int(folder.name), int(values[1]), sum(map(int, values[11:15])) / TICKS


def tree(root: int) -> tuple[list[int], float]:
    """A process and all below it, and their CPU seconds."""
    known = {pid: (parent, cpu) for pid, parent, cpu in processes()}
    found = [root]
    for pid in found:
        found += [child for child, (parent, _) in known.items() if parent == pid]
    return found, sum(known[pid][1] for pid in found if pid in known)


@dataclass
class Cpu:
    """CPU seconds so far."""

    server: float
    ours: float  # of this script and all that it started
    postgres: float
    machine: float  # of everything, interrupts and stolen time included

    @classmethod
    def now(cls, server: int, postgres: int) -> Cpu:
        machine = list(map(int, Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]))
        all_cpu = (sum(machine[:3]) + sum(machine[5:8])) / TICKS
        return cls(tree(server)[1], tree(os.getpid())[1], tree(postgres)[1] if postgres else 0.0, all_cpu)


def peak_rss(pids: list[int]) -> float:
    kilobytes = 0
    for pid in pids:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        kilobytes += sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    return kilobytes / 1024


def measure(subject: Subject, sandbox: Sandbox) -> None:
    drive(subject.host.url, subject.host.key, 200, subject.keyed)  # warm: every worker and connection has been used
    sandbox.forget()
    load = os.getloadavg()[0]
    before = Cpu.now(subject.pid, subject.postgres)
    seconds, latencies = drive(subject.host.url, subject.host.key, subject.requests, subject.keyed)
    after = Cpu.now(subject.pid, subject.postgres)
    postgres = after.postgres - before.postgres
    others = after.machine - before.machine - (after.ours - before.ours) - postgres
    arrived = len(sandbox.arrived())
    assert arrived == subject.requests, f"{subject.name}: {subject.requests} answers, {arrived} messages"
    subject.rss = max(subject.rss, peak_rss(tree(subject.pid)[0]))
    latencies.sort()
    run = Run(
        rate=subject.requests / seconds,
        p50=latencies[len(latencies) // 2] * 1000,
        p99=latencies[len(latencies) * 99 // 100] * 1000,
        cpu=(after.server - before.server) / subject.requests * 1e6,
        postgres=postgres / subject.requests * 1e6,
        others=max(0.0, others / seconds / (os.cpu_count() or 1)),
        load=load,
    )
    subject.runs.append(run)


def serve(hosts: Hosts, name: str, store: str, sandbox: Sandbox) -> tuple[Host, int]:
    """`wamid serve` as it comes, but for the limit on requests a second of one key."""
    secret = {"WAMID_SECRET_KEY": "of the benchmark alone, 32 characters"}
    account = {"WAMID_ACCESS_TOKEN": "sandbox-token", "WAMID_PHONE_NUMBER_ID": "106540352242922"}
    command = [WAMID, "serve", "--listen", "127.0.0.1:0", "--key-rate", "1000000", "--graph-url", sandbox.url]
    process = hosts.start("serve", [*command, "--store", store], **secret, **account)
    url = process.says(r"listening on (http://\S+)\n")
    key = hosts.wamid("key", "create", "--name", "bench", "--json", "--store", store)
    return Host(name, url, key["key"], sandbox), process.child.pid


@contextmanager
def database() -> Iterator[tuple[dict[str, str], int]]:
    """A new database of the PostgreSQL server on this machine, where there is one, and the server's process."""
    server = os.environ.get("WAMID_TEST_POSTGRES")
    if not server:
        yield {}, 0
        return
    name = f"wamid_bench_{os.getpid()}"
    psql = ["psql", "--quiet", "--tuples-only", "--dbname", server, "--command"]
    subprocess.run([*psql, f"CREATE DATABASE {name}"], check=True)
    one_of_its = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'"
    child = subprocess.run([*psql, one_of_its], check=True, capture_output=True, text=True)
    postmaster = next(parent for pid, parent, _ in processes() if pid == int(child.stdout))
    try:
        yield {"PostgreSQL": f"{server.rsplit('/', 1)[0]}/{name}"}, postmaster
    finally:
        subprocess.run([*psql, f"DROP DATABASE {name} WITH (FORCE)"], check=True)


def tables(subjects: list[Subject]) -> str:
    """CPU of PostgreSQL counts: the SQLite of the others is in their own processes."""
    base = subjects[0].median("cpu")
    rows = ["| | requests/s | p50 ms | p99 ms | CPU a request, µs (runs) | times less CPU | peak RSS, MiB |"]
    rows += ["| --- | --: | --: | --: | --: | --: | --: |"]
    for one in subjects:
        cpu = f"{one.median('cpu'):.0f} ({min(r.cpu for r in one.runs):.0f} to {max(r.cpu for r in one.runs):.0f})"
        if one.postgres:
            cpu += f", PostgreSQL {one.median('postgres'):.0f} more"
        times = f"{base / (one.median('cpu') + one.median('postgres')):.1f}"
        rows.append(
            f"| {one.name} | {one.median('rate'):,.0f} | {one.median('p50'):.1f} | {one.median('p99'):.1f} | {cpu} "
            f"| {times} | {one.rss:.0f} |"
        )
    rows += ["", "Every run, in the order in which they were made within each round:", ""]
    rows += ["| round | | requests/s | CPU a request, µs | load average before | CPU taken by others | |"]
    rows += ["| --- | --- | --: | --: | --: | --: | --- |"]
    for number in range(RUNS):
        for one in subjects:
            run = one.runs[number]
            rows.append(
                f"| {number + 1} | {one.name} | {run.rate:,.0f} | {run.cpu:.0f} | {run.load:.2f} | {run.others:.0%} "
                f"| {'disturbed' if run.others > DISTURBED else ''} |"
            )
    return "\n".join(rows)


def document(subjects: list[Subject]) -> str:
    cpu = next(line.split(": ")[1] for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line)
    of_wamid = subprocess.run([WAMID, "--version"], capture_output=True, text=True, check=True, env=clean_environment())
    of_original = ["django-meta-whatsapp", "Django", "gunicorn", "requests"]
    packages = ", ".join(f"{name} {version(name)}" for name in of_original)
    counts = f"{subjects[0].requests:,} requests a run for the original, {subjects[-1].requests:,} for wamid"
    return f"""# Benchmarks

The same load on the original (django-meta-whatsapp under gunicorn, 2 workers of 8 threads) and on `wamid serve`,
against one sandbox that plays Meta: `POST send-message/` over {CONNECTIONS} kept connections, {counts},
{RUNS} runs of each, in turns. Medians of the runs. Every answer was 200, and the sandbox counted as many messages as there were requests.

{datetime.date.today()}; {cpu}, {os.cpu_count()} cores, shared by servers, sandbox and load; {platform.platform()};
{of_wamid.stdout.strip()} (release build); Python {platform.python_version()}, {packages}.

{tables(subjects)}

"Disturbed": processes that are no part of this took over {DISTURBED:.0%} of the machine meanwhile.
"""


def main() -> None:
    quick = "--quick" in sys.argv
    few, many = (200, 500) if quick else (1000, 3000)  # the sandbox remembers 10,000 messages
    folder = tempfile.TemporaryDirectory
    with folder() as disk, folder(dir="/dev/shm") as memory, database() as (more, postgres):
        hosts = Hosts(Path(disk))
        try:
            sandbox = hosts.sandbox()
            original = hosts.original("exempt", sandbox)
            subjects = [Subject("the original", original, hosts.started[-1].child.pid, few)]
            stores = {"SQLite on disk": f"sqlite:{disk}/w.db", "SQLite in memory (tmpfs)": f"sqlite:{memory}/w.db"}
            for name, store in (stores | more).items():
                server = postgres if name in more else 0
                host, pid = serve(hosts, name, store, sandbox)
                for key in ("", ", Idempotency-Key"):
                    subjects.append(Subject(f"wamid, {name}{key}", host, pid, many, bool(key), server))
            for _ in range(RUNS):
                for subject in subjects:
                    measure(subject, sandbox)
                    print(subject.name, subject.runs[-1], flush=True)
        finally:
            hosts.end()
    text = document(subjects)
    print(text)
    if not quick:
        _, dashes, remarks = DOCUMENT.read_text().partition("\n---\n") if DOCUMENT.exists() else ("", "", "")
        DOCUMENT.write_text(text + dashes + remarks)


if __name__ == "__main__":
    main()
