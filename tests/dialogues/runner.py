"""Plays a talk that is written down as plain text, and holds the bot to every word of it.

# a title, then lines of "key: value"
> what the customer writes; lines that follow one another are a burst; [photo] in it is a photo
>> the title of the button that they press
< what the bot says, word for word; … stands for anything
  [Button] [Another]      the buttons of the line above, all of them
* staff approve | staff decline: why | staff answer: words | clock 2026-11-24 17:00
* visit: pending 2026-11-24 18:30 3      the customer's latest visit is so: status, start, people
* lead: draft placement=forearm photos=1  the customer's latest enquiry is so: status, answers by code
* studio take | deposit | deposit at 2026-11-24 12:00 | link | decline: why | undo    staff decide about the enquiry
* paid | payment runs out              the provider says so of its deposit
* needs you: question                    why the conversation stands on *Needs you*; "nothing" if it does not
"""

import re
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from bookings.leads import actions as lead_actions, booking as lead_booking
from bookings.models import Lead, LeadAnswer, Reservation
from bookings.reservations import actions as reservation_actions, holds
from bookings.reservations.reminders import queue as reminder_queue
from bots.channels.base import Identity, Inbound, Media
from bots.models import ChannelAccount
from bots.staff.actors import Actor
from bots.work import drain
from conversations import inbox, outbox
from conversations.models import Conversation, Message
from tests.bookings.leads import paying
from tests.clock import Clock

OWNER = Actor("Ewa", "admin")


@dataclass
class Step:
    kind: str  # ">", ">>", "<", "*"
    text: str
    line: int
    buttons: list[str] | None = None


@dataclass
class Story:
    title: str
    settings: dict[str, str]
    steps: list[Step] = field(default_factory=list)


def read(path: Path) -> Story:
    lines = path.read_text().splitlines()
    story = Story(lines[0].lstrip("# "), {})
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        if match := re.match(r"(>>|>|<|\*) (.*)", line):
            story.steps.append(Step(match[1], match[2].strip(), number))
        elif line.startswith("  ["):
            story.steps[-1].buttons = re.findall(r"\[([^\]]+)\]", line)
        elif line.startswith("  "):
            story.steps[-1].text += "\n" + line.strip()
        elif ":" in line and not story.steps:
            key, _, value = line.partition(":")
            story.settings[key.strip()] = value.strip()
        else:
            raise ValueError(f"{path.name}:{number}: {line!r} is not part of a talk")
    return story


