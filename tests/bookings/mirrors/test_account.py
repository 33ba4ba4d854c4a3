"""Signing in at Google: what is wrong with the key, in words for whoever set the variable."""

import base64
import json

import pytest

from bookings.mirrors.google_calendar import account
from bookings.mirrors.google_calendar.client import Client
from bookings.mirrors.google_calendar.errors import CalendarForbidden, Trouble
from tests.bookings.mirrors.test_calendar import STUDIO, google
from tests.standins.google import EMAIL

__all__ = ["google"]


def encoded(value: object) -> str:
    return base64.b64encode(json.dumps(value).encode()).decode()


WRONG = [
    ("", "Neither GOOGLE_CREDENTIALS_BASE64 nor GOOGLE_CREDENTIALS_FILE is set"),
    ("&&&&", "is not base64"),
    ("/9j/4AAQ", "is not base64"),  # a picture
    (base64.b64encode(b"hello").decode(), "does not hold JSON"),
    ("{broken", "does not hold JSON"),
    (encoded([1]), "does not hold a service account's key"),
    (encoded({"installed": {}}), "does not hold a service account's key"),
    (encoded({"type": "authorized_user"}), "but a key of type “authorized_user”"),
    (encoded({"type": "service_account", "client_email": EMAIL, "private_key": "-----BEGIN"}), "cut short"),
    (encoded({"type": "service_account", "private_key": "x"}), "cut short"),
]


@pytest.mark.parametrize(("value", "words"), WRONG)
def test_what_is_wrong_with_the_key_is_said_without_showing_it(settings, value, words):
    settings.GOOGLE_CREDENTIALS_BASE64 = value
    with pytest.raises(CalendarForbidden) as error:
        account.load()
    assert words in error.value.words
    assert "BEGIN" not in error.value.words


@pytest.mark.parametrize("form", ["plain", "lines", "url", "unpadded", "bare", "file"])
def test_key_is_taken_as_people_paste_it(settings, google, tmp_path, form):
    text = json.dumps(google.key_file())
    whole = base64.b64encode(text.encode()).decode()
    settings.GOOGLE_CREDENTIALS_BASE64 = {
        "plain": whole,
        "lines": "\n".join(whole[at : at + 76] for at in range(0, len(whole), 76)),
        "url": base64.urlsafe_b64encode(text.encode()).decode(),
        "unpadded": whole.rstrip("="),
        "bare": text,
        "file": "",
    }[form]
    (tmp_path / "key.json").write_text(text)
    settings.GOOGLE_CREDENTIALS_FILE = str(tmp_path / "key.json") if form == "file" else ""
    assert account.load().email == EMAIL
    Client(STUDIO).ping()


def test_google_itself_is_signed_in_at_google_only(settings, google):
    """Whoever may set the key could else have the server sign for, and call, any address."""
    settings.GOOGLE_API_URL = account.GOOGLE
    settings.GOOGLE_CREDENTIALS_BASE64 = google.credentials(token_uri="http://127.0.0.1:1/steal")
    assert account.load().credentials()._token_uri == account.GOOGLE_TOKENS


def test_key_of_real_google_signs_in_at_the_stand_in(settings, google):
    settings.GOOGLE_CREDENTIALS_BASE64 = google.credentials(token_uri=account.GOOGLE_TOKENS)
    Client(STUDIO).ping()
    assert len(google.tokens) == 1


def test_token_is_fetched_once_for_many_requests(google):
    for _ in range(3):
        Client(STUDIO).ping()
    assert len(google.tokens) == 1


def test_deleted_account_says_to_make_a_new_key(google):
    google.account_known = False
    with pytest.raises(CalendarForbidden, match="make a new key"):
        Client(STUDIO).ping()


ANSWERS = [
    ("403-off", CalendarForbidden, "enable it there"),
    ("403-forbidden", CalendarForbidden, "Make changes to events"),
    ("500", Trouble, "500"),
    ("dropped", Trouble, "did not answer"),
]


@pytest.mark.parametrize(("harm", "error", "words"), ANSWERS)
def test_each_answer_says_what_to_do(google, harm, error, words):
    google.harm(harm, times=4)
    with pytest.raises(error) as raised:
        Client(STUDIO).ping()
    assert words in raised.value.words
    assert raised.value.__cause__ is None


def test_revoked_token_is_fetched_anew(google):
    Client(STUDIO).ping()
    google.tokens.clear()
    Client(STUDIO).ping()
    assert len(google.tokens) == 1
