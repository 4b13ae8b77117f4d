"""The native module. Not to be imported by users: it may change at any time."""

from asyncio import Future
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, ClassVar, Literal, Protocol, TypeVar, final

from typing_extensions import Self

from ._content import Content
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
    "NativePhone",
    "NativeReceiver",
    "NativeSandbox",
    "NativeStop",
    "PhoneMessage",
    "Progress",
    "Receipt",
    "RecordedMessage",
    "Send",
    "TransferProgress",
    "_check_content",
    "_content_json",
    "_unheard",
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

def _unheard(answer: object) -> None: ...
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
    def attempts(self) -> int:
        """How many requests this client made for it: more than 1 where it tried again by itself."""

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
        attempts: int,
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
class PhoneMessage:
    """A message as the phone of a customer of the sandbox shows it."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def id(self) -> str:
        """The message id."""

    @property
    def side(self) -> str:
        """Who wrote it: `business` or `customer`."""

    @property
    def time(self) -> datetime:
        """When it arrived: an aware datetime, in UTC."""

    @property
    def type(self) -> str:
        """Meta's type: `text`, `interactive`, `template` …"""

    @property
    def text(self) -> str:
        """Its text: of a template the body with the parameters filled in, of a picture the caption; empty where it has none."""

    @property
    def buttons(self) -> list[str]:
        """The titles of what can be pressed: reply buttons, rows of a list, quick replies of a template."""

    @property
    def status(self) -> str:
        """How far it has come: `refused`, `accepted`, `sent`, `delivered`, `read` or `failed`; of the customer's own `received`
        once a receiver took the webhook, before that `waiting`, `no_webhook` where no webhook is set, `undelivered` where it was given
        up.
        """

    @property
    def reaction(self) -> str | None:
        """The emoji that the other side put on it."""

    @property
    def error_code(self) -> int | None:
        """Meta's code, where it was refused or failed."""

    @property
    def body(self) -> Any:
        """Of the business: the request body. Of the customer: the message object of the webhook."""

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names, `raw` and instants as Python has them."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restored(
        id: str,
        side: str,
        time: int,
        type: str,
        text: str,
        buttons: list[str],
        status: str,
        reaction: str | None,
        error_code: int | None,
        body: Any,
    ) -> PhoneMessage: ...

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

    def send(self, send: Send, to: tuple[Completions, Future[Any]] | list[Any] | None = None) -> Any: ...
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
        to: tuple[Completions, Future[Any]] | list[Any] | None = None,
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

    def ended(self, to: list[Any]) -> tuple[int, Outcome] | None:
        """The next outcome with its index, where one has ended by now; it is put into the list as well."""

    def next(self, to: tuple[Completions, Future[Any]] | list[Any] | None = None) -> Any:
        """The next outcome with its index; None where nothing is held."""

    def leave(self) -> None:
        """Nothing more goes out, and nobody takes an outcome any more."""

    def stop(self) -> None:
        """Nothing more goes out."""

@final
class NativeReceiver:
    """Receives webhooks for a client. An answer is its status, its headers and its text."""

    LARGEST_BODY: ClassVar[int]

    def __new__(
        cls, client: NativeClient, app_secret: str | None, verify_token: str | None, answer_within: float | None
    ) -> Self: ...
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
        repeated: tuple[int | None, int | None],
    ) -> Self: ...
    @property
    def url(self) -> str: ...
    @property
    def phone_page(self) -> str: ...
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
    def phone(self, number: str, name: str | None) -> NativePhone:
        """The phone of the customer with that number."""

    def stop(self) -> None:
        """Stops it: its port is free then. Stopping again does nothing."""

@final
class NativePhone:
    """What a customer of a sandbox does."""

    def text(self, text: str) -> str: ...
    def reply(self, message_id: str, text: str) -> str: ...
    def press(self, title: str) -> str: ...
    def react(self, emoji: str) -> str: ...
    def react_to(self, message_id: str, emoji: str) -> str: ...
    def send_file(self, mime_type: str, data: bytes, caption: str | None) -> str: ...
    def send_location(self, latitude: float, longitude: float, name: str | None, address: str | None) -> str: ...
    def send_contact(self, name: str, phone: str) -> str: ...
    def fill_flow(self, answers: str) -> str: ...
    def order(self, items: Sequence[tuple[str, int]]) -> str: ...
    def edit(self, message_id: str, text: str) -> str: ...
    def delete(self, message_id: str) -> str: ...
    def read(self) -> None: ...
    def set_reads(self, reads: bool) -> None: ...
    def set_offline(self, offline: bool) -> None: ...
    def set_deleted(self, deleted: bool) -> None: ...
    def set_opted_out(self, opted_out: bool) -> None: ...
    def set_window_closed(self, window_closed: bool) -> None: ...
    def set_blocked(self, blocked: bool) -> None: ...
    def messages(self) -> list[PhoneMessage]: ...
    def last(self) -> PhoneMessage | None: ...
    def next_message(self, timeout: float, to: tuple[Completions, Future[Any]] | None = None) -> Any:
        """Waits so many seconds for the next message of the business."""

