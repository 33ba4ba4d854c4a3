"""What stands on the page of one conversation: who holds it, what needs a person, the talk, panels, the customer."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from bots.admin.scoped import moment_of
from bots.channels import CHANNELS
from bots.staff.presentation import age, clock_time, language_name, printable
from conversations.admin.buttons import PAUSE_HOURS
from conversations.admin.inbox import ATTENTION_ICONS, HOLDERS, contact_name, window_left, window_words
from conversations.admin.panels import all_panels
from conversations.admin.timeline import PAGE, bubbles
from conversations.chat.skills import skills_of
from conversations.dialogue.policy import state_before
from conversations.dialogue.representation import Reader
from conversations.models import Conversation


def title_of(conversation: Conversation) -> str:
    return contact_name(conversation.contact, "")


def context_of(request: HttpRequest, conversation: Any) -> dict[str, Any]:
    """Return all that the live parts show. `conversation` comes from `timeline.news_of`, with its pause."""
    now = moment_of(request)
    said = bubbles(conversation, now)
    icon, holder, colour = HOLDERS[conversation.mode]
    window, closed = window_left(conversation, now)
    until = conversation.pause_until
    return {
        "name": title_of(conversation),
        "channel": conversation.account.get_channel_display(),
        "channel_icon": CHANNELS[conversation.account.channel].icon,
        "bubbles": said,
        "has_more": len(said) >= PAGE,
        "holder_icon": icon,
        "holder": holder,
        "holder_colour": colour,
        "pause_until": until,
        "pause_by": "You hold"
        if conversation.pause_by_id == request.user.pk
        else f"{printable(conversation.pause_by or '')} holds",
        "pause_until_words": clock_time(until, conversation.business.zone, now) if until else "",
        "pause_hours": PAUSE_HOURS,
        "takeover_hours": conversation.bot.takeover_hours,
        "attention_icon": ATTENTION_ICONS.get(conversation.attention, "warning"),
        "attention_age": age(conversation.attention_at, now),
        "window": window,
        "window_words": window_words(conversation, now),
        "opted_out": conversation.contact.opted_out_at is not None,
        "window_closed": closed,
        "panels": [html for panel in all_panels() if (html := panel.render(conversation, request))],
        "going_on": going_on(conversation, now),
        "contact_facts": contact_facts(conversation, now),
    }


def going_on(conversation: Conversation, now: datetime) -> list[tuple[str, str]]:
    """Return what the bot will go by when the customer writes next: (label, words)."""
    state = state_before(conversation, skills_of(conversation.bot), upto_seq=conversation.last_seq)
    return Reader(conversation.business).lines(state, now.astimezone(conversation.business.zone))


def contact_facts(conversation: Conversation, now: datetime) -> list[tuple[str, str]]:
    """Return the quiet side panel: (label, value); what is not known is left out."""
    contact, zone = conversation.contact, conversation.business.zone
    opted_out = contact.opted_out_at
    facts = [
        ("Name", printable(contact.name, 80)),
        ("Phone", printable(contact.phone)),
        ("E-mail", printable(contact.email)),
        ("Language", language_name(conversation.language or contact.language)),
        ("Automatic messages", f"stopped {clock_time(opted_out, zone, now)}" if opted_out else "yes"),
        ("First wrote", clock_time(conversation.created_at, zone, now)),
    ]
    for panel in all_panels():
        facts += panel.contact_facts(contact)
    return [(label, value) for label, value in facts if value]
