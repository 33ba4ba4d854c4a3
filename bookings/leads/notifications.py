"""What customers are told when something became of their enquiry, in their language. The rules stand in the actions."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models.functions import Now
from django.utils import translation
from django.utils.translation import gettext as _

from bookings.availability.wording import at_day, capital
from bookings.leads.transitions import last_move
from bookings.models import Lead, Reservation
from bookings.reservations.wording import as_sentence, visit_line
from bots.channels.base import Button
from conversations import outbox, takeover, wording
from conversations.models import Conversation, Message

_ALWAYS = ("name", "business")
TEMPLATES = {
    "lead_approved": ("The studio says yes to an enquiry", (*_ALWAYS, "amount")),
    "lead_rejected": ("An enquiry is declined", (*_ALWAYS, "reason")),
    "lead_withdrawn": ("An enquiry is closed", (*_ALWAYS, "reason")),
    "lead_submitted": ("An enquiry is sent in", (*_ALWAYS, "promise")),
    "lead_deposit_open": ("The link for a deposit", (*_ALWAYS, "amount", "url", "until", "visit")),
    "lead_deposit_paid": ("A deposit has arrived", (*_ALWAYS, "amount", "visit")),
    "lead_deposit_late": ("A deposit came too late", (*_ALWAYS, "amount", "promise")),
    "lead_deposit_expired": ("The time to pay a deposit is over", (*_ALWAYS, "visit")),
    "lead_deposit_failed": ("A deposit's payment failed", (*_ALWAYS, "promise")),
    "lead_refunded": ("A deposit is given back", (*_ALWAYS, "amount")),
    "lead_link": ("The link to choose a time", (*_ALWAYS, "url", "until")),
    "lead_booked": ("An enquiry's visit is booked", (*_ALWAYS, "visit")),
    "lead_undone": ("The studio looks at an enquiry once more", _ALWAYS),
    "lead_unfinished": ("Reminder: an enquiry is not finished", _ALWAYS),
    "lead_unpaid": ("Reminder: a deposit is not paid", (*_ALWAYS, "amount", "url", "until")),
    "lead_unbooked": ("Reminder: no time is chosen yet", (*_ALWAYS, "url")),
}


def language_of(lead: Lead) -> str:
    """Return the one that the customer writes in now, else the one they began in."""
    conversation = lead.conversation
    known = (conversation and conversation.language, lead.language, lead.contact.language)
    return lead.business.language_for(next((code for code in known if code), lead.business.default_language))


def amount_of(lead: Lead, amount: int, language: str = "") -> str:
    return wording.money(amount, lead.business.currency, language)


def at(lead: Lead, moment: datetime) -> str:
    """“Tuesday 24 November, 18:30”, on the business's clock."""
    return at_day(moment.astimezone(lead.business.zone))


def submitted(lead: Lead) -> None:
    """Staff have sent it in for the customer."""
    with translation.override(language_of(lead)):
        promise = wording.people_promise(lead.business, lead.business.now())
        text = _("Your enquiry is with the team now. They will answer %(when)s.") % {"when": promise}
        _tell(lead, "submitted", text, facts={"promise": promise})


def approved(lead: Lead) -> None:
    with translation.override(language_of(lead)):
        text = _("Good news: the studio says yes to your idea.")
        if lead.deposit_amount:
            next_step = _("Next comes a deposit of %(amount)s; you will get the link for it here.")
            text += " " + next_step % {"amount": amount_of(lead, lead.deposit_amount)}
        else:
            text += " " + _("Next you choose a time; you will get the link for it here.")
        amount = amount_of(lead, lead.deposit_amount) if lead.deposit_amount else ""
        _tell(lead, "approved", text, facts={"amount": amount})


def rejected(lead: Lead, reason: str) -> None:
    with translation.override(language_of(lead)):
        text = _("Sorry, the studio cannot take this one on.")
        text = _with_reason(text, reason) + " " + _("If you have another idea, just write.")
        _tell(lead, "rejected", text, facts={"reason": reason})


def withdrawn(lead: Lead, reason: str) -> None:
    with translation.override(language_of(lead)):
        text = _("The studio has closed your enquiry.")
        text = _with_reason(text, reason) + " " + _("If you still want it, just write.")
        _tell(lead, "withdrawn", text, facts={"reason": reason})


def deposit_open(lead: Lead, url: str, amount: int, until: datetime) -> None:
    """The link for the deposit, with the time that is held for it."""
    with translation.override(language_of(lead)):
        text = _("Here is the link for your deposit of %(amount)s: %(url)s")
        parts = [text % {"amount": amount_of(lead, amount), "url": url}]
        held = lead.reservation
        if held is not None and held.status == Reservation.Status.HELD:
            kept = _("Until %(until)s we keep this time for you: %(visit)s.")
            parts.append(kept % {"until": at(lead, until), "visit": visit_line(held, "")})
        else:
            parts.append(_("It is good until %(until)s.") % {"until": at(lead, until)})
        visit = visit_line(held, "") if held is not None and held.status == Reservation.Status.HELD else ""
        facts = {"amount": amount_of(lead, amount), "url": url, "until": at(lead, until), "visit": visit}
        _tell(lead, "deposit open", "\n".join(parts), facts=facts)


def deposit_paid(lead: Lead, amount: int, *, lost_its_time: bool = False) -> None:
    """The money is there, and no time is booked with it."""
    with translation.override(language_of(lead)):
        text = _("Thank you, your deposit of %(amount)s has arrived.") % {"amount": amount_of(lead, amount)}
        if lost_its_time:
            text += " " + _("The time that we kept for you is gone by now, sorry.")
        text += " " + _("Shall we find a time for you?")
        buttons = [Button(_("Choose a time"), f"consultation:times:{lead.pk}")]
        _tell(lead, "deposit paid", text, buttons, facts={"amount": amount_of(lead, amount)})


