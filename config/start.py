"""What is asked once more when the web and the workers start, whether or not anybody ran the checks."""

import logging

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, InterfaceError, OperationalError

from bots.staff.api_keys.environment import is_there_a_key

logger = logging.getLogger(__name__)

WORDS = (
    "In production the API needs a key: set ADMIN_API_KEY to 20 random characters or more, or make a key with "
    "“manage.py make_api_key NAME”. For development set APP_ENV=dev."
)


def refuse_without_a_key() -> None:
    """Raises ImproperlyConfigured in production if neither the environment nor the table has a usable key.

    While the database is away nothing can be said of the table: the process starts, since deliveries must be told to
    come again, and without a key nobody gets in.
    """
    if not settings.IN_PRODUCTION:
        return
    try:
        found = is_there_a_key()
    except (OperationalError, InterfaceError):
        logger.error("started without knowing whether there is an API key: the database is away")
        return
    except DatabaseError:  # no such table yet
        found = False
    if not found:
        raise ImproperlyConfigured(WORDS)
