"""The tenant: a business, with its zone, its languages and who works there."""

import zoneinfo
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models

from bots.db import clock
from bots.language import LANGUAGES

LANGUAGE_NAMES = {"en": "English", "pl": "Polski", "uk": "Українська", "ru": "Русский", "es": "Español"}
LANGUAGE_CHOICES = [(code, LANGUAGE_NAMES.get(code, code)) for code in LANGUAGES]


def check_timezone(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        raise ValidationError(f"“{name}” is not a time zone. Write it like Europe/Warsaw.")


class BusinessQuerySet(models.QuerySet["Business"]):
    def of(self, user: AbstractBaseUser) -> "BusinessQuerySet":
        """The businesses that this member of staff belongs to; all of them for the one who runs the installation."""
        return self if getattr(user, "is_superuser", False) else self.filter(staff=user.pk)


class Business(models.Model):
    """A tenant. Everything else belongs to one, and its staff see nothing of another."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    timezone = models.CharField("time zone", max_length=64, default="Europe/Warsaw", validators=[check_timezone])
    country = models.CharField(max_length=2, default="PL", help_text="Two letters; decides public holidays.")
    currency = models.CharField(max_length=3, default="PLN")
    default_language = models.CharField(max_length=8, choices=LANGUAGE_CHOICES, default="en")
    languages = ArrayField(
        models.CharField(max_length=8),
        default=list,
        blank=True,
        help_text="Languages the bot answers in; none chosen means all that it knows.",
    )
    staff = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="businesses", blank=True)
    people_answer_from = models.TimeField("people answer from", default="09:00")
    people_answer_until = models.TimeField("people answer until", default="20:00")
    people_answer_on = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name="people answer on",
        default=list,
        blank=True,
        help_text="Weekdays, Monday is 0; empty means every day.",
    )

    objects = BusinessQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "businesses"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.timezone)

    def language_for(self, code: str) -> str:
        """Return the language to answer someone in who writes this one."""
        known = self.languages or list(LANGUAGES)
        return code if code in known else self.default_language

    def now(self) -> datetime:
        """This moment on the business's clock, aware."""
        return clock.now().astimezone(self.zone)
