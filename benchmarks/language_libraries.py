"""What libraries make of the held-out messages, beside ours. `python -m benchmarks.language_libraries`

The libraries are no dependencies of this project. Make them an environment of their own, anywhere but here, and start
this with it from the project's folder. What is not installed is said and left out.

    python3 -m venv ../libraries
    ../libraries/bin/pip install tzdata phonenumbers rapidfuzz babel dateparser recognizers-text-suite "emoji<2" ctparse \
        parsedatetime timefhuman pyduckling-native-phihos lingua-language-detector py3langid langdetect text2num number-parser
    ../libraries/bin/python -m benchmarks.language_libraries

A library is given the language and its best settings, and is read kindly: of several findings the one that is right
counts; a date of today where only a time was said is no mistake, nor is an evening of other hours. It is not told who asks what in a conversation, so
bare answers ("half 3" when the time was asked) are left out of the comparison for everybody.
"""

import contextlib
import importlib
import io
import statistics
import time
import warnings
from collections.abc import Callable, Iterable
from datetime import datetime, time as time_of_day
from typing import Any, NamedTuple

from bots.language import LANGUAGES, Context, understand
from tests.language.examples import NOW, SLOTS, ZONE, load

WALL = NOW.replace(tzinfo=None)
UNSAID = 17  # seconds of the reference: a time that a library merely copied from "now" carries them
NIGHT = time_of_day()
TIMED = ("time", "part_of_day")
PARTS = {("08:00", "12:00"), ("12:00", "14:00"), ("12:00", "18:00"), ("18:00", "22:00")}
MOMENT = ("date", "date_end", "time", "end_time")


class Found(NamedTuple):
    """One reading of a moment: dates as YYYY-MM-DD, times as HH:MM, None where unsaid."""

    date: str | None = None
    date_end: str | None = None
    time: str | None = None
    end_time: str | None = None


Reader = Callable[[str, str], list[Found]]


def _day(moment: datetime) -> str:
    return moment.date().isoformat()


def _clock(moment: datetime) -> str | None:
    """The time that was said. Midnight is what libraries make of a bare day; no customer of these businesses means it."""
    return None if moment.second == UNSAID or moment.time() == NIGHT else moment.strftime("%H:%M")


def _joined(findings: list[Found]) -> list[Found]:
    """The findings, and what they say together: "Friday" here and "5 pm" there."""
    if len(findings) < 2:
        return findings
    today = _day(WALL)
    first = next((one for one in findings if one.date and one.date != today), findings[0])
    timed = next((one for one in findings if one.time), Found())
    return [*findings, Found(first.date, first.date_end, timed.time, timed.end_time)]


def dateparser(strategy: str = "split") -> Reader:
    search = importlib.import_module("dateparser.search").search_dates
    settings: dict[str, Any] = {
        "RELATIVE_BASE": WALL.replace(second=UNSAID),
        "PREFER_DATES_FROM": "future",
        "DATE_ORDER": "DMY",
    }
    settings["RETURN_TIME_AS_PERIOD"] = True

    def read(text: str, lang: str) -> list[Found]:
        found = search(text, languages=[lang], settings=settings, add_period=True, strategy=strategy) or []
        return [Found(_day(moment), None, _clock(moment) if kind in TIMED else None) for _words, moment, kind in found]

    return read


def dateparser_ngram() -> Reader:
    return dateparser("ngram")


def recognizers() -> Reader:
    module = importlib.import_module("recognizers_date_time")
    cultures = {"en": module.Culture.English, "es": module.Culture.Spanish}

    def value(one: dict[str, str]) -> Found:
        start, end = one.get("start") or one.get("value", ""), one.get("end", "")
        date = start[:10] if "-" in start else None
        until = end[:10] if "-" in end and end[:10] != date and ":" not in end else None
        if until and "range" in one["type"]:
            until = datetime.fromordinal(datetime.fromisoformat(until).toordinal() - 1).date().isoformat()
        hour = start[-8:-3] if ":" in start else None
        return Found(date, until, hour, end[-8:-3] if ":" in end else None)

    def read(text: str, lang: str) -> list[Found]:
        if lang not in cultures:
            raise LookupError(lang)
        found: list[Found] = []
        for match in module.recognize_datetime(text, cultures[lang], reference=WALL):
            values = (match.resolution or {}).get("values", [])
            found += [value(one) for one in values if one["type"] not in ("set", "duration")]
        return found

    return read


