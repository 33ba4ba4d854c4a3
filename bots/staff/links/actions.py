"""One-time links: a decision for whoever holds the link, without logging in.

A link is bound to one choice about one thing in one status, to the person it speaks for, and to a time. What stands in
it is 256 random bits, of which only a hash is kept. Looking at it changes nothing, however often programs that preview
links do it; using it goes through the same actions as every button. Time is the database's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.core import signing
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.urls import reverse

from bots.db import clock, marks
from bots.db.transactions import atomic_with_retry
from bots.models import ActionLink, Business, Manager
from bots.staff.actors import Actor
from bots.staff.decisions import Choice
from bots.staff.subjects import answers_of, choice_of, decide_about, subject_of
from bots.tokens import find_by_token, hash_token, is_token, new_token

GOOD_FOR = timedelta(days=3)
KEPT_FOR = timedelta(days=90)  # after it has expired: whoever opens it then is still told what became of it
PAGE_GOOD_FOR = timedelta(hours=12)  # how long a page that was opened can be sent
_SALT = "bots.links.page"


class LinkState(StrEnum):
    """What a link is good for now."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    OVERTAKEN = "overtaken"  # what it was made for is not in that status any more
    WITHDRAWN = "withdrawn"  # taken back, or the person may not decide any more


class NotOpen(Exception):
    """The link is good for nothing now; nothing was changed."""

    def __init__(self, state: LinkState) -> None:
        super().__init__(state)
        self.state = state


class StalePage(Exception):
    """The page is too old, or what it showed has changed: look again, then decide."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """The person a link speaks for."""

    name: str
    language: str
    actor: Actor


def make(
    choice: Choice,
    subject_id: int,
    *,
    business_id: int,
    from_status: str,
    manager: Manager | None = None,
    user_id: int | None = None,
    good_for: timedelta = GOOD_FOR,
) -> str:
    """Return a new link's whole address. It cannot be had again later: only its hash is kept."""
    token = new_token()
    ActionLink.objects.create(
        business_id=business_id,
        manager=manager,
        user_id=user_id,
        token_hash=hash_token(token),
        subject=choice.subject,
        subject_id=subject_id,
        verb=choice.verb,
        from_status=from_status,
        expires_at=clock.now() + good_for,
    )
    return settings.PUBLIC_URL + reverse("action-link", args=[token])


def find(token: str, *, lock: bool = False) -> ActionLink | None:
    """Return the link, with `is_over` from the database's clock; None for what was never one."""
    if not is_token(token):
        return None
    links = ActionLink.objects.select_related("business", "manager__user", "user")
    links = links.annotate(is_over=Q(expires_at__lte=Now()))
    if lock:
        links = links.select_for_update(of=("self",))
    return find_by_token(links, token)


def speaker(link: ActionLink) -> Speaker | None:
    """Whom the link speaks for; None if they may not decide for the business any more."""
    user, manager = link.user, link.manager
    if manager is not None:
        if not manager.is_active or manager.business_id != link.business_id:
            return None
        return Speaker(manager.name, manager.language, Actor(manager.name, "link", manager.user_id))
    if user is None or not user.is_active or not Business.objects.of(user).filter(pk=link.business_id).exists():
        return None
    return Speaker(Actor.staff(user).name, link.business.default_language, Actor.staff(user, source="link"))


def state_of(link: ActionLink, status: str | None) -> LinkState:
    """Return what it is good for now. `status` is its subject's; None if that is gone."""
    if link.used_at is not None:
        return LinkState.USED
    if link.withdrawn_at is not None or speaker(link) is None:
        return LinkState.WITHDRAWN
    if status != link.from_status:
        return LinkState.OVERTAKEN
    return LinkState.EXPIRED if link.is_over else LinkState.OPEN  # type: ignore[attr-defined]  # from `find`


def page_mark(link: ActionLink, version: int) -> str:
    """Stands in the page's form: that it was really shown, when, and what it showed."""
    return marks.mark([link.pk, version], salt=_SALT)


def _shown(link: ActionLink, mark: str) -> int:
    try:
        pk, version = marks.read(mark, salt=_SALT, good_for=PAGE_GOOD_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        raise StalePage from None
    if pk != link.pk:
        raise StalePage
    return int(version)


@atomic_with_retry
def use(token: str, form: Mapping[str, str], *, used_from: str) -> Choice:
    """Make the link's decision, once. One transaction: locks the link, then what the choice's action locks.

    Raises NotOpen, StalePage, KeyError for an unknown token, and what `subjects.press` raises. Whatever is raised,
    nothing was changed, and the link is as good as before.
    """
    link = find(token, lock=True)
    if link is None:
        raise KeyError
    subject = subject_of(link.subject)
    card = subject.card(link.subject_id)
    state = state_of(link, card.status if card else None)
    who = speaker(link)
    choice = choice_of(link.subject, link.verb)
    if state != LinkState.OPEN or who is None or choice is None or card is None:
        raise NotOpen(state)
    if card.version != _shown(link, form.get("page", "")):
        raise StalePage
    answers: dict[str, Any] = answers_of(choice, link.subject_id, form)
    decide_about(link.subject, link.verb, link.subject_id, from_status=link.from_status, by=who.actor, answers=answers)
    ActionLink.objects.filter(pk=link.pk).update(used_at=Now(), used_from=used_from[:200])
    return choice


def of_subject(subject: str, subject_id: int) -> QuerySet[ActionLink]:
    """Return the links about something, the latest first, with what `state_of` needs."""
    found = ActionLink.objects.select_related("business", "manager__user", "user")
    return found.annotate(is_over=Q(expires_at__lte=Now())).filter(subject=subject, subject_id=subject_id)


def withdraw(ids: list[int]) -> int:
    """Take links back that nobody has used. Returns how many."""
    return ActionLink.objects.filter(pk__in=ids, used_at=None, withdrawn_at=None).update(withdrawn_at=Now())


def forget_old() -> int:
    """Delete what expired long ago. Returns how many."""
    return ActionLink.objects.filter(expires_at__lt=Now() - KEPT_FOR).delete()[0]
