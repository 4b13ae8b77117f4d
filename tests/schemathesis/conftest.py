"""The gateway that all tests share."""

from collections import Counter
from collections.abc import Iterator

import pytest

from hosts import Host, Hosts

#: How often each operation answered each status.
ANSWERS: dict[str, Counter[int]] = {}


@pytest.fixture(scope="session")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """`wamid serve --sandbox`, as fast as it can."""
    started = Hosts(tmp_path_factory.mktemp("hosts"))
    try:
        yield started.gateway("--key-rate", "100000", "--open-docs")
    finally:
        started.end()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for operation, answers in ANSWERS.items():
        by_status = ", ".join(f"{count} × {status}" for status, count in sorted(answers.items()))
        terminalreporter.write_line(f"{operation:<18} {answers.total():>7} requests: {by_status}")
    terminalreporter.write_line(f"{sum(answers.total() for answers in ANSWERS.values())} requests in all")
