"""Keys for the API that the environment gives, and whether there is any key at all.

Imports no model: Django's checks and the start of every process ask this before there are any.
"""

from django.apps import apps
from django.conf import settings

NAMES = ("ADMIN_API_KEY", "ADMIN_TOKEN")  # the second is the older name of the first
SHORTEST = 20  # characters; a shorter one opens nothing


def usable() -> dict[str, str]:
    """Those that are long enough to be keys, by their variable's name. Each opens every business."""
    given = {name: getattr(settings, name, "") for name in NAMES}
    return {name: key for name, key in given.items() if len(key) >= SHORTEST}


def is_there_a_key() -> bool:
    """Whether any key works: of the environment, or else of the table, which is asked then. Raises DatabaseError."""
    return bool(usable()) or apps.get_model("bots", "ApiKey").objects.usable().exists()
