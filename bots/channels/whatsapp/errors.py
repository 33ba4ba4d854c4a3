"""What WhatsApp's error codes mean to us, in an answer and in a status alike.

Meta: "Error codes" (WhatsApp Cloud API, September 2026). Neither titles nor HTTP statuses are for logic.
"""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

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

_TOKEN = Verdict(AccountBroken, "the access token is no longer valid")
_PERMISSION = Verdict(AccountBroken, "permission missing")
_RESTRICTED = Verdict(AccountBroken, "the account is restricted or blocked by Meta's policy")
_NUMBER = Verdict(AccountBroken, "the number's name, payment or registration is not in order")
_LIMIT = Verdict(TryLater, "call limit", whole_account=True, after=timedelta(seconds=60))
_FAULT = Verdict(TryLater, "temporary fault at Meta")
_BODY = Verdict(Rejected, "Meta refused the message as malformed")
_TEMPLATE = Verdict(TemplateUnusable, "Meta does not take the template")

ERRORS: graph.Verdicts = {
    (0, None): _TOKEN,
    (190, None): _TOKEN,
    (3, None): _PERMISSION,
    (10, None): _PERMISSION,
    **{(code, None): _PERMISSION for code in range(200, 300)},
    (131005, None): _PERMISSION,
    (368, None): _RESTRICTED,
    (131031, None): _RESTRICTED,
    (130497, None): _RESTRICTED,
    (131048, None): Verdict(AccountBroken, "the number is restricted for spam or quality; it lifts after hours"),
    (131037, None): _NUMBER,
    (131042, None): _NUMBER,
    (131045, None): _NUMBER,
    (133010, None): _NUMBER,
    (4, None): _LIMIT,
    (80007, None): _LIMIT,
    (130429, None): Verdict(TryLater, "too many messages a second", whole_account=True, after=timedelta(seconds=5)),
    (PAIR_LIMIT, None): Verdict(TryLater, "too many messages to this customer"),
    (1, None): _FAULT,
    (2, None): _FAULT,
    (133004, None): _FAULT,
    (131000, None): _FAULT,
    (131016, None): _FAULT,
    (131057, None): Verdict(TryLater, "the account is in maintenance", whole_account=True, after=timedelta(minutes=2)),
    (33, None): Verdict(Rejected, "the number or the file is not there"),
    (100, None): _BODY,
    (131008, None): _BODY,
    (131009, None): _BODY,
    (135000, None): _BODY,
    (131051, None): Verdict(Rejected, "this kind of message is not supported"),
    (131021, None): Verdict(Rejected, "the number cannot write to itself"),
    (131030, None): Verdict(Rejected, "a test number writes only to the numbers that were entered for it"),
    (131052, None): Verdict(Rejected, "the customer's file cannot be downloaded"),
    (MEDIA_NOT_FETCHED, None): Verdict(Rejected, "Meta could not fetch or use the file"),
    (131062, None): Verdict(Rejected, "this message needs the customer's phone number"),
    (131026, None): Verdict(Unreachable, "the customer cannot receive it: no WhatsApp, or an old one"),
    (130403, None): Verdict(Unreachable, "the business has blocked this customer"),
    (130472, None): Verdict(Unreachable, "the customer is part of an experiment of Meta's"),
    (131049, None): Verdict(Rejected, "Meta withheld a marketing message; not before tomorrow"),
    (131047, None): Verdict(WindowClosed, "outside the 24-hour window"),
    (131050, None): Verdict(OptedOut, "the customer stopped such messages in WhatsApp"),
    (131063, None): Verdict(TemplateUnusable, "marketing templates are switched off for this way of sending"),
    (131064, None): Verdict(TemplateUnusable, "Meta has limited templates for now; it lifts by itself"),
    (132000, None): Verdict(TemplateUnusable, "the template has another number of places"),
    (132001, None): Verdict(TemplateUnusable, "there is no such approved template in this language"),
    (132005, None): Verdict(TemplateUnusable, "the template's text gets too long"),
    (132007, None): _TEMPLATE,
    (132012, None): Verdict(TemplateUnusable, "the template's places are of another kind"),
    (132015, None): Verdict(TemplateUnusable, "the template is paused for its quality"),
    (132016, None): Verdict(TemplateUnusable, "the template is disabled for its quality"),
    (132068, None): _TEMPLATE,
    (132069, None): _TEMPLATE,
}


def failure_of(error: Mapping[str, Any]) -> type[ChannelError]:
    """What an error of a status means. One that nobody lists is for good: the message did fail."""
    code = graph.text(error, "code")
    if not re.fullmatch(r"[0-9]{1,9}", code):
        return Rejected
    if int(code) == MEDIA_NOT_FETCHED and was_fetch_trouble(error):
        return TryLater
    verdict = ERRORS.get((int(code), None))
    return verdict.error if verdict else Rejected


def was_fetch_trouble(error: Mapping[str, Any]) -> bool:
    """Whether our own address answered Meta badly, so that one later try may do."""
    details = error.get("error_data")
    said = graph.text(details, "details") if isinstance(details, dict) else str(details or "")
    return bool(re.search(r"\b(429|5[0-9]{2}|408)\b", said))
