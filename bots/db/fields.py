"""Columns of our own: one that tells when the row was saved, one that is unreadable in the database."""

import json
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models

from bots.db import clock

if TYPE_CHECKING:
    DateTimeField = models.DateTimeField[Any, Any]
    BinaryField = models.BinaryField[Any, dict[str, str]]
else:
    DateTimeField, BinaryField = models.DateTimeField, models.BinaryField


class SavedAtField(DateTimeField):
    """When the row was last saved, by the database's clock and not, as with `auto_now`, by the machine's.

    `update()` leaves it as it is.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"editable": False, "blank": True, **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> datetime:
        moment = clock.now()
        setattr(model_instance, self.attname, moment)
        return moment


@lru_cache(maxsize=4)
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    if not keys:
        raise ImproperlyConfigured("FIELD_ENCRYPTION_KEYS is empty: credentials cannot be stored without a key.")
    return MultiFernet([Fernet(key) for key in keys])


def cipher() -> MultiFernet:
    """Return the keys as one: the first encrypts, every one decrypts, so that keys can be rotated."""
    return _cipher(tuple(settings.FIELD_ENCRYPTION_KEYS))


class EncryptedDictField(BinaryField):
    """A dict of strings, encrypted at rest. A value that no key opens reads as {} so that its page still opens."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> dict[str, str]:
        if not value:
            return {}
        try:
            read: dict[str, str] = json.loads(cipher().decrypt(bytes(value)))
            return read
        except InvalidToken:
            return {}

    def get_prep_value(self, value: Any) -> bytes:
        return cipher().encrypt(json.dumps(value or {}).encode())

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, dict) else {}

    def value_to_string(self, obj: models.Model) -> str:
        return ""  # never in a fixture or an export
