"""An enquiry that is still being talked about: one draft a customer and bot, visible to staff."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bookings.leads import questions
from bookings.leads.transitions import LEAD, lock_lead, settings_of
from bookings.models import ConsultationQuestion, Lead, LeadAnswer, LeadPhoto
from bots.db import clock
from bots.db.transactions import atomic_with_retry
from bots.staff.actors import Actor
from bots.staff.decisions import NotAllowed
from conversations import outbox
from conversations.models import Conversation, Message

Status = Lead.Status
Kind = ConsultationQuestion.Kind

TITLE_LENGTH = 200
MOST_PHOTOS = 20
JUST_BEFORE = timedelta(minutes=10)  # a photo may come before the words that begin an enquiry


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnswer:
    """One answer to be kept. `said_at` by the channel's clock."""

    question: ConsultationQuestion
    words: str = ""
    value: Mapping[str, Any] = field(default_factory=dict)
    is_skipped: bool = False
    said_at: datetime


def draft(conversation: Conversation) -> Lead | None:
    """Return what this customer is telling this bot about, if anything."""
    return next(iter(_of(conversation, status=Status.DRAFT)), None)


def active(conversation: Conversation) -> Lead | None:
    """Return the customer's enquiry with this bot that goes on: the draft, else the latest that is not over."""
    found = _of(conversation, status__in=Lead.ACTIVE)
    return next((lead for lead in found if lead.status == Status.DRAFT), found[0] if found else None)


def latest(conversation: Conversation) -> Lead | None:
    """Return the customer's last enquiry with this bot, whatever became of it."""
    return next(iter(_of(conversation)), None)


def _of(conversation: Conversation, **which: Any) -> list[Lead]:
    """Return the customer's enquiries with this bot, the latest first; what is known of the talk is not asked again."""
    leads = Lead.objects.filter(bot=conversation.bot, contact=conversation.contact, **which)
    found = list(leads.select_related("asking", "service", "reservation"))
    for lead in found:
        lead.bot, lead.business, lead.contact = conversation.bot, conversation.business, conversation.contact
        if lead.conversation_id == conversation.pk:
            lead.conversation = conversation
    return found


@atomic_with_retry
def start(
    conversation: Conversation, *, by: Actor, another: bool = False, language: str = "", now: datetime | None = None
) -> Lead:
    """The customer's enquiry, begun if there is none that goes on, or if they ask for another one. Never two drafts.

    `language`: what the customer writes, where the conversation does not know it yet. Locks the conversation. Raises
    NotAllowed for a bot that asks nothing.
    """
    conversation = outbox.lock(conversation.pk)
    found = draft(conversation) if another else active(conversation)
    if found is not None:
        return found
    if not questions.takes_enquiries(conversation.bot):
        raise NotAllowed("This bot takes no enquiries.")
    now = now or clock.now()
    lead = Lead.objects.create(
        business=conversation.business,
        bot=conversation.bot,
        contact=conversation.contact,
        conversation=conversation,
        language=conversation.language or language,
        status_at=now,
        touched_at=now,
        created_at=now,
        deposit_amount=settings_of(conversation.bot).deposit_amount,
    )
    LEAD.note(lead, "start", "", by)
    return lead


@atomic_with_retry
def note_answers(
    lead_id: int,
    answers: Iterable[NewAnswer],
    *,
    asking: ConsultationQuestion | None = None,
    now: datetime | None = None,
    **fields: Any,
) -> Lead:
    """Keep what the customer answered, and what they are asked next. From draft.

    An answer that was said before the one that is kept changes nothing, however late it comes. Locks the conversation.
    Raises AlreadyDecided if it is no draft any more.
    """
    lead = lock_lead(lead_id)
    LEAD.must_be(lead, "answer")
    kept = questions.answers_of(lead)
    for answer in answers:
        older = kept.get(answer.question.pk)
        if older is not None and older.said_at > answer.said_at:
            continue
        LeadAnswer.objects.update_or_create(
            lead=lead,
            question=answer.question,
            defaults={
                "words": answer.words,
                "value": dict(answer.value),
                "is_skipped": answer.is_skipped,
                "said_at": answer.said_at,
            },
        )
    now = now or clock.now()
    LEAD.update(lead, asking=asking, touched_at=now, **_summed_up(lead), **fields)
    return lead


@atomic_with_retry
def ask(lead_id: int, question: ConsultationQuestion | None) -> Lead:
    """Note what the customer is asked now. From draft. Locks the conversation. Raises AlreadyDecided."""
    lead = lock_lead(lead_id)
    LEAD.must_be(lead, "answer")
    LEAD.update(lead, asking=question)
    return lead


@atomic_with_retry
def note_photos(lead_id: int, places: Iterable[tuple[Message, int]], *, now: datetime | None = None) -> int:
    """Let photos (messages, and which of their media) belong to the enquiry; how many were new.

    While something is still to happen with it. Locks the conversation. Raises AlreadyDecided when the enquiry is over.
    """
    lead = lock_lead(lead_id)
    LEAD.must_be(lead, "add_photos")
    there = lead.photos.count()
    made = 0
    for message, position in places:
        if there + made >= MOST_PHOTOS:
            break
        made += LeadPhoto.objects.get_or_create(lead=lead, message=message, position=position)[1]
    if made:
        _answer_with_photos(lead, there + made)
        LEAD.update(lead, touched_at=now or clock.now())
    return made


def gather_photos(lead_id: int) -> int:
    """Every photo that the customer has sent in the enquiry's conversation since shortly before it began."""
    lead = Lead.objects.get(pk=lead_id)
    since = lead.created_at - JUST_BEFORE
    messages = Message.objects.filter(
        conversation=lead.conversation_id, author=Message.Author.CUSTOMER, received_at__gte=since
    ).exclude(media=[])
    places = [(message, position) for message in messages for position in photo_places(message)]
    return note_photos(lead_id, places) if places else 0


def photo_places(message: Message) -> list[int]:
    """Return which of a message's media are photos."""
    return [at for at, item in enumerate(message.media) if isinstance(item, dict) and item.get("kind") == "image"]


def _answer_with_photos(lead: Lead, count: int) -> None:
    """Photos answer the question for photos."""
    for question in ConsultationQuestion.objects.filter(bot=lead.bot_id, kind=Kind.PHOTOS, is_active=True):
        LeadAnswer.objects.update_or_create(
            lead=lead, question=question, defaults={"value": {"count": count}, "is_skipped": False}
        )


def _summed_up(lead: Lead) -> dict[str, Any]:
    """Return the fields by which staff look through lists, as the answers have them."""
    fields: dict[str, Any] = {
        "title": "", "size_cm": None, "budget_amount": None, "budget_currency": "", "wished_day": None,
    }  # fmt: skip
    for answer in lead.answers.select_related("question"):
        value = answer.value
        match answer.question.kind:
            case Kind.TEXT if not fields["title"]:
                fields["title"] = " ".join(answer.words.split())[:TITLE_LENGTH]
            case Kind.SIZE if value.get("cm"):
                fields["size_cm"] = max(value["cm"])
            case Kind.BUDGET if value.get("high"):
                fields["budget_amount"], fields["budget_currency"] = value["high"], value.get("currency", "")
            case Kind.DATE if value.get("from"):
                fields["wished_day"] = value["from"]
    return fields
