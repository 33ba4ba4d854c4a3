"""manage.py make_api_key"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError

from bots.models import Business
from bots.staff.api_keys import authentication


class Command(BaseCommand):
    help = "Makes a key for the API and shows it, once. It goes into the header X-Admin-API-Key."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="which machine will have it")
        parser.add_argument("--business", help="only in this business (its slug); without it, in all of them")

    def handle(self, *args: Any, **options: Any) -> None:
        slug = options["business"]
        business = Business.objects.filter(slug=slug).first() if slug else None
        if slug and business is None:
            known = ", ".join(Business.objects.values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"There is no business {slug}. Known: {known}.")
        try:
            _, key = authentication.make(options["name"], business_id=business.pk if business else None)
        except IntegrityError:
            raise CommandError(f"There is a key named {options['name']} already.") from None
        self.stdout.write(key)