# Events. What stands below is written by `cargo xtask generate` from the declarations in core/src/webhook.

__all__ += [
    "EchoEvent",
    "Edit",
    "EventAddress",
    "EventContact",
    "EventContext",
    "EventConversation",
    "EventEmail",
    "EventFlow",
    "EventLocation",
    "EventMedia",
    "EventOrder",
    "EventOrderItem",
    "EventPhone",
    "EventPricing",
    "EventProduct",
    "EventReaction",
    "EventReferral",
    "EventReply",
    "EventSystem",
    "EventUrl",
    "MessageEvent",
    "OtherEvent",
    "PreferenceEvent",
    "Revoke",
    "StatusError",
    "StatusEvent",
    "TemplateEvent",
]

_R = TypeVar("_R", covariant=True)

class _Sends(Protocol[_R]):
    def send(
        self,
        phone: str,
        content: Content,
        *,
        account_id: int | None = None,
        reply_to: str | None = None,
        reference: str | None = None,
        idempotency_key: str | None = None,
        extra: dict[str, Any] | None = None,
    ) -> _R: ...

class _Marks(Protocol[_R]):
    def mark_read(self, message_id: str, *, typing: bool | None = None) -> _R: ...

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
class EventReply:
    """What a customer pressed."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def kind(self) -> str:
        """`reply_button` or `list` for what a message of that kind has, `template_button` for a quick reply of a template."""

    @property
    def id(self) -> str | None:
        """The id of the button or row; of a template's button its payload."""

    @property
    def title(self) -> str | None:
        """Its label."""

    @property
    def description(self) -> str | None:
        """The description of a row."""

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names, `raw` and instants as Python has them."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restored(json: str) -> EventReply: ...

@final
class EventFlow:
    """What a customer filled in."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def name(self) -> str | None:
        """`flow`, or `address_message` for an address."""

    @property
    def body(self) -> str | None:
        """What the customer sees of it, such as `Sent`."""

    @property
    def token(self) -> str | None:
        """The `flow_token` with which the flow was sent."""

    @property
    def response(self) -> Any:
        """What was filled in, as the JSON that it is. Absent where Meta's text is no JSON."""

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names, `raw` and instants as Python has them."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restored(json: str) -> EventFlow: ...

@final
class EventLocation:
    """A place."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def latitude(self) -> float | None:
        """Degrees north of the equator."""

    @property
    def longitude(self) -> float | None:
        """Degrees east of Greenwich."""

    @property
    def name(self) -> str | None:
        """Its name."""

    @property
    def address(self) -> str | None:
        """Its address."""

    @property
    def url(self) -> str | None:
        """A page about it."""

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names, `raw` and instants as Python has them."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restored(json: str) -> EventLocation: ...

@final
class EventPhone:
    """A phone number of a contact card."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def phone(self) -> str | None:
        """The number, as it is shown."""

    @property
    def type(self) -> str | None:
        """What it is for, such as `HOME`, `WORK` or `CELL`."""

    @property
    def wa_id(self) -> str | None:
        """The WhatsApp number, digits only. To write to it, put a `+` before it."""

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names, `raw` and instants as Python has them."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restored(json: str) -> EventPhone: ...

@final
class EventEmail:
    """A mail address of a contact card."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def email(self) -> str | None:
        """The address."""

    @property
    def type(self) -> str | None:
        """What it is for, such as `HOME` or `WORK`."""

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names, `raw` and instants as Python has them."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restored(json: str) -> EventEmail: ...

@final
class EventUrl:
    """A web address of a contact card."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def url(self) -> str | None:
        """The address."""

    @property
    def type(self) -> str | None:
        """What it is for, such as `HOME` or `WORK`."""

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names, `raw` and instants as Python has them."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restored(json: str) -> EventUrl: ...

