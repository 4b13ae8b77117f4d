"""A customer's phone in a test's hands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Optional

from ._loop import run

if TYPE_CHECKING:
    from ._wamid import NativePhone, PhoneMessage

#: Seconds that a test waits for an answer.
_PATIENCE = 5.0


class Phone:
    """The phone of one customer of a sandbox; :meth:`wamid.testing.Sandbox.phone` makes one.

    What it does reaches the business as a signed webhook. Each act returns the id of the message that it sends, and is
    a ``ValueError`` where it is not possible or no webhook is set, since nobody would learn of it.
    """

    def __init__(self, native: NativePhone) -> None:
        self._native = native

    def text(self, text: str) -> str:
        """Writes a text."""
        return self._native.text(text)

    def reply(self, message_id: str, text: str) -> str:
        """Writes a text that quotes a message of the chat."""
        return self._native.reply(message_id, text)

    def press(self, title: str) -> str:
        """Presses the reply button, quick-reply button of a template, or row of a list with this title, of the newest
        message that has one.
        """
        return self._native.press(title)

    def react(self, emoji: str) -> str:
        """Reacts to the newest message of the business; an empty emoji takes the reaction back."""
        return self._native.react(emoji)

    def react_to(self, message_id: str, emoji: str) -> str:
        """Reacts to a message of the chat; an empty emoji takes the reaction back."""
        return self._native.react_to(message_id, emoji)

    def send_file(self, mime_type: str, data: bytes, *, caption: Optional[str] = None) -> str:
        """Sends a file, which a client can fetch by the id in the webhook. A picture, video or sound comes as such, an
        ``image/webp`` as a sticker, all else as a document.
        """
        return self._native.send_file(mime_type, data, caption)

    def send_location(
        self, latitude: float, longitude: float, *, name: Optional[str] = None, address: Optional[str] = None
    ) -> str:
        """Sends a location, with its name and address where given."""
        return self._native.send_location(latitude, longitude, name, address)

    def send_contact(self, name: str, phone: str) -> str:
        """Sends a contact card."""
        return self._native.send_contact(name, phone)

    def fill_flow(self, answers: Mapping[str, Any]) -> str:
        """Fills in and sends the form of the newest message with a Flow. The business gets these answers and the
        message's ``flow_token``.
        """
        return self._native.fill_flow(json.dumps(dict(answers)))

    def order(self, items: Iterable[tuple[str, int]]) -> str:
        """Orders from the newest message with products: so many of each, by the id that the shop gives it."""
        return self._native.order(list(items))

    def edit(self, message_id: str, text: str) -> str:
        """Writes another text, or caption, in place of that of a message of the customer's."""
        return self._native.edit(message_id, text)

    def delete(self, message_id: str) -> str:
        """Deletes a message of the customer's for everyone."""
        return self._native.delete(message_id)

    def read(self) -> None:
        """Opens the chat: all that was delivered is read."""
        self._native.read()

    def set_reads(self, reads: bool) -> None:
        """Whether the customer reads a message as soon as it is delivered, as they do at first. If not, it stays
        ``delivered`` until :meth:`read`.
        """
        self._native.set_reads(reads)

    def set_offline(self, offline: bool) -> None:
        """Whether the phone is away from the network. Messages stay ``sent`` meanwhile, and arrive in order when it is back."""
        self._native.set_offline(offline)

    def set_deleted(self, deleted: bool) -> None:
        """Whether the account is deleted. Messages to it fail with Meta's 131026."""
        self._native.set_deleted(deleted)

    def set_opted_out(self, opted_out: bool) -> None:
        """Whether the customer wants no marketing messages. The business is told, and marketing templates fail with
        131050.
        """
        self._native.set_opted_out(opted_out)

    def set_window_closed(self, window_closed: bool) -> None:
        """Whether the 24 hours after the customer's last message are over. All but templates fail with 131047, until the
        customer writes again.
        """
        self._native.set_window_closed(window_closed)

    def set_blocked(self, blocked: bool) -> None:
        """Whether the customer has blocked the business. Messages stay ``sent``, and the customer cannot write."""
        self._native.set_blocked(blocked)

    def messages(self) -> list[PhoneMessage]:
        """All messages of the chat, oldest first."""
        return self._native.messages()

    def last(self) -> Optional[PhoneMessage]:
        """The newest message of the business that was not refused; None where there is none."""
        return self._native.last()

    def next_message(self, timeout: float = _PATIENCE) -> PhoneMessage:
        """The next message of the business that this object has not given yet, in order of arrival; waits for it. It
        begins after what was there when the object was made. Refused and failed messages never come.

        Other threads go on meanwhile, and Ctrl-C ends the wait. In a coroutine use :meth:`next_message_async`.

        :param timeout: how many seconds to wait at most.
        :raises TimeoutError: none came in that time.
        """
        return self._native.next_message(timeout)  # type: ignore[no-any-return]

    async def next_message_async(self, timeout: float = _PATIENCE) -> PhoneMessage:
        """The same for asyncio. A message that comes after the wait was cancelled is given by the next one."""
        return await run(self._native.next_message, timeout)  # type: ignore[no-any-return]
