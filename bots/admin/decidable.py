"""An admin page that shows one object and decides about it: no form to save, each button one choice."""

from abc import abstractmethod
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from bots.admin.answers import acting, answer
from bots.admin.scoped import ReadOnlyAdmin
from bots.staff.decisions import AlreadyDecided, Choice, NotAllowed
from bots.staff.subjects import answers_of, choice_of, decide_about, subject_of


class DecidableAdmin(ReadOnlyAdmin):
    """A page of objects of one `subject`. Forms post the choice, and the status that the page showed, to `decide/`."""

    front_desk: ClassVar[tuple[str, ...]] = ("view", "change")
    subject: ClassVar[str]
    page_template: ClassVar[str]

    @abstractmethod
    def page_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """Return what the page of one object shows."""

    def explain(self, error: Exception, row: Any) -> str:
        """Return what a refused decision means, in plain words."""
        return subject_of(self.subject).explain(error, row.pk)

    def answers(self, request: HttpRequest, choice: Choice, row: Any) -> dict[str, Any]:
        """Return what the choice asks for, read from the form. Raises NotAllowed for what makes no sense."""
        return answers_of(choice, row.pk, request.POST)

    def get_urls(self) -> list[Any]:
        return [self.url_for("decide", require_POST(self.decide_view)), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the page of one object. It has no form to save: `decide_view` takes its buttons."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        row = self.get_object(request, object_id) if self.has_view_permission(request) else None
        if row is None:
            raise Http404("There is no such page.")
        context = {
            **self.admin_site.each_context(request),
            **(extra_context or {}),
            "original": row,
            "next": request.get_full_path(),
            "may_decide": self.has_change_permission(request),
            **self.page_context(request, row),
        }
        return TemplateResponse(request, self.page_template, context)

    def decide_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        row = self.get_row(request, str(object_id))
        ok, words = self.decide(request, row)
        return answer(request, words, ok=ok, back=self.url_of(row))

    def decide(self, request: HttpRequest, row: Any) -> tuple[bool, str]:
        """Make the decision that was pressed, if the page showed what is so now; whether it was made, and words."""
        name, shown = request.POST.get("choice", ""), request.POST.get("from_status", "")
        refusals: tuple[type[Exception], ...] = (AlreadyDecided, NotAllowed, *subject_of(self.subject).refusals)
        try:
            choice = choice_of(self.subject, name)
            answers = self.answers(request, choice, row) if choice else {}
            done = decide_about(self.subject, name, row.pk, from_status=shown, by=acting(request), answers=answers)
        except refusals as error:
            return False, self.explain(error, row)
        return True, str(done.done) or "Done."
