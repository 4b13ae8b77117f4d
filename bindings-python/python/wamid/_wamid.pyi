"""The native module. Not to be imported by users: it may change at any time."""

from asyncio import Future
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, ClassVar, Literal, final

from typing_extensions import Self

from ._parameters import Button, Components, Parameter
from .errors import InvalidInputError
from .events import Event
from .results import Outcome

__all__ = [
    "Completions",
    "Conversation",
    "NativeBulk",
    "NativeClient",
    "NativeDelivery",
    "NativeReceiver",
    "NativeSandbox",
    "NativeStop",
    "Progress",
    "Receipt",
    "RecordedMessage",
    "Send",
    "TransferProgress",
    "_check_content",
    "_content_json",
    "_unraisable",
    "_version",
    "build_template_components",
    "magic_recipients",
    "parse_webhook",
    "verify_webhook",
]

def _version() -> str: ...
def _check_content(json: str) -> None:
    """Refuses what is not the JSON text of a content."""

def _content_json(content: dict[str, Any]) -> str:
    """The JSON text of the content that this dict is."""

def _unraisable(error: BaseException, source: object) -> None: ...
def build_template_components(
    header_params: Sequence[Parameter] | None,
    body_params: Sequence[Parameter] | None,
    template_buttons: Sequence[Button] | None,
) -> list[dict[str, Any]]: ...
def verify_webhook(body: bytes | str, signature: str | None, app_secret: str) -> bool: ...
def parse_webhook(body: bytes | str) -> list[Event]: ...
def magic_recipients() -> list[tuple[str, str, str]]: ...

@final
class Receipt:
    """The host took the message; it is on its way. Delivery itself is told by status webhooks, which carry `id`."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def id(self) -> str:
        """The message's id, `wamid.…`."""

    @property
    def phone(self) -> str:
        """The recipient as it was sent: digits only, or a user id."""

    @property
    def wa_id(self) -> str | None:
        """The recipient's WhatsApp id, digits only, which may differ from the number. Send to `address`, not to it."""

    @property
    def user_id(self) -> str | None:
        """The recipient's business-scoped user id."""

    @property
    def address(self) -> str | None:
        """What to send to next time: `+` and `wa_id`, or the user id where Meta gave no `wa_id`."""

    @property
    def status(self) -> str | None:
        """Meta's `message_status`, such as `accepted`; new ones come without notice."""

    @property
    def reference(self) -> str | None:
        """The send's reference."""

    @property
    def raw(self) -> Any:
        """Meta's answer, untouched."""

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names, `raw` and instants as Python has them."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restored(
        id: str,
        phone: str,
        wa_id: str | None,
        user_id: str | None,
        address: str | None,
        status: str | None,
        reference: str | None,
        raw: Any,
    ) -> Receipt: ...

@final
class Conversation:
    """A conversation with one contact."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def id(self) -> int:
        """Its id on the host."""

    @property
    def phone_number(self) -> str:
        """The contact's number, digits only, or its user id where Meta gives no number. Send to `address`, not to it."""

    @property
    def address(self) -> str | None:
        """What to send to: `+` and the number, or the user id. None where the host names the contact in another way."""

    @property
    def label(self) -> int | None:
        """The id of the label that someone gave it."""

    @property
    def unread_count(self) -> int:
        """How many messages came in since the last one that went out."""

    @property
    def last_message_at(self) -> datetime | None:
        """When the last message came in or went out: an aware datetime, in UTC."""

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names, `raw` and instants as Python has them."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restored(
        id: int,
        phone_number: str,
        address: str | None,
        label: int | None,
        unread_count: int,
        last_message_at: int | None,
    ) -> Conversation: ...

@final
class Progress:
    """How far a `send_many` has come."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def sent(self) -> int:
        """Taken by the host."""

    @property
    def failed(self) -> int:
        """Surely not sent."""

    @property
    def unknown(self) -> int:
        """Failed, but perhaps sent."""

    @property
    def left(self) -> int:
        """Not finished yet."""

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names, `raw` and instants as Python has them."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restored(sent: int, failed: int, unknown: int, left: int) -> Progress: ...

@final
class TransferProgress:
    """How far a file has come on its way up or down."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def bytes(self) -> int:
        """The bytes that have moved; counted from 0 again where the transfer is begun again."""

    @property
    def total(self) -> int | None:
        """The bytes that there are in all, where that is known."""

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names, `raw` and instants as Python has them."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restored(bytes: int, total: int | None) -> TransferProgress: ...

