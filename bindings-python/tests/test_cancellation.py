"""Calls that are cancelled, 1,000 times by a signal and 1,000 times by asyncio, at random moments of every stage.

A program in a process of its own makes the calls (`cancelling.py`); here is its host, which knows what really arrived.
"""

from __future__ import annotations

import datetime
import ipaddress
import json
import os
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cancelling import STAGES
from conftest import DEADLINE
from faulty import Blackhole, FaultyHost

#: Cancelled calls of each stage; the 12 stages of asyncio make 1,000, and a signal has more.
COUNT = int(os.environ.get("WAMID_CANCELLATIONS", "84"))
SEED = os.environ.get("WAMID_SEED", "1")
#: How much resident memory the second half of them may add.
MOST_MB = 5

#: Those that only a signal can hit.
BY_SIGNAL = ("interrupted", "returned")
#: A signal ends one call at a time, within 50 ms; so its stages run at once, each in a process of its own.
RUNS = [("asyncio", [stage for stage in STAGES if stage not in BY_SIGNAL]), *(("sync", [stage]) for stage in STAGES)]


def certificate(folder: Path) -> tuple[str, str]:
    """One for 127.0.0.1, signed by itself, and its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "wamid tests")])
    now = datetime.datetime.now(datetime.timezone.utc)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return str(files[0]), str(files[1])


class Told:
    """What a program has told of one stage."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []
        #: What was logged after the last of them.
        self.late = 0
        self.resources: dict[str, dict[str, float]] = {}


class Cancelled:
    """All that was cancelled, by face and stage, and what arrived."""

    def __init__(self, folder: Path) -> None:
        made = certificate(folder)
        self.hosts = {face: FaultyHost(made) for face in ("sync", "asyncio")}
        self.blackhole = Blackhole()
        self.told: dict[tuple[str, str], Told] = defaultdict(Told)
        self.running = [(face, self.start(face, stages, made[0])) for face, stages in RUNS]
        self.failures: list[str] = []
        reading = [threading.Thread(target=self.read, args=running) for running in self.running]
        for thread in reading:
            thread.start()
        for thread in reading:
            thread.join()
        # A retry that outlived its call would come within its second.
        time.sleep(1.2)

    def start(self, face: str, stages: list[str], certificate: str) -> subprocess.Popen[str]:
        host = self.hosts[face]
        addresses = {"host": host.url, "tls": host.tls_url, "blackhole": self.blackhole.url, "certificate": certificate}
        program = [sys.executable, "-W", "error", str(Path(__file__).with_name("cancelling.py"))]
        return subprocess.Popen(
            [*program, face, SEED, str(COUNT), json.dumps(addresses), *stages],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            text=True,
        )

    def read(self, face: str, process: subprocess.Popen[str]) -> None:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        for line in process.stdout:
            if not line.startswith("{"):
                continue
            said = json.loads(line)
            told = self.told[face, said["stage"]]
            if "before" in said:
                told.resources = said
            elif "late" in said:
                told.late = said["late"]
            elif "hold" in said:
                while not self.hosts[face].arrived[said["stage"]]:
                    time.sleep(0.01)
                process.stdin.write("\n")
                process.stdin.flush()
            elif "release" in said:
                self.hosts[face].release(said["stage"])
            else:
                told.calls.append(said)
        error = process.stderr.read()
        process.stdin.close()
        process.stdout.close()
        process.stderr.close()
        if process.wait(DEADLINE) != 0 or error:
            self.failures.append(f"{process.args}: {process.returncode}\n{error}")

    def close(self) -> None:
        for _, process in self.running:
            process.kill()
            process.wait(DEADLINE)
        self.blackhole.close()
        for host in self.hosts.values():
            host.close()


@pytest.fixture(scope="module")
def cancelled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cancelled]:
    all_ = Cancelled(tmp_path_factory.mktemp("cancelled"))
    yield all_
    all_.close()


EVERY = [pytest.param(face, stage, id=f"{face}-{stage}") for face, stages in RUNS for stage in stages]


def test_the_programs_end_well(cancelled: Cancelled) -> None:
    """The client's next call worked each time, and nothing was written on standard error."""
    assert not cancelled.failures, "\n".join(cancelled.failures)


@pytest.mark.parametrize(("face", "stage"), EVERY)
def test_nothing_arrives_that_is_not_known_to_have_been_written(cancelled: Cancelled, face: str, stage: str) -> None:
    told, arrived = cancelled.told[face, stage], cancelled.hosts[face].arrived[stage]
    assert len(told.calls) == COUNT * STAGES[stage].times
    all_unheard = of_last = 0
    for call in told.calls:
        mine = [text for text in arrived if f"{text} ".startswith(f"{call['text']} ")]
        if stage != "backoff":
            assert len(set(mine)) == len(mine), f"it went out twice: {mine}"
        known = call.get("known", [])
        if call.get("ended"):
            continue
        unheard = [text for text in mine if stage not in ("many", "each") or int(text.split()[-1]) not in known]
        # What a refusal ended is no unknown.
        if stage == "backoff":
            assert call["unknown"] <= 1
        elif stage == "each":
            of_last = len(unheard)
            all_unheard += of_last
        elif stage == "many":
            assert not unheard, call
        else:
            assert len(mine) <= call["unknown"] <= 1, (call, mine)
    # The sends of a stream end by themselves, and are logged with the next call. After the last there is none.
    assert all_unheard - of_last <= sum(call["unknown"] for call in told.calls) + told.late
    if stage in ("upload", "download", "webhook", "connecting", "handshake", "slot"):
        assert not any(call["unknown"] for call in told.calls)


@pytest.mark.parametrize(("face", "stage"), EVERY)
def test_nothing_goes_out_after_it(cancelled: Cancelled, face: str, stage: str) -> None:
    """Each cancelled call was followed by another one, whose message comes behind all of its."""
    arrived = cancelled.hosts[face].arrived[stage]
    for n in range(COUNT * STAGES[stage].times):
        mine = [at for at, text in enumerate(arrived) if f"{text} ".startswith(f"cancelled {n} ")]
        if mine and f"next {n}" in arrived:
            # What was written already may be read behind it, from another connection, but not behind the one after.
            later = f"next {n + 1}"
            assert later not in arrived or max(mine) < arrived.index(later), arrived[min(mine) :]


@pytest.mark.parametrize(("face", "stage"), EVERY)
def test_nothing_is_left_of_it(cancelled: Cancelled, face: str, stage: str) -> None:
    found = cancelled.told[face, stage].resources
    before, middle, after = found["before"], found["middle"], found["after"]
    # The interpreter, the runtime and a store keep a few of their own, and files are read by threads that stay for 10 seconds.
    assert after["files"] <= before["files"] + 24, found
    assert after["threads"] <= before["threads"] + 32, found
    assert after["resident"] - middle["resident"] < MOST_MB, found
    end = time.monotonic() + DEADLINE
    while cancelled.hosts[face].open[stage] and time.monotonic() < end:
        time.sleep(0.05)
    assert cancelled.hosts[face].open[stage] == 0


def test_enough_was_cancelled_at_its_stage(cancelled: Cancelled) -> None:
    """Else the others prove nothing."""
    for (face, stage), told in cancelled.told.items():
        ended = sum(bool(call.get("ended")) for call in told.calls)
        if stage in ("waiting", "backoff", "slot", "connecting", "handshake", "upload", "download", "interrupted"):
            assert ended == 0, (face, stage)
        if stage in ("waiting", "interrupted"):
            assert sum(call["unknown"] for call in told.calls) > COUNT / 10, (face, stage)
