"""Tells a preset's history: a few days of talks and visits, so that a demonstration has something on every page.

What happens to visits goes through the same verbs as in life, at the time of the story, so that places, holds and
reminders are true. Nothing of it waits to be answered or sent: every line has been.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, ClassVar

from django.db import transaction
from django.utils import translation

from bookings import availability, drafts, reservations
from bookings.availability import Slot
from bookings.lead_history import LeadHistory
from bookings.models import WEEKDAYS, Lead, Reservation, Service
from bots.knowledge.search import answer_in
from bots.models import Bot, ChannelAccount, Decision, Knowledge, StaffNotice
from bots.presets import Preset, PresetError
from bots.staff.actors import Actor
from conversations import takeover
from conversations.models import Contact, ContactIdentity, Conversation, Message, Pause, Turn
from conversations.wording import disclosure, long_day, money, on_day, time_text

CHANNEL, PEER_KIND = "webchat", "session"
SEARCH_DAYS = 14  # how far behind the wished-for day a free time is looked for
FIRST_HOUR, LAST_HOUR = 9, 20
CUSTOMER_TYPES = timedelta(seconds=75)
BOT_TYPES = timedelta(seconds=3)
PHOTO = "[photo]"  # a customer's line that begins so comes with one
STAFF_TYPES = timedelta(minutes=6)


def tell(bot: Bot, preset: Preset, *, owner: Actor, now: datetime) -> int:
    """Write the preset's history as if it ended now; returns how many talks were new. `now` on the business's clock.

    One transaction a talk. A talk that was told before is left alone.
    """
    account = ChannelAccount.objects.select_related("bot__business").get(bot=bot, channel=CHANNEL)
    told = 0
    for number, talk in enumerate(preset["history"], start=1):
        peer = f"history-{number}"  # no visitor's: theirs are SHA-256 sums
        if Conversation.objects.filter(account=account, peer_kind=PEER_KIND, peer=peer).exists():
            continue
        with transaction.atomic(), translation.override(talk["language"]):
            _Talk.begin(account, peer, talk, owner=owner, now=now).tell(talk["lines"])
            _tell_nobody(account, peer)
        told += 1
    return told


def _tell_nobody(account: ChannelAccount, peer: str) -> None:
    """Managers are not told of what is only history. What waits for them stands under /pending."""
    enquiries = Lead.objects.filter(conversation__account=account, conversation__peer=peer).values("pk")
    StaffNotice.objects.filter(subject="lead", subject_id__in=enquiries).delete()
    ids = Reservation.objects.filter(conversation__account=account, conversation__peer=peer).values("pk")
    StaffNotice.objects.filter(subject="reservation", subject_id__in=ids).delete()


@dataclass(slots=True)
class _Talk:
    """One talk while it is being told. `at` is the story's clock; it runs on with every line."""

    conversation: Conversation
    owner: Actor
    at: datetime
    now: datetime
    visit: Mapping[str, Any] | None
    slot: Slot | None
    words: dict[str, str]
    enquiry: LeadHistory
    reservation: Reservation | None = None
    asked: str = ""  # the customer's last words
    seq: int = 0
    changes: dict[str, Any] = field(default_factory=dict)  # of the conversation's row, written at the end

    @classmethod
    def begin(
        cls, account: ChannelAccount, peer: str, talk: Mapping[str, Any], *, owner: Actor, now: datetime
    ) -> "_Talk":
        began = _by_day(now - timedelta(**talk["ago"]), now)
        language = talk["language"]
        business = account.bot.business
        contact = Contact.objects.create(business=business, name=talk["name"], language=language, created_at=began)
        ContactIdentity.objects.create(contact=contact, business=business, channel=CHANNEL, kind=PEER_KIND, value=peer)
        conversation = Conversation.objects.create(
            account=account, contact=contact, peer_kind=PEER_KIND, peer=peer, language=language, created_at=began
        )
        visit = talk.get("visit")
        slot = _free_slot(conversation, visit, began, now) if visit else None
        words = _words(conversation, visit, slot) if visit and slot else {}
        enquiry = LeadHistory(conversation, talk.get("lead", {}), owner=owner)
        return cls(conversation, owner, began, now, visit, slot, words, enquiry)

    def tell(self, lines: list[str]) -> None:
        for line in lines:
            mark, text = line.split(maxsplit=1)
            match mark:
                case ">":
                    self._customer(text.format(**self.words))
                case "<":
                    self._bot(text.format(**self.words))
                case "=":
                    self._person(text)
                case "?":
                    self._known(text)
                case "*":
                    self._happens(text)
                case _:
                    raise PresetError(f"The history has a line that begins with “{mark}”: {line}")
        self._end()

    # --- lines -----------------------------------------------------------------------------------------------------

    def _customer(self, text: str) -> None:
        self.at += CUSTOMER_TYPES
        self.asked = text
        photo = [{"kind": "image", "url": "", "title": text}] if text.startswith(PHOTO) else []
        self._say(Message.Author.CUSTOMER, Message.Status.RECEIVED, text.removeprefix(PHOTO).strip(), media=photo)
        self.changes |= {"last_inbound_seq": self.seq, "last_inbound_at": self.at}

    def _bot(self, text: str, steps: list[dict[str, Any]] | None = None) -> None:
        self.at += BOT_TYPES
        asked_seq = self.seq
        if "disclosed_at" not in self.changes:
            self.changes["disclosed_at"] = self.at
            words = disclosure(self.conversation.bot, self.conversation.language)
            self._say(Message.Author.BOT, Message.Status.READ, words, purpose=Message.Purpose.REPLY)
        turn = Turn.objects.create(
            conversation=self.conversation,
            generation=0,
            after_seq=max(asked_seq - 1, 0),
            upto_seq=asked_seq,
            agent="rules",
            understood={"language": self.conversation.language},
            steps=steps or [],
            outcome=Turn.Outcome.ANSWERED,
            started_at=self.at,
            finished_at=self.at,
        )
        self._say(Message.Author.BOT, Message.Status.READ, text, purpose=Message.Purpose.REPLY, turn=turn)

    def _person(self, text: str) -> None:
        self.at += STAFF_TYPES
        purpose = Message.Purpose.STAFF
        self._say(Message.Author.STAFF, Message.Status.READ, text, purpose=purpose, by_id=self.owner.user_id)
        self.changes |= {"attention": "", "attention_at": None, "staff_read_seq": self.seq}

    def _known(self, topic: str) -> None:
        """The bot answers from the knowledge, and the step that found it stands beside the message."""
        knowledge = Knowledge.objects.get(business=self.conversation.business, topic=topic)
        text = answer_in(self.conversation.business, knowledge.texts.all(), self.conversation.language)
        facts = {"found": True, "topic": topic, "answer": text.answer, "language": text.language}
        step = {"tool": "search_knowledge", "arguments": {"question": self.asked}, "facts": facts}
        self._bot(text.answer, [step])

    def _say(self, author: str, status: str, text: str, **fields: Any) -> None:
        self.seq += 1
        Message.objects.create(
            conversation=self.conversation,
            account=self.conversation.account,
            seq=self.seq,
            author=author,
            status=status,
            external_id=f"{self.conversation.peer}:{self.seq}",
            text=text,
            sent_at=self.at,
            received_at=self.at,
            status_at=self.at,
            **fields,
        )
        self._keep(last_seq=self.seq, last_message_at=self.at)

    def _keep(self, **fields: Any) -> None:
        Conversation.objects.filter(pk=self.conversation.pk).update(**fields)

    # --- what happens ------------------------------------------------------------------------------------------------

    def _happens(self, what: str) -> None:
        decided = Decision.objects.order_by("-id").values_list("id", flat=True).first() or 0
        if not self.enquiry.happens(what, self.at):
            self.HAPPENINGS[what](self)
        Decision.objects.filter(id__gt=decided, business=self.conversation.business).update(at=self.at)
        self._settle_news()

    def _settle_news(self) -> None:
        """What a verb wanted to tell the customer was told at the story's time."""
        news = Message.objects.filter(conversation=self.conversation, status=Message.Status.QUEUED)
        for message in news.order_by("seq"):
            self.seq = message.seq
            message.status = Message.Status.READ
            message.external_id = f"{self.conversation.peer}:{self.seq}"
            message.sent_at = message.received_at = message.status_at = self.at
            message.save(update_fields=["status", "external_id", "sent_at", "received_at", "status_at"])
            self._keep(last_message_at=self.at)

    def _draft(self) -> None:
        assert self.visit is not None and self.slot is not None
        start = self.slot.start if self.visit["start"] else None
        self.reservation = drafts.start_draft(
            self.conversation,
            service=_service(self.conversation, self.visit),
            people=self.visit["people"],
            day=self.slot.start.date(),
            start_time=start.time() if start else None,
        )
        self._date_reservation(created_at=self.at)

    def _request(self) -> None:
        self.reservation = reservations.request(self._its_id(), by=Actor.customer(), now=self.at)

    def _approve(self) -> None:
        self.at += STAFF_TYPES
        self.reservation = reservations.approve(self._its_id(), by=self.owner, now=self.at)

    def _cancel(self) -> None:
        self.reservation = reservations.cancel(self._its_id(), by=Actor.customer(), now=self.at)

    def _its_id(self) -> int:
        assert self.reservation is not None, "The history asks for something before its draft."
        return self.reservation.pk

    def _date_reservation(self, **fields: Any) -> None:
        Reservation.objects.filter(pk=self._its_id()).update(**fields)

    def _wants_person(self) -> None:
        self._take_over(Actor.customer(), "Asked for a person")
        self.changes |= {"attention": Conversation.Attention.WANTS_PERSON, "attention_at": self.at}

    def _question(self) -> None:
        self.changes |= {"attention": Conversation.Attention.QUESTION, "attention_at": self.at}

    def _taken_over(self) -> None:
        self._take_over(self.owner, "")

    def _take_over(self, by: Actor, reason: str) -> None:
        pause = takeover.pause(self.conversation.pk, by=by, reason=reason)
        Pause.objects.filter(pk=pause.pk).update(started_at=self.at)

    def _fails(self) -> None:
        last = Message.objects.filter(conversation=self.conversation, seq=self.seq)
        last.update(status=Message.Status.FAILED, attempts=1, error="rejected", external_id="")
        self.changes |= {"attention": Conversation.Attention.FAILED_SEND, "attention_at": self.at}

    HAPPENINGS: ClassVar[dict[str, Any]] = {
        "draft": _draft,
        "request": _request,
        "approve": _approve,
        "cancel": _cancel,
        "wants person": _wants_person,
        "question": _question,
        "take over": _taken_over,
        "fails": _fails,
    }

    def _end(self) -> None:
        """The watermarks: all is answered, and what needs nobody has been read."""
        read = {} if self.changes.get("attention") else {"staff_read_seq": self.seq}
        inbound = self.changes.get("last_inbound_seq", 0)
        self._keep(**self.changes | {"answered_seq": inbound, "due_at": None, "rung_at": None} | read)