@final
class RecordedMessage:
    """A message that the sandbox was sent."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def id(self) -> str:
        """The message id: what the answer named, or would have named."""

    @property
    def time(self) -> datetime:
        """When it arrived: an aware datetime, in UTC."""

    @property
    def to(self) -> str:
        """The recipient as the request wrote it."""

    @property
    def type(self) -> str:
        """`text`, `location`, `template` … as the request wrote it."""

    @property
    def body(self) -> Any:
        """The whole request body."""

    @property
    def accepted(self) -> bool:
        """Whether the recipient would have got it."""

    @property
    def answered(self) -> bool:
        """Whether the caller got an answer that says so."""

    @property
    def status(self) -> int | None:
        """The HTTP status of a refusal."""

    @property
    def code(self) -> int | None:
        """The Graph API's code of a refusal."""

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names, `raw` and instants as Python has them."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restored(
        id: str,
        time: int,
        to: str,
        type: str,
        body: Any,
        accepted: bool,
        answered: bool,
        status: int | None,
        code: int | None,
    ) -> RecordedMessage: ...

@final
class Send:
    """A message, ready for the client."""

    @staticmethod
    def text(
        phone: str,
        message: str,
        preview_url: bool | None,
        account_id: int | None,
        reply_to: str | None,
        reference: str | None,
        idempotency_key: str | None,
        extra: Any | None,
    ) -> Send: ...
    @staticmethod
    def location(
        phone: str,
        latitude: float,
        longitude: float,
        name: str | None,
        address: str | None,
        account_id: int | None,
        reply_to: str | None,
        reference: str | None,
        idempotency_key: str | None,
        extra: Any | None,
    ) -> Send: ...
    @staticmethod
    def template(
        phone: str,
        template_name: str,
        language: str | None,
        header_params: Sequence[Parameter] | None,
        body_params: Sequence[Parameter] | None,
        template_buttons: Sequence[Button] | None,
        template_components: Components | None,
        account_id: int | None,
        reply_to: str | None,
        reference: str | None,
        idempotency_key: str | None,
        extra: Any | None,
    ) -> Send: ...
    @staticmethod
    def content(
        phone: str,
        content: dict[str, Any],
        account_id: int | None,
        reply_to: str | None,
        reference: str | None,
        idempotency_key: str | None,
        extra: Any | None,
    ) -> Send:
        """A message of any kind, whose content is the dict of its JSON."""

@final
class Completions:
    """The queue of one event loop."""

    def __new__(cls, wake: Callable[[], object] | None) -> Self: ...
    def fileno(self) -> int:
        """The socket to watch."""

    def drain(self) -> list[tuple[Future[Any], int, Any]]:
        """Everything that has happened, each as the future of its call, what it is, and its value; writes the log."""

    def cancel(self, number: int) -> None:
        """Stops a call: no request of it goes out any more. One that has ended is left as it is."""

