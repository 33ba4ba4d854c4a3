"""Staff's page for API keys: made, shown once, revoked. Who runs the installation decides who may."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from bots.admin.scoped import ScopedAdmin, ScopedFilter
from bots.admin.unfold import ModelForm, action, display
from bots.models import ApiKey
from bots.staff.api_keys import authentication


def may_see(request: HttpRequest) -> bool:
    """Return whether the sidebar names this page."""
    return bool(request.user.has_perm("bots.view_apikey"))


class ApiKeyForm(ModelForm):
    class Meta:
        model = ApiKey
        fields = ("name", "business")


@admin.register(ApiKey)
class ApiKeyAdmin(ScopedAdmin):
    """Not for the front desk: a key goes on working when the person who made it has gone."""

    business_path = "business"
    front_desk = ()
    form = ApiKeyForm
    list_display = ["name", "opens", "state", "last_used_at", "created_at", "created_by"]
    list_filter = [("business", ScopedFilter)]
    list_select_related = ["business", "created_by"]
    search_fields = ["name"]
    actions = ["revoke_chosen"]
    seen: ClassVar[list[str]] = ["opens", "state", "last_used_at", "created_at", "created_by", "revoked_at"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["name", *self.seen] if obj else ["name", "business"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.seen if obj else []

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Only the one who runs the installation makes keys that open every business."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if "business" in form.base_fields:
            form.base_fields["business"].required = not request.user.is_superuser
        return form

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Revoked, not deleted: decisions stay signed with its name."""
        return False

    @display(description="Opens", ordering="business")
    def opens(self, key: ApiKey) -> str:
        return key.business.name if key.business else "Every business"

    @display(description="State", label={"Works": "success", "Revoked": "danger"})
    def state(self, key: ApiKey) -> str:
        return "Revoked" if key.revoked_at else "Works"

    @action(description="Revoke the chosen", permissions=["change"])
    def revoke_chosen(self, request: HttpRequest, queryset: QuerySet[ApiKey]) -> None:
        count = authentication.revoke(list(queryset.values_list("pk", flat=True)))
        messages.success(request, f"{count} open nothing from now on." if count else "They were revoked already.")

    def save_model(self, request: HttpRequest, obj: ApiKey, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        made, request.new_key = authentication.make(  # type: ignore[attr-defined]
            obj.name, business_id=obj.business_id, user_id=request.user.pk
        )
        obj.pk, obj.key_hash, obj.created_at = made.pk, made.key_hash, made.created_at

    def response_add(self, request: HttpRequest, obj: ApiKey, post_url_continue: str | None = None) -> HttpResponse:
        """Return the key itself, this once: on no other page, in no message, in no cookie."""
        context = {
            **self.admin_site.each_context(request),
            "title": "Copy the key",
            "row": obj,
            "key": request.new_key,  # type: ignore[attr-defined]
        }
        return TemplateResponse(request, "admin/bots/apikey/made.html", context)
