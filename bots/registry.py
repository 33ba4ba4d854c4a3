"""What an app brings to the platform: one object, `FEATURE` in the app's own `feature.py`.

Settings list apps and nothing else: a new one is a line in INSTALLED_APPS. Whoever needs the skills, the decisions or
the menu asks `brought`, which goes through the installed apps in their order.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.signals import setting_changed
from django.utils.module_loading import module_has_submodule

FRONT_DESK, SET_UP = "Front desk", "Set up"  # the sections of the admin's menu


@dataclass(frozen=True, slots=True)
class Job:
    """A periodic job, the Celery task “sweeps.NAME”. It may run twice, late or never: the tables say what is due.

    `drain` does what is due itself, where `run` only wakes up the workers for it; it returns how much was done.
    """

    name: str
    every_seconds: float
    says: str  # one plain sentence
    run: Callable[[], Any]
    drain: Callable[[], int] | None = None

    @property
    def task(self) -> str:
        return f"sweeps.{self.name}"


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A line of the admin's menu. `position` orders the lines of a section, whichever app they come from."""

    section: str
    position: int
    title: str
    icon: str
    page: str  # the admin's name of it: “bookings_lead_changelist”
    badge: Callable[[Any], str] | None = None
    permission: Callable[[Any], bool] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """What one app brings; what is left out, it does not bring."""

    skills: tuple[Any, ...] = ()  # what it lets a bot do: conversations.chat.skills.Skill
    decisions: tuple[Any, ...] = ()  # what it lets a person decide: bots.staff.decisions.Choice
    subjects: tuple[Any, ...] = ()  # what is decided about, as staff read it: bots.staff.subjects.Subject
    commands: tuple[Any, ...] = ()  # what managers may ask for in words: bots.staff.commands.Command
    templates: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)  # bots.templates.messages
    panels: tuple[Any, ...] = ()  # parts of the inbox and of a conversation's page: conversations.admin.panels.Panel
    frames: Mapping[str, Any] = field(default_factory=dict)  # by kind, how staff read what a customer wants: FrameWords
    metrics: tuple[Callable[[Any], Any], ...] = ()  # what is counted of it: bots.metrics.exposition
    setup_checks: tuple[Callable[[Any], Any], ...] = ()  # what `check_setup` asks: bots.setup
    tasks: Mapping[str, Callable[[int], Any]] = field(default_factory=dict)  # Celery tasks that take a row's id
    warm_ups: Mapping[str, Callable[[], Any]] = field(default_factory=dict)  # by queue: what a worker loads first
    jobs: tuple[Job, ...] = ()
    menu: tuple[MenuItem, ...] = ()
    csrf_exempt: tuple[str, ...] = ()  # views that take a POST without Django's CSRF token; what guards each, beside it
    preset_sections: Mapping[str, Callable[..., Any]] = field(default_factory=dict)  # parts of a preset: bots.presets
    histories: tuple[Callable[..., Any], ...] = ()  # parts of a preset's history
    goals: tuple[Any, ...] = ()  # what simulated customers want of it: conversations.evaluation.goals.Goal
    behaviours: tuple[Any, ...] = ()  # how they go about it: conversations.evaluation.goals.Behaviour
    phrasings: tuple[Path, ...] = ()  # folders of how they say it: conversations.evaluation.bank
    sandboxes: tuple[Any, ...] = ()  # its rows in a copy of a business: conversations.evaluation.sandbox.Sandbox
    personal_data: Mapping[str, Any] = field(default_factory=dict)  # how a person's rows are exported, erased, kept


@lru_cache(maxsize=1)
def features() -> tuple[Feature, ...]:
    """Of all installed apps that bring something, in their order."""
    return tuple(
        import_module(f"{app.name}.feature").FEATURE
        for app in apps.get_app_configs()
        if app.module and module_has_submodule(app.module, "feature")
    )


@lru_cache
def brought(what: str) -> tuple[Any, ...]:
    """Return everything of one kind; of a mapping its items. `what` is a field of Feature."""
    found: list[Any] = []
    for feature in features():
        value = getattr(feature, what)
        found += value.items() if isinstance(value, Mapping) else value
    return tuple(found)


def _forget(*, setting: str, **_: Any) -> None:
    """Tests may install other apps."""
    if setting == "INSTALLED_APPS":
        features.cache_clear()
        brought.cache_clear()


setting_changed.connect(_forget, dispatch_uid="registry")