@final
class NativeClient:
    """A client of one host. Each operation waits for its result, or, given an event loop's queue and a future, gives
    the call's number."""

    @staticmethod
    def cloud(access_token: str, phone_number_id: str, options: dict[str, Any]) -> NativeClient: ...
    @staticmethod
    def gateway(base_url: str, api_key: str, options: dict[str, Any]) -> NativeClient: ...
    @staticmethod
    def from_env(options: dict[str, Any]) -> NativeClient: ...
    def close(self) -> None:
        """Closes its connections, once no call is under way."""

    def send(self, send: Send, to: tuple[Completions, Future[Any]] | None = None) -> Any: ...
    def chats(self, to: tuple[Completions, Future[Any]] | None = None) -> Any: ...
    def ask(self, operation: str, arguments: dict[str, Any], to: tuple[Completions, Future[Any]] | None = None) -> Any:
        """An operation by its name, with its arguments as JSON has them; so is its answer."""

    def ask_with_progress(
        self,
        operation: str,
        arguments: dict[str, Any],
        progress: Callable[[TransferProgress], object] | None,
        to: tuple[Completions, Future[Any]] | None = None,
    ) -> Any:
        """The same of one that tells how far it has come."""

    def receive_webhook(
        self, body: bytes | str, signature: str | None, to: tuple[Completions, Future[Any]] | None = None
    ) -> Any: ...
    def shown(self) -> tuple[str, str] | None:
        """Host and address, without any secret; None once it is closed."""

    def bulk(self, concurrency: int | None, for_loop: bool) -> NativeBulk:
        """A stream of outcomes; for an event loop or for a thread."""

    def send_many(
        self,
        sends: Sequence[Send | InvalidInputError],
        concurrency: int | None,
        progress: Callable[[Progress], object] | None,
        stop: NativeStop,
        to: tuple[Completions, Future[Any]] | None = None,
    ) -> Any: ...

@final
class NativeStop:
    """Stops a `send_many`, which still answers with what it knows."""

    def __new__(cls) -> Self: ...
    def stop(self) -> None:
        """Nothing more goes out."""

@final
class NativeBulk:
    """Sends that are begun one by one, and whose outcomes are handed out as they end."""

    def push(self, send: Send | InvalidInputError) -> int:
        """Begins a send; its index."""

    def has_room(self) -> bool:
        """Whether another send may be pushed."""

    def held(self) -> int:
        """How many were pushed and not handed out yet."""

    def ended(self) -> tuple[int, Outcome] | None:
        """The next outcome with its index, where one has ended by now."""

    def next(self, to: tuple[Completions, Future[Any]] | None = None) -> Any:
        """The next outcome with its index; None where nothing is held."""

    def stop(self) -> None:
        """Nothing more goes out."""

@final
class NativeReceiver:
    """Receives webhooks for a client. An answer is its status, its headers and its text."""

    LARGEST_BODY: ClassVar[int]

    def __new__(cls, client: NativeClient, verify_token: str | None, answer_within: float | None) -> Self: ...
    def answer_within(self) -> float:
        """Seconds after which Meta is answered although a handler is not done."""

    def answer_to(self, method: str, query: str) -> tuple[int, list[tuple[str, str]], str] | None:
        """The answer to a request by its method and query alone; None where its body is needed."""

    @staticmethod
    def too_large() -> tuple[int, list[tuple[str, str]], str]:
        """The answer to a body that is too large."""

    def delivery(self, body: bytes | str, signature: str | None) -> NativeDelivery:
        """A webhook that came."""

@final
class NativeDelivery:
    """The events of one webhook."""

    def next(self, handled: bool | None, to: tuple[Completions, Future[Any]] | None = None) -> Any:
        """The next event, or None; before it, what became of the last one: whether it was handled."""

    def answer(self) -> tuple[int, list[tuple[str, str]], str] | None:
        """What Meta is answered with, as far as that is known."""

@final
class NativeSandbox:
    """A running sandbox."""

    def __new__(
        cls,
        access_token: str | None,
        phone_number_id: str | None,
        app_secret: str | None,
        templates: Sequence[str],
        webhook_url: str | None,
    ) -> Self: ...
    @property
    def url(self) -> str: ...
    @property
    def access_token(self) -> str: ...
    @property
    def phone_number_id(self) -> str: ...
    @property
    def business_account_id(self) -> str: ...
    @property
    def app_id(self) -> str: ...
    @property
    def app_secret(self) -> str: ...
    def messages(self) -> list[RecordedMessage]: ...
    def clear(self) -> None: ...
    def fail_next(self, failure: str, times: int) -> None: ...
    def set_webhook(self, url: str | None) -> None: ...
    def inbound_text(self, sender: str, profile_name: str, text: str) -> str: ...
    def stop(self) -> None:
        """Stops it: its port is free then. Stopping again does nothing."""

# Events. What stands below is written by `cargo xtask generate` from the declarations in core/src/webhook.

__all__ += ["EchoEvent", "Edit", "EventMedia", "MessageEvent", "OtherEvent", "Revoke", "StatusError", "StatusEvent"]

