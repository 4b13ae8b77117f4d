"""A message as a value, for :meth:`wamid.Client.send_many` and :meth:`wamid.Client.send_each`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional

from ._content import Content, send
from ._wamid import Send as _Send

__all__ = ["Message"]


@dataclass(frozen=True, init=False)
class Message:
    """A message of any kind: to whom, what, and with which options. :meth:`wamid.Client.send` takes the same arguments.

    :param phone: Who gets it: a number with its country code, or a business-scoped user id.
    :param content: What they get: a :class:`wamid.Text`, :class:`wamid.Location`, :class:`wamid.Template` ...
    :param account_id: The gateway's account to send from. Only on a gateway client.
    :param reply_to: The id of the message that this one answers.
    :param reference: A text of yours, 1 to 512 characters, that comes back in the message's status webhooks.
    :param idempotency_key: Two sends with one key are one send, to a gateway that knows keys.
    :param extra: Stands beside the content in Meta's body: ``{"category": "utility"}``, ``ttl_seconds`` ...

    >>> import wamid
    >>> wamid.Message("919876543210", wamid.Text("Your table is ready"), reference="table-7").reference
    'table-7'
    """

    phone: str
    content: Content
    account_id: Optional[int]
    reply_to: Optional[str]
    reference: Optional[str]
    idempotency_key: Optional[str]
    extra: Optional[dict[str, Any]]

    def __init__(
        self,
        phone: str,
        content: Content,
        *,
        account_id: Optional[int] = None,
        reply_to: Optional[str] = None,
        reference: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        extra: Optional[dict[str, Any]] = None,
    ) -> None:
        self.__dict__.update(
            phone=phone,
            content=content,
            account_id=account_id,
            reply_to=reply_to,
            reference=reference,
            idempotency_key=idempotency_key,
            extra=extra,
        )

    def _native(self) -> _Send:
        options = (self.account_id, self.reply_to, self.reference, self.idempotency_key, self.extra)
        return send(self.phone, self.content, *options)
