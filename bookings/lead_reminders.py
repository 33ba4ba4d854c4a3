"""Reminders of enquiries that came to a stop: questions half answered, a deposit not paid, a time not chosen.

The steps are the bot's `LeadReminderRule`s; a bot without any reminds nobody. Each step is queued once for an enquiry,
whatever becomes of it, and as a reminder: whether it may go is asked again at the moment of sending (opt-out, quiet
hours, the channel's window). What was queued is taken back when the enquiry moves on (`lead_moves`).
"""

import logging
from datetime import datetime, timedelta

from django.db import OperationalError
from django.db.models import Exists, F, OuterRef, Q
from django.utils import translation
from django.utils.translation import gettext as _

from bookings import lead_news, leads
from bookings.lead_booking import make_link
from bookings.lead_moves import lock_lead, verb
from bookings.models import Lead, LeadReminder, LeadReminderRule
from bots.channels.base import Button
from bots.db import clock
from bots.transactions import PASSING, sqlstate
from conversations import outbox
from conversations.gate import end_of_night
from conversations.models import Message
from payments.models import Deposit

logger = logging.getLogger(__name__)

AT_ONCE = 500
APART = timedelta(hours=12)  # two reminders of one enquiry, however many steps an outage has held up
GOOD_FOR = timedelta(hours=24)  # queued for so long (an outage, a closed window), it is not sent any more

Status = Lead.Status
Step = LeadReminderRule.Step

STATUSES = {
    Step.UNFINISHED: (Status.DRAFT,),
    Step.UNPAID: (Status.DEPOSIT_REQUESTED,),
    Step.UNBOOKED: (Status.DEPOSIT_PAID, Status.BOOKING_LINK_SENT),
}


def queue_due(now: datetime | None = None) -> int:
    """Queue the reminders whose time has come, one of an enquiry at a time. Returns how many."""
    now = now or clock.now()
    queued = 0
    for rule in LeadReminderRule.objects.filter(is_active=True).order_by("hours_after").select_related("bot"):
        for lead_id in list(_due(rule, now).values_list("pk", flat=True)[:AT_ONCE]):
            try:
                queued += _queue(lead_id, rule, now=now)
            except OperationalError as error:
                if sqlstate(error) not in PASSING:
                    raise
                logger.info("reminder left for the next sweep", extra={"lead": lead_id})
    return queued


def _due(rule: LeadReminderRule, now: datetime):  # type: ignore[no-untyped-def]  # a queryset with annotations
    had = LeadReminder.objects.filter(lead=OuterRef("pk"), step=rule.step, hours_after=rule.hours_after)
    since = now - timedelta(hours=rule.hours_after)
    still = Q(touched_at__lte=since) if rule.step == Step.UNFINISHED else Q(status_at__lte=since)
    leads_of = Lead.objects.filter(bot=rule.bot_id, status__in=STATUSES[Step(rule.step)], conversation__isnull=False)
    return leads_of.filter(still).exclude(Exists(had)).order_by(F("status_at"))


@verb
def _queue(lead_id: int, rule: LeadReminderRule, *, now: datetime) -> bool:
    """Claim the step, look at the enquiry again, and queue what is to be said. Locks the conversation."""
    lead = lock_lead(lead_id)
    assert lead.conversation is not None
    since = lead.touched_at if rule.step == Step.UNFINISHED else lead.status_at
    is_due = lead.status in STATUSES[Step(rule.step)] and since <= now - timedelta(hours=rule.hours_after)
    if not is_due or end_of_night(now.astimezone(lead.business.zone)) is not None:
        return False
    if lead.reminders.filter(queued_at__gt=now - APART).exists():
        return False
    with translation.override(lead_news.language_of(lead)):
        said = _SAYS[Step(rule.step)](lead)
    if said is None:
        return False
    names = {"lead": lead, "step": rule.step, "hours_after": rule.hours_after}
    if not LeadReminder.objects.get_or_create(**names, defaults={"queued_at": now})[1]:
        return False
    text, buttons, facts = said
    outbox.say(
        lead.conversation.pk,
        text,
        purpose=Message.Purpose.REMINDER,
        buttons=buttons,
        dedupe_key=f"lead:{lead.pk}:reminder:{rule.step}:{rule.hours_after}",
        expires_at=now + GOOD_FOR,
        template=f"lead_{rule.step}",
        parameters=facts,
    )
    return True


Said = tuple[str, list[Button], dict[str, str]]  # the text, what may be pressed, the facts for a template


def _unfinished(lead: Lead) -> Said | None:
    text = _("Your enquiry is not finished yet. Shall we go on with it?")
    buttons = [
        Button(_("Go on"), f"consultation:go:{lead.pk}"),
        Button(_("Let it go"), f"consultation:drop:{lead.pk}"),
    ]
    return text, buttons, lead_news.facts_for_templates(lead)


def _unpaid(lead: Lead) -> Said | None:
    deposit = Deposit.objects.about("lead", lead.pk).live().first()
    if deposit is None or not deposit.url:
        return None
    text = _("Your deposit of %(amount)s is still open. It can be paid until %(until)s: %(url)s")
    until = lead_news.at(lead, deposit.expires_at)
    facts = {"amount": lead_news.amount_of(lead, deposit.amount), "until": until, "url": deposit.url}
    return text % facts, [], lead_news.facts_for_templates(lead) | facts


def _unbooked(lead: Lead) -> Said | None:
    if leads.service_of(lead) is None:
        return None
    text = _("Your deposit has arrived, only the time is still to be chosen. Shall we find one?")
    facts = lead_news.facts_for_templates(lead)
    if lead.status == Status.BOOKING_LINK_SENT:
        facts["url"], _until = make_link(lead)
        text += "\n" + _("Or choose it here: %(url)s") % {"url": facts["url"]}
    return text, [Button(_("Choose a time"), f"consultation:times:{lead.pk}")], facts


_SAYS = {Step.UNFINISHED: _unfinished, Step.UNPAID: _unpaid, Step.UNBOOKED: _unbooked}


def put_away(now: datetime | None = None) -> int:
    """Expire drafts that nobody has gone on with for as long as their bot keeps them. Returns how many."""
    now = now or clock.now()
    done = 0
    oldest = Lead.objects.filter(status=Status.DRAFT, touched_at__lte=now - timedelta(days=1)).order_by("touched_at")
    for lead in list(oldest.select_related("bot")[:AT_ONCE]):
        if lead.touched_at > now - timedelta(days=leads.settings_of(lead.bot).draft_days):
            continue
        try:
            leads.expire(lead.pk, now=now)
            done += 1
        except (leads.AlreadyDecided, leads.NotAllowed):
            continue
    return done
