"""The words that talks about visits begin with, in five languages, and what a day later is known of them."""

import re

from tests.customer import Customer

# On Sunday 22 November 2026: all of a visit, so that the summary is shown at once.
WISH = {
    "en": "can we come on tuesday at 5pm? 2 of us",
    "pl": "chcemy przyjsc we wtorek o 17, 2 osoby",
    "uk": "хочемо прийти у вівторок о 17, нас двоє",
    "ru": "хотим прийти во вторник в 17, нас двое",
    "es": "queremos ir el martes a las 17, somos dos",
}
TUESDAY = "2026-11-24 17:00"


def with_summary(customer: Customer, language: str) -> Customer:
    """The customer has the summary of Tuesday at five for two before them."""
    customer.writes(WISH[language])
    assert customer.visits == [("draft", TUESDAY, 2)], (language, customer.visits)
    assert is_summary_open(customer)
    return customer


def is_summary_open(customer: Customer) -> bool:
    """Whether a yes to exactly the draft that there is would be a yes to what is asked."""
    question = customer.dialogue.question
    return question is not None and re.fullmatch(r"booking:yes:\d+:\w+", question.yes) is not None


def statuses(customer: Customer) -> list[str]:
    return [status for status, _when, _people in customer.visits]
