"""The consultation beneath its talks: what a model's tools let through, order of messages, the card that staff read."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from bookings.leads import actions as lead_actions, drafts as lead_drafts, questions
from bookings.leads.card import LeadSubject
from bookings.leads.chat.skill import Consultation
from bookings.leads.drafts import NewAnswer
from bookings.models import Lead
from bots.language import understand
from bots.staff.actors import Actor
from bots.staff.decisions import all_choices
from bots.staff.subjects import decide_about
from bots.staff.telegram.buttons import DECIDE, OPEN, TIME, WRITE, Callback, pack
from conversations.chat.skills import ModelRetry, TurnContext, skills_of
from conversations.dialogue.state import Dialogue, OpenQuestion
from conversations.models import Conversation, Message
from tests.factories import ConsultationQuestionFactory, ConversationFactory, MessageFactory

pytestmark = pytest.mark.django_db

CUSTOMER, OWNER = Actor.customer(), Actor("Ewa", "admin")


@pytest.fixture
def conversation():
    conversation = ConversationFactory()
    bot = conversation.bot
    ConsultationQuestionFactory(bot=bot, code="idea", position=1)
    ConsultationQuestionFactory(bot=bot, code="size", kind="size", position=2, least=2, most=80)
    ConsultationQuestionFactory(bot=bot, code="budget", kind="budget", position=3, is_required=False)
    return Conversation.objects.get(pk=conversation.pk)


def turn_for(conversation, text: str) -> TurnContext:
    message = MessageFactory(conversation=conversation, text=text)
    now = conversation.business.now()
    return TurnContext(
        conversation=conversation,
        contact=conversation.contact,
        bot=conversation.bot,
        business=conversation.business,
        now=now,
        language="en",
        messages=[message],
        text=text,
        choice="",
        understood=understand(text, now=now, tz=conversation.business.zone, lang="en"),
        last_reply=None,
    )


def test_a_bot_without_questions_knows_nothing_of_it():
    assert "consultation" not in [skill.code for skill in skills_of(ConversationFactory().bot)]


def test_a_models_answers_are_the_customers_own_words(conversation):
    skill = Consultation()
    turn = turn_for(conversation, "a wolf, 12 cm")
    with pytest.raises(ModelRetry):
        skill.note_enquiry(turn, question="idea", words="a dragon")
    assert not Lead.objects.exists()
    skill.note_enquiry(turn, question="size", words="12 cm")
    lead = lead_drafts.draft(conversation)
    assert lead.size_cm == 12


@pytest.mark.parametrize(("question", "words"), [("size", "300 cm"), ("size", "a wolf"), ("colour", "red")])
def test_what_does_not_answer_is_asked_again(conversation, question, words):
    with pytest.raises(ModelRetry):
        Consultation().note_enquiry(turn_for(conversation, words), question=question, words=words)
    assert not Lead.objects.exists()


def test_a_model_cannot_send_what_the_customer_has_not_seen(conversation):
    skill = Consultation()
    turn = turn_for(conversation, "a wolf, 12 cm, no idea what it costs")
    skill.note_enquiry(turn, question="idea", words="a wolf")
    with pytest.raises(ModelRetry):
        skill.send_enquiry(turn, agreement="a wolf")
    skill.note_enquiry(turn, question="size", words="12 cm")
    skill.skip_enquiry_question(turn, question="budget")
    facts = skill.send_enquiry(turn_for(conversation, "yes"), agreement="yes").facts
    assert facts["sent"] is False
    assert lead_drafts.draft(conversation) is not None


def test_a_model_sends_once_the_very_summary_was_agreed_to(conversation):
    skill = Consultation()
    turn = turn_for(conversation, "a wolf, 12 cm")
    skill.note_enquiry(turn, question="idea", words="a wolf")
    skill.note_enquiry(turn, question="size", words="12 cm")
    shown = skill.skip_enquiry_question(turn, question="budget").says[-1]
    message = MessageFactory(conversation=conversation, author=Message.Author.BOT, status="sent", text=shown.text)
    question = OpenQuestion(skill=skill.code, asks=shown.asks, yes=shown.yes, no=shown.no, seq=message.seq)
    turn = replace(turn_for(conversation, "yes"), dialogue=Dialogue(question=question))
    assert skill.send_enquiry(turn, agreement="yes").facts["sent"] is True
    assert lead_drafts.active(conversation).status == Lead.Status.PENDING_APPROVAL


def test_an_older_message_that_comes_late_does_not_undo_the_newer_answer(conversation):
    size = conversation.bot.consultation_questions.get(code="size")
    lead = lead_drafts.start(conversation, by=CUSTOMER)
    now = timezone.now()
    newer = NewAnswer(question=size, words="15 cm", value={"cm": [15.0]}, said_at=now)
    older = NewAnswer(question=size, words="12 cm", value={"cm": [12.0]}, said_at=now - timedelta(minutes=5))
    lead_drafts.note_answers(lead.pk, [newer])
    lead_drafts.note_answers(lead.pk, [older])
    lead.refresh_from_db()
    assert lead.size_cm == 15


def test_photos_that_came_shortly_before_belong_to_it_and_each_counts_once(conversation):
    MessageFactory(
        conversation=conversation, text="", media=[{"kind": "image", "url": "x"}, {"kind": "audio", "url": "y"}]
    )
    lead = lead_drafts.start(conversation, by=CUSTOMER)
    assert lead_drafts.gather_photos(lead.pk) == 1
    assert lead_drafts.gather_photos(lead.pk) == 0
    assert [photo.position for photo in lead.photos.all()] == [0]


def test_a_follow_up_is_asked_only_on_its_answer(conversation):
    first = ConsultationQuestionFactory(bot=conversation.bot, code="cover", kind="choice", position=4)
    second = ConsultationQuestionFactory(
        bot=conversation.bot, code="old", position=5, only_if=first, only_if_value="yes"
    )
    lead = lead_drafts.start(conversation, by=CUSTOMER)
    for value, expected in (("no", False), ("yes", True)):
        lead_drafts.note_answers(
            lead.pk, [NewAnswer(question=first, words=value, value={"choice": value}, said_at=timezone.now())]
        )
        assert questions.is_asked(second, questions.answers_of(lead)) is expected


@pytest.mark.parametrize("language", ["en", "pl", "uk", "ru", "es"])
def test_staffs_card_tells_the_answers_and_offers_the_next_step(conversation, language):
    lead = lead_drafts.start(conversation, by=CUSTOMER)
    idea, size, _budget = conversation.bot.consultation_questions.all()
    now = timezone.now()
    lead_drafts.note_answers(
        lead.pk,
        [
            NewAnswer(question=idea, words="a wolf", value={"text": "a wolf"}, said_at=now),
            NewAnswer(question=size, words="12", value={"cm": [12.0]}, said_at=now),
        ],
    )
    lead_actions.submit(lead.pk, by=CUSTOMER)
    with translation.override(language):
        card = LeadSubject().card(lead.pk)
    assert card.title == "a wolf"
    assert ("Size", "12 cm") in card.facts
    assert card.waits
    assert [choice.verb for choice in card.choices] == ["approve", "reject"]
    decide_about("lead", "approve", lead.pk, from_status="pending_approval", by=OWNER)
    assert [choice.verb for choice in LeadSubject().card(lead.pk).choices][-1] == "undo"


def test_every_choice_fits_behind_a_button_in_telegram():
    arguments = {TIME: "zzzzzz", WRITE: "reason"}
    packed = [
        pack(Callback(action, choice.verb, str(status), 36**5, arguments.get(action, "")), 10**12)
        for choice in all_choices()
        if choice.subject == "lead"
        for status in choice.from_statuses
        for action in (DECIDE, OPEN, TIME, WRITE)
    ]
    assert 0 < max(len(data.encode()) for data in packed) <= 64
