"""What people answer to a summary, to “shall I move it?”, to “cancel, move or keep it?”, and who they say comes.

Most of the sentences are by people who had seen neither the lexicon nor the lab.
"""

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from bots.language import LANGUAGES, Context, Understanding, understand
from tests.language.examples import NOW, ZONE

FOLDER = Path(__file__).parent / "acts"
FRIDAY = NOW.date() + dt.timedelta(days=(4 - NOW.weekday()) % 7)
SUMMED_UP = Context(requested=("confirm",), state={"date": FRIDAY.isoformat(), "time": "18:00", "people": 2})
MOVED = Context(requested=("confirm",), proposed="move", state=SUMMED_UP.state)
WHICH = Context(requested=("visit",), proposed="cancel")


@cache
def sentences(lang: str) -> dict[str, list[str]]:
    found: dict[str, Any] = yaml.safe_load((FOLDER / f"{lang}.answers.yaml").read_text("utf-8"))
    return found


def read(text: str, lang: str, context: Context) -> Understanding:
    return understand(text, now=NOW, tz=ZONE, lang=lang, context=context)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_firm_yes_is_heard_in_peoples_own_words(lang: str) -> None:
    texts = sentences(lang)["yes"]

    assert [text for text in texts if read(text, lang, SUMMED_UP).answer != "yes"] == []
    assert len(texts) >= 100


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_slip_of_the_finger_takes_no_yes_away_and_makes_none(lang: str) -> None:
    swapped = [_with_slip(text) for text in sentences(lang)["yes"]]
    heard = [text for text in swapped if read(text, lang, SUMMED_UP).answer == "yes"]

    assert len(heard) >= 0.85 * len(swapped)
    spoilt = [_with_slip(text) for text in sentences(lang)["not_yes"]]
    assert [text for text in spoilt if read(text, lang, SUMMED_UP).answer == "yes"] == []


PLAINLY = {
    "en": "yes, book it",
    "pl": "tak, rezerwuj",
    "uk": "так, бронюйте",
    "ru": "да, записывайте",
    "es": "sí, resérvala",
}
HELLOS = {
    "en": "hi | hello again | howdy | yo | greetings | good evening | g'day | hey there",
    "pl": "hej | dzień dobry | witajcie | siema | halo | elo | dobry wieczór | cześć",
    "uk": "привіт | добридень | здрастуйте | алло | салют | вітаю | доброго вечора | здоровенькі",
    "ru": "привет | здрасьте | алё | даров | салют | добрый вечер | доброго времени суток | хей",
    "es": "hola | buenas tardes | qué tal | ey | aló | holi | muy buenas | buenos días",
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_hello_takes_nothing_from_a_yes_and_is_none(lang: str) -> None:
    for hello in HELLOS[lang].split(" | "):
        assert read(f"{hello}, {PLAINLY[lang]}", lang, SUMMED_UP).answer == "yes", hello
        assert read(f"{hello}!", lang, SUMMED_UP).answer != "yes", hello


@pytest.mark.parametrize("lang", LANGUAGES)
def test_half_a_yes_is_none(lang: str) -> None:
    assert [text for text in sentences(lang)["not_yes"] if read(text, lang, SUMMED_UP).answer == "yes"] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_stays_is_never_cancelled(lang: str) -> None:
    for text in sentences(lang)["keeps"]:
        understood = read(text, lang, WHICH)
        assert understood.does("keep"), text
        assert not understood.does("cancel"), text
        assert understood.answer != "yes", text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_cancelled_is_never_kept(lang: str) -> None:
    for text in sentences(lang)["cancels"]:
        understood = read(text, lang, WHICH)
        assert understood.does("cancel") or understood.answer == "yes", text
        assert not understood.does("keep"), text


RATHER_CANCELS = {
    "en": "I don't want another date, just cancel | don't reschedule, cancel please | no need to move it, cancel it",
    "pl": "Nie chcę innego terminu, po prostu odwołaj | bez przekładania, proszę odwołać | nie przekładajcie, odwołajcie",
    "uk": "не треба переносити, скасуйте | іншого часу не треба, скасуйте мій запис | без перенесень, прошу скасувати",
    "ru": "другое время не нужно, отмените | не надо переносить, отмените | переносить не буду, отмените",
    "es": "No quiero otra fecha, cancela | no hace falta moverla, cancélala | sin cambiarla, cancélala",
}
RATHER_MOVES = {
    "en": "don't cancel, move it", "pl": "nie odwołuj, przełóż", "uk": "не скасовуйте, перенесіть",
    "ru": "не отменяйте, перенесите", "es": "no la canceles, muévela",
}  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_of_moving_and_cancelling_the_one_that_is_not_refused_counts(lang: str) -> None:
    for text in RATHER_CANCELS[lang].split(" | "):
        understood = read(text, lang, WHICH)
        assert understood.does("cancel") and not understood.does("change"), text
        assert understood.has("cancel", 0.9) and not understood.has("change"), text
    moved = read(RATHER_MOVES[lang], lang, WHICH)
    assert moved.has("change") and not moved.does("cancel")


SPEAKS_OF_IT = {
    "en": "scrap the cancellation | changed my mind about cancelling | cancelled too early | cancel the cancel | I take back my request to cancel",
    "pl": "za wcześnie na odwoływanie | pospieszyłam się z odwołaniem | cofam odwołanie | niepotrzebnie odwołałam | cofam prośbę o odwołanie",
    "uk": "передумав скасовувати | скасовувати рано | даремно скасувала | рано я скасував | відкликаю своє прохання скасувати",
    "ru": "раздумал отменять | рано отменять | зря отменила | поторопилась с отменой | отменять точно не будем",
    "es": "me arrepentí de cancelar | me precipité al cancelar | quito lo de cancelar | retiro la petición de cancelar",
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_that_only_speak_of_cancelling_are_no_wish_for_it(lang: str) -> None:
    for text in SPEAKS_OF_IT[lang].split(" | "):
        understood = read(text, lang, WHICH)
        assert understood.answer != "yes" and not understood.does("cancel", surely=True), text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_only_asked_of_cancelling_cancels_nothing(lang: str) -> None:
    for text in sentences(lang)["asks_of_cancelling"]:
        understood = read(text, lang, Context())
        assert understood.does("ask_cancelling") or understood.does("ask_refund"), text
        assert not understood.does("cancel"), text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_move_is_agreed_to_in_peoples_own_words(lang: str) -> None:
    assert [text for text in sentences(lang)["moves"] if read(text, lang, MOVED).answer != "yes"] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_may_leave_a_visit_where_it_is_moves_nothing(lang: str) -> None:
    assert [text for text in sentences(lang)["not_moves"] if read(text, lang, MOVED).answer == "yes"] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_more_comes_or_one_comes_alone(lang: str) -> None:
    assert [text for text in sentences(lang)["one_more"] if read(text, lang, Context()).people_shift != 1] == []
    assert [text for text in sentences(lang)["alone"] if read(text, lang, Context()).people != 1] == []


def _with_slip(text: str) -> str:
    """Return it with two letters swapped in the middle of its longest word."""
    word = max(text.split(), key=len)
    at = len(word) // 2
    if len(word) < 6 or not word.isalpha():
        return text
    return text.replace(word, word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :], 1)
