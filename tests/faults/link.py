"""Makes a one-time link in the database of DATABASE_URL, or looks at one: `python -m tests.faults.link make|open TOKEN`."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from bots.models import Business  # noqa: E402 - the apps must be ready first
from bots.staff.links import actions as link_actions  # noqa: E402
from bots.staff.subjects import choice_of  # noqa: E402
from tests.factories import UserFactory  # noqa: E402


def main(what: str, *token: str) -> str:
    if what == "open":
        found = link_actions.find(*token)
        return "over" if found is None or found.is_over else "open"
    choice = choice_of("reservation", "approve")
    assert choice is not None
    business, user = Business.objects.get(), UserFactory(is_superuser=True)
    address = link_actions.make(choice, 1, business_id=business.pk, from_status="pending", user_id=user.pk)
    return address.rstrip("/").rpartition("/")[2]


if __name__ == "__main__":
    print(main(*sys.argv[1:]))
