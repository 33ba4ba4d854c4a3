"""How many are coming: "for two", "we're 3", "w trójkę", "me and my daughter", "2 adults and a kid"."""

from bots.language.message import Message
from bots.language.numbers import number
from bots.language.people import ages, changes, headcount, pairs, party
from bots.language.people.found import People
from bots.language.people.pairs import both_women, companion

COMPANY = ("dzie", "дете", "діте", "дітк", "детк", "koleg", "друз")  # who comes as a group: children, friends
SHORT = 3
UNMISTAKABLE = ("solo", "соло", "samemu", "samiutka", "samiutki", "одинешенька", "одненька", "самотою")
USUAL = 20  # "for 12" without a noun; "for 300" is rather a price


def find_sure(message: Message) -> list[People]:
    """People who are counted in words that mean people."""
    found: list[People] = []
    index = 0
    spoken_of = _persons_asked_for(message)
    family = _with_the_writer(message)
    counted = headcount.find(message)
    if counted:
        message.take(*counted[:2], "people")
        return [People(*counted, alone=True)]
    recounted = changes.miscounted(message)
    if recounted:
        message.take(recounted.start, recounted.end, "people")
        return [recounted]
    shifted: People | None = None
    while index < len(message):
        people = None
        if message.used[index] in ("", "greet") and index not in spoken_of:
            shift = None if shifted else party.shift_at(message, index)
            if shift and (family is None or not family.start < index < family.end):
                shifted = People(shift[0], shift[1], 0, shift=shift[2])
                message.take(*shift[:2], "people")
                index = shift[1]
                continue
            people = (
                changes.from_to(message, index) or changes.alone(message, index) or changes.only_so_many(message, index)
            )
            people = (
                people
                or both_women(message, index)
                or _together(message, index)
                or _counted(message, index)
                or _we_are(message, index)
            )
        if people is None:
            index += 1
            continue
        found.append(people)
        index = max(people.end, index + 1)
    if family and all(_overlap(family, people) for people in found):
        found = [family]
    whole = headcount.family(message)
    found = (
        _in_total(message, [*found, *([shifted] if shifted else [])]) or found or ([People(*whole)] if whole else [])
    )
    found = _with_shift(message, _alone_now(message, found), shifted)
    for people in found:
        for place in range(people.start, people.end):
            if message.used[place] != "age":
                message.take(place, place + 1, "people")
    return found


def _with_shift(message: Message, found: list[People], shifted: People | None) -> list[People]:
    """ "We are 2, plus my sister" is a sum; "my friend can't make it, so just me" says how many remain."""
    somebody = None if shifted else party.shift_of_somebody(message)
    if somebody:
        shifted = People(somebody[0], somebody[1], 0, shift=somebody[2])
        found = [one for one in found if not (somebody[0] <= one.start and one.end <= somebody[1])]
    if shifted is not None and found and shifted.shift < 0:
        message.take(shifted.start, shifted.end, "people")
        return found
    if shifted is None:
        return found
    if not found:
        return [shifted]
    first = found[0]
    if first.companions and first.start <= shifted.start < first.end:
        return [shifted]
    if first.end <= shifted.start:
        return [People(first.start, first.end, first.count + shifted.shift)]
    return found


def _alone_now(message: Message, found: list[People]) -> list[People]:
    """ "Booked for two, but it is just me": whoever comes alone does so whatever was said before.

    Of two numbers with a "now", or a "there will come" before the second, the second counts: "we had two places, one
    person will come".
    """
    alone = [one for one in found if one.count == 1 and one.alone]
    if len(found) < 2 or alone:
        return alone[-1:] if alone else found
    last = found[-1]
    around = range(max(found[-2].end, last.start - 2), last.end)
    now = any(message.tag(place, role) for place in around for role in ("now", "comes", "i_come"))
    had = any("own" in tags or "agreed" in tags for tags in message.tags[: found[0].start + 1])
    return [last] if now and had else found


def _in_total(message: Message, found: list[People]) -> list[People]:
    """ "One more person, five in total": the sum is what counts."""
    for index, tags in enumerate(message.tags):
        total = tags.get("in_total") if found else None
        counted = number(message, total[1]) if total else None
        if counted and total and counted[0] <= headcount.MOST and not headcount.followed(message, counted[1]):
            return [People(index, counted[1], counted[0])]
        led = message.before(index, "num") if total else None
        if led is not None and total and message.free(led, index):
            return [People(led, total[1], message.tags[led]["num"][0])]
    return []


def _persons_asked_for(message: Message) -> set[int]:
    """Words of "quiero hablar con una persona": someone of ours, not someone who is coming."""
    words: set[int] = set()
    for index, tags in enumerate(message.tags):
        human = tags.get("i:human")
        if human and human[1] - index > 1:
            words.update(range(index, human[1]))
    return words


