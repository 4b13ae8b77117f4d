"""What a client for code that waits does besides sending.

Written by `cargo xtask generate` from the declarations of the core.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Callable, Literal, Optional, Union

# Its classes are looked up there when somebody asks: loading them takes as long as all the rest.
import wamid

from ._base import BaseClient
from ._binary import encoded, fields_of, members, path_text
from ._bulk import reporter
from ._content import Content, members_of
from ._parameters import BytesLike, FilePath
from ._waiting import wait


class Operations(BaseClient):
    """The operations besides sending."""

    def block_users(self, phones: Sequence[str]) -> wamid.Blocking:
        """Blocks users: they can no longer write to the business, and get no messages from it.

        Meta takes only users who wrote in the last 24 hours. More than 1,000 go in several requests. (Meta: "block
        users".)

        :param phones: Their phones with country code, or user ids.
        :raises WamidError: ``retryable`` and ``retry_after`` say what to do.
        """
        arguments = {"phones": phones}
        return wamid.Blocking._read(wait(self._native.ask, "block_users", arguments))

    def blocked_users(self) -> list[str]:
        """Lists the blocked users. Each is given by its address: the phone with country code, or the user id.

        (Meta: "block users".)

        :raises WamidError: ``retryable`` and ``retry_after`` say what to do.
        """
        return wait(self._native.ask, "blocked_users", {})  # type: ignore[no-any-return]

    def check_template(self, content: Content, template: Union[wamid.TemplateInfo, dict[str, Any]]) -> None:
        """Holds a template message to its template, as ``templates`` lists it. It asks nobody.

        What Meta would refuse with 132000, 132001, 132012 or 132018 is an ``invalid_input`` that names what does not
        fit by its path: the count, the kind or the name of a parameter, the medium of the header, a button's index or
        type, the cards of a carousel, a missing offer or code, the name, the language, or a template that is not
        approved (``template.status``). What cannot be told from the template is left to Meta.

        :param content: The message, a content of type ``template``.
        :param template: The template, as ``templates`` lists it.
        :raises WamidError: ``retryable`` and ``retry_after`` say what to do.
        """
        arguments = {"content": members_of(content), "template": fields_of(template)}
        wait(self._native.ask, "check_template", arguments)

    def create_template(self, definition: Any) -> wamid.CreatedTemplate:
        """Makes a template, which Meta then reviews.

        (Meta: "message templates" reference, create.)

        :param definition: Meta's JSON for a template: ``name``, ``language``, ``category``, ``components`` …
        :raises WamidError: ``retryable`` and ``retry_after`` say what to do.
        """
        arguments = {"definition": definition}
        return wamid.CreatedTemplate._read(wait(self._native.ask, "create_template", arguments))

    def delete_media(self, media_id: str) -> None:
        """Deletes a file at Meta. Messages that were sent with it keep it.

        (Meta: "media" reference, delete media.)

        :param media_id: The file's id.
        :raises WamidError: ``retryable`` and ``retry_after`` say what to do.
        """
        arguments = {"media_id": media_id}
        wait(self._native.ask, "delete_media", arguments)

    def delete_template(self, name: str, *, template_id: Optional[str] = None) -> None:
        """Deletes a template: in all languages, or only the one of that id. Its name is blocked for 30 days.

        (Meta: "message templates" reference, delete.)

        :param name: The template's name.
        :param template_id: The id of the one language that is deleted.
        :raises WamidError: ``retryable`` and ``retry_after`` say what to do.
        """
        arguments = {"name": name, "template_id": template_id}
        wait(self._native.ask, "delete_template", arguments)

    def download_media(
        self,
        media_id: str,
        *,
        max_bytes: Optional[int] = None,
        progress: Optional[Callable[[wamid.TransferProgress], object]] = None,
    ) -> wamid.Download:
        """Fetches a file that a customer sent, or that was uploaded, into memory. Its SHA-256 is checked.

        The access token goes only to Meta's own hosts. For large files use ``download_media_to``. (Meta: "media"
        reference, download media.)

        :param media_id: The file's id.
        :param max_bytes: The most bytes that it may have. Default 104,857,600 (100 MiB).
        :param progress: a plain function, called with the bytes that have moved, at most ten times a second and once at
            the end. If it fails, that is told to ``sys.unraisablehook``, it is not called again, and the transfer goes
            on.
        :raises WamidError: ``retryable`` and ``retry_after`` say what to do.
        """
        arguments = {"media_id": media_id, "max_bytes": max_bytes}
        return wamid.Download._read(
            wait(self._native.ask_with_progress, "download_media", arguments, reporter(progress))
        )

    def download_media_to(
        self,
        media_id: str,
        path: FilePath,
        *,
        max_bytes: Optional[int] = None,
        progress: Optional[Callable[[wamid.TransferProgress], object]] = None,
    ) -> str:
        """Fetches a file that a customer sent, or that was uploaded, onto the disk. The answer is the path.

        It is written beside the path and renamed once it is whole and its SHA-256 is right: an interrupted download
        leaves no file. Memory stays flat.

        :param media_id: The file's id.
        :param path: Where it is put. A file that is there already is replaced.
        :param max_bytes: The most bytes that it may have. Default 104,857,600 (100 MiB).
        :param progress: a plain function, called with the bytes that have moved, at most ten times a second and once at
            the end. If it fails, that is told to ``sys.unraisablehook``, it is not called again, and the transfer goes
            on.
        :raises WamidError: ``retryable`` and ``retry_after`` say what to do.
        """
        arguments = {"media_id": media_id, "path": path_text(path), "max_bytes": max_bytes}
        return wait(self._native.ask_with_progress, "download_media_to", arguments, reporter(progress))  # type: ignore[no-any-return]

    def edit_template(self, template_id: str, definition: Any) -> None:
        """Changes a template that is approved, rejected or paused. Its components are replaced as a whole.

        (Meta: "message templates" reference, edit.)

        :param template_id: The template's id.
        :param definition: Meta's JSON for the change.
        :raises WamidError: ``retryable`` and ``retry_after`` say what to do.
        """
        arguments = {"template_id": template_id, "definition": definition}
        wait(self._native.ask, "edit_template", arguments)

    def request(
        self,
        method: Literal["GET", "POST", "PUT", "DELETE"],
        path: str,
        *,
        query: Optional[Any] = None,
        json: Optional[Any] = None,
        form: Optional[Any] = None,
    ) -> Any:
        """Asks Meta's Graph API for anything that has no operation here, and gives its answer as it is.

        GET, PUT and DELETE are tried again as reads are, POST as a send is: only where it surely had no effect.

        :param method: ``GET``, ``POST``, ``PUT`` or ``DELETE``.
        :param path: The path below the API's version, such as ``106540352242922/whatsapp_business_profile``, without a
            query.
        :param query: The query: an object of texts, numbers and booleans.
        :param json: The body, which is sent as JSON.
        :param form: A form in place of ``json``, for the paths that take no JSON: an object of texts, numbers, booleans
            and files. A file is an object with ``data`` (its content in base64), ``filename`` and ``mime_type``.
        :raises WamidError: ``retryable`` and ``retry_after`` say what to do.
        """
        arguments = {"method": method, "path": path, "query": query, "json": json, "form": form}
        return wait(self._native.ask, "request", arguments)

    def sends(
        self,
        *,
        reference: Optional[str] = None,
        message_id: Optional[str] = None,
        status: Optional[Literal["sending", "unknown", "sent", "failed", "delivered", "read"]] = None,
        limit: Optional[int] = None,
    ) -> list[wamid.SendRecord]:
        """Lists what is on record of sends, the newest first: to look before you send again what may have gone out.

        A cloud client reads its ``store``, and knows the sends of its own number. A gateway client asks its gateway,
        which tells of the sends that were made with the same API key. Status webhooks keep the record up to date.

        :param reference: Only those with this reference.
        :param message_id: Only the one that became this message.
        :param status: Only those of this status.
        :param limit: At most so many, above 0; a gateway tells of at most 250. Default 50.
        :raises WamidError: ``retryable`` and ``retry_after`` say what to do.
        """
        arguments = {"reference": reference, "message_id": message_id, "status": status, "limit": limit}
        answer = wait(self._native.ask, "sends", arguments)
        return [wamid.SendRecord._read(each) for each in answer]

    def templates(
        self,
        *,
        name: Optional[str] = None,
        language: Optional[str] = None,
        status: Optional[str] = None,
        category: Optional[str] = None,
        limit: Optional[int] = None,
    ) -> list[wamid.TemplateInfo]:
        """Lists the templates of the business account.

        ``name`` and ``status`` are asked of Meta, and all four filters hold for the answer. Pages are followed. A
        gateway is asked for no more than the filters and ``limit`` leave. (Meta: "message templates" reference.)

        :param name: Only those of exactly this name.
        :param language: Only those in this language, such as ``en_US``.
        :param status: Only those of this status, such as ``APPROVED``.
        :param category: Only those of this category, such as ``UTILITY``.
        :param limit: At most so many, above 0. Default: all.
        :raises WamidError: ``retryable`` and ``retry_after`` say what to do.
        """
        arguments = {"name": name, "language": language, "status": status, "category": category, "limit": limit}
        answer = wait(self._native.ask, "templates", arguments)
        return [wamid.TemplateInfo._read(each) for each in answer]

    def media_info(self, media_id: str) -> wamid.MediaInfo:
        """Looks up a file at Meta: its type, size and SHA-256, and where it can be fetched.

        Ids of uploaded files live 30 days, those of webhooks 7 days. (Meta: "media" reference, retrieve media url.)

        :param media_id: The file's id, as a webhook or an upload has it.
        :raises WamidError: ``retryable`` and ``retry_after`` say what to do.
        """
        arguments = {"media_id": media_id}
        return wamid.MediaInfo._read(wait(self._native.ask, "media_info", arguments))

    def mark_read(self, message_id: str, *, typing: Optional[bool] = None) -> None:
        """Marks a customer's message as read. Earlier messages of the conversation are marked too. The customer sees
        blue ticks.

        Meta takes messages of the last 30 days. With ``typing`` the customer sees that an answer is being written,
        until it comes or 25 seconds are over. Twice is the same as once, so it is tried again also where the outcome is
        unknown. (Meta: "mark messages as read", "typing indicators".)

        :param message_id: The message's id, as its webhook has it.
        :param typing: Whether the customer sees that an answer is being written. Default false.
        :raises WamidError: ``retryable`` and ``retry_after`` say what to do.
        """
        arguments = {"message_id": message_id, "typing": typing}
        wait(self._native.ask, "mark_read", arguments)

    def profile(self) -> wamid.BusinessProfile:
        """Reads the profile that customers see of the business number.

        (Meta: "business profiles".)

        :raises WamidError: ``retryable`` and ``retry_after`` say what to do.
        """
        return wamid.BusinessProfile._read(wait(self._native.ask, "profile", {}))

    def unblock_users(self, phones: Sequence[str]) -> wamid.Blocking:
        """Lets users that were blocked write again. More than 1,000 go in several requests.

        (Meta: "block users".)

        :param phones: Their phones with country code, or user ids.
        :raises WamidError: ``retryable`` and ``retry_after`` say what to do.
        """
        arguments = {"phones": phones}
        return wamid.Blocking._read(wait(self._native.ask, "unblock_users", arguments))

    def update_profile(
        self,
        *,
        about: Optional[str] = None,
        address: Optional[str] = None,
        description: Optional[str] = None,
        email: Optional[str] = None,
        websites: Optional[Sequence[str]] = None,
        vertical: Optional[str] = None,
        photo: Optional[wamid.ProfilePhoto] = None,
    ) -> None:
        """Changes the profile that customers see of the business number. An absent field stays as it is. An empty text
        clears a field.

        (Meta: "business profiles".)

        :param about: The line under the name, at most 139 characters.
        :param address: The address, at most 256 characters.
        :param description: What the business does, at most 512 characters.
        :param email: The email address, at most 128 characters.
        :param websites: The web sites, at most two.
        :param vertical: The industry, such as ``RETAIL``.
        :param photo: The picture. It is uploaded first, to the app, so the client needs the option ``app_id``.
        :raises WamidError: ``retryable`` and ``retry_after`` say what to do.
        """
        arguments = {
            "about": about,
            "address": address,
            "description": description,
            "email": email,
            "websites": websites,
            "vertical": vertical,
            "photo": members("photo", photo),
        }
        wait(self._native.ask, "update_profile", arguments)

    def upload_media(
        self,
        *,
        file: Optional[FilePath] = None,
        data: Optional[BytesLike] = None,
        mime_type: Optional[str] = None,
        filename: Optional[str] = None,
        progress: Optional[Callable[[wamid.TransferProgress], object]] = None,
    ) -> str:
        """Uploads a file to Meta, to be sent by its id as often as one likes for 30 days. The answer is the id.

        Type and size are checked against Meta's table before. A file is read as it goes out, so that memory stays flat.
        An upload sends nothing to anybody: it is tried again also where the outcome is unknown. (Meta: "media"
        reference, upload media.)

        :param file: The path of a file. Give exactly one of ``file`` and ``data``.
        :param data: The content itself.
        :param mime_type: Its MIME type, such as ``image/jpeg``. Default: by the file's name, else by its first bytes.
        :param filename: The name that it is uploaded with. Default: the file's own.
        :param progress: a plain function, called with the bytes that have moved, at most ten times a second and once at
            the end. If it fails, that is told to ``sys.unraisablehook``, it is not called again, and the transfer goes
            on.
        :raises WamidError: ``retryable`` and ``retry_after`` say what to do.
        """
        arguments = {
            "file": path_text(file),
            "data": encoded("data", data),
            "mime_type": mime_type,
            "filename": filename,
        }
        return wait(self._native.ask_with_progress, "upload_media", arguments, reporter(progress))  # type: ignore[no-any-return]