def duckling() -> Reader:
    module = importlib.import_module("duckling")
    zones = module.load_time_zones("/usr/share/zoneinfo")
    reference = module.parse_ref_time(zones, ZONE, int(NOW.timestamp()))
    contexts = {}
    for lang in LANGUAGES:
        locale = module.parse_locale(lang.upper(), module.default_locale_lang(module.parse_lang(lang.upper())))
        contexts[lang] = module.Context(reference, locale)
    times = module.parse_dimensions(["time"])

    def value(one: dict[str, Any]) -> Found:
        start, end = one.get("from", one if "value" in one else {}), one.get("to", {})
        grain = start.get("grain") or end.get("grain")
        since, until = start.get("value"), end.get("value")
        if grain in ("hour", "minute", "second"):
            return Found(since and since[:10], None, since and since[11:16], until and until[11:16])
        last = until and datetime.fromordinal(datetime.fromisoformat(until[:10]).toordinal() - 1).date().isoformat()
        return Found(since and since[:10], last if last != (since and since[:10]) else None)

    def read(text: str, lang: str) -> list[Found]:
        return [value(one["value"]) for one in module.parse(text, contexts[lang], times, False)]

    return read


def ctparse() -> Reader:
    parse = importlib.import_module("ctparse").ctparse

    def moment(one: Any) -> tuple[str | None, str | None]:
        if not hasattr(one, "year"):  # None, or a duration
            return None, None
        date = f"{one.year:04}-{one.month:02}-{one.day:02}" if one.year and one.month and one.day else None
        return date, None if one.hour is None else f"{one.hour:02}:{one.minute or 0:02}"

    def read(text: str, lang: str) -> list[Found]:
        if lang != "en":
            raise LookupError(lang)
        result = parse(text, ts=WALL, timeout=1.0)
        if result is None or result.resolution is None:
            return []
        one = result.resolution
        if hasattr(one, "t_from"):
            (date, start), (until, end) = moment(one.t_from), moment(one.t_to)
            return [Found(date, until if until != date else None, start, end)]
        date, start = moment(one)
        return [Found(date, None, start)] if date or start else []

    return read


def parsedatetime() -> Reader:
    calendar = importlib.import_module("parsedatetime").Calendar()

    def read(text: str, lang: str) -> list[Found]:
        if lang != "en":
            raise LookupError(lang)
        found = calendar.nlp(text, sourceTime=WALL) or ()
        return [
            Found(_day(moment) if flag in (1, 3) else None, None, moment.strftime("%H:%M") if flag in (2, 3) else None)
            for moment, flag, *_rest in found
        ]

    return read


def timefhuman() -> Reader:
    module = importlib.import_module("timefhuman")
    config = importlib.import_module("timefhuman.utils").tfhConfig(
        now=WALL.replace(second=UNSAID), infer_datetimes=True
    )

    def value(one: Any) -> Found:
        start, end = one if isinstance(one, tuple) else (one, None)
        if isinstance(start, datetime):
            until = end if isinstance(end, datetime) else None
            same = until is None or until.date() == start.date()
            last = _clock(until) if until and same else None
            return Found(_day(start), None if same or not until else _day(until), _clock(start), last)
        return Found(start.isoformat() if hasattr(start, "isoformat") else None)

    def read(text: str, lang: str) -> list[Found]:
        if lang != "en":
            raise LookupError(lang)
        found = module.timefhuman(text, config=config)
        flat = found if isinstance(found, list) else [found]
        return [value(one) for item in flat for one in (item if isinstance(item, list) else [item]) if one is not None]

    return read


READERS = (dateparser, dateparser_ngram, recognizers, duckling, ctparse, parsedatetime, timefhuman)


