"""What :func:`wamid.django.views.webhook` tells. Receivers get ``event``, and ``client`` to answer it with.

``sender`` is the event's class. Where a receiver raises, the event is handed to all receivers again when Meta delivers it again.
"""

from __future__ import annotations

from django.dispatch import Signal

__all__ = [
    "echo_received",
    "event_received",
    "message_received",
    "other_received",
    "preference_changed",
    "status_changed",
    "template_changed",
]

#: Every event, whatever it is; sent before the signal of its own.
event_received = Signal()
#: Somebody wrote to the business.
message_received = Signal()
#: What became of a message that the business sent.
status_changed = Signal()
#: The business wrote from its phone.
echo_received = Signal()
#: A template was approved, rejected, paused or changed.
template_changed = Signal()
#: A customer stopped or resumed marketing messages.
preference_changed = Signal()
#: Anything else.
other_received = Signal()

#: The signal of each type of event.
BY_EVENT = {
    "message": message_received,
    "status": status_changed,
    "echo": echo_received,
    "template": template_changed,
    "preference": preference_changed,
    "other": other_received,
}
