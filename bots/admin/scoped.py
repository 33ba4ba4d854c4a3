"""Staff see only the businesses they belong to: base classes for every admin page.

Each page says by which path its rows lead to their business. Lists, single pages, actions, autocomplete, history and
the choices of every form field follow from that; what is not theirs does not exist for them (404).
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.filters import RelatedFieldListFilter
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from bots.admin.unfold import ModelAdmin, StackedInline, TabularInline
from bots.db import clock
from bots.models import Business


def is_superuser(request: HttpRequest) -> bool:
    """Return whether the one who runs the installation asks."""
    return bool(request.user.is_active and request.user.is_superuser)


def businesses_of(request: HttpRequest) -> models.QuerySet[Business]:
    """Return the businesses of the person who asks; kept on the request, evaluated only inside other queries."""
    return Business.objects.of(request.user)  # type: ignore[arg-type]


def number_of_businesses(request: HttpRequest) -> int:
    """Return how many businesses the person belongs to; asked once a request."""
    if not hasattr(request, "number_of_businesses"):
        request.number_of_businesses = businesses_of(request).count()  # type: ignore[attr-defined]
    return int(request.number_of_businesses)  # type: ignore[attr-defined]


def moment_of(request: HttpRequest) -> datetime:
    """Return when the page was asked for, by the database's clock; asked once a request."""
    if not hasattr(request, "moment"):
        request.moment = clock.now()  # type: ignore[attr-defined]
    moment: datetime = request.moment  # type: ignore[attr-defined]
    return moment


def rows_of(request: HttpRequest, model: type[models.Model]) -> models.QuerySet[Any]:
    """Return the rows of a model that this person may see and choose; none of a model that nobody has scoped."""
    if admin.site.is_registered(model) and isinstance(page := admin.site.get_model_admin(model), ScopedAdmin):
        return page.get_queryset(request)
    everything = model._default_manager.all()
    return everything if request.user.is_superuser else everything.none()


def section(title: str | None, *fields: str | tuple[str, ...], description: str = "") -> Any:
    """One of a page's `fieldsets`: fields one below the other, those of a tuple side by side."""
    return title, {"fields": list(fields), "description": description}


class ScopedChoices:
    """Form fields offer, and accept, only rows of the person's own businesses.

    A field of many rows is a list to tick: easier for a thumb than two boxes.
    """

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("queryset", rows_of(request, db_field.remote_field.model))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("queryset", rows_of(request, db_field.remote_field.model))
        kwargs |= {"widget": UnfoldAdminCheckboxSelectMultipleWidget(), "help_text": ""}
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]


class ScopedFilter(RelatedFieldListFilter):
    """A filter by a related row, which lists the person's own rows only."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(row.pk, str(row)) for row in rows_of(request, field.remote_field.model)]


class ScopedAdmin(ScopedChoices, ModelAdmin):
    """A page whose rows belong to businesses by `business_path` ("pk" for the business itself).

    `front_desk` lists what the group “Front desk” may do here: view, add, change, delete.
    """

    business_path: ClassVar[str]
    front_desk: ClassVar[tuple[str, ...]] = ("view", "add", "change", "delete")
    list_title: ClassVar[str] = ""
    list_per_page = 50
    show_full_result_count = False
    list_filter_sheet = True
    compressed_fields = True
    warn_unsaved_form = True

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        rows = super().get_queryset(request)
        if request.user.is_superuser:
            return rows
        return rows.filter(**{f"{self.business_path}__in": businesses_of(request).values("pk")})

    def list_context(self, request: HttpRequest, cl: ChangeList) -> dict[str, Any]:
        """Return what the list's template shows besides its rows."""
        return {}

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        title = {"title": self.list_title} if self.list_title else {}
        response = super().changelist_view(request, title | (extra_context or {}))
        if isinstance(response, TemplateResponse) and response.context_data and "cl" in response.context_data:
            response.context_data |= self.list_context(request, response.context_data["cl"])
        return response

    def get_row(self, request: HttpRequest, object_id: str) -> Any:
        """Return the row behind a page of ours, with the permission to change it. Raises 404 if it is not theirs."""
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404("There is no such page.")
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        return row

    def url_for(self, name: str, view: Callable[..., HttpResponseBase]) -> URLPattern:
        """Return the address of a view about one object: `<id>/take-back/` for “take_back”."""
        wrapped = self.admin_site.admin_view(view)
        return path(f"<int:object_id>/{name.replace('_', '-')}/", wrapped, name=self._url_name(name))

    def url_of(self, row: Any, name: str = "change") -> str:
        return reverse(f"admin:{self._url_name(name)}", args=[row.pk])

    def _url_name(self, name: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        raise Http404("There is no such page.")

    def get_list_display(self, request: HttpRequest) -> Any:
        """Whose a row is, is told only to those who have more than one business."""
        columns = super().get_list_display(request)
        return columns if number_of_businesses(request) > 1 else [name for name in columns if name != "business"]

    def get_list_filter(self, request: HttpRequest) -> Any:
        filters = super().get_list_filter(request)
        if number_of_businesses(request) > 1:
            return filters
        return [one for one in filters if one != ("business", ScopedFilter)]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new row belongs to the person's business, if there is just one."""
        initial = super().get_changeform_initial_data(request)
        try:
            field = self.model._meta.get_field("business")
        except FieldDoesNotExist:
            return initial
        if field.is_relation and number_of_businesses(request) == 1:
            initial.setdefault("business", str(businesses_of(request).values_list("pk", flat=True).get()))
        return initial


class ReadOnlyAdmin(ScopedAdmin):
    """A page to look at: what stands there is changed by actions only, never by hand."""

    front_desk: ClassVar[tuple[str, ...]] = ("view",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ScopedTabularInline(ScopedChoices, TabularInline):
    extra = 0


class ScopedStackedInline(ScopedChoices, StackedInline):
    extra = 0