def _same_part(expect: dict[str, Any], one: Found) -> bool:
    """Whether both mean a part of the day: when an evening ends is each one's own matter."""
    part = (expect.get("time", ""), expect.get("end_time", ""))
    return (
        part in PARTS and bool(one.time) and str(one.time) < part[1] and (one.end_time or one.time or "") > part[0][:2]
    )


def fits(expect: dict[str, Any], one: Found, *, days_only: bool = False) -> bool:
    names = ("date",) if days_only else ("date", "date_end") if _same_part(expect, one) else MOMENT
    for name in names:
        wanted, got = expect.get(name), getattr(one, name)
        if wanted == "*" or got == wanted:
            continue
        if name == "date" and wanted is None and expect.get("time", expect.get("end_time")):
            continue
        return False
    return True


def bare(example: dict[str, Any]) -> bool:
    return not example["expect"].keys() & set(SLOTS)


def compare(read: Reader, lang: str) -> str:
    """Date and time both right, the day right, false findings, milliseconds a message (median)."""
    examples = [example for example in load(lang, held_out=True) if "requested" not in example.get("context", {})]
    moments = right = days = said = quiet = false = failed = 0
    taken = []
    for example in examples:
        expect = example["expect"]
        start = time.perf_counter()
        try:
            found = read(example["text"], lang)
        except LookupError:
            return "no such language"
        except Exception:
            found, failed = [], failed + 1
        taken.append((time.perf_counter() - start) * 1000)
        if expect.keys() & set(MOMENT):
            moments += 1
            right += any(fits(expect, one) for one in _joined(found))
            if expect.get("date", "*") != "*":
                said += 1
                days += any(fits(expect, one, days_only=True) for one in found)
        elif bare(example):
            quiet += 1
            false += bool(found)
    broken = f", {failed} ended in an error" if failed else ""
    return (
        f"date and time {right / moments:4.0%}  day {days / said:4.0%}  false {false / quiet:4.0%}  "
        f"{statistics.median(taken):7.2f} ms{broken}"
    )


def ours(text: str, lang: str) -> list[Found]:
    found = understand(text, now=NOW, tz=ZONE, default_lang=lang).as_json()
    if not any(found[name] for name in MOMENT):
        return []
    return [Found(*(found[name] for name in MOMENT))]


# --- the language of a message ---------------------------------------------------------------------------


def detect_ours() -> Callable[[str], str]:
    return lambda text: understand(text, now=NOW, tz=ZONE, default_lang="en").lang


def detect_lingua() -> Callable[[str], str]:
    module = importlib.import_module("lingua")
    names = [module.Language.from_iso_code_639_1(getattr(module.IsoCode639_1, lang.upper())) for lang in LANGUAGES]
    detector = module.LanguageDetectorBuilder.from_languages(*names).build()

    def detect(text: str) -> str:
        found = detector.detect_language_of(text)
        return found.iso_code_639_1.name.lower() if found else ""

    return detect