def deposit_paid_and_booked(lead: Lead, amount: int) -> None:
    assert lead.reservation is not None
    with translation.override(language_of(lead)):
        text = _("Thank you, your deposit of %(amount)s has arrived.") % {"amount": amount_of(lead, amount)}
        booked = _("Booked: %(visit)s. If anything changes, just write.")
        visit = visit_line(lead.reservation, "")
        facts = {"amount": amount_of(lead, amount), "visit": visit}
        _tell(lead, "deposit paid", f"{text} " + booked % {"visit": visit}, facts=facts)


def deposit_late(lead: Lead, amount: int) -> None:
    """The money came when it was over: staff decide, and nothing is promised."""
    with translation.override(language_of(lead)):
        text = _(
            "Your deposit of %(amount)s came after the time for it was over. The team looks at what can be done, and "
            "will write to you here, %(when)s."
        )
        promise = wording.people_promise(lead.business, lead.business.now())
        facts = {"amount": amount_of(lead, amount), "promise": promise}
        _tell(lead, "deposit late", text % {"amount": facts["amount"], "when": promise}, facts=facts)


def deposit_expired(lead: Lead, was_held: Reservation | None) -> None:
    with translation.override(language_of(lead)):
        if was_held is None:
            text = _("The time to pay the deposit is over.")
        else:
            text = _("The time to pay the deposit is over, so %(visit)s is not kept for you any more.")
            text %= {"visit": visit_line(was_held, "")}
        facts = {"visit": visit_line(was_held, "") if was_held is not None else ""}
        _tell(lead, "deposit expired", text + " " + _("If you still want it, just write."), facts=facts)


def deposit_failed(lead: Lead) -> None:
    with translation.override(language_of(lead)):
        promise = wording.people_promise(lead.business, lead.business.now())
        text = _("The payment of your deposit did not work. The team will send you a new link, %(when)s.")
        _tell(lead, "deposit failed", text % {"when": promise}, facts={"promise": promise})


def refunded(lead: Lead, given_back: int, amount: int) -> None:
    with translation.override(language_of(lead)):
        text = _("%(part)s of your deposit is on its way back to you.")
        if given_back >= amount:
            text = _("Your deposit of %(part)s is on its way back to you.")
        part = amount_of(lead, given_back)
        _tell(lead, "refunded", text % {"part": part}, facts={"amount": part}, mark=f" {given_back}")


def link(lead: Lead, url: str, until: datetime) -> None:
    """The page where the customer chooses a time."""
    with translation.override(language_of(lead)):
        text = _("Choose your time here: %(url)s") % {"url": url}
        text += "\n" + _("The page is good until %(until)s. You can also choose in this chat.") % {
            "until": at(lead, until)
        }
        buttons = [Button(_("Choose here"), f"consultation:times:{lead.pk}")]
        _tell(lead, "link", text, buttons, facts={"url": url, "until": at(lead, until)})


def booked(lead: Lead) -> None:
    """The customer chose a time on the page: it stands in the chat as well."""
    if lead.reservation is None:
        return
    with translation.override(language_of(lead)):
        text = _("Booked: %(visit)s. If anything changes, just write.")
        visit = visit_line(lead.reservation, "")
        _tell(lead, "booked", text % {"visit": visit}, facts={"visit": visit})


def booked_by_staff(lead: Lead) -> None:
    if lead.reservation is not None:
        booked(lead)
        return
    with translation.override(language_of(lead)):
        _tell(lead, "booked", _("The studio has booked you in. If anything is unclear, just write."))


def undone(lead: Lead) -> None:
    """What they were told before does not hold any more."""
    with translation.override(language_of(lead)):
        text = _("One moment, please: the studio looks at your enquiry once more and will write to you here.")
        _tell(lead, "undone", text)


def take_back(lead: Lead) -> bool:
    """Do not send what was queued about the last move. False if the customer has, or may have, heard of it already."""
    about = Message.objects.filter(dedupe_key__startswith=_key(lead, ""))
    waiting = about.filter(status__in=[Message.Status.QUEUED, Message.Status.HELD])
    waiting.update(status=Message.Status.CANCELLED, status_at=Now())
    return not about.exclude(status=Message.Status.CANCELLED).exists()


def _with_reason(text: str, reason: str) -> str:
    if not reason.strip():
        return text
    return f"{text} " + _("The reason: %(reason)s") % {"reason": as_sentence(reason)}


def _tell(
    lead: Lead,
    what: str,
    text: str,
    buttons: Sequence[Button] = (),
    *,
    facts: Mapping[str, str] | None = None,
    mark: str = "",
) -> None:
    """Once for each move of the enquiry (and `mark`). Who wants no automatic messages is left to staff, who see it.

    Older news of it that still waits (the channel's window was closed) is overtaken by this.
    """
    if lead.conversation_id is None:
        return
    if lead.contact.opted_out_at is not None:
        takeover.raise_attention(lead.conversation_id, Conversation.Attention.WAITING)
    outbox.say(
        lead.conversation_id,
        capital(text),
        purpose=Message.Purpose.NEWS,
        buttons=buttons,
        dedupe_key=_key(lead, what + mark),
        template="lead_" + what.replace(" ", "_"),
        parameters=facts_for_templates(lead) | {**(facts or {})},
        replaces=f"lead:{lead.pk}:",
    )


def facts_for_templates(lead: Lead) -> dict[str, str]:
    """Return what a template's places may hold, in the language that is active."""
    return {"name": lead.contact.name or _("dear customer"), "business": lead.business.name}


def _key(lead: Lead, what: str) -> str:
    last = last_move(lead)
    return f"lead:{lead.pk}:{last.pk if last else 0}:{what}"
