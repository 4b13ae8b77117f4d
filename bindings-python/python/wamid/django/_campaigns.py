"""Campaigns: a template for each recipient of the original's tables, many at a time."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from typing import Any, Callable, Optional

import wamid

from ._clients import Account, client
from ._sending import build_template_components, normalized

_LOG = logging.getLogger(__name__)


def run_campaign(campaign_id: int, account: Optional[Account] = None) -> dict[str, int]:
    """Sends a campaign's template to its recipients; returns how many were ``sent``, and how many ``failed``.

    The rows and their states are the original's. The sends go out as in :meth:`wamid.Client.send_many`, where the
    original sends one after the other. Where a row cannot be saved, no more messages go out; what became of those that
    have gone out is saved, and then the database's error is raised.

    :raises ValueError: the campaign has no template.
    """
    from django.utils import timezone
    from django_meta_whatsapp import utils
    from django_meta_whatsapp.models import WhatsAppCampaign

    campaign = WhatsAppCampaign.objects.get(pk=campaign_id)
    if not campaign.template:
        raise wamid.InvalidInputError("Campaign has no template assigned.", field="template_name")
    campaign.status, campaign.started_at = "running", timezone.now()
    campaign.save(update_fields=["status", "started_at"])
    recipients = utils.resolve_audience(campaign)
    campaign.total_count = len(recipients)
    campaign.save(update_fields=["total_count"])
    sent = failed = 0
    unsaved: list[Exception] = []
    for row, outcome in _outcomes(campaign, recipients, account or campaign.account, unsaved):
        if isinstance(outcome, wamid.Receipt):
            row.status, row.message_id, row.sent_at = "sent", outcome.id, timezone.now()
            sent += 1
        else:
            row.status, row.error_message = "failed", str(outcome)
            failed += 1
        try:
            row.save()
        except Exception as error:
            # Otherwise nobody would know what became of the message. The recipient's number stays out of the log.
            _LOG.error("The outcome of campaign recipient %s was not saved: %s %s", row.pk, row.status, row.message_id)
            unsaved.append(error)
    if unsaved:
        raise unsaved[0]
    campaign.sent_count, campaign.failed_count = sent, failed
    campaign.status, campaign.completed_at = "completed", timezone.now()
    campaign.save(update_fields=["sent_count", "failed_count", "status", "completed_at"])
    return {"sent": sent, "failed": failed}


def _outcomes(
    campaign: Any, recipients: Iterable[dict[str, Any]], account: Optional[Account], unsaved: list[Exception]
) -> Iterator[tuple[Any, object]]:
    """The recipients' rows, each with what became of its message, as they end. After a row was not saved, none begins."""
    from django_meta_whatsapp.models import WhatsAppCampaignRecipient

    rows: list[Any] = []
    #: What could not be written; it was never handed to the client.
    unwritten: list[tuple[Any, Exception]] = []

    def messages() -> Iterator[wamid.Message]:
        for recipient in recipients:
            if unsaved:
                return
            try:
                row = WhatsAppCampaignRecipient.objects.create(
                    campaign=campaign,
                    phone_number=recipient["phone"],
                    name=recipient.get("name", ""),
                    parameters=recipient.get("params", {}),
                )
            except Exception as error:
                unsaved.append(error)
                return
            try:
                message = _message(campaign, recipient)
            except Exception as error:
                unwritten.append((row, error))
            else:
                rows.append(row)
                yield message

    try:
        sender = client(account)
    except wamid.WamidError as error:
        # Without credentials each message fails, and its row says why.
        for _ in messages():
            yield rows[-1], error
    else:
        for at, outcome in sender.send_each(messages()):
            yield rows[at], outcome
            # A campaign of many thousands keeps no row that is done with.
            rows[at] = None
    yield from unwritten


def _message(campaign: Any, recipient: dict[str, Any]) -> wamid.Message:
    """The campaign's template with the recipient's values."""
    mappings = campaign.parameter_mappings
    fields = [mappings[at] for at in sorted(mappings, key=_place)]
    values = [str(recipient.get("params", {}).get(field) or recipient.get(field, "")) for field in fields]
    template = campaign.template
    components = build_template_components(body_params=values) or None
    content = wamid.Template(template.name, language=template.language, components=components)
    return wamid.Message(normalized(recipient["phone"]), content)


def _place(variable: str) -> tuple[int, str]:
    """The tenth variable stands behind the ninth; as texts, where the original leaves it, behind the first."""
    return (int(variable), "") if variable.isdecimal() else (len(variable), variable)


#: What is put in place of the original's functions of the same names, in its module ``utils``.
REPLACED: tuple[Callable[..., Any], ...] = (run_campaign,)
