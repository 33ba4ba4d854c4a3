"""Save as test: a talk that went well or badly becomes a file that the talk lab plays."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from unfold.widgets import UnfoldAdminRadioSelectWidget, UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from conversations.evaluation import saving
from conversations.models import Conversation


class SaveAsTest(forms.Form):
    goal = forms.CharField(
        label="What did the customer want?",
        max_length=200,
        help_text="In your own words, like “move the visit to Friday, and know whether a dog may come”.",
        widget=UnfoldAdminTextInputWidget(),
    )
    end = forms.ChoiceField(
        label="What should stand at the end?", choices=saving.ENDS, widget=UnfoldAdminRadioSelectWidget()
    )
    lines = forms.CharField(
        label="What the customer wrote",
        help_text=(
            "What looks like a name, a number or an address is taken out, but some are overlooked: read it once more, "
            "and take out whatever else could tell who it is. “>” begins a message, “[press]” is a button."
        ),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 14, "spellcheck": "false"}),
    )

    def clean_lines(self) -> list[dict[str, str]]:
        try:
            return saving.read_lines(self.cleaned_data["lines"].replace("\r\n", "\n"))
        except ValueError as error:
            raise ValidationError(str(error)) from error


def form_for(conversation: Conversation, data: Any) -> SaveAsTest:
    lines = saving.shown_lines(saving.lines_of(conversation))
    return SaveAsTest(data, initial={"lines": lines, "end": saving.AS_IT_STANDS})


def file_of(conversation: Conversation, form: SaveAsTest) -> HttpResponse:
    """Return the file, to be kept where `manage.py evaluate … --cases` finds it."""
    given = form.cleaned_data
    text = saving.case_of(conversation, goal=given["goal"], end=given["end"], lines=given["lines"])
    name = f"talk-{conversation.pk}.yaml"
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(
        text, content_type="application/yaml; charset=utf-8", headers={"Content-Disposition": disposition}
    )
