"""An enquiry as machines read it: plain facts for the API's serializers. Reads only."""

from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse

from bookings.leads import questions
from bookings.leads.next_step import next_step
from bookings.leads.transitions import LEAD
from bookings.models import Lead, Reservation
from bots.models import Decision
from conversations.models.attachments import Attachment
from payments.models import Deposit

MOVES = {
    "approve": "approve",
    "reject": "reject",
    "send-deposit": "request_deposit",
    "send-booking-link": "send_booking_link",
    "mark-booked": "mark_booked",
}  # as the address has it: the transition


def in_list(leads: QuerySet[Lead]) -> QuerySet[Lead]:
    """Return the same enquiries with all that `row` needs, in one query."""
    return leads.select_related("business", "contact").annotate(photo_count=Count("photos"))


def row(lead: Any) -> dict[str, Any]:
    step = next_step(lead)
    return {
        "id": lead.pk,
        "business": lead.business.slug,
        "status": lead.status,
        "status_at": lead.status_at,
        "version": lead.version,
        "next_step": step.code,
        "waits_for": step.waits_for,
        "customer": lead.contact,
        "language": lead.language,
        "title": lead.title,
        "size_cm": lead.size_cm,
        "budget": _budget(lead),
        "wished_day": lead.wished_day,
        "deposit_amount": lead.deposit_amount,
        "photos": lead.photo_count,
        "created_at": lead.created_at,
        "submitted_at": lead.submitted_at,
        "updated_at": lead.updated_at,
    }


def whole(lead_id: int) -> dict[str, Any]:
    """Return everything about one enquiry. A constant number of queries."""
    related = in_list(Lead.objects.filter(pk=lead_id)).select_related("bot", "reservation")
    lead = related.get()
    return {
        **row(lead),
        "bot": lead.bot.slug,
        "conversation": lead.conversation_id,
        "service": lead.service_id,
        "reason": lead.reason,
        "can": [name for name, transition in MOVES.items() if LEAD.allows(lead, transition)],
        "answers": answers(lead),
        "photo_list": photos(lead),
        "history": Decision.objects.filter(subject="lead", subject_id=lead.pk),
        "deposit": Deposit.objects.about("lead", lead.pk).first(),
        "reservation": _visit(lead.reservation),
    }


def answers(lead: Lead) -> list[dict[str, Any]]:
    rows = lead.answers.select_related("question__bot__business").prefetch_related("question__texts")
    return [
        {
            "question": one.question.code,
            "name": questions.name_of(one.question, "en"),
            "kind": one.question.kind,
            "words": one.words,
            "value": one.value,
            "skipped": one.is_skipped,
        }
        for one in rows
    ]


def photos(lead: Lead) -> list[dict[str, Any]]:
    found = []
    for photo in lead.photos.select_related("message").prefetch_related("message__attachments"):
        file = photo.file
        stored = file is not None and file.status == Attachment.Status.STORED
        found.append(
            {
                "id": photo.pk,
                "message": photo.message_id,
                "position": photo.position,
                "status": file.status if file else "",
                "content_type": file.content_type if file else "",
                "size": file.size if file else 0,
                "url": reverse("lead-photo", args=[lead.pk, photo.pk]) if stored else "",
            }
        )
    return found


def _budget(lead: Lead) -> dict[str, Any] | None:
    if lead.budget_amount is None:
        return None
    return {"amount": lead.budget_amount, "currency": lead.budget_currency or lead.business.currency}


def _visit(visit: Reservation | None) -> dict[str, Any] | None:
    if visit is None:
        return None
    start, end = (visit.period.lower, visit.period.upper) if visit.period else (None, None)
    return {"id": visit.pk, "status": visit.status, "start": start, "end": end}
