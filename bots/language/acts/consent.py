"""What a message as a whole answers to "Shall I send it?": a firm yes only if every single word of it is accounted for.

A closed world: what accepts, what says that all is right, what repeats the request, courtesy, and the days, hours,
people and names that the caller compares with what was proposed. One word more, and it is no firm yes.
"""

from dataclasses import dataclass

from bots.language.acts import staying
from bots.language.acts.cues import Cues, with_slip_mended
from bots.language.message import Message

YES, BUT, LATER, NO, NOTHING = "yes", "but", "later", "no", ""

SLOTS = {"date", "time", "people", "service", "specialist", "name", "phone", "email", "choice"}
TAMES = ("not", "or", "but", "except", "instead", "before")  # inside a day or an hour: "not before five", "5 or 6"
HESITATES = set("🤔👎❌🙅🛑✋⏳😬🙄😕😟🤷🤨😐😒😏⛔🚫😡😤😔😞😢😩😫🥺😳⏰⌛🫤😑")
SPOILS = {"block", "decline", "defer", "status", "ask_total", "ask_end", "ask_duration", "ask_when"}
FEW_WORDS = 20
SIGNED = 3  # words of a name below a letter
CONTACT_WORDS = (
    "tel", "telefon", "telephone", "phone", "names", "phones", "number", "numer", "nr", "mail", "email", "e", "my",
    "name", "mobile", "cell", "is", "its", "moj", "telefonu", "numeru", "kontakt", "тел", "телефон", "номер",
    "почта", "пошта", "мой", "мій", "моя", "имя", "зовут", "звати", "movil", "telefono", "numero", "correo", "mi",
    "es",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Heard:
    """What has been heard on the way through a message."""

    accepts: bool = False
    asks_for_it: bool = False
    all_right: bool = False
    may: bool = False  # "you may …": nothing yet
    refuses: bool = False
    plainly: bool = False  # not only by praise: "lovely"
    read: bool = False  # "I have read it": a yes to that unless something more is said

    @property
    def firm(self) -> bool:
        """Whether this is a firm yes. "No, all is right, send it" is one as well; "yes, I've read it" is none."""
        more = self.all_right or self.asks_for_it
        return (
            self.accepts
            and not self.may
            and (more or not self.read)
            and (not self.refuses or (self.all_right and self.asks_for_it))
        )


@dataclass(slots=True)
class Reply:
    """The answer, where the customer accepted (a token, or -1), and whether what there is shall stay."""

    answer: str
    accepted_at: int = -1
    keeps: bool = False


def read(message: Message, cues: Cues, slots: list[str], *, proposed: str = "", doubtful: bool = False) -> Reply:
    """Answer for the whole message.

    `slots` says for each token which slot it belongs to. `proposed` is "move" or "cancel" where that was asked about:
    only then do such words accept. `doubtful` is a message whose slots cannot be taken as they are.
    """
    walk = _Walk(message, cues, slots, proposed)
    asks = any(message.mark(place, "?") for place in range(len(message)))
    ways = walk.through()
    accepted_at = walk.accepted_at
    spoilt = asks or doubtful or walk.spoilt() or (proposed == "move" and staying.may_not_move(cues))
    spoilt = spoilt or _may_only_greet(message)
    if staying.keeps(message, cues, proposed):
        return Reply(NO, keeps=True)
    if not spoilt and any(heard.firm for heard in ways):
        return Reply(BUT if walk.only_takes_leave(ways) else YES, accepted_at)  # "lovely, thank you, bye"
    if not spoilt and not ways and walk.is_short() and _firm_with_a_slip(message, cues, slots, proposed):
        return Reply(YES, max(accepted_at, 0))
    said = {category for here in cues for category in here}
    if accepted_at >= 0 and {"decline", "no"} & said and _only_seems(cues, accepted_at):
        return Reply(NO)
    if accepted_at < 0:
        accepted_at = _later_clause(message, cues)
    if "defer" in said:
        return Reply(LATER, accepted_at)
    if accepted_at >= 0:
        return Reply(BUT, accepted_at)
    waits = "wait" in said
    if ("decline" in said and not waits) or walk.refused or (not asks and _ends_with_no(message, cues)):
        return Reply(NO)
    if (waits or "put_off" in said) and not asks and not any(slots) and walk.puts_off():
        return Reply(LATER)
    return Reply(NOTHING)


def _may_only_greet(message: Message) -> bool:
    """«Здорово», «йо»: a yes to some, a hello to others."""
    reach = 0
    for place, token in enumerate(message.tokens):
        reach = max(reach, message.tags[place].get("i:greet", (0.0, 0))[1])
        if token.kind == "word" and place >= reach:
            return False
    return reach > 0


def _firm_with_a_slip(message: Message, cues: Cues, slots: list[str], proposed: str) -> bool:
    """Return whether it is a firm yes but for one slip of the finger."""
    for mended in with_slip_mended(message, cues):
        walk = _Walk(message, mended, slots, proposed)
        ways = walk.through()
        firm = any(heard.firm for heard in ways) and not walk.only_takes_leave(ways)
        if firm and not walk.spoilt() and not staying.keeps(message, mended, proposed):
            return True
    return False


def _ends_with_no(message: Message, cues: Cues) -> bool:
    """ "Thanks, but no", "…, so no": the last word refuses."""
    words = [place for place, token in enumerate(message.tokens) if token.kind == "word"]
    return bool(words) and "no" in cues[words[-1]] and message.before(words[-1], "or") is None


def _later_clause(message: Message, cues: Cues) -> int:
    """Return where a clause that is not the first begins with a yes: "hm… ok but only if it is free"."""
    for place in range(1, len(message)):
        end = cues[place].get("yes", 0)
        if not end or "decline" in cues[place] or not message.mark(place - 1, ",.!;-–—…)"):
            continue
        if message.mark(end, "?"):
            continue  # "…, right?"
        if end >= len(message) or message.tokens[end].kind == "mark" or message.tag(end, "but"):
            return place
    return -1


def _only_seems(cues: Cues, place: int) -> bool:
    """Return whether the yes begins something that is none: "va a ser que no", "да нет", "absolutnie nie"."""
    here = cues[place]
    longer = max(here.get("decline", 0), here.get("block", 0))
    return longer > here.get("yes", 0)


class _Walk:
    """All the ways through a message by words that are accounted for."""

    def __init__(self, message: Message, cues: Cues, slots: list[str], proposed: str) -> None:
        self.message, self.cues, self.slots = message, cues, slots
        self.go = {"go", f"go_{proposed}"} if proposed else {"go"}
        self.accepted_at = -1
        self.refused = False
        self.reached = bool({"phone", "email", "name"} & set(message.used))

    def through(self) -> set[_Heard]:
        """Return what may have been heard when the end is reached; nothing if a word is in the way."""
        size = len(self.message)
        reached: list[set[_Heard]] = [set() for _ in range(size + 1)]
        reached[0].add(_Heard())
        for place in range(size):
            for heard in reached[place]:
                if "no" in self.cues[place] and not heard.accepts and self._refuses(self.cues[place]["no"]):
                    self.refused = True
                for end, then in self._steps(place, heard):
                    reached[end].add(then)
                    if then.accepts and not then.refuses and self.accepted_at < 0:
                        self.accepted_at = place
        return reached[size]

    def only_takes_leave(self, ways: set[_Heard]) -> bool:
        """Return whether it thanks or says good-bye with no more than praise beside it."""
        tags = self.message.tags
        leaves = any(
            "polite" in here or {"i:thank", "i:bye"} & tags[place].keys() for place, here in enumerate(self.cues)
        )
        return leaves and not any(heard.firm and heard.plainly for heard in ways)

    def _steps(self, place: int, heard: _Heard) -> list[tuple[int, _Heard]]:
        """Return where one gets from here, and what has been heard then."""
        message, here = self.message, self.cues[place]
        if message.used[place] in ("phone", "email"):
            return [(place + 1, heard)]  # the "+" of a number is no yes
        if message.used[place] == "greet":  # "have a nice weekend": nothing of it is said for itself
            end = place + 1
            while end < len(message) and message.used[end] == "greet":
                end += 1
            wider = [here[category] for category in ("fill", "sign") if here.get(category, 0) > end]
            signed = self._signature(here.get("sign", end))
            return [(stop, heard) for stop in (end, *wider, *signed)]
        steps = [
            (end, self._said(category, heard, place, end))
            for category, end in here.items()
            if self._counts(category, place, end, heard)
        ]
        if self.reached and (intro := self._introduces(place)):
            steps.append((intro, heard))
        thanks = message.tag(place, "i:thank")
        if thanks:
            steps.append((thanks[1], heard))
        if self.slots[place]:
            if not heard.may and "put_off" not in here and not any(message.tag(place, word) for word in TAMES):
                steps.append((place + 1, heard))
        elif message.tokens[place].kind == "mark":
            if message.tokens[place].text not in HESITATES:
                steps.append((place + 1, heard))
        elif self._decorates(place):
            steps.append((place + 1, heard))
        if "sign" in here:
            steps.extend((end, heard) for end in self._signature(here["sign"]))
        return steps

    def _introduces(self, place: int) -> int:
        """Return where a word ends that leads in a name or a number: "name is", "tel.", "мой номер"; else 0."""
        for category in ("name_intro", "name_weak"):
            found = self.message.tag(place, category)
            if found:
                return found[1]
        return place + 1 if self.message.word(place) in CONTACT_WORDS else 0

    def _counts(self, category: str, place: int, end: int, heard: _Heard) -> bool:
        if category == "yes" and self.message.mark(place, "+") and self.message.glued(place + 1):
            return False  # "+1"
        inside = self.slots[place] and (self.message.glued(place) or self.message.used[place] == "people")
        if category in ("yes", *self.go) and inside:
            return False  # the "го" of "4-го", the "бронь" of "увеличить бронь до трёх"
        if category in ("yes", "right", "fill", "sign", "may", "checked") or category in self.go:
            return True
        if category == "no":
            return not heard.accepts and not any(self.slots[:place]) and self._turns(end)
        if category == "now":
            return heard.asks_for_it
        if category == "and":
            return not self._leads_to_slot(end)  # "ok, and friday" asks
        return category == "link" and not heard.may and self._leads_to_slot(end)

    def _turns(self, place: int) -> bool:
        """Return whether what stands behind a no may take it back: "no, all is right, send it"."""
        here = self.cues[place] if place < len(self.message) else {}
        return bool({"right", "no"} & here.keys()) or self.message.mark(place, ",.!-–—")

    def _refuses(self, place: int) -> bool:
        """Return whether the no before this stands for itself: "no, we…", not "no encuentro la puerta"."""
        here = self.cues[place] if place < len(self.message) else {}
        known = here.keys() & {"yes", "fill", "no", "right", "decline", "and"}
        return (
            place >= len(self.message)
            or self.message.tokens[place].kind == "mark"
            or bool(known or self.slots[place] or self.message.tag(place, "i:thank"))
        )

    def _leads_to_slot(self, place: int) -> bool:
        while place < len(self.message) and not self.slots[place] and "link" in self.cues[place]:
            place = self.cues[place]["link"]
        return place < len(self.message) and bool(self.slots[place])

    def _said(self, category: str, heard: _Heard, place: int, end: int) -> _Heard:
        goes = category in self.go
        thanked = any("i:thank" in tags for tags in self.message.tags[:place])
        nod = thanked and self.message.tokens[place].kind == "mark"  # "thanks 👍" takes leave, "👍 thanks" agrees
        praise = category == "yes" and (nod or self.cues[place].get("weak", 0) >= end)
        return _Heard(
            accepts=heard.accepts or goes or category in ("yes", "right"),
            asks_for_it=heard.asks_for_it or goes,
            all_right=heard.all_right or category == "right",
            may=(heard.may or category == "may") and not goes,
            refuses=heard.refuses or category == "no",
            read=heard.read or category == "checked",
            plainly=heard.plainly or goes or (category in ("yes", "right") and not praise),
        )

    def _decorates(self, place: int) -> bool:
        """ ":D", "xD": a letter that belongs to a face."""
        token = self.message.tokens[place]
        return token.glued and len(token.text) == 1 and self.message.mark(place - 1, ":;=")

    def _signature(self, place: int) -> list[int]:
        """Return where a name below "kind regards" may end: only capitals, and nothing behind it."""
        message = self.message
        names = 0
        for spot in range(place, len(message)):
            token = message.tokens[spot]
            if token.kind == "mark":
                continue
            if token.kind != "word" or not token.text[0].isupper() or self.cues[spot]:
                return []
            names += 1
        return [len(message)] if 0 < names <= SIGNED else []

    def spoilt(self) -> bool:
        """Return whether words that are harmless one by one say something else together: "is that", "what a yes"."""
        phrases = [
            (place, end)
            for place, here in enumerate(self.cues)
            for category, end in here.items()
            if category in ("yes", "right", "go", "fill", "checked")
        ]
        for place, here in enumerate(self.cues):
            for category in SPOILS & here.keys():
                end = here[category]
                if not any(start <= place and end <= stop for start, stop in phrases):
                    return True
        return False

    def is_short(self) -> bool:
        """Return whether it has so few words that one slip of the finger cannot hide much."""
        return sum(token.kind == "word" for token in self.message.tokens) <= FEW_WORDS

    def puts_off(self) -> bool:
        """Return whether the message begins with waiting or putting off, whatever the reason is."""
        place = 0
        while place < len(self.message):
            here = self.cues[place]
            if "wait" in here or "put_off" in here:
                return True
            if "fill" not in here and self.message.tokens[place].kind != "mark":
                return False
            place = max(here.get("fill", 0), place + 1)
        return False
