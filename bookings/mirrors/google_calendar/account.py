"""The service account by which we sign in at Google: read from the environment, with plain words for what is wrong."""

import base64
import binascii
import json
import threading
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from google.auth.exceptions import GoogleAuthError
from google.oauth2 import service_account

from bookings.mirrors.google_calendar.errors import CalendarForbidden

SCOPES = ["https://www.googleapis.com/auth/calendar.events", "https://www.googleapis.com/auth/calendar.freebusy"]
GOOGLE = "https://www.googleapis.com"
GOOGLE_TOKENS = "https://oauth2.googleapis.com/token"
HOW = "Make a key of type JSON for the service account in the Google Cloud console, and give the whole file."

_lock = threading.Lock()
_tokens: dict[str, tuple[str, datetime]] = {}  # by account; google-auth's clock is naive UTC


@dataclass(frozen=True)
class Account:
    email: str
    project: str
    _template: service_account.Credentials
    _key: str

    def credentials(self) -> service_account.Credentials:
        """Of one thread, with the token that another one may have fetched."""
        mine: service_account.Credentials = self._template.with_scopes(SCOPES)
        with _lock:
            mine.token, mine.expiry = _tokens.get(self._key, (None, None))
        return mine

    def keep(self, credentials: service_account.Credentials) -> None:
        if credentials.token and credentials.expiry:
            with _lock:
                _tokens[self._key] = (credentials.token, credentials.expiry)


def is_configured() -> bool:
    return bool(settings.GOOGLE_CREDENTIALS_BASE64 or settings.GOOGLE_CREDENTIALS_FILE)


def load() -> Account:
    """Raises NoAccess with words for whoever set the variable."""
    return _load(settings.GOOGLE_CREDENTIALS_BASE64, settings.GOOGLE_CREDENTIALS_FILE, settings.GOOGLE_API_URL)


@lru_cache(maxsize=4)
def _load(encoded: str, path: str, api_url: str) -> Account:
    name, text = _read(encoded, path)
    try:
        info: Any = json.loads(text)
    except ValueError:
        raise CalendarForbidden(f"{name} does not hold JSON. {HOW}") from None
    if not isinstance(info, dict) or info.get("type") != "service_account":
        kind = info.get("type") if isinstance(info, dict) else None
        other = f" but a key of type “{kind}”" if kind else ""
        raise CalendarForbidden(f"{name} does not hold a service account's key{other}. {HOW}")
    info["token_uri"] = _token_uri(str(info.get("token_uri", "")), api_url)
    try:
        template = service_account.Credentials.from_service_account_info(info)  # type: ignore[no-untyped-call]
    except (ValueError, GoogleAuthError):
        raise CalendarForbidden(
            f"The private key in {name} cannot be read: it was cut short or changed. {HOW}"
        ) from None
    email = str(info["client_email"])
    return Account(email, str(info.get("project_id", "")), template, f"{email} {info.get('private_key_id')} {api_url}")


def _read(encoded: str, path: str) -> tuple[str, str]:
    """(which variable, its JSON). A file's content given bare is taken as well as base64 in either alphabet."""
    if encoded.startswith("{"):
        return "GOOGLE_CREDENTIALS_BASE64", encoded
    if encoded:
        name, letters = "GOOGLE_CREDENTIALS_BASE64", "".join(encoded.split()).replace("-", "+").replace("_", "/")
        try:
            padded = letters + "=" * (-len(letters) % 4)
            return name, base64.b64decode(padded, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            raise CalendarForbidden(f"{name} is not base64 of a key file. Make it with: base64 -w0 key.json") from None
    if path:
        try:
            return "GOOGLE_CREDENTIALS_FILE", Path(path).read_text()
        except (OSError, UnicodeDecodeError):
            raise CalendarForbidden(f"The file that GOOGLE_CREDENTIALS_FILE names, {path}, cannot be read.") from None
    raise CalendarForbidden("Neither GOOGLE_CREDENTIALS_BASE64 nor GOOGLE_CREDENTIALS_FILE is set.")


def _token_uri(given: str, api_url: str) -> str:
    """Where we sign in. The key file names it, but at Google only Google is believed; a stand-in is asked itself."""
    if api_url == GOOGLE:
        return GOOGLE_TOKENS
    return f"{api_url}/token" if given in ("", GOOGLE_TOKENS, "https://accounts.google.com/o/oauth2/token") else given