class Player:
    def __init__(self, story: Story, account: ChannelAccount, clock: Clock) -> None:
        self.story, self.account, self.clock = story, account, clock
        self.zone = account.bot.business.zone
        self.peer = Identity(account.channel, "session", uuid.uuid4().hex)
        self.heard: list[Message] = []
        self.seq = 0

    @property
    def conversation(self) -> Conversation:
        return Conversation.objects.get(account=self.account, peer=self.peer.value)

    def play(self) -> list[str]:
        """Play all steps; the script as it really went, line by line."""
        script: list[str] = []
        steps = self.story.steps
        for number, step in enumerate(steps):
            if step.kind in (">", ">>"):
                self.write(step)
                script.append(f"{step.kind} {step.text}")
                following = steps[number + 1].kind if number + 1 < len(steps) else ""
                if following not in (">", ">>"):
                    script += self.listen()
            elif step.kind == "*":
                try:
                    shown = self.happen(step.text)
                except Exception as error:
                    shown = f"{step.text} FAILED {error!r}"
                script.append(f"* {shown}")
                script += self.listen()
        return script

    def write(self, step: Step) -> None:
        choice = ""
        text, photos = step.text.replace("[photo]", "").strip(), step.text.count("[photo]")
        if step.kind == ">>":
            titles = {one["title"]: one["payload"] for message in self.heard for one in message.buttons}
            choice = titles.get(step.text, "no such button")
        event = Inbound(
            account=self.account.external_id,
            external_id=f"talk:{uuid.uuid4()}",
            sender=self.peer,
            sent_at=timezone.now(),
            text=text,
            choice=choice,
            media=tuple(Media("image", f"https://example.com/{number}.jpg") for number in range(photos)),
        )
        inbox.receive(self.account, [event])
        Conversation.objects.filter(pk=self.conversation.pk).update(due_at="2020-01-01T00:00Z")

    def listen(self) -> list[str]:
        drain()
        news = Message.objects.filter(conversation=self.conversation, seq__gt=self.seq).order_by("seq")
        lines = []
        for message in news:
            self.seq = message.seq
            if message.author == Message.Author.CUSTOMER or message.error == "opted out":
                continue
            assert message.status == Message.Status.SENT, (message.text, message.status, message.error)
            self.heard.append(message)
            lines.append("< " + message.text.replace("\n", "\n  "))
            if message.buttons:
                lines.append("  " + " ".join(f"[{one['title']}]" for one in message.buttons))
        return lines

    def happen(self, what: str) -> str:
        verb, _, rest = what.partition(": ")
        match verb.split():
            case ["staff", "approve"]:
                reservation_actions.approve(self.visit().pk, by=OWNER)
            case ["staff", "decline"]:
                reservation_actions.reject(self.visit().pk, by=OWNER, reason=rest)
            case ["staff", "answer"]:
                outbox.reply_as_staff(self.conversation.pk, rest, by=OWNER)
            case ["clock", day, time]:
                self.clock.move_to(datetime.fromisoformat(f"{day} {time}").replace(tzinfo=self.zone))
                holds.expire_holds(timezone.now())
                reminder_queue.queue_due(timezone.now())
            case ["studio", "take"]:
                lead_actions.approve(self.lead().pk, by=OWNER)
            case ["studio", "deposit"]:
                lead_actions.send_deposit(self.lead().pk, by=OWNER)
                paying.opened(self.lead())
            case ["studio", "deposit", "at", day, time]:
                start = datetime.fromisoformat(f"{day} {time}").replace(tzinfo=self.zone)
                lead_actions.send_deposit(self.lead().pk, by=OWNER, start=start)
                paying.opened(self.lead())
            case ["studio", "link"]:
                lead_booking.send_booking_link(self.lead().pk, by=OWNER)
            case ["studio", "decline"]:
                lead_actions.reject(self.lead().pk, by=OWNER, reason=rest)
            case ["studio", "undo"]:
                lead_actions.undo(self.lead().pk, by=OWNER)
            case ["paid"]:
                paying.paid(paying.deposit_of(self.lead()))
            case ["payment", "runs", "out"]:
                paying.ran_out(paying.deposit_of(self.lead()))
            case ["visit"]:
                return f"visit: {self.visit_line()}"
            case ["lead"]:
                return f"lead: {self.lead_line()}"
            case ["needs", "you"]:
                return f"needs you: {self.conversation.attention or 'nothing'}"
            case _:
                raise ValueError(f"line {what!r}: nobody can do that")
        return what

    def visit(self) -> Reservation:
        return Reservation.objects.filter(conversation=self.conversation).order_by("-pk")[0]

    def visit_line(self) -> str:
        visit = Reservation.objects.filter(conversation=self.conversation).order_by("-pk").first()
        if visit is None:
            return "none"
        if visit.period is None:
            return f"{visit.status} {visit.day or '-'} {visit.start_time or '-'} {visit.people or '-'}"
        return f"{visit.status} {visit.period.lower.astimezone(self.zone):%Y-%m-%d %H:%M} {visit.people}"

    def lead(self) -> Lead:
        return Lead.objects.filter(contact=self.conversation.contact).order_by("-pk")[0]

    def lead_line(self) -> str:
        if not Lead.objects.filter(contact=self.conversation.contact).exists():
            return "none"
        lead = self.lead()
        answers = {one.question.code: _short(one) for one in lead.answers.select_related("question")}
        photos = lead.photos.count()
        said = [f"{code}={value}" for code, value in answers.items() if value and code != "photos"]
        return " ".join([lead.status, *said, *([f"photos={photos}"] if photos else [])])


def _short(answer: LeadAnswer) -> str:
    """“forearm”, “12x15”, “..300PLN”, “2026-12-01”; words as “…”, what was skipped as “-”."""
    value = answer.value
    if answer.is_skipped:
        return "-"
    if "cm" in value:
        return "x".join(f"{length:g}" for length in value["cm"])
    if "currency" in value:
        low, high = (f"{value[key] // 100}" if value.get(key) else "" for key in ("low", "high"))
        return f"{low}..{high}{value['currency']}"
    if "from" in value or "to" in value:
        days = value.get("from", ""), value.get("to", "")
        return days[0] if days[0] == days[1] else "..".join(days)
    return str(value.get("choice") or ("any" if value.get("any") else "words"))


def written(story: Story) -> list[str]:
    """The script as it is written down, in the form that `play` gives."""
    lines = []
    for step in story.steps:
        lines.append(f"{step.kind} " + step.text.replace("\n", "\n  "))
        if step.buttons is not None:
            lines.append("  " + " ".join(f"[{title}]" for title in step.buttons))
    return lines


def same(expected: str, real: str) -> bool:
    pattern = ".*".join(re.escape(part) for part in expected.split("…"))
    return re.fullmatch(pattern, real, re.DOTALL) is not None
