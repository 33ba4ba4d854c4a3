"""Who may do what: one group for those who work at the front desk."""

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.db import models
from django.db.models import Q

from bots.admin.scoped import ScopedAdmin

FRONT_DESK = "Front desk"


def front_desk_group() -> Group:
    """Return the group with the permissions that the admin's pages name in `front_desk`; made, or brought up to date.

    Which rows its members see is decided by the businesses they belong to, not here.
    """
    group, _ = Group.objects.get_or_create(name=FRONT_DESK)
    wanted = Q(pk__in=[])
    for page in _pages():
        names = [f"{action}_{model._meta.model_name}" for model, action in _rights(page)]
        labels = {model._meta.app_label for model, _ in _rights(page)}
        wanted |= Q(codename__in=names, content_type__app_label__in=labels)
    group.permissions.set(Permission.objects.filter(wanted))
    return group


def _pages() -> list[ScopedAdmin]:
    registered = filter(admin.site.is_registered, apps.get_models())
    return [page for model in registered if isinstance(page := admin.site.get_model_admin(model), ScopedAdmin)]


def _rights(page: ScopedAdmin) -> list[tuple[type[models.Model], str]]:
    """What a page lets the front desk do, with its own model and, if it may change that, the tables inside its form."""
    rights = [(page.model, action) for action in page.front_desk]
    if "change" in page.front_desk:
        inside = ("view", "add", "change", "delete")
        rights += [(inline.model, action) for inline in page.inlines for action in inside]
    return rights
