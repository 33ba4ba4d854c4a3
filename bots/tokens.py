"""Secrets that stand in an address or a header: made at random, kept as a hash, and found again by it.

A token has 128 random bits or more, so that a plain hash of it tells nobody anything.
"""

import hashlib
import hmac
import re
import secrets
from typing import TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def new_token(size: int = 32) -> str:
    """Return so many random bytes, written in letters, digits, “-” and “_”."""
    return secrets.token_urlsafe(size)


def is_token(text: str, size: int = 32) -> bool:
    """Return whether a text can be what `new_token` made of so many bytes; what cannot need not be looked up."""
    return re.fullmatch(rf"[A-Za-z0-9_-]{{{(size * 4 + 2) // 3}}}", text) is not None


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def find_by_token(rows: QuerySet[Row], token: str, *, column: str = "token_hash") -> Row | None:
    """Return the one of these rows that keeps the token's hash, compared in constant time; None if none does."""
    digest = hash_token(token)
    row = rows.filter(**{column: digest}).first()
    return row if row is not None and hmac.compare_digest(digest, getattr(row, column)) else None
