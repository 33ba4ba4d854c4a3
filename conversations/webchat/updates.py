"""What a web chat's visitor may read of their conversation. Reads only.

Messages go out in the order of `seq`, but one that is still being sent may be older than one that is visible already.
The cursor therefore stands before the first message under way, so that nothing is skipped.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject, Now

from conversations.models import Conversation, Message

PAGE = 100  # messages in one answer
TYPING_LASTS = timedelta(seconds=90)

Status = Message.Status
OUT = [Status.SENT, Status.DELIVERED, Status.READ]
UNDER_WAY = [Status.QUEUED, Status.SENDING]
VISIBLE = Q(kind__in=[Message.Kind.TEXT, Message.Kind.MEDIA, Message.Kind.UNSUPPORTED]) & (
    Q(author=Message.Author.CUSTOMER) | Q(status__in=OUT)
)
AUTHORS = {Message.Author.CUSTOMER: "you", Message.Author.BOT: "bot", Message.Author.STAFF: "person"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatState:
    """What decides whether there is news, from one indexed query."""

    conversation_id: int
    last_seq: int
    shown_seq: int  # the newest message that may be read
    under_way_seq: int | None  # the oldest message still being sent
    heard_id: str  # our newest message that the browser has
    heard_status: str
    mode: str
    unanswered: bool
    waited_too_long: bool  # nobody believes a sign of typing for ever

    @property
    def typing(self) -> bool:
        if self.mode != Conversation.Mode.BOT:
            return False
        if self.under_way_seq is not None:
            return True
        return self.unanswered and not self.waited_too_long

    @property
    def held_by(self) -> str:
        return "person" if self.mode == Conversation.Mode.PERSON else "bot"

    @property
    def cursor(self) -> int:
        return self.shown_seq if self.under_way_seq is None else min(self.shown_seq, self.under_way_seq - 1)

    @property
    def etag(self) -> str:
        """Of the whole conversation as its customer sees it, wherever they have read to."""
        return f'"{self.conversation_id}.{self.shown_seq}.{self.under_way_seq or 0}.{self.typing:d}.{self.held_by[0]}"'

    def receipt_due(self, *, seen: bool) -> Literal["read", "delivered"] | None:
        if not self.heard_id or self.heard_status == Status.READ:
            return None
        if seen:
            return "read"
        return "delivered" if self.heard_status == Status.SENT else None


def state_of(bot: str, session: str, *, after: int) -> ChatState | None:
    """Return the state of this visitor's conversation; None if they never wrote, or if there is no such chat."""
    said = Message.objects.filter(conversation=OuterRef("pk"))
    ours = said.exclude(author=Message.Author.CUSTOMER).filter(status__in=OUT, seq__lte=after)
    row = (
        Conversation.objects.filter(
            account__channel="webchat",
            account__external_id=bot,
            account__is_active=True,
            account__bot__is_active=True,
            peer_kind="session",
            peer=session,
        )
        .annotate(
            shown_seq=Subquery(said.filter(VISIBLE).order_by("-seq").values("seq")[:1]),
            under_way_seq=Subquery(said.filter(status__in=UNDER_WAY).order_by("seq").values("seq")[:1]),
            heard=Subquery(
                ours.order_by("-seq").values(found=JSONObject(id="external_id", status="status"))[:1]
            ),
            waited=Q(oldest_unanswered_at__lte=Now() - TYPING_LASTS),
        )
        .values_list(
            "pk", "last_seq", "shown_seq", "under_way_seq", "heard", "mode",
            "answered_seq", "last_inbound_seq", "waited",
        )
        .first()
    )  # fmt: skip
    if row is None:
        return None
    pk, last_seq, shown_seq, under_way_seq, heard, mode, answered, inbound, waited = row
    return ChatState(
        conversation_id=pk,
        last_seq=last_seq,
        shown_seq=shown_seq or 0,
        under_way_seq=under_way_seq,
        heard_id=heard["id"] if heard else "",
        heard_status=heard["status"] if heard else "",
        mode=mode,
        unanswered=answered < inbound,
        waited_too_long=bool(waited),
    )


def news(state: ChatState, *, after: int, before: int | None) -> dict[str, Any]:
    """Messages after `after`, or before `before`, or the latest, oldest first: at most a page of them."""
    visible = Message.objects.filter(VISIBLE, conversation=state.conversation_id)
    reset = after > state.last_seq  # the conversation was wiped meanwhile
    if before is not None:
        rows = list(visible.filter(seq__lt=before).order_by("-seq")[: PAGE + 1])
    elif after and not reset:
        rows = list(visible.filter(seq__gt=after).order_by("seq")[: PAGE + 1])
    else:
        rows = list(visible.order_by("-seq")[: PAGE + 1])
    more, rows = len(rows) > PAGE, sorted(rows[:PAGE], key=lambda row: row.seq)
    forward = before is None and after and not reset
    cursor = min(state.cursor, rows[-1].seq) if more and forward else state.cursor
    return {
        "messages": [_shown(message) for message in rows],
        "typing": state.typing,
        "held_by": state.held_by,
        "cursor": cursor,
        "more": more,
        "reset": reset,
    }


def nothing(*, after: int) -> dict[str, Any]:
    """Return the answer to a visitor who has not written yet."""
    return {"messages": [], "typing": False, "held_by": "bot", "cursor": 0, "more": False, "reset": after > 0}


def _shown(message: Message) -> dict[str, Any]:
    own = message.author == Message.Author.CUSTOMER
    return {
        "seq": message.seq,
        "id": message.external_id.rsplit(":", 1)[-1] if own else str(message.client_ref),
        "author": AUTHORS[Message.Author(message.author)],
        "text": message.text,
        "buttons": [{"title": one["title"], "payload": one["payload"]} for one in message.buttons],
        "at": message.sent_at.isoformat(),
        "status": "sent" if own else message.status,
    }
