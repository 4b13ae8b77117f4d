"""What both clients share: how they are made."""

from __future__ import annotations

import os
from typing import Any, Optional, TypeVar, Union

from . import _wamid

_C = TypeVar("_C", bound="BaseClient")


class BaseClient:
    """A client of one host, made by ``cloud``, ``gateway`` or ``from_env``."""

    _native: _wamid.NativeClient

    def __init__(self, *arguments: Any, **named: Any) -> None:
        name = type(self).__name__
        raise TypeError(
            f"{name} is not made by {name}(...). For Meta's Cloud API: {name}.cloud(access_token, phone_number_id); "
            f"for a gateway: {name}.gateway(base_url, api_key); as the environment says: {name}.from_env()"
        )

    @classmethod
    def _of(cls: type[_C], native: _wamid.NativeClient) -> _C:
        client = cls.__new__(cls)
        client._native = native
        return client

    def __repr__(self) -> str:
        name, native = type(self).__name__, getattr(self, "_native", None)
        shown = native and native.shown()
        if not shown:
            return f"<wamid.{name} closed>"
        host, address = shown
        return f"<wamid.{name} {host} {address!r}>"

    @classmethod
    def cloud(
        cls: type[_C],
        access_token: str,
        phone_number_id: str,
        *,
        timeout: Optional[float] = None,
        connect_timeout: Optional[float] = None,
        total_timeout: Optional[float] = None,
        max_retries: Optional[int] = None,
        max_per_second: Optional[float] = None,
        default_country_code: Optional[str] = None,
        user_agent: Optional[str] = None,
        proxy: Optional[str] = None,
        allow_http: Optional[bool] = None,
        ca_file: Union[str, os.PathLike[str], None] = None,
        pool_idle_timeout: Optional[float] = None,
        pool_max_idle: Optional[int] = None,
        max_connections: Optional[int] = None,
        graph_version: Optional[str] = None,
        graph_url: Optional[str] = None,
        app_secret: Optional[str] = None,
        business_account_id: Optional[str] = None,
        app_id: Optional[str] = None,
        check_templates: Optional[bool] = None,
        store: Optional[str] = None,
    ) -> _C:
        """A client of Meta's Cloud API, for servers that hold Meta's token. Nothing is connected yet.

        :param access_token: a token with the ``whatsapp_business_messaging`` permission.
        :param phone_number_id: Meta's id of the business number (not the number itself).
        :param timeout: seconds that one attempt may take, more than 0. Default 30.
        :param connect_timeout: seconds that connecting may take, TLS included, more than 0. Default 10.
        :param total_timeout: seconds that all attempts and the waits between them may take, more than 0. Default 60.
        :param max_retries: how often a request that surely was not sent is made again, 0 or more. Default 2.
        :param max_per_second: how many sends go out a second, at most; above 0. Default: as many as there are.
        :param default_country_code: 1 to 3 digits put before numbers of exactly 10 digits without ``+`` or ``00``.
        :param user_agent: the ``User-Agent`` header.
        :param proxy: the proxy to go through, never used for loopback. Default: the system's.
        :param allow_http: allows plain HTTP to other hosts than loopback.
        :param ca_file: a PEM file of further certificate authorities.
        :param pool_idle_timeout: seconds that an unused connection is kept. Default 90.
        :param pool_max_idle: how many unused connections are kept. Default: as many as ``max_connections``,
            those beyond 32 for 10 seconds only.
        :param max_connections: how many connections to the host are in use at once, at least 1. A call that waits for
            one has sent nothing yet, and its ``total_timeout`` runs meanwhile. Default 256.
        :param graph_version: the version of the Graph API, such as ``v26.0``.
        :param graph_url: where the Graph API is. Default ``https://graph.facebook.com``.
        :param app_secret: the app's secret, which webhooks are signed with.
        :param business_account_id: the id of the WhatsApp Business Account, which templates belong to.
        :param app_id: the id of the app at Meta, which takes the picture of a profile.
        :param check_templates: whether each template message is first held to its template as Meta has it, as
            :meth:`wamid.Client.check_template` does. The template is fetched once and kept for 10 minutes. It needs
            ``business_account_id``. Default False.
        :param store: where sends and conversations are recorded, such as ``sqlite:wamid.db``. Default: nowhere.
        :raises InvalidInputError: an argument or option breaks a rule; ``field`` names it.

        >>> import wamid
        >>> wamid.Client.cloud("ACCESS-TOKEN", "106540352242922", max_retries=1).close()
        """
        options = {name: value for name, value in locals().items() if name in _OPTIONS}
        return cls._of(_wamid.NativeClient.cloud(access_token, phone_number_id, options))

    @classmethod
    def gateway(
        cls: type[_C],
        base_url: str,
        api_key: str,
        *,
        timeout: Optional[float] = None,
        connect_timeout: Optional[float] = None,
        total_timeout: Optional[float] = None,
        max_retries: Optional[int] = None,
        max_per_second: Optional[float] = None,
        default_country_code: Optional[str] = None,
        user_agent: Optional[str] = None,
        proxy: Optional[str] = None,
        allow_http: Optional[bool] = None,
        ca_file: Union[str, os.PathLike[str], None] = None,
        pool_idle_timeout: Optional[float] = None,
        pool_max_idle: Optional[int] = None,
        max_connections: Optional[int] = None,
    ) -> _C:
        """A client of a messaging gateway (``wamid serve``, or a Django project with django-meta-whatsapp).

        :param base_url: where the messaging API is mounted, such as ``https://example.com/whatsapp``.
        :param api_key: a key that the gateway has given out.

        The options are those of :meth:`cloud`.

        :raises InvalidInputError: an argument or option breaks a rule; ``field`` names it.

        >>> import wamid
        >>> wamid.Client.gateway("https://example.com/whatsapp", "API-KEY").close()
        """
        options = {name: value for name, value in locals().items() if name in _OPTIONS}
        return cls._of(_wamid.NativeClient.gateway(base_url, api_key, options))

    @classmethod
    def from_env(
        cls: type[_C],
        *,
        timeout: Optional[float] = None,
        connect_timeout: Optional[float] = None,
        total_timeout: Optional[float] = None,
        max_retries: Optional[int] = None,
        max_per_second: Optional[float] = None,
        default_country_code: Optional[str] = None,
        user_agent: Optional[str] = None,
        proxy: Optional[str] = None,
        allow_http: Optional[bool] = None,
        ca_file: Union[str, os.PathLike[str], None] = None,
        pool_idle_timeout: Optional[float] = None,
        pool_max_idle: Optional[int] = None,
        max_connections: Optional[int] = None,
    ) -> _C:
        """The client that the environment describes.

        ``WAMID_ACCESS_TOKEN`` and ``WAMID_PHONE_NUMBER_ID`` (with ``WAMID_APP_SECRET``, ``WAMID_BUSINESS_ACCOUNT_ID``,
        ``WAMID_APP_ID``, ``WAMID_GRAPH_URL``, ``WAMID_STORE``), or ``WAMID_GATEWAY_URL`` and ``WAMID_API_KEY``. The options
        are those of :meth:`cloud`.

        :raises InvalidInputError: variables are missing, wrong, or name both hosts.
        """
        options = {name: value for name, value in locals().items() if name in _OPTIONS}
        return cls._of(_wamid.NativeClient.from_env(options))


#: What crosses as an option; the rest of a constructor's arguments cross one by one.
_OPTIONS = frozenset(vars(BaseClient)["cloud"].__func__.__kwdefaults__)


# Python tells a misspelt option by the function's name, and nobody has called a BaseClient.
for _made_by in ("cloud", "gateway", "from_env"):
    getattr(BaseClient, _made_by).__func__.__qualname__ = f"Client.{_made_by}"