@final
class EventMedia:
    """A file of a message."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def id(self) -> str | None:
        """Its id, under which Meta keeps it for 7 days."""

    @property
    def mime_type(self) -> str | None:
        """Its type, such as `image/jpeg`."""

    @property
    def sha256(self) -> str | None:
        """Its SHA-256 in base64, as webhooks have it."""

    @property
    def caption(self) -> str | None:
        """What was written below it."""

    @property
    def filename(self) -> str | None:
        """A document's name."""

    @property
    def voice(self) -> bool | None:
        """Whether it is a voice note."""

    @property
    def animated(self) -> bool | None:
        """Whether a sticker moves."""

    @property
    def url(self) -> str | None:
        """Where it can be fetched for five minutes, with the access token."""

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names, `raw` and instants as Python has them."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restored(json: str) -> EventMedia: ...

@final
class Edit:
    """An earlier message as the sender wants it now."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def message_id(self) -> str:
        """The id of the message that is changed."""

    @property
    def text(self) -> str | None:
        """Its new text, or the new caption of its file."""

    @property
    def media(self) -> EventMedia | None:
        """Its file."""

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names, `raw` and instants as Python has them."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restored(json: str) -> Edit: ...

@final
class Revoke:
    """An earlier message that the sender took back."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def message_id(self) -> str:
        """The id of the message that is gone."""

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names, `raw` and instants as Python has them."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restored(json: str) -> Revoke: ...

@final
class StatusError:
    """Why a message failed after Meta had taken it."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def code(self) -> int:
        """The Graph API's code, such as 131026."""

    @property
    def title(self) -> str | None:
        """A short title."""

    @property
    def message(self) -> str | None:
        """What happened."""

    @property
    def details(self) -> str | None:
        """What Meta says of the cause."""

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names, `raw` and instants as Python has them."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restored(json: str) -> StatusError: ...

@final
class MessageEvent:
    """Somebody wrote to the business.

    To answer, send to `address`: it is the sender exactly as Meta named it.
    """

    #: Which kind of event it is.
    event: ClassVar[Literal["message"]]
    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def id(self) -> str:
        """The message's id."""

    @property
    def from_(self) -> str | None:
        """The sender's number, digits only; absent where Meta gives only a user id. Do not send to it: a client with a default country code takes ten bare digits for a national number, and the message reaches a stranger. Send to `address`."""

    @property
    def user_id(self) -> str | None:
        """The sender's business-scoped user id."""

    @property
    def address(self) -> str | None:
        """What to send an answer to: `+` and the sender's number, or the user id where there is no number. A group's message has none."""

    @property
    def profile_name(self) -> str | None:
        """The sender's name, as the sender wrote it."""

    @property
    def username(self) -> str | None:
        """The sender's user name."""

    @property
    def group_id(self) -> str | None:
        """The group that it was written in; absent in a conversation of two."""

    @property
    def timestamp(self) -> datetime:
        """When it was written. An aware datetime, in UTC."""

    @property
    def phone_number_id(self) -> str:
        """The business number that it came to."""

    @property
    def type(self) -> str:
        """Meta's type: `text`, `image`, `interactive`, `reaction` …; new ones come without notice."""

    @property
    def text(self) -> str | None:
        """The text of a text message, the caption of a picture, video or document, or the label of the button or list row that was pressed."""

    @property
    def reply_to(self) -> str | None:
        """The id of the message that it answers."""

    @property
    def edit(self) -> Edit | None:
        """What the sender made of an earlier message, where the type is `edit`."""

    @property
    def revoke(self) -> Revoke | None:
        """Which message the sender took back, where the type is `revoke`."""

    @property
    def redelivered(self) -> bool:
        """Whether the store has seen this message before: Meta delivers a webhook again until it was answered with 200. False without a store."""

    @property
    def raw(self) -> Any:
        """`{"message": ..., "contact": ...}` as Meta wrote them: the message, and what stood beside it of the sender. `contact` is left out where nothing did."""

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names, `raw` and instants as Python has them."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restored(json: str) -> MessageEvent: ...