def find_likely(message: Message, *, asked: bool) -> list[People]:
    """ "for 2", "na 4", and a bare number when we have just asked how many."""
    for index in range(len(message)):
        counted = number(message, index)
        if not counted or not 0 <= counted[0] <= headcount.MOST or headcount.followed(message, counted[1]):
            continue
        if message.before(index, "for") is not None and (counted[0] <= USUAL or asked):
            if counted[0] == 1 and message.tokens[index].kind == "word" and not asked and not _alone(message, index):
                continue
            message.take(index, counted[1], "people")
            return [People(index, counted[1], counted[0], sure=False)]
    if alone := changes.closing(message):
        message.take(alone.start, alone.end, "people")
        return [alone]
    if asked:
        for index in range(len(message)):
            counted = number(message, index)
            if (
                counted
                and counted[0] <= headcount.MOST
                and not 1900 <= counted[0] <= 2100
                and not headcount.followed(message, counted[1])
            ):
                joined = message.tag(counted[1], "and") or message.tag(counted[1], "with")
                more = companion(message, joined[1]) if joined else None
                total, end = (counted[0] + more[0], more[1]) if more else counted
                message.take(index, end, "people")
                return [People(index, end, total, sure=False)]
        return _others(message)
    return []


def _others(message: Message) -> list[People]:
    """ "My mum and her friend", "syn 6 lat i córka 8 lat": who comes, without whoever writes."""
    for index in range(len(message)):
        first = companion(message, index)
        joined = message.tag(first[1], "and") if first else None
        second = companion(message, joined[1]) if joined else None
        if first and second:
            return [People(index, second[1], first[0] + second[0], sure=False)]
    return []


def _alone(message: Message, index: int) -> bool:
    """ "Table for one", "на одного, завтра", "it should be for one": not "for one reason" or "на одну тему"."""
    led = message.before(index, "for")
    if led is not None and index - led > 1:
        return True
    if "i:ask_price" in message.roles:
        return False
    end = message.tags[index]["num"][1]
    if end >= len(message) or message.tokens[end].kind == "mark" or message.used[end] in ("date", "time"):
        return True
    roles = ("now", "please", "clock", "the", "in", "part", "instead", "propose", "i:book", "i:change", "and", "but")
    return any(message.tag(end, role) for role in roles)


def _together(message: Message, index: int) -> People | None:
    found = message.tag(index, "together")
    if not found or not message.free(index, found[1]) or message.tag(found[1], "unit"):
        return None
    total, end = found
    if total == 1 and end - index == 1 and not _comes_alone(message, index, end):
        return None
    myself = message.tag(end - 1, "me") or message.tag(index, "me")
    if total == 1 and pairs.goes_with(message, end):
        return None
    if total == 1 and ((myself and _does_something(message, end)) or changes.only_to(message, end)):
        return None
    noun = message.tag(end, "people") or message.tag(end, "relations")
    if noun:
        end = noun[1]
        if _led_by_company(message, index) and message.word(noun[1] - 1)[:4] in COMPANY:
            total += 1  # "z dwójką dzieci": those and whoever writes
        end = ages.behind(message, end)
    joined = message.tag(end, "and") or message.tag(end, "with")
    if joined and message.free(end, joined[1]):
        more = (_counted(message, joined[1]) or _together(message, joined[1])) if noun else None
        child = message.tag(joined[1], "people") if noun else message.tag(joined[1], "child")
        self_too = message.tag(joined[1], "me") if noun and message.tag(noun[1] - 1, "child") else None
        if more:
            total, end = total + more.count, more.end
        elif child or self_too:
            total, end = total + 1, (child or self_too or joined)[1]
    return People(index, end, total, alone=total == 1)


def _does_something(message: Message, index: int) -> bool:
    """ "Тільки я ще спитаю чоловіка": only I do something else than come."""
    roles = ("comes", "come", "we_are", "now", "and", "but", "clock", "at", "the", "for", "weekday", "day", "please",
             "num", "together", "i:affirm", "i:thank", "i:change", "part")  # fmt: skip
    if index >= len(message) or message.tokens[index].kind != "word":
        return False
    return not any(message.tag(index, role) for role in roles)


def _led_by_company(message: Message, index: int) -> bool:
    """ "Z dwójką dzieci", "я і двоє дітей", but not the second half of "two adults and two children"."""
    joined = message.before(index, "and")
    return message.before(index, "with") is not None and (joined is None or message.before(joined, "me") is not None)


def _comes_alone(message: Message, index: int, end: int) -> bool:
    """ "Sama", "przyjdę sam": in a longer sentence the word is mostly "the same" or "itself"."""
    if sum(token.kind == "word" for token in message.tokens) <= SHORT:
        return True
    if message.word(index) in UNMISTAKABLE:
        return True
    beside = [message.tags[place] for place in (index - 1, end) if 0 <= place < len(message)]
    return any(role in tags for tags in beside for role in ("i:book", "come", "comes", "we_are"))