def detect_py3langid() -> Callable[[str], str]:
    module = importlib.import_module("py3langid.langid")
    identifier = module.LanguageIdentifier.from_model_file(module.MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return lambda text: str(identifier.classify(text)[0])


def detect_langdetect() -> Callable[[str], str]:
    module = importlib.import_module("langdetect")
    module.DetectorFactory.seed = 0

    def detect(text: str) -> str:
        try:
            return next((one.lang for one in module.detect_langs(text) if one.lang in LANGUAGES), "")
        except module.LangDetectException:
            return ""

    return detect


DETECTORS = {
    "ours": detect_ours,
    "lingua": detect_lingua,
    "py3langid": detect_py3langid,
    "langdetect": detect_langdetect,
}


def languages(detect: Callable[[str], str]) -> str:
    """Shares by language, the share among messages of at most three words, milliseconds a message (median)."""
    shares, taken, short = [], [], []
    for lang in LANGUAGES:
        texts = [example["text"] for example in load(lang, held_out=True)]
        texts = [text for text in texts if sum(letter.isalpha() for letter in text) >= 4]
        right = 0
        for text in texts:
            start = time.perf_counter()
            fits_language = detect(text) == lang
            taken.append((time.perf_counter() - start) * 1000)
            right += fits_language
            if len(text.split()) <= 3:
                short.append(fits_language)
        shares.append(f"{lang} {right / len(texts):4.0%}")
    return "  ".join(shares) + f"  short {sum(short) / len(short):4.0%}  {statistics.median(taken):.2f} ms"


# --- number words ----------------------------------------------------------------------------------------

NUMBER_WORDS = {
    "en": "one 1, two 2, three 3, four 4, five 5, six 6, seven 7, eight 8, nine 9, ten 10, eleven 11, twelve 12, fifteen 15, twenty 20, twenty five 25, a dozen 12",
    "pl": "jedna 1, dwie 2, dwóch 2, dwojga 2, troje 3, trzech 3, czworo 4, czterech 4, pięcioro 5, pięciu 5, sześciu 6, siedmiorga 7, ośmiu 8, dziesięcioro 10, dwanaście 12, piętnastu 15, dwadzieścia pięć 25",
    "uk": "одна 1, двох 2, двоє 2, троє 3, трьох 3, четверо 4, чотирьох 4, п'ятеро 5, п'яти 5, шістьох 6, семеро 7, восьми 8, десятеро 10, дванадцять 12, п'ятнадцяти 15, двадцять п'ять 25",
    "ru": "одна 1, двух 2, двое 2, двоих 2, трое 3, трёх 3, четверо 4, четырех 4, пятеро 5, пяти 5, шестерых 6, семеро 7, восьми 8, десятеро 10, двенадцать 12, пятнадцати 15, двадцать пять 25",
    "es": "una 1, dos 2, tres 3, cuatro 4, cinco 5, seis 6, siete 7, ocho 8, nueve 9, diez 10, once 11, doce 12, quince 15, veinte 20, veinticinco 25, una docena 12",
}


def numbers_ours() -> Callable[[str, str], int | None]:
    asked = Context(requested=("people",))
    return lambda words, lang: understand(words, now=NOW, tz=ZONE, lang=lang, default_lang=lang, context=asked).people


def numbers_text2num() -> Callable[[str, str], int | None]:
    module = importlib.import_module("text_to_num")
    return lambda words, lang: int(module.text2num(words, lang))


def numbers_number_parser() -> Callable[[str, str], int | None]:
    module = importlib.import_module("number_parser")
    return lambda words, lang: module.parse_number(words, language=lang)


COUNTERS = {"ours": numbers_ours, "text2num": numbers_text2num, "number-parser": numbers_number_parser}


def number_words(count: Callable[[str, str], int | None]) -> str:
    shares = []
    for lang, listed in NUMBER_WORDS.items():
        pairs = [part.rsplit(" ", 1) for part in listed.split(", ")]
        right = 0
        for words, value in pairs:
            with contextlib.suppress(Exception):
                right += count(words, lang) == int(value)
        shares.append(f"{lang} {right}/{len(pairs)}")
    return "  ".join(shares)


# --- all of it -------------------------------------------------------------------------------------------


def attempt(name: str, make: Callable[[], Any], show: Callable[[Any], Iterable[str]]) -> None:
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            made = make()
    except ImportError as missing:
        print(f"  {name}: not installed, or does not start here ({missing})")
        return
    for line in show(made):
        print(f"  {name:16} {line}")


def main() -> None:
    warnings.simplefilter("ignore")
    print("Dates and times, held-out messages")
    for make in (lambda: ours, *READERS):
        name = "ours" if make not in READERS else make.__name__
        attempt(name, make, lambda read: (f"{lang}  {compare(read, lang)}" for lang in LANGUAGES))
    print("\nThe language of a message (4 letters or more, one of five, no conversation before)")
    for name, detector in DETECTORS.items():
        attempt(name, detector, lambda detect: [languages(detect)])
    print("\nNumber words, in the cases in which people are counted")
    for name, counter in COUNTERS.items():
        attempt(name, counter, lambda count: [number_words(count)])


if __name__ == "__main__":
    main()
