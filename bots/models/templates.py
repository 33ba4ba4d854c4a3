"""The platform's approved templates: what an automatic message becomes once the window for free text is closed."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from bots.channels.base import Template
from bots.templates.automatic import automatic_messages

APPROVED = "APPROVED"
MISSING = "MISSING"  # our own word: the platform does not list it
LONGEST_VALUE = 900  # characters of one parameter; Meta takes 1024 for the whole body


class MessageTemplate(models.Model):
    """Stands for one automatic message in one language on one account, and says which fact goes into which place.

    `status` and what follows it are as the platform told when it was last asked.
    """

    account = models.ForeignKey("bots.ChannelAccount", on_delete=models.CASCADE, related_name="templates")
    key = models.CharField("stands for", max_length=60, help_text="Which automatic message it stands for.")
    language = models.CharField("customer's language", max_length=8)
    name = models.CharField(max_length=512, help_text="As it is called at the platform, like visit_reminder.")
    platform_language = models.CharField(
        "language at the platform", max_length=16, blank=True, help_text="Like pl or en_US. Empty: the customer's."
    )
    parameters = models.TextField(
        blank=True,
        help_text=(
            "One fact a line, in the order of {{1}}, {{2}}, …; for named places name=fact, like visit_time=when. "
            "Never both."
        ),
    )
    is_active = models.BooleanField(default=True)
    status = models.CharField("at the platform", max_length=40, blank=True, editable=False)
    trouble = models.CharField(max_length=200, blank=True, editable=False)
    body = models.TextField(blank=True, editable=False)
    buttons = models.PositiveSmallIntegerField(default=0, editable=False, help_text="Its quick replies.")
    checked_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "key", "language"], name="message_template_once")]
        ordering = ["account", "key", "language"]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    @property
    def code(self) -> str:
        """Its language at the platform."""
        return self.platform_language or self.language

    @property
    def is_usable(self) -> bool:
        return self.is_active and self.status == APPROVED and not self.trouble

    @property
    def why_not(self) -> str:
        """Why it cannot be used, in a few words; "" if it can, or if nobody has asked yet."""
        if self.status and self.status != APPROVED:
            known = {MISSING: "the platform has no template of this name in this language"}
            return known.get(self.status, f"the platform says: {self.status.lower()}")
        return self.trouble

    def mapping(self) -> list[tuple[str, str]]:
        """(name of the place or "", fact), in order. Raises ValidationError where the lines cannot be read."""
        found = []
        for line in filter(None, map(str.strip, self.parameters.splitlines())):
            name, equals, fact = line.partition("=")
            found.append((name.strip(), fact.strip()) if equals else ("", line))
        if len({bool(name) for name, _fact in found}) > 1:
            raise ValidationError({"parameters": "Either all places have names, or none has."})
        if any(not fact for _name, fact in found):
            raise ValidationError({"parameters": "A name needs a fact behind the =."})
        return found

    def clean(self) -> None:
        known = automatic_messages().get(self.key)
        if known is None:
            raise ValidationError({"key": "There is no such automatic message."})
        unknown = [fact for _name, fact in self.mapping() if fact not in known[1]]
        if unknown:
            words = f"“{known[0]}” has no fact {', '.join(unknown)}. It has: {', '.join(known[1])}."
            raise ValidationError({"parameters": words})

    def filled(self, facts: Mapping[str, Any], payloads: list[str]) -> Template | None:
        """Return what is sent: the facts in their places and the message's own buttons; None if a fact is missing.

        The platform takes neither line ends nor tabs nor five blanks in a row in a value.
        """
        values = []
        for name, fact in self.mapping():
            value = " ".join(str(facts.get(fact) or "").split())
            if not value:
                return None
            values.append((name, value[:LONGEST_VALUE]))
        return Template(
            name=self.name, language=self.code, parameters=tuple(values), buttons=tuple(payloads[: self.buttons])
        )
