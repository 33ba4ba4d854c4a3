"""Dates, times, money and promises as a person of that language writes them."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from babel import Locale
from babel.dates import format_skeleton
from django.utils import translation
from django.utils.translation import get_language, gettext as _

from bots.models import Bot, Business, Wording
from bots.money import money as money


@lru_cache(maxsize=32)
def _locale(language: str) -> Locale:
    return Locale.parse("en_GB" if language == "en" else language)


def _language(language: str) -> str:
    return language or get_language() or "en"


def weekday(day: date, language: str = "") -> str:
    return str(_locale(_language(language)).days["format"]["wide"][day.weekday()])


def long_day(day: date, language: str = "") -> str:
    """“czwartek 26 listopada”: weekday and date, always both."""
    code = _language(language)
    month = _locale(code).months["format"]["wide"][day.month]
    joint = " de " if code == "es" else " "
    return f"{weekday(day, code)} {day.day}{joint}{month}"


# The weekday as it stands after the language's word for “on”: no library has it in the right case.
_ON = {
    "en": ["on Monday", "on Tuesday", "on Wednesday", "on Thursday", "on Friday", "on Saturday", "on Sunday"],
    "pl": ["w poniedziałek", "we wtorek", "w środę", "w czwartek", "w piątek", "w sobotę", "w niedzielę"],
    "uk": ["у понеділок", "у вівторок", "у середу", "у четвер", "у п’ятницю", "у суботу", "у неділю"],
    "ru": ["в понедельник", "во вторник", "в среду", "в четверг", "в пятницу", "в субботу", "в воскресенье"],
    "es": ["el lunes", "el martes", "el miércoles", "el jueves", "el viernes", "el sábado", "el domingo"],
}


def on_day(day: date, language: str = "") -> str:
    """“w środę 25 listopada”, inside a sentence. A language without a list says only the day."""
    code = _language(language)
    whole = long_day(day, code)
    return whole.replace(weekday(day, code), _ON[code][day.weekday()], 1) if code in _ON else whole


def short_day(day: date, language: str = "") -> str:
    """“czw. 26.11”, for a button."""
    code = _language(language)
    name = _locale(code).days["format"]["abbreviated"][day.weekday()]
    return f"{name} {format_skeleton('Md', day, locale=_locale(code))}"


def time_text(moment: time | datetime) -> str:
    return f"{moment:%H:%M}"


def span_text(start: datetime, end: datetime, language: str = "") -> str:
    """“czwartek 26 listopada, 17:00–19:00”; both in the business's zone already."""
    return f"{long_day(start.date(), language)}, {time_text(start)}–{time_text(end)}"


def one_of(items: list[str]) -> str:
    """“15:00, 18:30 albo 19:00”."""
    if len(items) < 2:
        return "".join(items)
    return _("%(first)s or %(last)s") % {"first": ", ".join(items[:-1]), "last": items[-1]}


def own_words(bot: Bot, sentence: str, language: str) -> str:
    """Return the bot's own words for a sentence in this language, or "" if nobody wrote any."""
    found = Wording.objects.filter(bot=bot, sentence=sentence, language=language).values_list("text", flat=True).first()
    return found or ""


def disclosure(bot: Bot, language: str) -> str:
    """Said once at first contact, as the law asks: an assistant answers, and a person can be had."""
    return own_words(bot, Wording.Sentence.DISCLOSURE, language) or _(
        "Hi! This is the assistant of %(business)s (write “human” at any time to reach a person)."
    ) % {"business": bot.business.name}


def people_promise(business: Business, now: datetime) -> str:
    """Return when a person answers, honestly: “today before 20:00”, or when they are next there. `now` on its clock."""
    opens, closes = business.people_answer_from, business.people_answer_until
    days = business.people_answer_on or list(range(7))
    if now.weekday() in days and now.time() < closes:
        return _("today before %(time)s") % {"time": time_text(closes)}
    tomorrow = now.date() + timedelta(days=1)
    day = next(tomorrow + timedelta(days=n) for n in range(8) if (tomorrow + timedelta(days=n)).weekday() in days)
    if day == tomorrow:
        return _("tomorrow from %(time)s") % {"time": time_text(opens)}
    return _("%(on_day)s from %(time)s") % {"on_day": on_day(day), "time": time_text(opens)}


def handover_sentence(bot: Bot, now: datetime, language: str) -> str:
    """Says that a person takes over, and honestly when."""
    promise = people_promise(bot.business, now)
    own = own_words(bot, Wording.Sentence.HANDOVER, language)
    if own:
        return own.replace("{when}", promise)
    return _("I am passing you to a person. They will write to you here, %(when)s.") % {"when": promise}


def unknown_sentence(bot: Bot, now: datetime, language: str) -> str:
    """Says that the bot does not know and whom it has asked: a promise, not a guess."""
    promise = people_promise(bot.business, now)
    own = own_words(bot, Wording.Sentence.UNKNOWN, language)
    if own:
        return own.replace("{when}", promise)
    return _("I do not know that one, so I have asked the team. They will answer you here, %(when)s.") % {
        "when": promise
    }


def holding_sentence(business: Business, language: str) -> str:
    """Return what a customer hears when nobody could answer: never silence, never a stack trace."""
    with translation.override(language or business.default_language):
        return _("I have passed your message to the team. They will write to you here, %(when)s.") % {
            "when": people_promise(business, business.now())
        }


def choose_label(language: str) -> str:
    """Return what opens the choices, on channels that do not show more than three at once. At most 20 characters."""
    with translation.override(language):
        return _("Choose")


def day_and_time(moment: datetime) -> str:
    """“Tuesday 24 November, 18:30”; on the business's clock already."""
    return f"{long_day(moment.date())}, {time_text(moment)}"
