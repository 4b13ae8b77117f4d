"""The hosts that all tests share; started once, each when it is first wanted."""

from collections.abc import Iterator

import pytest

from hosts import Host, Hosts, Sandbox, unused_port


@pytest.fixture(scope="session")
def hosts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosts]:
    started = Hosts(tmp_path_factory.mktemp("hosts"))
    try:
        yield started
    finally:
        started.end()


@pytest.fixture(scope="session")
def meta(hosts: Hosts) -> Sandbox:
    """What plays Meta for the originals."""
    return hosts.sandbox()


@pytest.fixture(scope="session")
def default(hosts: Hosts, meta: Sandbox) -> Host:
    """The original on a default Django project."""
    return hosts.original("default", meta)


@pytest.fixture(scope="session")
def original(hosts: Hosts, meta: Sandbox) -> Host:
    """The original with its API views exempt from CSRF."""
    return hosts.original("exempt", meta)


@pytest.fixture(scope="session")
def gateway(hosts: Hosts) -> Host:
    """`wamid serve --sandbox`."""
    return hosts.gateway()


@pytest.fixture(scope="session")
def without_meta(hosts: Hosts) -> Host:
    """The original where nothing listens at Meta's address."""
    port = unused_port()
    host = hosts.original("exempt", f"http://127.0.0.1:{port}")
    host.known["closed_port"] = port
    return host


@pytest.fixture(scope="session")
def gateway_without_meta(hosts: Hosts) -> Host:
    """`wamid serve` where nothing listens at Meta's address."""
    return hosts.gateway(meta=f"http://127.0.0.1:{unused_port()}")


@pytest.fixture(scope="session")
def broken(hosts: Hosts, meta: Sandbox) -> Host:
    """The original in a project whose database was never migrated: its views crash."""
    return hosts.original("exempt", meta, migrated=False)


@pytest.fixture(params=["original", "gateway"])
def host(request: pytest.FixtureRequest) -> Host:
    """Each of the two in turn."""
    return request.getfixturevalue(request.param)
