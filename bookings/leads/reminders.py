"""Reminders of enquiries that came to a stop: questions half answered, a deposit not paid, a time not chosen.

The steps are the bot's `LeadReminderRule`s; a bot without any reminds nobody. Each step is queued once for an enquiry,
whatever becomes of it, and as a reminder: whether it may go is asked again at the moment of sending (opt-out, quiet
hours, the channel's window). What was queued is taken back when the enquiry moves on (`transitions`).
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from bookings.leads import actions, notifications, transitions
from bookings.leads.booking import make_link
from bookings.leads.transitions import lock_lead
from bookings.leads.visits import service_of
from bookings.models import Lead, LeadReminder, LeadReminderRule
from bots.channels.base import Button
from bots.db import clock
from bots.staff import decisions as staff_decisions
from conversations import reminders
from conversations.reminders import AT_ONCE, ReminderText
from payments.models import Deposit

APART = timedelta(hours=12)  # two reminders of one enquiry, however many steps an outage has held up
GOOD_FOR = timedelta(hours=24)  # queued for so long (an outage, a closed window), it is not sent any more

Status = Lead.Status
Step = LeadReminderRule.Step

STATUSES = {
    Step.UNFINISHED: (Status.DRAFT,),
    Step.UNPAID: (Status.DEPOSIT_REQUESTED,),
    Step.UNBOOKED: (Status.DEPOSIT_PAID, Status.BOOKING_LINK_SENT),
}


class OfLeads:
    """One step of a bot's enquiries."""

    subject = "lead"

    def __init__(self, rule: LeadReminderRule) -> None:
        self.rule = rule
        self.after = timedelta(hours=rule.hours_after)

    def due(self, now: datetime) -> QuerySet[Lead]:
        rule = self.rule
        had = LeadReminder.objects.filter(lead=OuterRef("pk"), step=rule.step, hours_after=rule.hours_after)
        since = now - self.after
        still = Q(touched_at__lte=since) if rule.step == Step.UNFINISHED else Q(status_at__lte=since)
        leads_of = Lead.objects.filter(
            bot=rule.bot_id, status__in=STATUSES[Step(rule.step)], conversation__isnull=False
        )
        return leads_of.filter(still).exclude(Exists(had)).order_by(F("status_at"))

    def locked(self, found: Lead, now: datetime) -> Lead | None:
        lead = lock_lead(found.pk)
        since = lead.touched_at if self.rule.step == Step.UNFINISHED else lead.status_at
        is_due = lead.status in STATUSES[Step(self.rule.step)] and since <= now - self.after
        return lead if is_due and not lead.reminders.filter(queued_at__gt=now - APART).exists() else None

    def zone(self, row: Lead) -> ZoneInfo:
        return row.business.zone

    def said(self, row: Lead, now: datetime) -> ReminderText | None:
        assert row.conversation is not None
        step = self.rule.step
        with translation.override(notifications.language_of(row)):
            said = _SAYS[Step(step)](row)
        if said is None:
            return None
        text, buttons, facts = said
        return ReminderText(
            row.conversation.pk,
            text,
            dedupe_key=f"lead:{row.pk}:reminder:{step}:{self.rule.hours_after}",
            expires_at=now + GOOD_FOR,
            template=f"lead_{step}",
            parameters=facts,
            buttons=buttons,
        )

    def mark(self, row: Lead, now: datetime) -> bool:
        names = {"lead": row, "step": self.rule.step, "hours_after": self.rule.hours_after}
        return LeadReminder.objects.get_or_create(**names, defaults={"queued_at": now})[1]


def queue_due(now: datetime | None = None) -> int:
    """Queue the reminders whose time has come, one of an enquiry at a time. Returns how many."""
    now = now or clock.now()
    rules = LeadReminderRule.objects.filter(is_active=True).order_by("hours_after").select_related("bot")
    return sum(reminders.queue_due(OfLeads(rule), now) for rule in rules)


Words = tuple[str, list[Button], dict[str, str]]  # the text, what may be pressed, the facts for a template


def _unfinished(lead: Lead) -> Words | None:
    text = _("Your enquiry is not finished yet. Shall we go on with it?")
    buttons = [Button(_("Go on"), f"consultation:go:{lead.pk}"), Button(_("Let it go"), f"consultation:drop:{lead.pk}")]
    return text, buttons, notifications.facts_for_templates(lead)


def _unpaid(lead: Lead) -> Words | None:
    deposit = Deposit.objects.about("lead", lead.pk).live().first()
    if deposit is None or not deposit.url:
        return None
    text = _("Your deposit of %(amount)s is still open. It can be paid until %(until)s: %(url)s")
    until = notifications.at(lead, deposit.expires_at)
    facts = {"amount": notifications.amount_of(lead, deposit.amount), "until": until, "url": deposit.url}
    return text % facts, [], notifications.facts_for_templates(lead) | facts


def _unbooked(lead: Lead) -> Words | None:
    if service_of(lead) is None:
        return None
    text = _("Your deposit has arrived, only the time is still to be chosen. Shall we find one?")
    facts = notifications.facts_for_templates(lead)
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
        if lead.touched_at > now - timedelta(days=transitions.settings_of(lead.bot).draft_days):
            continue
        try:
            actions.expire(lead.pk, now=now)
            done += 1
        except (staff_decisions.AlreadyDecided, staff_decisions.NotAllowed):
            continue
    return done


def sweep() -> int:
    """Remind of what has come to a stop, and put old drafts away; returns how many."""
    return queue_due() + put_away()
