"""The client for code that waits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import Any, Callable, Optional, TypeVar, Union

# `Message` is looked up there when somebody asks: loading it (dataclasses) takes as long as all the rest.
import wamid

from ._bulk import attach, each, iterator, natives, reporter
from ._content import Content
from ._content import send as sent
from ._operations import Operations
from ._parameters import Button, Components, Parameter
from ._waiting import not_lost, wait
from ._wamid import NativeStop
from ._wamid import Send as _Send
from .events import Event
from .results import Conversation, Outcome, Progress, Receipt

_C = TypeVar("_C", bound="Client")


class Client(Operations):
    """A client of Meta's Cloud API or of a messaging gateway, whose calls wait for their answers.

    Make one for each host and keep it: it keeps its connections open. It may be used from many threads at once, and it
    works on in a child after a fork. Ctrl-C during a call stops the call.

    >>> import wamid, wamid.testing
    >>> with wamid.testing.sandbox() as sandbox, sandbox.client() as client:
    ...     receipt = client.send_message("+91 98765-43210", "Your order is on its way.")
    ...     print(receipt.phone)
    919876543210
    """

    def __enter__(self: _C) -> _C:
        return self

    def __exit__(
        self,
        kind: Optional[type[BaseException]],
        error: Optional[BaseException],
        traceback: Optional[TracebackType],
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes its connections once no call is under way. A closed client cannot be used again."""
        self._native.close()

    def send_message(
        self,
        phone: str,
        message: str,
        *,
        preview_url: Optional[bool] = None,
        account_id: Optional[int] = None,
        reply_to: Optional[str] = None,
        reference: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        extra: Optional[dict[str, Any]] = None,
    ) -> Receipt:
        """Sends a text message.

        :param phone: who gets it: a number with its country code, or a business-scoped user id.
        :param message: the text, 1 to 4096 characters, not only white space.
        :param preview_url: whether the first link in the text is shown with a preview. Default: no.
        :param account_id: the gateway's account to send from. Only on a gateway client.
        :param reply_to: the id of the message that this one answers.
        :param reference: a text of yours, 1 to 512 characters, that comes back in the message's status webhooks.
        :param idempotency_key: two sends with one key are one send, to a gateway that knows keys.
        :param extra: stands beside the content in Meta's body: ``{"category": "utility"}``, ``ttl_seconds`` ...
        :raises WamidError: ``maybe_sent``, ``retryable`` and ``retry_after`` say what to do.
        """
        return not_lost(  # type: ignore[no-any-return]
            wait,
            self._native.send,
            _Send.text(phone, message, preview_url, account_id, reply_to, reference, idempotency_key, extra),
        )

    def send_location(
        self,
        phone: str,
        latitude: float,
        longitude: float,
        *,
        name: Optional[str] = None,
        address: Optional[str] = None,
        account_id: Optional[int] = None,
        reply_to: Optional[str] = None,
        reference: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        extra: Optional[dict[str, Any]] = None,
    ) -> Receipt:
        """Sends a location pin.

        :param phone: who gets it: a number with its country code, or a business-scoped user id.
        :param latitude: degrees north, -90 to 90.
        :param longitude: degrees east, -180 to 180.
        :param name: the title of the pin, at most 1000 characters.
        :param address: the line below the title, at most 1000 characters.

        The other arguments and the errors are those of :meth:`send_message`.
        """
        return not_lost(  # type: ignore[no-any-return]
            wait,
            self._native.send,
            _Send.location(
                phone, latitude, longitude, name, address, account_id, reply_to, reference, idempotency_key, extra
            ),
        )

    def send_template(
        self,
        phone: str,
        template_name: str,
        *,
        language: Optional[str] = None,
        header_params: Optional[Sequence[Parameter]] = None,
        body_params: Optional[Sequence[Parameter]] = None,
        buttons: Optional[Sequence[Button]] = None,
        components: Optional[Components] = None,
        account_id: Optional[int] = None,
        reply_to: Optional[str] = None,
        reference: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        extra: Optional[dict[str, Any]] = None,
    ) -> Receipt:
        """Sends a template message: a text that Meta has approved, with its variables filled in.

        :param phone: who gets it: a number with its country code, or a business-scoped user id.
        :param template_name: the template's name, 1 to 512 of ``a-z0-9_``.
        :param language: the language that it was approved in, such as ``en_US``. Default ``en``.
        :param header_params: fills the header's variables, in their order or by name.
        :param body_params: fills the body's variables, in their order or by name.
        :param buttons: fills the buttons' variables; at most 10.
        :param components: Meta's own components, sent as given; not together with the three above.

        The other arguments and the errors are those of :meth:`send_message`.
        """
        return not_lost(  # type: ignore[no-any-return]
            wait,
            self._native.send,
            _Send.template(
                phone,
                template_name,
                language,
                header_params,
                body_params,
                buttons,
                components,
                account_id,
                reply_to,
                reference,
                idempotency_key,
                extra,
            ),
        )

    def send(
        self,
        phone: str,
        content: Content,
        *,
        account_id: Optional[int] = None,
        reply_to: Optional[str] = None,
        reference: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        extra: Optional[dict[str, Any]] = None,
    ) -> Receipt:
        """Sends a message of any kind.

        :param phone: who gets it: a number with its country code, or a business-scoped user id.
        :param content: what they get: a :class:`wamid.Text`, :class:`wamid.Location`, :class:`wamid.Template` ...

        The other arguments and the errors are those of :meth:`send_message`.

        >>> import wamid, wamid.testing
        >>> with wamid.testing.sandbox() as sandbox, sandbox.client() as client:
        ...     pin = wamid.Location(28.6139, 77.2090, name="Our Office")
        ...     print(client.send("919876543210", pin, reference="pin-1").reference)
        pin-1
        """
        send = sent(phone, content, account_id, reply_to, reference, idempotency_key, extra)
        return not_lost(wait, self._native.send, send)  # type: ignore[no-any-return]

    def send_many(
        self,
        sends: Iterable[wamid.Message],
        *,
        concurrency: Optional[int] = None,
        progress: Optional[Callable[[Progress], object]] = None,
    ) -> list[Outcome]:
        """Sends many messages, some at a time; answers for each in the order of the list, a receipt or an error.

        :param sends: :class:`wamid.Message` values.
        :param concurrency: how many sends are under way at once, at least 1. Default 64.
        :param progress: a plain function, called with the counts, at most ten times a second and once at the end. If it fails,
            that is told to ``sys.unraisablehook``, it is not called again, and the sending goes on.
        :raises InvalidInputError: ``concurrency`` is 0. Everything else is the error of one message.

        Ctrl-C stops it: nothing more goes out. The ``KeyboardInterrupt`` has ``outcomes`` and the counts;
        :func:`wamid.stopped` reads them.
        """
        answered: list[Any] = []
        call = (natives(sends), concurrency, reporter(progress), NativeStop(), answered)
        try:
            return wait(self._native.send_many, *call)[0]  # type: ignore[no-any-return]
        except BaseException as stop:
            # Ctrl-C may come between the end of the call and the use of what it returned.
            for known in answered:
                attach(stop, known)
            raise

    def send_each(
        self, sends: Iterable[wamid.Message], *, concurrency: Optional[int] = None
    ) -> Iterator[tuple[int, Outcome]]:
        """Sends messages as they come, and hands out each outcome as it ends, with its message's place.

        :param sends: :class:`wamid.Message` values; any iterable, without end too. It is read no further ahead than
            ``concurrency``.
        :param concurrency: how many are under way or not handed out yet, at least 1. Default 64.
        :raises InvalidInputError: ``concurrency`` is 0. Everything else is the error of one message. What ``sends`` itself
            raises comes after the outcomes of those under way.

        Sends go on while the outcomes are worked on. Closing the generator stops: nothing more goes out.

        >>> import wamid, wamid.testing
        >>> with wamid.testing.sandbox() as sandbox, sandbox.client() as client:
        ...     sends = (wamid.Message("919876543210", wamid.Text(f"Reminder {n}")) for n in range(3))
        ...     print(sorted(at for at, outcome in client.send_each(sends) if isinstance(outcome, wamid.Receipt)))
        [0, 1, 2]
        """
        coming = iterator(sends)
        return each(self._native.bulk(concurrency, False), coming)

    def chats(self) -> list[Conversation]:
        """The 50 most recent conversations, the newest first.

        A gateway client asks its gateway. Meta offers no such list, so a cloud client reads the ``store`` that it was
        given, which fills as messages go out and webhooks come in.

        :raises UnsupportedError: on a cloud client without a store.
        """
        return wait(self._native.chats)  # type: ignore[no-any-return]

    def receive_webhook(self, body: Union[bytes, str], signature: Optional[str]) -> list[Event]:
        """Checks a webhook's signature, records what it tells where there is a store, and returns its events.

        :param body: the request's body to the byte, not parsed and written again.
        :param signature: its ``X-Hub-Signature-256`` header.
        :raises InvalidInputError: ``field`` is ``signature`` (answer 401) or ``body`` (answer 400).
        :raises StoreError: nothing could be recorded (answer 500, and Meta sends it again).
        :raises UnsupportedError: on a client without an ``app_secret``.
        """
        return wait(self._native.receive_webhook, body, signature)  # type: ignore[no-any-return]