def _by_day(began: datetime, now: datetime) -> datetime:
    """The same day between 9 and 21, unless that is still to come: nobody confirms a visit at four in the morning."""
    moved = began.replace(hour=min(max(began.hour, FIRST_HOUR), LAST_HOUR))
    return moved if moved <= now - timedelta(hours=1) else began


# --- the visit that a talk is about ----------------------------------------------------------------------------------


def _service(conversation: Conversation, visit: Mapping[str, Any]) -> Service:
    return Service.objects.select_related("business").get(business=conversation.business, name=visit["service"])


def _free_slot(conversation: Conversation, visit: Mapping[str, Any], began: datetime, now: datetime) -> Slot:
    """The first free time that the visit may have: on its weekday and at its hour, if those can be had."""
    service = _service(conversation, visit)
    first_day = (now + timedelta(days=visit["after_days"])).date()
    slots = availability.free_slots(
        service,
        first_day=first_day,
        last_day=first_day + timedelta(days=SEARCH_DAYS),
        people=visit["people"] or 1,
        now=began,
    )
    if not slots:
        raise PresetError(f"{service} has no free time in the {SEARCH_DAYS} days from {first_day}.")
    return next(_by_wish(slots, visit))


def _by_wish(slots: list[Slot], visit: Mapping[str, Any]) -> Iterator[Slot]:
    weekday = {name.lower(): number for number, name in WEEKDAYS}.get(visit.get("weekday", ""))
    start = time.fromisoformat(visit["start"]) if visit["start"] else None
    on_weekday = [slot for slot in slots if weekday is None or slot.start.weekday() == weekday]
    yield from (slot for slot in on_weekday if start is None or slot.start.time() == start)
    yield from on_weekday
    yield from slots


def _words(conversation: Conversation, visit: Mapping[str, Any], slot: Slot) -> dict[str, str]:
    service, language = _service(conversation, visit), conversation.language
    amount = reservations.price_for(service, visit["people"] or 1)
    day = long_day(slot.start.date(), language)
    return {
        "day": day[0].upper() + day[1:],
        "on_day": on_day(slot.start.date(), language),
        "start": time_text(slot.start),
        "end": time_text(slot.end),
        "price": money(amount, conversation.business.currency, language),
    }