@final
class EventAddress:
    """A postal address of a contact card."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def street(self) -> str | None:
        """Street and number."""

    @property
    def city(self) -> str | None:
        """The city."""

    @property
    def state(self) -> str | None:
        """The state or region."""

    @property
    def zip(self) -> str | None:
        """The postal code."""

    @property
    def country(self) -> str | None:
        """The country's name."""

    @property
    def country_code(self) -> str | None:
        """The country's code of two letters."""

    @property
    def type(self) -> str | None:
        """What it is for, such as `HOME` or `WORK`."""

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names, `raw` and instants as Python has them."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restored(json: str) -> EventAddress: ...

@final
class EventContact:
    """A contact card."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def formatted_name(self) -> str | None:
        """The whole name, as it is shown."""

    @property
    def first_name(self) -> str | None:
        """The first name."""

    @property
    def last_name(self) -> str | None:
        """The last name."""

    @property
    def middle_name(self) -> str | None:
        """The middle name."""

    @property
    def prefix(self) -> str | None:
        """The title before the name, such as `Dr`."""

    @property
    def suffix(self) -> str | None:
        """The addition after the name, such as `Jr`."""

    @property
    def phones(self) -> list[EventPhone]:
        """The phone numbers."""

    @property
    def emails(self) -> list[EventEmail]:
        """The mail addresses."""

    @property
    def urls(self) -> list[EventUrl]:
        """The web addresses."""

    @property
    def addresses(self) -> list[EventAddress]:
        """The postal addresses."""

    @property
    def company(self) -> str | None:
        """The company."""

    @property
    def department(self) -> str | None:
        """The department in the company."""

    @property
    def title(self) -> str | None:
        """The position in the company."""

    @property
    def birthday(self) -> str | None:
        """The birthday, as `YYYY-MM-DD`."""

    @property
    def origin(self) -> str | None:
        """`contact_request` where the customer answers such a message."""

    @property
    def vcard(self) -> str | None:
        """The card as a vCard, where Meta gives it."""

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names, `raw` and instants as Python has them."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restored(json: str) -> EventContact: ...

@final
class EventReaction:
    """A reaction to a message."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def message_id(self) -> str:
        """The id of the message that it is a reaction to."""

    @property
    def emoji(self) -> str | None:
        """The emoji; absent where the reaction was taken back."""

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names, `raw` and instants as Python has them."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restored(json: str) -> EventReaction: ...

@final
class EventOrderItem:
    """A product of an order."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def product_retailer_id(self) -> str | None:
        """The product's id in the catalog."""

    @property
    def quantity(self) -> int | None:
        """How many."""

    @property
    def price(self) -> float | None:
        """The price of one."""

    @property
    def currency(self) -> str | None:
        """The currency of the price, such as `INR`."""

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names, `raw` and instants as Python has them."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restored(json: str) -> EventOrderItem: ...

@final
class EventOrder:
    """What a customer ordered from a catalog."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def catalog_id(self) -> str | None:
        """The catalog's id."""

    @property
    def text(self) -> str | None:
        """What the customer wrote beside it."""

    @property
    def items(self) -> list[EventOrderItem]:
        """The products."""

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names, `raw` and instants as Python has them."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restored(json: str) -> EventOrder: ...

@final
class EventSystem:
    """What has changed about a customer."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def type(self) -> str | None:
        """`user_changed_number`, `user_changed_user_id` …; new ones come without notice."""

    @property
    def body(self) -> str | None:
        """What Meta writes for people."""

    @property
    def new_wa_id(self) -> str | None:
        """The customer's new number, digits only. The event's `address` still names the old one: send to `+` and this."""

    @property
    def user_id(self) -> str | None:
        """The customer's business-scoped user id from now on."""

    @property
    def previous_user_id(self) -> str | None:
        """The user id that the customer had before."""

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names, `raw` and instants as Python has them."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restored(json: str) -> EventSystem: ...

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
class EventProduct:
    """A product of a catalog."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def catalog_id(self) -> str | None:
        """The catalog's id."""

    @property
    def product_retailer_id(self) -> str | None:
        """The product's id in the catalog."""

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names, `raw` and instants as Python has them."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restored(json: str) -> EventProduct: ...

