"""The kinds of messages, each with its fields.

Written by `cargo xtask generate` from the declarations of the core.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, Optional, Union

from ._content import Content, Part
from ._parameters import Button, BytesLike, Components, FilePath, Parameter
from ._wamid import Send as _Send

__all__ = [
    "AddressMessage",
    "Audio",
    "CarouselCard",
    "Catalog",
    "ContactAddress",
    "ContactCard",
    "ContactEmail",
    "ContactPhone",
    "ContactRequest",
    "ContactUrl",
    "Contacts",
    "CtaUrl",
    "Document",
    "Flow",
    "HeaderMedia",
    "Image",
    "List",
    "ListRow",
    "ListSection",
    "Location",
    "LocationRequest",
    "Product",
    "ProductList",
    "ProductSection",
    "ProfilePhoto",
    "Raw",
    "Reaction",
    "ReplyButton",
    "ReplyButtons",
    "Sticker",
    "Template",
    "Text",
    "Video",
]


@dataclass(frozen=True, init=False)
class ContactPhone(Part):
    """A phone number of a contact card.

    :param phone: The number, as it is shown.
    :param type: What it is for, such as ``HOME``, ``WORK`` or ``CELL``.
    :param wa_id: The WhatsApp number, in digits. With it the card has a button to write, without it a button to invite.
    """

    phone: str
    type: Optional[str]
    wa_id: Optional[str]

    def __init__(self, phone: str, *, type: Optional[str] = None, wa_id: Optional[str] = None) -> None:
        self.__dict__.update(phone=phone, type=type, wa_id=wa_id)


@dataclass(frozen=True, init=False)
class ContactEmail(Part):
    """A mail address of a contact card.

    :param email: The address.
    :param type: What it is for, such as ``HOME`` or ``WORK``.
    """

    email: str
    type: Optional[str]

    def __init__(self, email: str, *, type: Optional[str] = None) -> None:
        self.__dict__.update(email=email, type=type)


@dataclass(frozen=True, init=False)
class ContactUrl(Part):
    """A web address of a contact card.

    :param url: The address.
    :param type: What it is for, such as ``HOME`` or ``WORK``.
    """

    url: str
    type: Optional[str]

    def __init__(self, url: str, *, type: Optional[str] = None) -> None:
        self.__dict__.update(url=url, type=type)


@dataclass(frozen=True, init=False)
class ContactAddress(Part):
    """A postal address of a contact card.

    :param street: Street and number.
    :param city: The city.
    :param state: The state or region.
    :param zip: The postal code.
    :param country: The name of the country.
    :param country_code: The two letters of the country, such as ``in``.
    :param type: What it is for, such as ``HOME`` or ``WORK``.
    """

    street: Optional[str]
    city: Optional[str]
    state: Optional[str]
    zip: Optional[str]
    country: Optional[str]
    country_code: Optional[str]
    type: Optional[str]

    def __init__(
        self,
        *,
        street: Optional[str] = None,
        city: Optional[str] = None,
        state: Optional[str] = None,
        zip: Optional[str] = None,
        country: Optional[str] = None,
        country_code: Optional[str] = None,
        type: Optional[str] = None,
    ) -> None:
        self.__dict__.update(
            street=street, city=city, state=state, zip=zip, country=country, country_code=country_code, type=type
        )


@dataclass(frozen=True, init=False)
class ContactCard(Part):
    """A contact card.

    :param formatted_name: The whole name, as it is shown. If none of the name parts below is given, it is sent as the
        first name too.
    :param first_name: The first name.
    :param last_name: The last name.
    :param middle_name: The middle name.
    :param prefix: The title before the name, such as ``Dr``.
    :param suffix: The addition after the name, such as ``Jr``.
    :param company: The company.
    :param department: The department in the company.
    :param title: The position in the company.
    :param birthday: The birthday, as ``YYYY-MM-DD``.
    :param phones: The phone numbers.
    :param emails: The mail addresses.
    :param urls: The web addresses.
    :param addresses: The postal addresses.
    """

    _parts: ClassVar = {"phones": ContactPhone, "emails": ContactEmail, "urls": ContactUrl, "addresses": ContactAddress}

    formatted_name: str
    first_name: Optional[str]
    last_name: Optional[str]
    middle_name: Optional[str]
    prefix: Optional[str]
    suffix: Optional[str]
    company: Optional[str]
    department: Optional[str]
    title: Optional[str]
    birthday: Optional[str]
    phones: Optional[Sequence[ContactPhone]]
    emails: Optional[Sequence[ContactEmail]]
    urls: Optional[Sequence[ContactUrl]]
    addresses: Optional[Sequence[ContactAddress]]

    def __init__(
        self,
        formatted_name: str,
        *,
        first_name: Optional[str] = None,
        last_name: Optional[str] = None,
        middle_name: Optional[str] = None,
        prefix: Optional[str] = None,
        suffix: Optional[str] = None,
        company: Optional[str] = None,
        department: Optional[str] = None,
        title: Optional[str] = None,
        birthday: Optional[str] = None,
        phones: Optional[Sequence[ContactPhone]] = None,
        emails: Optional[Sequence[ContactEmail]] = None,
        urls: Optional[Sequence[ContactUrl]] = None,
        addresses: Optional[Sequence[ContactAddress]] = None,
    ) -> None:
        self.__dict__.update(
            formatted_name=formatted_name,
            first_name=first_name,
            last_name=last_name,
            middle_name=middle_name,
            prefix=prefix,
            suffix=suffix,
            company=company,
            department=department,
            title=title,
            birthday=birthday,
            phones=phones,
            emails=emails,
            urls=urls,
            addresses=addresses,
        )


@dataclass(frozen=True, init=False)
class HeaderMedia(Part):
    """An image, a video or a document in a header.

    :param type: What it is: ``image``, ``video`` or ``document``.
    :param id: The id that Meta gave it when it was uploaded.
    :param link: Where Meta fetches it, an http or https address.
    :param file: The path of a file, which is uploaded first.
    :param data: The content itself, which is uploaded first.
    :param filename: The file name that the reader sees. Only a document has one.
    :param mime_type: The MIME type of ``file`` or ``data``. Default: by the file's name, else by its first bytes.

    Give exactly one of ``id``, ``link``, ``file``, ``data``.
    """

    _data: ClassVar = ("data",)

    type: Literal["image", "video", "document"]
    id: Optional[str]
    link: Optional[str]
    file: Optional[FilePath]
    data: Optional[BytesLike] = field(repr=False)
    filename: Optional[str]
    mime_type: Optional[str]

    def __init__(
        self,
        type: Literal["image", "video", "document"],
        *,
        id: Optional[str] = None,
        link: Optional[str] = None,
        file: Optional[FilePath] = None,
        data: Optional[BytesLike] = None,
        filename: Optional[str] = None,
        mime_type: Optional[str] = None,
    ) -> None:
        self.__dict__.update(type=type, id=id, link=link, file=file, data=data, filename=filename, mime_type=mime_type)


@dataclass(frozen=True, init=False)
class ListRow(Part):
    """A row of a list.

    :param id: The id that the answer brings, at most 200 characters. Each row of the list needs its own.
    :param title: Its text, at most 24 characters.
    :param description: The text below it, at most 72 characters.
    """

    id: str
    title: str
    description: Optional[str]

    def __init__(self, id: str, title: str, *, description: Optional[str] = None) -> None:
        self.__dict__.update(id=id, title=title, description=description)


@dataclass(frozen=True, init=False)
class ListSection(Part):
    """A part of a list.

    :param rows: Its rows, 1 to 10.
    :param title: The title above its rows, at most 24 characters. It is needed if the list has more than one section.
    """

    _parts: ClassVar = {"rows": ListRow}

    rows: Sequence[ListRow]
    title: Optional[str]

    def __init__(self, rows: Sequence[ListRow], *, title: Optional[str] = None) -> None:
        self.__dict__.update(rows=rows, title=title)


@dataclass(frozen=True, init=False)
class ProductSection(Part):
    """Some of the products.

    :param product_retailer_ids: The products' ids in the catalog, 1 to 30.
    :param title: The title above them, at most 24 characters. It is needed if there is more than one section.
    """

    product_retailer_ids: Sequence[str]
    title: Optional[str]

    def __init__(self, product_retailer_ids: Sequence[str], *, title: Optional[str] = None) -> None:
        self.__dict__.update(product_retailer_ids=product_retailer_ids, title=title)


@dataclass(frozen=True, init=False)
class ReplyButton(Part):
    """A button. Pressing it sends an answer.

    :param id: The id that the answer brings, at most 256 characters.
    :param title: The text on it, at most 20 characters.
    """

    id: str
    title: str

    def __init__(self, id: str, title: str) -> None:
        self.__dict__.update(id=id, title=title)


@dataclass(frozen=True, init=False)
class CarouselCard(Part):
    """What fills a card of a carousel template.

    :param header_params: Fills the card's header: an image, a video or a product. A ``file`` or ``data`` is uploaded
        first.
    :param body_params: Fills the variables of the card's text.
    :param buttons: Fills the variables of the card's buttons.
    """

    header_params: Optional[Sequence[Parameter]]
    body_params: Optional[Sequence[Parameter]]
    buttons: Optional[Sequence[Button]]

    def __init__(
        self,
        *,
        header_params: Optional[Sequence[Parameter]] = None,
        body_params: Optional[Sequence[Parameter]] = None,
        buttons: Optional[Sequence[Button]] = None,
    ) -> None:
        self.__dict__.update(header_params=header_params, body_params=body_params, buttons=buttons)


@dataclass(frozen=True, init=False)
class ProfilePhoto(Part):
    """A picture for the profile: JPEG or PNG, at most 5 MB; Meta asks for a square of 640 pixels or more.

    :param file: The path of a file.
    :param data: The content itself.
    :param mime_type: Its MIME type. Default: by the file's name, else by its first bytes.

    Give exactly one of ``file``, ``data``.
    """

    _data: ClassVar = ("data",)

    file: Optional[FilePath]
    data: Optional[BytesLike] = field(repr=False)
    mime_type: Optional[str]

    def __init__(
        self, *, file: Optional[FilePath] = None, data: Optional[BytesLike] = None, mime_type: Optional[str] = None
    ) -> None:
        self.__dict__.update(file=file, data=data, mime_type=mime_type)


@dataclass(frozen=True, init=False)
class AddressMessage(Content):
    """Asks the customer for a delivery address, in a form. Only businesses and customers in India have it.

    (Meta: "messages" reference, interactive object, ``address_message``.)

    :param body: The text, at most 1024 characters.
    :param country: The country of the address, as ISO 3166 has it: ``IN``.
    :param values: What the form is filled in with: an object with ``name``, ``phone_number``, ``in_pin_code``,
        ``house_number``, ``address``, ``city`` …
    :param saved_addresses: Addresses to choose from: a list of objects with ``id`` and ``value``.
    :param validation_errors: What was wrong with the last answer: an object with a text for each field.
    :param footer: The footer, at most 60 characters.
    """

    _type = "address_message"

    body: str
    country: str
    values: Optional[Any]
    saved_addresses: Optional[Any]
    validation_errors: Optional[Any]
    footer: Optional[str]

    def __init__(
        self,
        body: str,
        country: str,
        *,
        values: Optional[Any] = None,
        saved_addresses: Optional[Any] = None,
        validation_errors: Optional[Any] = None,
        footer: Optional[str] = None,
    ) -> None:
        self.__dict__.update(
            body=body,
            country=country,
            values=values,
            saved_addresses=saved_addresses,
            validation_errors=validation_errors,
            footer=footer,
        )


@dataclass(frozen=True, init=False)
class Audio(Content):
    """An audio file: AAC, AMR, MP3, MP4 or OGG with Opus, at most 16 MB.

    Meta fetches a link and keeps it for 10 minutes.
    (Meta: "messages" reference, audio object.)

    :param id: The id that Meta gave it when it was uploaded.
    :param link: Where Meta fetches it, an http or https address.
    :param file: The path of a file, which is uploaded first.
    :param data: The content itself, which is uploaded first.
    :param voice: Whether it is shown as a voice note, which has to be OGG with Opus; false where absent.
    :param mime_type: The MIME type of ``file`` or ``data``. Default: by the file's name, else by its first bytes.

    Give exactly one of ``id``, ``link``, ``file``, ``data``.
    """

    _type = "audio"
    _data: ClassVar = ("data",)

    id: Optional[str]
    link: Optional[str]
    file: Optional[FilePath]
    data: Optional[BytesLike] = field(repr=False)
    voice: Optional[bool]
    mime_type: Optional[str]

    def __init__(
        self,
        *,
        id: Optional[str] = None,
        link: Optional[str] = None,
        file: Optional[FilePath] = None,
        data: Optional[BytesLike] = None,
        voice: Optional[bool] = None,
        mime_type: Optional[str] = None,
    ) -> None:
        self.__dict__.update(id=id, link=link, file=file, data=data, voice=voice, mime_type=mime_type)


@dataclass(frozen=True, init=False)
class Catalog(Content):
    """A text with a button that opens the whole catalog. The answer is an order, or a question about a product.

    The catalog has to be connected to the business account.
    (Meta: "messages" reference, interactive object, ``catalog_message``.)

    :param body: The text, at most 1024 characters.
    :param thumbnail_product_retailer_id: The product whose picture is shown, by its id in the catalog; the first one
        where absent.
    :param footer: The footer, at most 60 characters.
    """

    _type = "catalog"

    body: str
    thumbnail_product_retailer_id: Optional[str]
    footer: Optional[str]

    def __init__(
        self, body: str, *, thumbnail_product_retailer_id: Optional[str] = None, footer: Optional[str] = None
    ) -> None:
        self.__dict__.update(body=body, thumbnail_product_retailer_id=thumbnail_product_retailer_id, footer=footer)


@dataclass(frozen=True, init=False)
class ContactRequest(Content):
    """Asks for somebody's phone number, with a button that sends their contact.

    The answer is a contact. It is the way to the number of somebody who writes under a username.
    (Meta: "messages" reference, interactive object, ``request_contact_info``.)

    :param body: The text, at most 1024 characters.
    """

    _type = "contact_request"

    body: str

    def __init__(self, body: str) -> None:
        self.__dict__.update(body=body)


@dataclass(frozen=True, init=False)
class Contacts(Content):
    """Contact cards, 1 to 257.

    (Meta: "messages" reference, contacts object.)

    :param contacts: The cards, 1 to 257.
    """

    _type = "contacts"
    _parts: ClassVar = {"contacts": ContactCard}

    contacts: Sequence[ContactCard]

    def __init__(self, contacts: Sequence[ContactCard]) -> None:
        self.__dict__.update(contacts=contacts)


@dataclass(frozen=True, init=False)
class CtaUrl(Content):
    """A text with a button that opens an address.

    (Meta: "messages" reference, interactive object, ``cta_url``.)

    :param body: The text, at most 1024 characters.
    :param display_text: The text on the button, at most 20 characters.
    :param url: What the button opens, an http or https address.
    :param header: The header: a text of at most 60 characters, or an image, a video or a document.
    :param footer: The footer, at most 60 characters.
    """

    _type = "cta_url"
    _parts: ClassVar = {"header": HeaderMedia}

    body: str
    display_text: str
    url: str
    header: Optional[Union[str, HeaderMedia]]
    footer: Optional[str]

    def __init__(
        self,
        body: str,
        display_text: str,
        url: str,
        *,
        header: Optional[Union[str, HeaderMedia]] = None,
        footer: Optional[str] = None,
    ) -> None:
        self.__dict__.update(body=body, display_text=display_text, url=url, header=header, footer=footer)


@dataclass(frozen=True, init=False)
class Document(Content):
    """A document, such as a PDF, at most 100 MB.

    Meta fetches a link and keeps it for 10 minutes.
    (Meta: "messages" reference, document object.)

    :param id: The id that Meta gave it when it was uploaded.
    :param link: Where Meta fetches it, an http or https address.
    :param file: The path of a file, which is uploaded first.
    :param data: The content itself, which is uploaded first.
    :param caption: The text under it, at most 1024 characters.
    :param filename: The file name that the reader sees. WhatsApp chooses the icon by its extension.
    :param mime_type: The MIME type of ``file`` or ``data``. Default: by the file's name, else by its first bytes.

    Give exactly one of ``id``, ``link``, ``file``, ``data``.
    """

    _type = "document"
    _data: ClassVar = ("data",)

    id: Optional[str]
    link: Optional[str]
    file: Optional[FilePath]
    data: Optional[BytesLike] = field(repr=False)
    caption: Optional[str]
    filename: Optional[str]
    mime_type: Optional[str]

    def __init__(
        self,
        *,
        id: Optional[str] = None,
        link: Optional[str] = None,
        file: Optional[FilePath] = None,
        data: Optional[BytesLike] = None,
        caption: Optional[str] = None,
        filename: Optional[str] = None,
        mime_type: Optional[str] = None,
    ) -> None:
        self.__dict__.update(
            id=id, link=link, file=file, data=data, caption=caption, filename=filename, mime_type=mime_type
        )


@dataclass(frozen=True, init=False)
class Flow(Content):
    """A text with a button that opens a Flow: screens in which the reader fills in a form.

    The answer is an event with what they filled in.

    (Meta: "messages" reference, interactive object, ``flow``.)

    :param body: The text, at most 1024 characters.
    :param button: The text on the button, at most 30 characters.
    :param flow_id: The Flow's id at Meta.
    :param flow_name: The Flow's name.
    :param flow_token: A text of yours that comes back with the answer.
    :param flow_action: What the button does: ``navigate`` opens the screen of that name, ``data_exchange`` asks the
        Flow's endpoint which one.
    :param screen: The first screen. It implies ``navigate``, and ``navigate`` needs it.
    :param data: The data of that screen, an object that is not empty. It needs ``screen``.
    :param mode: Which state of the Flow is opened: ``published``, or ``draft`` to try it.
    :param header: The header: a text of at most 60 characters, or an image, a video or a document.
    :param footer: The footer, at most 60 characters.

    Give exactly one of ``flow_id``, ``flow_name``.
    """

    _type = "flow"
    _parts: ClassVar = {"header": HeaderMedia}

    body: str
    button: str
    flow_id: Optional[str]
    flow_name: Optional[str]
    flow_token: Optional[str]
    flow_action: Optional[Literal["navigate", "data_exchange"]]
    screen: Optional[str]
    data: Optional[Any]
    mode: Optional[Literal["draft", "published"]]
    header: Optional[Union[str, HeaderMedia]]
    footer: Optional[str]

    def __init__(
        self,
        body: str,
        button: str,
        *,
        flow_id: Optional[str] = None,
        flow_name: Optional[str] = None,
        flow_token: Optional[str] = None,
        flow_action: Optional[Literal["navigate", "data_exchange"]] = None,
        screen: Optional[str] = None,
        data: Optional[Any] = None,
        mode: Optional[Literal["draft", "published"]] = None,
        header: Optional[Union[str, HeaderMedia]] = None,
        footer: Optional[str] = None,
    ) -> None:
        self.__dict__.update(
            body=body,
            button=button,
            flow_id=flow_id,
            flow_name=flow_name,
            flow_token=flow_token,
            flow_action=flow_action,
            screen=screen,
            data=data,
            mode=mode,
            header=header,
            footer=footer,
        )


@dataclass(frozen=True, init=False)
class Image(Content):
    """A picture: JPEG or PNG, 8 bit, RGB or RGBA, at most 5 MB.

    Meta fetches a link and keeps it for 10 minutes.
    (Meta: "messages" reference, image object.)

    :param id: The id that Meta gave it when it was uploaded.
    :param link: Where Meta fetches it, an http or https address.
    :param file: The path of a file, which is uploaded first.
    :param data: The content itself, which is uploaded first.
    :param caption: The text under it, at most 1024 characters.
    :param mime_type: The MIME type of ``file`` or ``data``. Default: by the file's name, else by its first bytes.

    Give exactly one of ``id``, ``link``, ``file``, ``data``.
    """

    _type = "image"
    _data: ClassVar = ("data",)

    id: Optional[str]
    link: Optional[str]
    file: Optional[FilePath]
    data: Optional[BytesLike] = field(repr=False)
    caption: Optional[str]
    mime_type: Optional[str]

    def __init__(
        self,
        *,
        id: Optional[str] = None,
        link: Optional[str] = None,
        file: Optional[FilePath] = None,
        data: Optional[BytesLike] = None,
        caption: Optional[str] = None,
        mime_type: Optional[str] = None,
    ) -> None:
        self.__dict__.update(id=id, link=link, file=file, data=data, caption=caption, mime_type=mime_type)


@dataclass(frozen=True, init=False)
class List(Content):
    """A text with a button that opens a list of rows, of which the reader picks one.

    The answer is an event with the row.

    (Meta: "messages" reference, interactive object, ``list``.)

    :param body: The text, at most 4096 characters.
    :param button: The text on the button that opens the list, at most 20 characters.
    :param sections: The list in 1 to 10 sections, with 1 to 10 rows in all.
    :param header: The header, at most 60 characters.
    :param footer: The footer, at most 60 characters.
    """

    _type = "list"
    _parts: ClassVar = {"sections": ListSection}

    body: str
    button: str
    sections: Sequence[ListSection]
    header: Optional[str]
    footer: Optional[str]

    def __init__(
        self,
        body: str,
        button: str,
        sections: Sequence[ListSection],
        *,
        header: Optional[str] = None,
        footer: Optional[str] = None,
    ) -> None:
        self.__dict__.update(body=body, button=button, sections=sections, header=header, footer=footer)


@dataclass(frozen=True, init=False)
class Location(Content):
    """A location pin.

    :param latitude: Degrees north, -90 to 90.
    :param longitude: Degrees east, -180 to 180.
    :param name: The title of the pin, at most 1000 characters; empty is none.
    :param address: The line below the title, at most 1000 characters; empty is none.
    """

    _type = "location"

    latitude: float
    longitude: float
    name: Optional[str]
    address: Optional[str]

    def __init__(
        self, latitude: float, longitude: float, *, name: Optional[str] = None, address: Optional[str] = None
    ) -> None:
        self.__dict__.update(latitude=latitude, longitude=longitude, name=name, address=address)

    def _send(
        self,
        phone: str,
        account_id: Optional[int],
        reply_to: Optional[str],
        reference: Optional[str],
        idempotency_key: Optional[str],
        extra: Optional[dict[str, Any]],
    ) -> _Send:
        return _Send.location(
            phone,
            self.latitude,
            self.longitude,
            self.name,
            self.address,
            account_id,
            reply_to,
            reference,
            idempotency_key,
            extra,
        )


@dataclass(frozen=True, init=False)
class LocationRequest(Content):
    """Asks where somebody is, with a button that sends their location.

    The answer is a location.
    (Meta: "messages" reference, interactive object, ``location_request_message``.)

    :param body: The text, at most 1024 characters.
    """

    _type = "location_request"

    body: str

    def __init__(self, body: str) -> None:
        self.__dict__.update(body=body)


@dataclass(frozen=True, init=False)
class Product(Content):
    """A product of a catalog, with its picture and price. The answer is an order, or a question about it.

    The catalog has to be connected to the business account.
    (Meta: "messages" reference, interactive object, ``product``.)

    :param catalog_id: The catalog's id at Meta.
    :param product_retailer_id: The product's id in the catalog.
    :param body: The text, at most 1024 characters.
    :param footer: The footer, at most 60 characters.
    """

    _type = "product"

    catalog_id: str
    product_retailer_id: str
    body: Optional[str]
    footer: Optional[str]

    def __init__(
        self, catalog_id: str, product_retailer_id: str, *, body: Optional[str] = None, footer: Optional[str] = None
    ) -> None:
        self.__dict__.update(catalog_id=catalog_id, product_retailer_id=product_retailer_id, body=body, footer=footer)


@dataclass(frozen=True, init=False)
class ProductList(Content):
    """Up to 30 products of a catalog, in sections. The answer is an order, or a question about one of them.

    The catalog has to be connected to the business account.
    (Meta: "messages" reference, interactive object, ``product_list``.)

    :param body: The text, at most 1024 characters.
    :param header: The header, at most 60 characters.
    :param catalog_id: The catalog's id at Meta.
    :param sections: The products in 1 to 10 sections, with 1 to 30 products in all.
    :param footer: The footer, at most 60 characters.
    """

    _type = "product_list"
    _parts: ClassVar = {"sections": ProductSection}

    body: str
    header: str
    catalog_id: str
    sections: Sequence[ProductSection]
    footer: Optional[str]

    def __init__(
        self,
        body: str,
        header: str,
        catalog_id: str,
        sections: Sequence[ProductSection],
        *,
        footer: Optional[str] = None,
    ) -> None:
        self.__dict__.update(body=body, header=header, catalog_id=catalog_id, sections=sections, footer=footer)


@dataclass(frozen=True, init=False)
class Raw(Content):
    """A message of any other type that Meta has: payments, carousels, calls, and types that are new.

    Only Meta checks its content. Delivery, errors and records are those of every kind.

    :param message_type: Its ``type`` at Meta, of ``a-z`` and ``_``, which is also the name of the member that holds
        ``object``.
    :param object: What that member holds, as Meta has it.
    """

    _type = "raw"

    message_type: str
    object: Any

    def __init__(self, message_type: str, object: Any) -> None:
        self.__dict__.update(message_type=message_type, object=object)


@dataclass(frozen=True, init=False)
class Reaction(Content):
    """A reaction to a message: one emoji beside it.

    A message of more than 30 days ago, one that was deleted, and a reaction take none: Meta says so in a status webhook.
    (Meta: "messages" reference, reaction object.)

    :param message_id: The id of the message that it reacts to.
    :param emoji: One emoji; an empty text takes the reaction back.
    """

    _type = "reaction"

    message_id: str
    emoji: str

    def __init__(self, message_id: str, emoji: str) -> None:
        self.__dict__.update(message_id=message_id, emoji=emoji)


@dataclass(frozen=True, init=False)
class ReplyButtons(Content):
    """A text with 1 to 3 buttons.

    The answer is an event with the ``id`` and the ``title`` of the button.

    (Meta: "messages" reference, interactive object, ``button``.)

    :param body: The text, at most 1024 characters.
    :param buttons: The buttons, 1 to 3; each needs its own ``id`` and its own ``title``.
    :param header: The header: a text of at most 60 characters, or an image, a video or a document.
    :param footer: The footer, at most 60 characters.
    """

    _type = "reply_buttons"
    _parts: ClassVar = {"buttons": ReplyButton, "header": HeaderMedia}

    body: str
    buttons: Sequence[ReplyButton]
    header: Optional[Union[str, HeaderMedia]]
    footer: Optional[str]

    def __init__(
        self,
        body: str,
        buttons: Sequence[ReplyButton],
        *,
        header: Optional[Union[str, HeaderMedia]] = None,
        footer: Optional[str] = None,
    ) -> None:
        self.__dict__.update(body=body, buttons=buttons, header=header, footer=footer)


@dataclass(frozen=True, init=False)
class Sticker(Content):
    """A sticker: WebP, at most 100 KB if static, 500 KB if animated.

    Meta fetches a link and keeps it for 10 minutes.
    (Meta: "messages" reference, sticker object.)

    :param id: The id that Meta gave it when it was uploaded.
    :param link: Where Meta fetches it, an http or https address.
    :param file: The path of a file, which is uploaded first.
    :param data: The content itself, which is uploaded first.
    :param mime_type: The MIME type of ``file`` or ``data``. Default: by the file's name, else by its first bytes.

    Give exactly one of ``id``, ``link``, ``file``, ``data``.
    """

    _type = "sticker"
    _data: ClassVar = ("data",)

    id: Optional[str]
    link: Optional[str]
    file: Optional[FilePath]
    data: Optional[BytesLike] = field(repr=False)
    mime_type: Optional[str]

    def __init__(
        self,
        *,
        id: Optional[str] = None,
        link: Optional[str] = None,
        file: Optional[FilePath] = None,
        data: Optional[BytesLike] = None,
        mime_type: Optional[str] = None,
    ) -> None:
        self.__dict__.update(id=id, link=link, file=file, data=data, mime_type=mime_type)


@dataclass(frozen=True, init=False)
class Template(Content):
    """A template message: a text that Meta has approved, with its variables filled in.

    :param template_name: The template's name, 1 to 512 of ``a-z0-9_``.
    :param language: The language it was approved in, a BCP-47 tag such as ``en_US`` or ``pt-BR``; ``en`` where absent.
    :param components: Meta's own components, sent as given; not together with parameters and buttons.
    :param one_time_code: The code of an authentication template, 1 to 15 characters: it fills the text and the button.
        Not together with parameters and buttons.
    :param limited_time_offer_expires_at: When the offer of a limited-time offer template ends: an instant such as
        ``2026-12-24T18:00:00Z``.
    :param header_params: Fills the header: its variable, or its image, video, document, location or product. A ``file``
        or ``data`` is uploaded first.
    :param body_params: Fills the body's variables, in their order or by name.
    :param buttons: Fills the buttons' variables; at most 10.
    :param carousel: The cards of a carousel template, 2 to 10, in their order.
    """

    _type = "template"
    _parts: ClassVar = {"carousel": CarouselCard}

    template_name: str
    language: Optional[str]
    components: Optional[Components]
    one_time_code: Optional[str]
    limited_time_offer_expires_at: Optional[str]
    header_params: Optional[Sequence[Parameter]]
    body_params: Optional[Sequence[Parameter]]
    buttons: Optional[Sequence[Button]]
    carousel: Optional[Sequence[CarouselCard]]

    def __init__(
        self,
        template_name: str,
        *,
        language: Optional[str] = None,
        components: Optional[Components] = None,
        one_time_code: Optional[str] = None,
        limited_time_offer_expires_at: Optional[str] = None,
        header_params: Optional[Sequence[Parameter]] = None,
        body_params: Optional[Sequence[Parameter]] = None,
        buttons: Optional[Sequence[Button]] = None,
        carousel: Optional[Sequence[CarouselCard]] = None,
    ) -> None:
        self.__dict__.update(
            template_name=template_name,
            language=language,
            components=components,
            one_time_code=one_time_code,
            limited_time_offer_expires_at=limited_time_offer_expires_at,
            header_params=header_params,
            body_params=body_params,
            buttons=buttons,
            carousel=carousel,
        )

    def _send(
        self,
        phone: str,
        account_id: Optional[int],
        reply_to: Optional[str],
        reference: Optional[str],
        idempotency_key: Optional[str],
        extra: Optional[dict[str, Any]],
    ) -> _Send:
        if (
            self.one_time_code is not None
            or self.limited_time_offer_expires_at is not None
            or self.carousel is not None
        ):
            return super()._send(phone, account_id, reply_to, reference, idempotency_key, extra)
        return _Send.template(
            phone,
            self.template_name,
            self.language,
            self.header_params,
            self.body_params,
            self.buttons,
            self.components,
            account_id,
            reply_to,
            reference,
            idempotency_key,
            extra,
        )


@dataclass(frozen=True, init=False)
class Text(Content):
    """A text message.

    :param message: The text, 1 to 4096 characters, not only white space or invisible characters.
    :param preview_url: Whether the first link in the text is shown with a preview; false where absent.
    """

    _type = "text"

    message: str
    preview_url: Optional[bool]

    def __init__(self, message: str, *, preview_url: Optional[bool] = None) -> None:
        self.__dict__.update(message=message, preview_url=preview_url)

    def _send(
        self,
        phone: str,
        account_id: Optional[int],
        reply_to: Optional[str],
        reference: Optional[str],
        idempotency_key: Optional[str],
        extra: Optional[dict[str, Any]],
    ) -> _Send:
        return _Send.text(
            phone, self.message, self.preview_url, account_id, reply_to, reference, idempotency_key, extra
        )


@dataclass(frozen=True, init=False)
class Video(Content):
    """A video: MP4 or 3GPP with H.264 and AAC, with at most one audio track, at most 16 MB.

    Meta fetches a link and keeps it for 10 minutes.
    (Meta: "messages" reference, video object.)

    :param id: The id that Meta gave it when it was uploaded.
    :param link: Where Meta fetches it, an http or https address.
    :param file: The path of a file, which is uploaded first.
    :param data: The content itself, which is uploaded first.
    :param caption: The text under it, at most 1024 characters.
    :param mime_type: The MIME type of ``file`` or ``data``. Default: by the file's name, else by its first bytes.

    Give exactly one of ``id``, ``link``, ``file``, ``data``.
    """

    _type = "video"
    _data: ClassVar = ("data",)

    id: Optional[str]
    link: Optional[str]
    file: Optional[FilePath]
    data: Optional[BytesLike] = field(repr=False)
    caption: Optional[str]
    mime_type: Optional[str]

    def __init__(
        self,
        *,
        id: Optional[str] = None,
        link: Optional[str] = None,
        file: Optional[FilePath] = None,
        data: Optional[BytesLike] = None,
        caption: Optional[str] = None,
        mime_type: Optional[str] = None,
    ) -> None:
        self.__dict__.update(id=id, link=link, file=file, data=data, caption=caption, mime_type=mime_type)


_KINDS: dict[str, type[Content]] = {
    "address_message": AddressMessage,
    "audio": Audio,
    "catalog": Catalog,
    "contact_request": ContactRequest,
    "contacts": Contacts,
    "cta_url": CtaUrl,
    "document": Document,
    "flow": Flow,
    "image": Image,
    "list": List,
    "location": Location,
    "location_request": LocationRequest,
    "product": Product,
    "product_list": ProductList,
    "raw": Raw,
    "reaction": Reaction,
    "reply_buttons": ReplyButtons,
    "sticker": Sticker,
    "template": Template,
    "text": Text,
    "video": Video,
}
