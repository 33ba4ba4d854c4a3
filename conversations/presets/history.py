"""Tells a preset's history: a few days of talks, so that a demonstration has something on every page.

What happens to a visit or an enquiry is told by its app, which brings a `History`: through the same actions as in
life, at the time of the story, so that slots, holds and reminders are true. Nothing of it waits to be answered or
sent: every line has been.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import transaction
from django.utils import translation

from bots.knowledge.search import answer_in
from bots.models import Bot, ChannelAccount, Decision, Knowledge, StaffNotice
from bots.presets import Preset, PresetError
from bots.registry import brought
from bots.staff.actors import Actor
from conversations import takeover
from conversations.models import Contact, ContactIdentity, Conversation, Message, Pause, Turn
from conversations.wording import disclosure

CHANNEL, PEER_KIND = "webchat", "session"
FIRST_HOUR, LAST_HOUR = 9, 20
CUSTOMER_TYPES = timedelta(seconds=75)
BOT_TYPES = timedelta(seconds=3)
PHOTO = "[photo]"  # a customer's line that begins so comes with one
STAFF_TYPES = timedelta(minutes=6)


class History(ABC):
    """What one app tells of one talk. `talk` is the talk as the preset has it; `began` and `now` frame the story."""

    def __init__(
        self, conversation: Conversation, talk: Mapping[str, Any], *, owner: Actor, began: datetime, now: datetime
    ) -> None:
        self.conversation, self.talk, self.owner, self.began, self.now = conversation, talk, owner, began, now

    def words(self) -> dict[str, str]:
        """Return what lines may name in braces."""
        return {}

    @abstractmethod
    def happens(self, what: str, at: datetime) -> datetime | None:
        """Let it happen and return when it did; None if it is not this app's. `at` is the story's clock."""


def tell(bot: Bot, preset: Preset, *, owner: Actor, now: datetime) -> int:
    """Write the preset's history as if it ended now; returns how many talks were new. `now` on the business's clock.

    One transaction a talk. A talk that was told before is left alone. Managers are not notified of what is only
    history: what waits for them stands under /pending.
    """
    account = ChannelAccount.objects.select_related("bot__business").get(bot=bot, channel=CHANNEL)
    told = 0
    for number, talk in enumerate(preset.get("history", []), start=1):
        peer = f"history-{number}"  # no visitor's: theirs are SHA-256 sums
        if Conversation.objects.filter(account=account, peer_kind=PEER_KIND, peer=peer).exists():
            continue
        with transaction.atomic(), translation.override(talk["language"]):
            latest = StaffNotice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            _Talk.begin(account, peer, talk, owner=owner, now=now).tell(talk["lines"])
            StaffNotice.objects.filter(pk__gt=latest, business=bot.business).delete()
        told += 1
    return told


@dataclass(slots=True)
class _Talk:
    """One talk while it is being told. `at` is the story's clock; it runs on with every line."""

    conversation: Conversation
    owner: Actor
    at: datetime
    histories: Sequence[History]
    words: dict[str, str]
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
        histories = [kind(conversation, talk, owner=owner, began=began, now=now) for kind in brought("histories")]
        words = {name: text for history in histories for name, text in history.words().items()}
        return cls(conversation, owner, began, histories, words)

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
        if what in self.HAPPENINGS:
            self.HAPPENINGS[what](self)
        else:
            told = (history.happens(what, self.at) for history in self.histories)
            self.at = next(at for at in told if at is not None)
        Decision.objects.filter(id__gt=decided, business=self.conversation.business).update(at=self.at)
        self._settle_news()

    def _settle_news(self) -> None:
        """What an action wanted to tell the customer was told at the story's time."""
        news = Message.objects.filter(conversation=self.conversation, status=Message.Status.QUEUED)
        for message in news.order_by("seq"):
            self.seq = message.seq
            message.status = Message.Status.READ
            message.external_id = f"{self.conversation.peer}:{self.seq}"
            message.sent_at = message.received_at = message.status_at = self.at
            message.save(update_fields=["status", "external_id", "sent_at", "received_at", "status_at"])
            self._keep(last_message_at=self.at)

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
        "wants person": _wants_person,
        "question": _question,
        "take over": _taken_over,
        "fails": _fails,
    }

    def _end(self) -> None:
        """The watermarks: all is answered, and what needs nobody has been read."""
        read = {} if self.changes.get("attention") else {"staff_read_seq": self.seq}
        inbound = self.changes.get("last_inbound_seq", 0)
        self._keep(**self.changes | {"answered_seq": inbound, "due_at": None, "enqueued_at": None} | read)


def _by_day(began: datetime, now: datetime) -> datetime:
    """The same day between 9 and 21, unless that is still to come: nobody confirms a visit at four in the morning."""
    moved = began.replace(hour=min(max(began.hour, FIRST_HOUR), LAST_HOUR))
    return moved if moved <= now - timedelta(hours=1) else began