@final
class EventContext:
    """What a message refers to."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def message_id(self) -> str | None:
        """The id of the message that it answers."""

    @property
    def from_(self) -> str | None:
        """The number that wrote that message, digits only."""

    @property
    def forwarded(self) -> bool | None:
        """Whether it was forwarded."""

    @property
    def frequently_forwarded(self) -> bool | None:
        """Whether it was forwarded more than five times."""

    @property
    def product(self) -> EventProduct | None:
        """The product that the customer asks about."""

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names, `raw` and instants as Python has them."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restored(json: str) -> EventContext: ...

@final
class EventReferral:
    """The advertisement or post from which a customer came."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def source_type(self) -> str | None:
        """`ad` or `post`."""

    @property
    def source_id(self) -> str | None:
        """Its id."""

    @property
    def source_url(self) -> str | None:
        """Where it is."""

    @property
    def headline(self) -> str | None:
        """Its headline."""

    @property
    def body(self) -> str | None:
        """Its text."""

    @property
    def media_type(self) -> str | None:
        """`image` or `video`."""

    @property
    def image_url(self) -> str | None:
        """The address of its picture."""

    @property
    def video_url(self) -> str | None:
        """The address of its video."""

    @property
    def thumbnail_url(self) -> str | None:
        """The address of the video's preview."""

    @property
    def ctwa_clid(self) -> str | None:
        """The id of the click, for Meta's Conversions API."""

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names, `raw` and instants as Python has them."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restored(json: str) -> EventReferral: ...

@final
class StatusError:
    """An error that a webhook tells of."""

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
class EventConversation:
    """A conversation as Meta charges for it."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def id(self) -> str | None:
        """Its id."""

    @property
    def origin(self) -> str | None:
        """What began it: `utility`, `marketing`, `service`, `referral_conversion` …"""

    @property
    def expires_at(self) -> datetime | None:
        """When it ends; only with the status `sent`. An aware datetime, in UTC."""

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names, `raw` and instants as Python has them."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restored(json: str) -> EventConversation: ...

@final
class EventPricing:
    """What Meta charges for a message."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def billable(self) -> bool | None:
        """Whether it costs anything."""

    @property
    def model(self) -> str | None:
        """The model, such as `PMP` (for each message) or `CBP` (for each conversation)."""

    @property
    def category(self) -> str | None:
        """The category: `utility`, `marketing`, `authentication`, `service` …"""

    @property
    def type(self) -> str | None:
        """`regular`, `free_customer_service` or `free_entry_point`."""

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names, `raw` and instants as Python has them."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restored(json: str) -> EventPricing: ...

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
    def media(self) -> EventMedia | None:
        """The file of a picture, a video, an audio, a document or a sticker."""

    @property
    def reply(self) -> EventReply | None:
        """What was pressed: a button, or a row of a list."""

    @property
    def flow(self) -> EventFlow | None:
        """What the customer filled in, in a flow or a form for an address."""

    @property
    def location(self) -> EventLocation | None:
        """The place, where the type is `location`."""

    @property
    def contacts(self) -> list[EventContact]:
        """The contact cards, where the type is `contacts`; else empty."""

    @property
    def reaction(self) -> EventReaction | None:
        """The reaction, where the type is `reaction`."""

    @property
    def order(self) -> EventOrder | None:
        """What was ordered, where the type is `order`."""

    @property
    def system(self) -> EventSystem | None:
        """What has changed about the customer, where the type is `system`."""

    @property
    def edit(self) -> Edit | None:
        """What the sender made of an earlier message, where the type is `edit`."""

    @property
    def revoke(self) -> Revoke | None:
        """Which message the sender took back, where the type is `revoke`."""

    @property
    def context(self) -> EventContext | None:
        """What it refers to: the message that it answers, a product, or that it was forwarded."""

    @property
    def referral(self) -> EventReferral | None:
        """The advertisement or post from which the customer came."""

    @property
    def errors(self) -> list[StatusError]:
        """Why the message could not be passed on, where the type is `unsupported`; else mostly empty."""

    @property
    def redelivered(self) -> bool:
        """Whether the store has seen this message before: Meta delivers a webhook again until it was answered with 200. False without a store."""

    @property
    def raw(self) -> Any:
        """`{"message": ..., "contact": ...}` as Meta wrote them: the message, and what stood beside it of the sender. `contact` is left out where nothing did."""

    def answer(
        self,
        client: _Sends[_R],
        content: Content,
        *,
        account_id: int | None = None,
        reply_to: str | None = None,
        reference: str | None = None,
        idempotency_key: str | None = None,
        extra: dict[str, Any] | None = None,
    ) -> _R:
        """Answers it: sends the content to its `address`, whether that is a number or a user id, and quotes it.

        With an `AsyncClient` the answer is awaited. The options are those of `Client.send`. A group's message has no address: that is an
        `InvalidInputError` whose `field` is `phone`.
        """

    def mark_read(self, client: _Marks[_R], *, typing: bool | None = None) -> _R:
        """Marks it as read, and with `typing` shows that an answer is being written. With an `AsyncClient` it is awaited."""

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
    def media(self) -> EventMedia | None:
        """The file of a picture, a video, an audio, a document or a sticker."""

    @property
    def reply(self) -> EventReply | None:
        """What was pressed: a button, or a row of a list."""

    @property
    def flow(self) -> EventFlow | None:
        """What the customer filled in, in a flow or a form for an address."""

    @property
    def location(self) -> EventLocation | None:
        """The place, where the type is `location`."""

    @property
    def contacts(self) -> list[EventContact]:
        """The contact cards, where the type is `contacts`; else empty."""

    @property
    def reaction(self) -> EventReaction | None:
        """The reaction, where the type is `reaction`."""

    @property
    def order(self) -> EventOrder | None:
        """What was ordered, where the type is `order`."""

    @property
    def system(self) -> EventSystem | None:
        """What has changed about the customer, where the type is `system`."""

    @property
    def edit(self) -> Edit | None:
        """What the sender made of an earlier message, where the type is `edit`."""

    @property
    def revoke(self) -> Revoke | None:
        """Which message the sender took back, where the type is `revoke`."""

    @property
    def context(self) -> EventContext | None:
        """What it refers to: the message that it answers, a product, or that it was forwarded."""

    @property
    def referral(self) -> EventReferral | None:
        """The advertisement or post from which the customer came."""

    @property
    def errors(self) -> list[StatusError]:
        """Why the message could not be passed on, where the type is `unsupported`; else mostly empty."""

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
    def conversation(self) -> EventConversation | None:
        """The conversation that Meta charges for. Newer versions of the Graph API leave it out."""

    @property
    def pricing(self) -> EventPricing | None:
        """What Meta charges for the message."""

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
class TemplateEvent:
    """Something about a template has changed."""

    #: Which kind of event it is.
    event: ClassVar[Literal["template"]]
    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def template_id(self) -> str:
        """The template's id."""

    @property
    def change(self) -> str:
        """What has changed: `status`, `quality`, `category` or `components`."""

    @property
    def name(self) -> str | None:
        """The template's name."""

    @property
    def language(self) -> str | None:
        """The template's language, such as `en_US`."""

    @property
    def value(self) -> str | None:
        """What it is now: the status (`APPROVED`, `REJECTED`, `PAUSED` …), the quality (`GREEN`, `YELLOW`, `RED`, `UNKNOWN`), the category, or the text of the body."""

    @property
    def previous(self) -> str | None:
        """What it was before: the quality or the category."""

    @property
    def reason(self) -> str | None:
        """Why the status changed, such as `INCORRECT_CATEGORY`; `NONE` where Meta gives no reason."""

    @property
    def raw(self) -> Any:
        """The change's value as Meta wrote it."""

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names, `raw` and instants as Python has them."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restored(json: str) -> TemplateEvent: ...

