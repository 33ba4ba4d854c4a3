"""The bank has what it promises: enough lines an act and language, of two kinds of writers, in two parts."""

from datetime import date, time, timedelta
from io import StringIO
from pathlib import Path
from random import Random

import pytest
import yaml
from django.core.management import CommandError, call_command

from bots.language import LANGUAGES
from conversations.evaluation import bank, noise
from conversations.evaluation.customer import Customer
from conversations.evaluation.words import PARTS, Words, part_of

LEAST, LEAST_BY_OUTSIDERS = 40, 20
# Filled by `words` and by the goals; a line that names anything else could never be said.
PLACES = {
    "day", "on_day", "on_other_day", "time", "at_time", "part", "people", "for_people", "we_are", "service", "age",
    "idea", "on_body", "body", "size", "money", "month",
}  # fmt: skip
# What a talk is made of, as docs/talk-lab.md names it; an act may be done in several ways, each with lines of its own.
ACTS = {
    "inform", "correct", "exclude", "select", "accept", "accept_but", "decline", "defer", "ask", "request", "cancel",
    "repeat", "status", "greet", "thank", "complain", "urgent", "stop", "person", "chat",
}  # fmt: skip


def lines(language: str, part: str) -> list[tuple[str, str, str]]:
    """(act, writer, line) of everything."""
    return [
        (act, writer, line)
        for folder in bank.folders()
        for act, by_writer in bank.read(folder, language, part).items()
        for writer, found in by_writer.items()
        for line in found
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_act_has_forty_lines_half_of_them_by_outsiders(language: str) -> None:
    found = lines(language, bank.SEEN) + lines(language, bank.UNSEEN)
    for act in ACTS:
        own = [(writer, line) for name, writer, line in found if name.partition(".")[0] == act]
        assert len({line for _, line in own}) >= LEAST, act
        assert sum(writer == "outside" for writer, _ in own) >= LEAST_BY_OUTSIDERS, act


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_third_is_kept_unseen_and_no_line_is_in_both(language: str) -> None:
    seen = {line for _, _, line in lines(language, bank.SEEN)}
    unseen = {line for _, _, line in lines(language, bank.UNSEEN)}
    assert not seen & unseen
    assert 0.28 < len(unseen) / len(seen | unseen) < 0.39
    assert all(bank.is_unseen(line) for line in unseen) and not any(bank.is_unseen(line) for line in seen)


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_have_the_same_acts_in_both_parts(language: str) -> None:
    for part in (bank.SEEN, bank.UNSEEN):
        assert set(bank.phrasings(language, part)) == set(bank.phrasings("en", bank.SEEN)), part


def test_lines_name_only_what_can_be_filled_in() -> None:
    for language in LANGUAGES:
        for act, _, line in lines(language, bank.SEEN) + lines(language, bank.UNSEEN):
            assert bank.places(line) <= PLACES, (language, act)
            assert "{" not in bank.filled(line, dict.fromkeys(PLACES, "x")), (language, act)


def test_new_lines_go_to_their_part_and_none_twice(tmp_path: Path) -> None:
    given = {"accept": [f"yes, number {number}" for number in range(60)] + ["yes,  number 1"]}
    assert bank.add(tmp_path, "en", "outside", given) == 60
    assert bank.add(tmp_path, "en", "house", given) == 0
    parts = {part: bank.read(tmp_path, "en", part)["accept"]["outside"] for part in (bank.SEEN, bank.UNSEEN)}
    assert sorted(parts[bank.SEEN] + parts[bank.UNSEEN]) == sorted(set(given["accept"]) - {"yes,  number 1"})
    assert len(parts[bank.UNSEEN]) >= 10
    hidden = bank.path_of(tmp_path, "en", bank.UNSEEN).read_bytes()
    assert b"number" not in hidden  # whoever searches the tree does not come upon it


def test_the_command_adds_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "new.yaml"
    file.write_text(yaml.safe_dump({"accept": 5}))
    options = ["--into", "bookings.leads", "--language", "en", "--by", "house"]
    with pytest.raises(CommandError, match=r"new\.yaml"):
        call_command("phrasings", str(file), *options, stdout=StringIO())
    added: list[tuple[str, str, str, dict[str, list[str]]]] = []

    def note(folder: Path, language: str, writer: str, given: dict[str, list[str]]) -> int:
        added.append((folder.parent.parent.name, language, writer, given))
        return 1

    monkeypatch.setattr(bank, "add", note)  # the bank itself is not changed by a test
    file.write_text(yaml.safe_dump({"answer.any": ["whatever you like"]}))
    call_command("phrasings", str(file), *options, stdout=StringIO())
    assert added == [("leads", "en", "house", {"answer.any": ["whatever you like"]})]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", [bank.SEEN, bank.UNSEEN])
def test_a_customer_can_say_everything_in_both_parts(language: str, part: str) -> None:
    customer = Customer(Random(1), language=language, part=part, today=date(2026, 12, 1))
    given = dict.fromkeys(PLACES, "x")
    wanted = {
        "inform.all": {"on_day", "at_time", "for_people"}, "inform.day_part": {"on_day", "part", "for_people"},
        "inform.couple": {"on_day", "part"}, "inform.two_visits": {"on_day", "on_other_day", "at_time", "for_people"},
        "request.move": {"on_day", "at_time"}, "answer.enquiry": {"idea", "on_body", "size"}, "inform.ages": {"age"},
        "request.enquiry": {"idea"}, "answer.size": {"size"}, "answer.budget": {"money"}, "answer.when": {"month"},
    }  # fmt: skip
    for act in bank.phrasings(language, part):
        assert customer.phrase(act, given, must=frozenset(wanted.get(act, ())))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_has_its_words(language: str) -> None:
    today = date(2026, 12, 1)
    words = Words(language, Random(2), today)
    for ahead in range(-3, 30):
        for inside in (False, True):
            assert "{" not in words.day(today + timedelta(days=ahead), inside=inside)
    for minutes in range(10 * 60, 21 * 60, 30):
        for _ in range(12):
            assert "{" not in words.time(time(minutes // 60, minutes % 60), inside=bool(minutes % 60))
    for part in PARTS:
        assert words.part(part)
    for count in range(1, 7):
        assert all(words.of(what, count) != str(count) for what in ("for_people", "we_are"))
    for month in range(1, 13):
        assert words.of("in_months", month) != str(month)
    assert set(words.forms["bodies"]) == set(words.forms["on_bodies"])
    assert "7" in words.number("sizes", 7) and "600" in words.number("moneys", 600) and words.any("ideas")


def test_a_past_or_far_day_is_never_called_by_its_weekday() -> None:
    words = Words("en", Random(3), date(2026, 12, 1))
    for _ in range(60):
        assert any(sign.isdigit() for sign in words.day(date(2026, 11, 28), inside=True))
        assert any(sign.isdigit() for sign in words.day(date(2026, 12, 9)))


def test_an_hour_that_people_would_argue_about_has_no_part() -> None:
    assert [part_of(time(hour)) for hour in (10, 12, 15, 17, 18)] == ["morning", "", "afternoon", "", "evening"]


def test_thumbs_change_letters_and_never_digits() -> None:
    habits = noise.Habits(lower=True, bare=True, unmarked=True, typos=1.0, bursts=1.0, emoji=1.0)
    text = "Dobrze, poproszę środę 3.12 o 17:30, będzie nas 2 osoby."
    for seed in range(40):
        parts = noise.typed(text, habits, Random(seed))
        assert 1 <= len(parts) <= 2
        whole = " ".join(parts)
        assert [sign for sign in whole if sign.isdigit()] == [sign for sign in text if sign.isdigit()]
        assert whole != text and "ś" not in whole
    assert noise.typed(text, noise.Habits(), Random(1)) == [text]


def test_a_word_that_means_a_value_is_spelt_right() -> None:
    for seed in range(30):
        assert "three" in noise.with_typo("table for three people", Random(seed), kept={"three"})


def test_letters_of_their_own_keep_their_shape() -> None:
    assert noise.without_marks("żółć, mañana, їжак, йод, ёлка") == "zolc, manana, їжак, йод, ёлка"


def test_a_word_without_room_for_a_slip_stays() -> None:
    assert noise.with_typo("ok 15", Random(1)) == "ok 15"
    assert noise.halves("tak", Random(1)) == ["tak"]
