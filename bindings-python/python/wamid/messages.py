"""Sends as values, for :meth:`wamid.Client.send_many`: a text, a location pin, a template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional, Union

from ._parameters import Button, Components, Parameter
from ._wamid import Send as _Send

__all__ = ["Button", "Components", "Location", "Message", "Parameter", "Template", "Text"]


@dataclass(frozen=True)
class Text:
    """A text message, as :meth:`wamid.Client.send_message` sends it.

    >>> Text("919876543210", "Your table is ready", reference="table-7").reference
    'table-7'
    """

    phone: str
    message: str
    preview_url: Optional[bool] = None
    account_id: Optional[int] = None
    reply_to: Optional[str] = None
    reference: Optional[str] = None
    idempotency_key: Optional[str] = None

    def _native(self) -> _Send:
        return _Send.text(
            self.phone,
            self.message,
            self.preview_url,
            self.account_id,
            self.reply_to,
            self.reference,
            self.idempotency_key,
        )


@dataclass(frozen=True)
class Location:
    """A location pin, as :meth:`wamid.Client.send_location` sends it.

    >>> Location("919876543210", 28.6139, 77.2090, name="Our Office").name
    'Our Office'
    """

    phone: str
    latitude: float
    longitude: float
    name: Optional[str] = None
    address: Optional[str] = None
    account_id: Optional[int] = None
    reply_to: Optional[str] = None
    reference: Optional[str] = None
    idempotency_key: Optional[str] = None

    def _native(self) -> _Send:
        return _Send.location(
            self.phone,
            self.latitude,
            self.longitude,
            self.name,
            self.address,
            self.account_id,
            self.reply_to,
            self.reference,
            self.idempotency_key,
        )


@dataclass(frozen=True)
class Template:
    """A template message, as :meth:`wamid.Client.send_template` sends it.

    >>> Template("919876543210", "order_update", body_params=["Asha", "A-1042"]).template_name
    'order_update'
    """

    phone: str
    template_name: str
    language: Optional[str] = None
    header_params: Optional[Sequence[Parameter]] = None
    body_params: Optional[Sequence[Parameter]] = None
    buttons: Optional[Sequence[Button]] = None
    components: Optional[Components] = None
    account_id: Optional[int] = None
    reply_to: Optional[str] = None
    reference: Optional[str] = None
    idempotency_key: Optional[str] = None

    def _native(self) -> _Send:
        return _Send.template(
            self.phone,
            self.template_name,
            self.language,
            self.header_params,
            self.body_params,
            self.buttons,
            self.components,
            self.account_id,
            self.reply_to,
            self.reference,
            self.idempotency_key,
        )


#: A send of any kind.
Message = Union[Text, Location, Template]