def _counted(message: Message, index: int) -> People | None:
    """2 people, dwie osoby, двое взрослых и один ребёнок."""
    total, place, any_counted = 0, index, False
    start = index
    while True:
        counted = number(message, place)
        article = message.tag(place, "my") if any_counted and not counted else None
        if counted and headcount.hour_before_seats(message, place, counted[1]):
            break
        if counted:
            count, behind = counted
            if (
                message.mark(behind, "-–")
                and (upper := number(message, behind + 1))
                and message.tag(upper[1], "people")
            ):
                count, behind = upper
        elif article:
            count, behind = 1, article[1]
        elif any_counted and message.tag(place, "one_child"):
            total, end = total + 1, message.after(place, "one_child")
            break
        else:
            break
        noun = message.tag(behind, "people") or message.tag(behind, "relations") or message.tag(behind, "relation")
        if not noun and message.tokens[behind - 1].kind in ("number", "word") and behind < len(message):
            noun_later = message.tag(behind + 1, "people") or message.tag(behind + 1, "relations")
            plain = message.tokens[behind].kind == "word" and not message.tags[behind]
            noun = noun_later if noun_later and plain else None
        if not noun or not message.free(behind, noun[1]):
            break
        if not any_counted and not message.tag(behind, "people") and not noun_is_plural(message, behind):
            break
        total, any_counted, end = total + count, True, ages.behind(message, noun[1])
        joined = message.tag(end, "and") or message.tag(end, "with")
        self_too = message.tag(joined[1], "me") if joined and message.tag(noun[1] - 1, "child") else None
        if self_too:
            total, end = total + 1, self_too[1]
            break
        if joined:
            place = joined[1]
        elif message.mark(end, "+,"):
            place = end + 1
        elif (more := number(message, end)) and message.tag(more[1], "people"):
            place = end
        else:
            break
    if not any_counted or total > headcount.MOST:
        return None
    owner = message.before(start, "my")
    adds_me = (
        message.before(start if owner is None else owner, "with") is not None
        and (owner is not None or not message.tag(start + 1, "people"))
        and not any(message.word(place) in ("осіб", "osob") for place in range(start, end))
    )
    relations = any(message.tag(place, "relations") for place in range(start, end))
    if adds_me and relations:
        return People(start, end, total + 1, companions=True)
    return People(start, end, total)


def noun_is_plural(message: Message, index: int) -> bool:
    """Return whether a word for relatives stands in the plural here."""
    return message.tag(index, "relations") is not None


def _we_are(message: Message, index: int) -> People | None:
    """We're 3, будзе нас 4, somos cuatro, będziemy w 3, нас трое."""
    counted = number(message, index)
    if not counted or not 1 <= counted[0] <= headcount.MOST or headcount.followed(message, counted[1]):
        return None
    end = counted[1]
    if headcount.is_clock(message, index, end):
        return None
    if message.word(index) in ("un", "una", "one"):
        return None
    led = message.before(index, "we_are")
    prep = message.before(index, "people_prep")
    if prep is not None and 2 <= counted[0] <= 12 and not message.mark(end, ":.") and not message.tag(index, "ord"):
        return People(prep, end, counted[0])
    if led is None or (message.before(index, "clock") is not None and message.lexicon.code != "ru"):
        return None
    if message.word(index - 1) in ("its", "be", "it") and message.mark(end, ":"):
        return None
    if message.word(index - 1) in ("буду", "будем", "будемо", "буде", "будет") and message.before(index, "clock"):
        return None
    return People(led, end, counted[0])


def _overlap(one: People, other: People) -> bool:
    return one.start < other.end and other.start < one.end


def _with_the_writer(message: Message) -> People | None:
    """ "Me and my daughter", "with my husband", "dad and son": whoever writes and the ones beside."""
    family = _companions(message)
    if family and pairs.talked_to(message, family.start, family.end):
        family = None
    pair = pairs.find(message)
    if pair is None or (family and (family.count >= pair[2] or not family.start < pair[1])):
        return family
    return People(*pair, companions=True)


def _companions(message: Message) -> People | None:
    """Me and my daughter; with my husband and two kids; я з подругою."""
    index = 0
    while index < len(message):
        led = message.tag(index, "with")
        if led is None and message.tag(index, "me") and message.mark(index + 1, ",+"):
            led = ("me", index + 2)
        first = companion(message, led[1]) if led and message.free(index, led[1]) else None
        if not first:
            lone = None if message.before(index, "my") is not None else companion(message, index)
            behind = message.tag(lone[1], "and") if lone else None
            self_at = message.after(behind[1], "for") if behind else index
            if lone and behind and message.tag(behind[1], "he"):
                return People(index, message.tags[behind[1]]["he"][1], lone[0] + 1)
            if lone and behind and message.tag(self_at, "me") and message.before(index, "for") is None:
                return People(index, message.tags[self_at]["me"][1], lone[0] + 1, companions=True)
            index += 1
            continue
        if message.word(index) in ("and", "i", "и", "і", "y", "та", "й", "a", "e", "plus", "oraz", "да", "w") and (
            message.before(index, "me") is None or (message.word(index) == "i" and message.lexicon.code == "en")
        ):
            index += 1
            continue
        total, end = first
        while True:
            joined = message.tag(end, "and") or message.tag(end, "with")
            place = joined[1] if joined else end + 1 if message.mark(end, ",+") else end
            again = message.tag(place, "with")
            place = again[1] if again and joined is None else place
            more = companion(message, place) if place > end else None
            if not more:
                break
            total, end = total + more[0], more[1]
        return People(index, end, total + 1, companions=True)
    return None
