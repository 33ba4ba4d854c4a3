"""What the toy brings is there everywhere. Run by `test_toy.py`, with the settings beside this file."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from bots import accounts
from bots.metrics.exposition import for_people
from bots.staff.decisions import choices_for
from config.celery import app, register_tasks
from conversations import turns
from tests import factories
from tests.conversations.writer import InstagramWriter, instagram_account, said, the_conversation
from tests.toy import feature as toy

pytestmark = pytest.mark.django_db(transaction=True)


def test_its_skill_answers() -> None:
    instagram_account()
    accounts.forget()
    InstagramWriter().write("how warm is the dryer?")
    turns.answer(the_conversation().pk, patience=0)
    assert said()[-1].endswith("It has 1240 degrees.")


def test_its_decision_task_and_job_can_be_had() -> None:
    [choice] = choices_for("dryer", "hot")
    choice.run(7)
    register_tasks()
    app.tasks["dryer.cool"](8)
    app.tasks["sweeps.dryer"]()
    assert toy.cooled == [7, 8, 0]


def test_its_number_and_its_check_are_told() -> None:
    assert for_people(None)["dryer_degrees"]["values"] == [{"value": 1240}]
    out = StringIO()
    call_command("check_setup", stdout=out, no_color=True)
    assert "Dryer" in out.getvalue()


def test_its_panel_and_its_line_in_the_menu_are_shown(admin_client: Client) -> None:
    conversation = factories.ConversationFactory()
    page = admin_client.get(reverse("admin:conversations_conversation_change", args=[conversation.pk]))
    assert "The dryer is at 1240 degrees." in page.content.decode()
    assert "local_fire_department" in page.content.decode()
