"""What stands on the page of one enquiry beside its card: answers, photos, what happened, money and time."""

from datetime import datetime
from typing import Any

from bookings.leads import questions
from bookings.leads.admin.cards import deposit_words, done_of
from bookings.leads.admin.photos import thumbnails
from bookings.leads.wording import answer_words
from bookings.models import Lead, LeadAnswer, LeadReminder, Reservation
from bots.models import Decision
from bots.staff.presentation import clock_time, language_name, printable
from conversations.wording import money
from payments.models import Deposit

MOST_PHOTOS = 50


def context(lead: Lead, now: datetime) -> dict[str, Any]:
    """Return a constant number of queries."""
    decisions = Decision.objects.filter(subject="lead", subject_id=lead.pk)
    return {
        "answers": answers(lead),
        "photos": thumbnails([lead.pk], MOST_PHOTOS)[lead.pk][0],
        "history": [done_of(decision, lead, now) for decision in decisions],
        "deposits": [_deposit(one, lead, now) for one in Deposit.objects.about("lead", lead.pk)],
        "visit": _visit(lead.reservation, now),
        "facts": facts(lead, now),
    }


def answers(lead: Lead) -> list[dict[str, str]]:
    """Question, what it was understood as, and the customer's own words where they say more."""
    rows = LeadAnswer.objects.filter(lead=lead).select_related("question__bot__business")
    found = []
    for row in rows.prefetch_related("question__texts"):
        understood = "skipped" if row.is_skipped else printable(answer_words(row, "en"), 600)
        words = printable(" ".join(row.words.split()), 600)
        said = words if words.casefold() != " ".join(understood.split()).casefold() else ""
        found.append({"name": questions.name_of(row.question, "en"), "understood": understood, "said": said})
    return found


def facts(lead: Lead, now: datetime) -> list[tuple[str, str]]:
    """Return label and value of what is known; what is not known is left out."""
    zone = lead.business.zone
    reminded = [
        f"{one.get_step_display().lower()}, {clock_time(one.queued_at, zone, now)}"
        for one in LeadReminder.objects.filter(lead=lead).order_by("queued_at")
    ]
    asked = money(lead.deposit_amount, lead.business.currency, "en") if lead.deposit_amount else ""
    found = [
        ("Number", str(lead.pk)),
        ("Business", lead.business.name),
        ("Bot", lead.bot.name),
        ("Books", lead.service.name if lead.service else ""),
        ("Deposit", asked or "none"),
        ("Language", language_name(lead.language)),
        ("Begun", clock_time(lead.created_at, zone, now)),
        ("Sent in", clock_time(lead.submitted_at, zone, now) if lead.submitted_at else ""),
        ("Customer last wrote about it", clock_time(lead.touched_at, zone, now)),
        ("Reminded", "; ".join(reminded)),
    ]
    return [(label, value) for label, value in found if value]


def _deposit(deposit: Deposit, lead: Lead, now: datetime) -> dict[str, Any]:
    zone = lead.business.zone
    paid = f"paid {clock_time(deposit.paid_at, zone, now)}" if deposit.paid_at else ""
    due = f"to be paid before {clock_time(deposit.expires_at, zone, now)}" if deposit.is_live else ""
    return {"pk": deposit.pk, "words": deposit_words(deposit, now, lead), "when": paid or due}


def _visit(visit: Reservation | None, now: datetime) -> dict[str, Any] | None:
    if visit is None or visit.period is None:
        return None
    at = clock_time(visit.period.lower, visit.business.zone, now)
    return {"pk": visit.pk, "words": f"{at}, {visit.get_status_display().lower()}"}