@final
class PreferenceEvent:
    """A customer stops or resumes marketing messages."""

    #: Which kind of event it is.
    event: ClassVar[Literal["preference"]]
    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def value(self) -> str:
        """`stop` or `resume`."""

    @property
    def timestamp(self) -> datetime:
        """When the customer said so. An aware datetime, in UTC."""

    @property
    def phone_number_id(self) -> str:
        """The business number that it is about."""

    @property
    def category(self) -> str | None:
        """What it is about: `marketing_messages`."""

    @property
    def phone(self) -> str | None:
        """The customer's number, digits only. Send to `address`, not to it."""

    @property
    def user_id(self) -> str | None:
        """The customer's business-scoped user id."""

    @property
    def address(self) -> str | None:
        """What to send to: `+` and the customer's number, or the user id where there is no number."""

    @property
    def raw(self) -> Any:
        """The preference as Meta wrote it."""

    def to_dict(self) -> dict[str, Any]:
        """All fields by their common names, `raw` and instants as Python has them."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restored(json: str) -> PreferenceEvent: ...

@final
class OtherEvent:
    """Anything that is none of the others."""

    #: Which kind of event it is.
    event: ClassVar[Literal["other"]]
    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def field(self) -> str:
        """The webhook field, such as `account_update`."""

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
