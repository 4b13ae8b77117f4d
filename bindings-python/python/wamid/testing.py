"""The sandbox in this process: it plays Meta on loopback, for your own tests.

>>> import wamid.testing
>>> with wamid.testing.sandbox() as sandbox:
...     with sandbox.client() as client:
...         _ = client.send_message("919876543210", "Hello")
...     print(sandbox.messages[0].body["text"]["body"])
Hello

With pytest, the fixture ``wamid_sandbox`` gives each test one of its own. It checks what Meta checks and answers what
Meta answers; :meth:`Sandbox.fail_next` and magic recipients (:func:`magic_recipients`) play its failures.

:meth:`Sandbox.phone` is a customer's phone: it writes to your program and shows what your program answers, so that a
whole conversation with a bot is a test. :attr:`Sandbox.phone_page` shows the same in a browser::

    def test_the_shop_sells_a_book(wamid_sandbox, bot_url):
        wamid_sandbox.set_webhook(bot_url)
        ada = wamid_sandbox.phone("+1 650 555 1234", name="Ada")
        ada.text("Good morning")
        assert "Malgudi Days" in ada.next_message().buttons
        ada.press("Malgudi Days")
        assert ada.next_message().text == "Malgudi Days is 399 rupees."
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, NamedTuple, Optional, Union

from . import _wamid
from ._async_client import AsyncClient
from ._client import Client
from ._phone import Phone
from ._wamid import PhoneMessage, RecordedMessage

if TYPE_CHECKING:
    from types import TracebackType

    from typing_extensions import Self

__all__ = [
    "MagicRecipient",
    "Phone",
    "PhoneMessage",
    "RecordedMessage",
    "Sandbox",
    "magic_recipients",
    "sandbox",
]


class MagicRecipient(NamedTuple):
    """A phone number that makes the sandbox answer in a chosen way."""

    #: The phone number, as digits.
    recipient: str
    #: What :meth:`Sandbox.fail_next` calls it: a Graph code or a name.
    name: str
    #: What happens to a message sent to it.
    what: str


def magic_recipients() -> list[MagicRecipient]:
    """All magic recipients. Every other number is an ordinary one.

    >>> [magic.recipient for magic in magic_recipients() if magic.name == "lost"]
    ['15550900003']
    """
    return [MagicRecipient(*magic) for magic in _wamid.magic_recipients()]


def _microseconds(clock: datetime) -> int:
    """Since 1970."""
    if clock.utcoffset() is None:
        raise ValueError("clock must be an aware datetime, such as datetime.now(timezone.utc)")
    return (clock - datetime(1970, 1, 1, tzinfo=timezone.utc)) // timedelta(microseconds=1)


class Sandbox:
    """A running sandbox, on a port and with a memory of its own. :func:`sandbox` stops it by itself."""

    def __init__(
        self,
        *,
        access_token: Optional[str] = None,
        phone_number_id: Optional[str] = None,
        app_secret: Optional[str] = None,
        templates: Iterable[str] = (),
        webhook_url: Optional[str] = None,
        seed: Optional[int] = None,
        clock: Optional[datetime] = None,
    ) -> None:
        """Starts one.

        :param access_token: the token that callers must send.
        :param phone_number_id: the sending number's id, digits.
        :param app_secret: what its webhooks are signed with.
        :param templates: templates beyond ``hello_world``, ``order_update`` and ``appointment_reminder``, each as
            ``NAME:HEADER:BODY`` with the numbers of parameters.
        :param webhook_url: where delivery reports and inbound messages go: plain HTTP on loopback. Default: nowhere.
        :param seed: what ids and tokens are made from, 0 to 2**64 - 1: with the same seed they are the same in every
            run. Default: they are new in every run.
        :param clock: what time it is for the first message or act, an aware datetime; each further one is a second
            later. Default: the machine's clock.
        :raises ValueError: an option that cannot work.
        """
        if seed is not None and not 0 <= seed < 2**64:
            raise ValueError("seed must be 0 to 2**64 - 1")
        repeated = (seed, None if clock is None else _microseconds(clock))
        self._native = _wamid.NativeSandbox(
            access_token, phone_number_id, app_secret, list(templates), webhook_url, repeated
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: Optional[type[BaseException]],
        error: Optional[BaseException],
        traceback: Optional[TracebackType],
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """The base URL, in place of ``https://graph.facebook.com``."""
        return self._native.url

    @property
    def phone_page(self) -> str:
        """The address of the page that shows the customers' phones, for a browser on this machine."""
        return self._native.phone_page

    @property
    def access_token(self) -> str:
        """The token that callers must send."""
        return self._native.access_token

    @property
    def phone_number_id(self) -> str:
        """The id of the one number that it sends from."""
        return self._native.phone_number_id

    @property
    def business_account_id(self) -> str:
        """The id of the business account, which owns the templates."""
        return self._native.business_account_id

    @property
    def app_id(self) -> str:
        """The id of the app, which takes pictures of profiles."""
        return self._native.app_id

    @property
    def app_secret(self) -> str:
        """The secret that its webhooks are signed with."""
        return self._native.app_secret

    @property
    def messages(self) -> list[RecordedMessage]:
        """What arrived, oldest first; refused messages too."""
        return self._native.messages()

    def client(self, **options: Any) -> Client:
        """A client that sends to it; the options are those of :meth:`wamid.Client.cloud`."""
        return Client.cloud(self.access_token, self.phone_number_id, **self._options(options))

    def async_client(self, **options: Any) -> AsyncClient:
        """The same for asyncio."""
        return AsyncClient.cloud(self.access_token, self.phone_number_id, **self._options(options))

    def _options(self, options: dict[str, Any]) -> dict[str, Any]:
        ids = {"business_account_id": self.business_account_id, "app_id": self.app_id}
        return {"graph_url": self.url, "app_secret": self.app_secret, **ids, **options}

    def environment(self) -> dict[str, str]:
        """The variables by which ``Client.from_env`` finds it."""
        return {
            "WAMID_ACCESS_TOKEN": self.access_token,
            "WAMID_PHONE_NUMBER_ID": self.phone_number_id,
            "WAMID_APP_SECRET": self.app_secret,
            "WAMID_BUSINESS_ACCOUNT_ID": self.business_account_id,
            "WAMID_APP_ID": self.app_id,
            "WAMID_GRAPH_URL": self.url,
        }

    def fail_next(self, failure: Union[int, str], times: int = 1) -> None:
        """Answers the next well-formed messages with a failure, whoever the recipient.

        :param failure: a Graph code (131056), or a name of :func:`magic_recipients` (``"lost"``).
        :param times: how many messages.
        :raises ValueError: there is no such failure.
        """
        self._native.fail_next(str(failure), times)

    def clear(self) -> None:
        """Forgets what arrived, and armed failures."""
        self._native.clear()

    def set_webhook(self, url: Optional[str]) -> None:
        """Reports deliveries and inbound messages to this URL from now on; None: to nobody.

        :raises ValueError: the URL is not plain HTTP on this machine.
        """
        self._native.set_webhook(url)

    def phone(self, number: str, *, name: Optional[str] = None) -> Phone:
        """The phone of a customer. Never fails: a number that is none fails at the first act.

        :param number: the customer's number with its country code, or a business-scoped user id.
        :param name: their profile name.
        """
        return Phone(self._native.phone(number, name))

    def stop(self) -> None:
        """Stops it: its port is free then."""
        self._native.stop()


@contextmanager
def sandbox(
    *,
    access_token: Optional[str] = None,
    phone_number_id: Optional[str] = None,
    app_secret: Optional[str] = None,
    templates: Iterable[str] = (),
    webhook_url: Optional[str] = None,
    seed: Optional[int] = None,
    clock: Optional[datetime] = None,
) -> Iterator[Sandbox]:
    """A sandbox for a ``with`` block; the arguments are those of :class:`Sandbox`."""
    started = Sandbox(
        access_token=access_token,
        phone_number_id=phone_number_id,
        app_secret=app_secret,
        templates=templates,
        webhook_url=webhook_url,
        seed=seed,
        clock=clock,
    )
    with started:
        yield started