@final
class EchoEvent:
    """A message that the business sent from its phone: all that a message event has, and whom it went to.

    `from_` is the business's own number; `user_id`, `username`, `profile_name` and `address` are the customer's.
    """

    #: Which kind of event it is.
    event: ClassVar[Literal["echo"]]
    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def to(self) -> str | None:
        """The customer's number, digits only; absent where Meta gives only a user id. Send to `address`, not to it."""

    @property
    def id(self) -> str:
        """The message's id."""

    @property
    def from_(self) -> str | None:
        """The sender's number, digits only; absent where Meta gives only a user id. Do not send to it: a client with a default country code takes ten bare digits for a national number, and the message reaches a stranger. Send to `address`."""

    @property
    def user_id(self) -> str | None:
        """The sender's business-scoped user id."""

    @property
    def address(self) -> str | None:
        """What to send an answer to: `+` and the sender's number, or the user id where there is no number. A group's message has none."""

    @property
    def profile_name(self) -> str | None:
        """The sender's name, as the sender wrote it."""

    @property
    def username(self) -> str | None:
        """The sender's user name."""

    @property
    def group_id(self) -> str | None:
        """The group that it was written in; absent in a conversation of two."""

    @property
    def timestamp(self) -> datetime:
        """When it was written. An aware datetime, in UTC."""

    @property
    def phone_number_id(self) -> str:
        """The business number that it came to."""

    @property
    def type(self) -> str:
        """Meta's type: `text`, `image`, `interactive`, `reaction` …; new ones come without notice."""

    @property
    def text(self) -> str | None:
        """The text of a text message, the caption of a picture, video or document, or the label of the button or list row that was pressed."""

    @property
    def reply_to(self) -> str | None:
        """The id of the message that it answers."""

    @property
    def edit(self) -> Edit | None:
        """What the sender made of an earlier message, where the type is `edit`."""

    @property
    def revoke(self) -> Revoke | None:
        """Which message the sender took back, where the type is `revoke`."""

    @property
    def redelivered(self) -> bool:
        """Whether the store has seen this message before: Meta delivers a webhook again until it was answered with 200. False without a store."""

    @property
    def raw(self) -> Any:
        """`{"message": ..., "contact": ...}` as Meta wrote them: the message, and what stood beside it of the sender. `contact` is left out where nothing did."""

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names, `raw` and instants as Python has them."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restored(json: str) -> EchoEvent: ...

@final
class StatusEvent:
    """What became of a message that the business sent."""

    #: Which kind of event it is.
    event: ClassVar[Literal["status"]]
    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def id(self) -> str:
        """The message's id."""

    @property
    def status(self) -> str:
        """`sent`, `delivered`, `read`, `failed` …; new ones come without notice."""

    @property
    def timestamp(self) -> datetime:
        """When it became so. An aware datetime, in UTC."""

    @property
    def recipient(self) -> str | None:
        """The recipient's number, digits only. Do not send to it, but to `address`."""

    @property
    def user_id(self) -> str | None:
        """The recipient's business-scoped user id."""

    @property
    def address(self) -> str | None:
        """What to send to: `+` and the recipient's number, or the user id where there is no number. A group has none."""

    @property
    def phone_number_id(self) -> str:
        """The business number that it was sent from."""

    @property
    def reference(self) -> str | None:
        """The send's reference."""

    @property
    def errors(self) -> list[StatusError]:
        """Why it failed."""

    @property
    def payment(self) -> Any:
        """Meta's object of a payment. Where there is one, `status` is that of the payment, not of the message."""

    @property
    def redelivered(self) -> bool:
        """Whether the store has seen this status of this message before. False without a store."""

    @property
    def raw(self) -> Any:
        """The status as Meta wrote it."""

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names, `raw` and instants as Python has them."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restored(json: str) -> StatusEvent: ...

@final
class OtherEvent:
    """Anything that is neither a message nor a status."""

    #: Which kind of event it is.
    event: ClassVar[Literal["other"]]
    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def field(self) -> str:
        """The webhook field, such as `message_template_status_update`."""

    @property
    def raw(self) -> Any:
        """The change's value as Meta wrote it."""

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names, `raw` and instants as Python has them."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restored(json: str) -> OtherEvent: ...
