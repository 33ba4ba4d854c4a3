"""What WhatsApp's error codes mean to us, in an answer and in a status alike.

Meta: "Error codes" (WhatsApp Cloud API, September 2026). Neither titles nor HTTP statuses are for logic.
"""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bots.channels import reading
from bots.channels.base import (
    AccountBroken,
    ChannelError,
    OptedOut,
    Rejected,
    TemplateUnusable,
    TryLater,
    Unreachable,
    WindowClosed,
)
from bots.channels.meta import graph
from bots.channels.meta.graph import Verdict

PAIR_LIMIT = 131056
MEDIA_NOT_FETCHED = 131053

ERRORS: graph.Verdicts = graph.by_code({
    Verdict(AccountBroken, "the access token is no longer valid"): [0, 190],
    Verdict(AccountBroken, "permission missing"): [3, 10, *range(200, 300), 131005],
    Verdict(AccountBroken, "the account is restricted or blocked by Meta's policy"): [368, 131031, 130497],
    Verdict(AccountBroken, "the number is restricted for spam or quality; it lifts after hours"): [131048],
    Verdict(AccountBroken, "the number's name, payment or registration is not in order"): [
        131037, 131042, 131045, 133010,
    ],
    Verdict(TryLater, "call limit", whole_account=True, after=timedelta(seconds=60)): [4, 80007],
    Verdict(TryLater, "too many messages a second", whole_account=True, after=timedelta(seconds=5)): [130429],
    Verdict(TryLater, "too many messages to this customer"): [PAIR_LIMIT],
    Verdict(TryLater, "temporary fault at Meta"): [1, 2, 133004, 131000, 131016],
    Verdict(TryLater, "the account is in maintenance", whole_account=True, after=timedelta(minutes=2)): [131057],
    Verdict(Rejected, "the number or the file is not there"): [33],
    Verdict(Rejected, "Meta refused the message as malformed"): [100, 131008, 131009, 135000],
    Verdict(Rejected, "this kind of message is not supported"): [131051],
    Verdict(Rejected, "the number cannot write to itself"): [131021],
    Verdict(Rejected, "a test number writes only to the numbers that were entered for it"): [131030],
    Verdict(Rejected, "the customer's file cannot be downloaded"): [131052],
    Verdict(Rejected, "Meta could not fetch or use the file"): [MEDIA_NOT_FETCHED],
    Verdict(Rejected, "this message needs the customer's phone number"): [131062],
    Verdict(Unreachable, "the customer cannot receive it: no WhatsApp, or an old one"): [131026],
    Verdict(Unreachable, "the business has blocked this customer"): [130403],
    Verdict(Unreachable, "the customer is part of an experiment of Meta's"): [130472],
    Verdict(Rejected, "Meta withheld a marketing message; not before tomorrow"): [131049],
    Verdict(WindowClosed, "outside the 24-hour window"): [131047],
    Verdict(OptedOut, "the customer stopped such messages in WhatsApp"): [131050],
    Verdict(TemplateUnusable, "marketing templates are switched off for this way of sending"): [131063],
    Verdict(TemplateUnusable, "Meta has limited templates for now; it lifts by itself"): [131064],
    Verdict(TemplateUnusable, "the template has another number of places"): [132000],
    Verdict(TemplateUnusable, "there is no such approved template in this language"): [132001],
    Verdict(TemplateUnusable, "the template's text gets too long"): [132005],
    Verdict(TemplateUnusable, "Meta does not take the template"): [132007, 132068, 132069],
    Verdict(TemplateUnusable, "the template's places are of another kind"): [132012],
    Verdict(TemplateUnusable, "the template is paused for its quality"): [132015],
    Verdict(TemplateUnusable, "the template is disabled for its quality"): [132016],
})  # fmt: skip


def failure_of(error: Mapping[str, Any]) -> type[ChannelError]:
    """Return what an error of a status means. One that nobody lists is for good: the message did fail."""
    code = reading.text(error, "code")
    if not re.fullmatch(r"[0-9]{1,9}", code):
        return Rejected
    if int(code) == MEDIA_NOT_FETCHED and was_fetch_trouble(error):
        return TryLater
    verdict = ERRORS.get((int(code), None))
    return verdict.error if verdict else Rejected


def was_fetch_trouble(error: Mapping[str, Any]) -> bool:
    """Return whether our own address answered Meta badly, so that one later try may do."""
    details = error.get("error_data")
    said = reading.text(details, "details") if isinstance(details, dict) else str(details or "")
    return bool(re.search(r"\b(429|5[0-9]{2}|408)\b", said))
