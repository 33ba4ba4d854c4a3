"""How the rules talk about an enquiry: one question at a time, several answers at once, back, skip, change, send.

One of these lives for one turn. It decides nothing: it calls the skill's tools and says what they found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bookings.leads import drafts, questions, transitions, wording as lead_wording
from bookings.leads.answers import ReadAnswer, named, read
from bookings.leads.chat.asking import MOST_BUTTONS, PREFIX, Asking
from bookings.models import ConsultationQuestion, Lead, LeadAnswer
from bookings.reservations import drafts as reservation_drafts
from bookings.reservations.chat.past import own_visits
from bots.channels.base import Button
from bots.language import measures
from bots.language.steps import steps
from bots.staff.decisions import AlreadyDecided, NotAllowed
from conversations import wording
from conversations.chat.everyday import person_button
from conversations.chat.skills import Failed, Reply, ReplyPart, Section, TurnContext
from conversations.dialogue import consent
from conversations.dialogue.state import OpenQuestion

if TYPE_CHECKING:
    from bookings.leads.chat.skill import Consultation

Kind = ConsultationQuestion.Kind
Status = Lead.Status
OF_WHAT_IS_BOOKED = ("mine", "keep", "status", "ask_when", "ask_end", "cancel", "change")  # acts that begin no enquiry


class Consulting(Asking):
    def __init__(self, skill: Consultation, turn: TurnContext) -> None:
        self.skill = skill
        self.turn = turn
        self.understood = turn.understood
        self.language = turn.language
        self.steps = steps(turn.text)
        self.asked: tuple[str, ...] = turn.asked if turn.question and turn.question.skill == PREFIX else ()
        self.questions = questions.questions_of(turn.bot)
        self.settings = transitions.settings_of(turn.bot)
        self.lead = drafts.active(turn.conversation)

    def reply(self) -> Reply | None:
        """Return what to say in this turn; None if it is not about an enquiry."""
        try:
            choice = self.turn.choice
            if choice.startswith(f"{PREFIX}:"):
                says = self._pressed(choice)
            elif choice == "booking:start" and not self._paid():
                says = self._begin()
            elif choice:
                return None
            else:
                says = self._said()
        except (AlreadyDecided, NotAllowed, Failed):
            self.lead = drafts.active(self.turn.conversation)
            says = [self._say(self._standing(), section=Section.OUTCOME)]
        return Reply(says, last=True) if says else None

    # --- what was written --------------------------------------------------------------------------------------------

    def _said(self) -> list[ReplyPart] | None:
        question = self.turn.question
        if self.draft is not None and question is not None and question.skill == "booking" and not self._has_photos():
            return None  # a visit is talked about now
        if self.draft is not None:
            return self._on_draft(self.draft)
        if reservation_drafts.draft(self.turn.conversation) is not None:
            return None
        if self.lead is not None:
            return self._on_active(self.lead)
        return self._opening()

    def _opening(self) -> list[ReplyPart] | None:
        """Nothing is under way: whether these words begin an enquiry."""
        if self._wants_enquiry() or self._has_photos():
            return self._begin()
        if self.understood.service in self._enquired() and self._only_asks():
            button = Button(_("Yes, let us begin"), f"{PREFIX}:start")
            return [
                self._ask(
                    _("Shall I take down your idea for the studio?"),
                    asks=(f"{PREFIX}:start",),
                    buttons=(button,),
                    yes=button.payload,
                )
            ]
        if f"{PREFIX}:start" in self.asked and consent.agrees(self.turn):
            return self._begin()
        return None

    def _wants_enquiry(self) -> bool:
        understood = self.understood
        about_visit = any(understood.has(one) for one in ("cancel", "change", "my_booking"))
        about_visit = about_visit or any(understood.does(one) for one in OF_WHAT_IS_BOOKED)
        if about_visit or (understood.service and understood.service not in self._enquired()):
            return False
        if "another" in self.steps or measures.sizes(self.turn.text, lang=understood.lang):
            return True
        comes = understood.date is not None and understood.time is not None and not self._has_photos()
        if understood.service is None and comes:
            return False  # “may I come and talk on Friday at five?”: a visit, which is asked about
        return (understood.service is not None and not self._only_asks()) or understood.has("book")

    def _only_asks(self) -> bool:
        return bool(self.understood.questions) and not self.understood.has("book")

    def _begin(self, *, another: bool = False) -> list[ReplyPart] | None:
        if self.draft is None and self.lead is not None and not another:
            return self._on_active(self.lead, wants=True)
        self.turn.call(self.skill.start_enquiry, another=another)
        self.lead = drafts.draft(self.turn.conversation)
        assert self.lead is not None
        found = self._read(self.lead)
        good = {question: one for question, one in found.items() if not one.problem}
        photos = self._keep(good)
        return self.next_step(photos=photos, noted=self._noted(good, None))

    def _on_draft(self, draft: Lead) -> list[ReplyPart] | None:
        understood = self.understood
        if f"{PREFIX}:drop" in self.asked and consent.agrees(self.turn):
            return self._pressed(f"{PREFIX}:drop:{draft.pk}")
        if any(understood.does(act) for act in ("human", "complain", "urgent")):
            return None
        if understood.service is not None and understood.service not in self._enquired():
            return None  # a visit that needs no enquiry
        if (understood.has("cancel") or understood.does("cancel")) and not understood.has("change"):
            of_visit = (understood.does("mine") or understood.date is not None) and bool(own_visits(self.turn))
            return None if of_visit else self._shall_it_go(draft)
        if "confirm" in self.asked and draft.asking is None and (says := self._on_summary(draft)):
            return says
        changed = named(self.questions, self.turn.text) if self._wants_change() else None
        if changed is not None:
            return self._change(draft, changed)
        if "back" in self.steps:
            return self._back(draft)
        found = self._read(draft)
        if draft.asking is not None and not self._has_photos() and self._skips(draft.asking, found):
            return self._skip(draft, draft.asking)
        return self._take_in(draft, found)

    def _skips(self, asking: ConsultationQuestion, found: dict[ConsultationQuestion, ReadAnswer]) -> bool:
        """Return whether they do not care, or have none; words that only say so are no answer of their own."""
        if any(question != asking or set(one.value) != {"text"} for question, one in found.items()):
            return False
        wants = bool(self.steps & {"skip", "done"})
        if found:
            return wants and asking.kind != Kind.TEXT
        return wants or (self.understood.has("deny") and not asking.is_required)

    def _on_summary(self, draft: Lead) -> list[ReplyPart] | None:
        """The customer has the summary before them."""
        if consent.agrees(self.turn) and not self._read(draft):
            self.turn.decide("a firm yes to exactly the summary that was shown: sent")
            return self.send(draft)
        if consent.puts_off(self.turn):
            return [self._takes_time()]
        if self.understood.answer == consent.NO or (
            "change" in self.steps and named(self.questions, self.turn.text) is None
        ):
            return self._what_to_change()
        return None

    def _take_in(self, draft: Lead, found: dict[ConsultationQuestion, ReadAnswer]) -> list[ReplyPart]:
        """Keep what was answered and ask on; where nothing was, say so and ask again."""
        asking = draft.asking
        wrong = next(((question, one) for question, one in found.items() if one.problem), None)
        good = {question: one for question, one in found.items() if not one.problem}
        got_photos = self._keep(good)
        if wrong is not None:
            return [self._question(wrong[0], before=self._problem(*wrong))]
        if good or got_photos:
            return self.next_step(photos=got_photos, noted=self._noted(good, asking))
        if asking is None:
            return self.next_step()
        resumes = bool(self.understood.questions) or self.understood.intent in ("greet", "thank")
        if resumes or self._is_shown_anew():
            return [self._question(asking)]
        return [self._question(asking, before=self._hint(asking), again=True)]

    def _is_shown_anew(self) -> bool:
        """Nothing was said to which a question could have been asked in vain: a pause, or a photo only."""
        return not self.turn.text.strip()

    # --- pressed -----------------------------------------------------------------------------------------------------

    def _pressed(self, payload: str) -> list[ReplyPart] | None:
        """Return a button of ours, perhaps an old one: what it means is looked at again now."""
        _prefix, action, *rest = payload.split(":", 3)
        number = int(rest[0]) if rest and rest[0].isdigit() else 0
        value = rest[1] if len(rest) > 1 else ""
        if action in ("start", "another"):
            return self._begin(another=action == "another")
        if action in ("times", "time", "book"):
            return self._about_time(action, number, value)
        draft = self.draft
        if draft is None or (action in ("send", "change", "drop", "go") and number != draft.pk):
            return [self._say(self._standing(), section=Section.OUTCOME)]
        if action in ("send", "change", "drop", "go"):
            return self._pressed_on_draft(draft, action, value)
        return self._pressed_on_question(draft, action, number, value)

    def _pressed_on_draft(self, draft: Lead, action: str, value: str) -> list[ReplyPart]:
        match action:
            case "send" if value == str(draft.version):
                return self.send(draft)
            case "change":
                return self._what_to_change()
            case "drop":
                self.turn.call(self.skill.let_enquiry_go, lead_id=draft.pk)
                return [self._say(_("All right, I have let it go. Write whenever you like."), section=Section.OUTCOME)]
        return self.next_step()

    def _pressed_on_question(self, draft: Lead, action: str, number: int, value: str) -> list[ReplyPart]:
        question = next((one for one in self.questions if one.pk == number), None)
        if question is None:
            return self.next_step()
        if action == "pick":
            titles = {option.value: option.title for option in questions.options_of(question, self.language)}
            if value not in titles:
                return [self._question(question)]
            self._keep({question: ReadAnswer(titles[value], {"choice": value})})
            return self.next_step()
        if action == "skip":
            return self._skip(draft, question)
        return self._change(draft, question)

    # --- going on ----------------------------------------------------------------------------------------------------

    def next_step(self, *, photos: int = 0, noted: str = "") -> list[ReplyPart]:
        """Return the next open question, or the summary; before it what was taken down besides."""
        draft = self.draft
        assert draft is not None
        got = noted or (_("Thank you, I have put it with your idea.") if photos else "")
        answers = questions.answers_of(draft)
        open_ones = questions.open_questions(self.questions, answers)
        if open_ones:
            return [self._question(open_ones[0], before=got)]
        self._set_asking(None)
        return [self._summary()]

    def _summary(self) -> ReplyPart:
        draft = self.draft
        assert draft is not None
        text = lead_wording.summary(draft, self.language) + "\n" + _("Shall I send it to the studio?")
        buttons = (
            Button(_("Yes, send it"), f"{PREFIX}:send:{draft.pk}:{draft.version}"),
            Button(_("Change"), f"{PREFIX}:change:{draft.pk}"),
        )
        return self._ask(text, asks=("confirm",), buttons=buttons, yes=buttons[0].payload, no=buttons[1].payload)

    def _takes_time(self) -> ReplyPart:
        """They want to think or to ask somebody: nothing is sent, and the question stands."""
        self.turn.decide("put off: nothing is done, the question stands")
        question = self.turn.question
        assert question is not None
        text = _("All right, take your time: nothing is sent yet. When you know, just write.")
        return self._ask(text, asks=question.asks, buttons=question.buttons, yes=question.yes, no=question.no)

    def asks_again(self, question: OpenQuestion) -> ReplyPart | None:
        """Return what is open of the enquiry, as it is to be asked now."""
        draft = self.draft
        if draft is not None and draft.asking is not None:
            return self._question(draft.asking)
        if draft is not None and "confirm" in question.asks:
            return self._summary()
        return self._ask(question.text, asks=question.asks, buttons=question.buttons, yes=question.yes, no=question.no)

    def send(self, draft: Lead) -> list[ReplyPart]:
        if missing := questions.missing(draft, self.language):
            question = next(one for one in self.questions if questions.name_of(one, self.language) == missing[0])
            return [self._question(question)]
        self.turn.call(self.skill.send_to_studio, lead_id=draft.pk)
        promise = wording.people_promise(self.turn.business, self.turn.now)
        text = _("Sent. The studio looks at your idea and will answer %(when)s.") % {"when": promise}
        return [self._say(text, section=Section.OUTCOME)]

    def _what_to_change(self) -> list[ReplyPart]:
        draft = self.draft
        assert draft is not None
        answers = questions.answers_of(draft)
        buttons = [
            Button(questions.name_of(one, self.language), f"{PREFIX}:ask:{one.pk}")
            for one in self.questions
            if questions.is_asked(one, answers)
        ]
        return [self._ask(_("What shall I change?"), asks=(f"{PREFIX}:what",), buttons=tuple(buttons[:MOST_BUTTONS]))]

    def _change(self, draft: Lead, question: ConsultationQuestion) -> list[ReplyPart]:
        """Ask one question again, unless its new answer was said with the request."""
        utterance = self._utterance(question, twice=False)
        found = read([question], {}, utterance) if not self.turn.choice and question.kind != Kind.TEXT else {}
        if found and not found[question].problem:
            self._keep(found)
            return self.next_step()
        answer = questions.answers_of(draft).get(question.pk)
        return [self._question(question, before=self._now_it_is(question, answer))]

    def _now_it_is(self, question: ConsultationQuestion, answer: LeadAnswer | None) -> str:
        if answer is None or answer.is_skipped:
            return ""
        answer.question = question
        words = " ".join(lead_wording.answer_words(answer, self.language).split())
        return _("Now it is: %(answer)s.") % {"answer": words[:200].rstrip(".")} if words else ""

    def _back(self, draft: Lead) -> list[ReplyPart]:
        """Return the question before the one that is asked, with what was answered to it."""
        answers = questions.answers_of(draft)
        asked = [one for one in self.questions if questions.is_asked(one, answers)]
        place = asked.index(draft.asking) if draft.asking in asked else len(asked)
        earlier = [one for one in asked[:place] if one.pk in answers and one.kind != Kind.PHOTOS]
        if not earlier:
            return [self._question(draft.asking or asked[0])]
        last = max(earlier, key=lambda one: (answers[one.pk].said_at, one.position))
        return [self._question(last, before=self._now_it_is(last, answers[last.pk]))]

    def _skip(self, draft: Lead, question: ConsultationQuestion) -> list[ReplyPart]:
        answers = questions.answers_of(draft)
        if question.pk in answers and not answers[question.pk].is_skipped:
            return self.next_step()  # it was asked again only: what was answered stays
        if question.is_required:
            return [self._question(question, before=_("The studio needs this one."))]
        self.turn.call(self.skill.keep_answers, lead_id=draft.pk, found={}, skipped=question)
        self.reload()
        return self.next_step()

    def _shall_it_go(self, draft: Lead) -> list[ReplyPart]:
        buttons = (
            Button(_("Yes, let it go"), f"{PREFIX}:drop:{draft.pk}"),
            Button(_("No, go on"), f"{PREFIX}:go:{draft.pk}"),
        )
        return [
            self._ask(
                _("Shall I let your enquiry go?"),
                asks=(f"{PREFIX}:drop",),
                buttons=buttons,
                yes=buttons[0].payload,
                no=buttons[1].payload,
            )
        ]

    # --- what there is already ---------------------------------------------------------------------------------------

    def _on_active(self, lead: Lead, *, wants: bool = False) -> list[ReplyPart] | None:
        """An enquiry is with the studio: photos go with it, a time is chosen; another one only if they ask for it."""
        if "another" in self.steps:
            return self._begin(another=True)
        if self._paid() and (says := self._choose_time(lead, wants=wants)):
            return says
        if self._has_photos():
            facts = self.turn.call(self.skill.add_photos, lead_id=lead.pk).facts
            if facts["photos"]:
                return [self._say(_("Thank you, I have put it with your enquiry."), section=Section.OUTCOME)]
        if self.understood.has("my_booking") or wants or self._wants_enquiry():
            button = Button(_("Another enquiry"), f"{PREFIX}:another")
            return [self._ask(self._standing(), asks=(), buttons=(button, person_button()))]
        return None

    def _standing(self) -> str:
        """Return how far the latest enquiry is, in one sentence."""
        lead = self.lead or drafts.latest(self.turn.conversation)
        if lead is None:
            return _("This one is not open any more.")
        return standing(lead)

    def _paid(self) -> bool:
        return self.lead is not None and self.lead.status in (Status.DEPOSIT_PAID, Status.BOOKING_LINK_SENT)


def standing(lead: Lead) -> str:
    """Return how far an enquiry is, as the customer reads it."""
    match lead.status:
        case Status.DRAFT:
            return _("Your enquiry is not sent yet.")
        case Status.PENDING_APPROVAL:
            return _("Your enquiry is with the studio, which has not answered yet.")
        case Status.APPROVED:
            return _("The studio has said yes to your idea; the next step comes from them.")
        case Status.DEPOSIT_REQUESTED:
            return _("The studio has said yes to your idea; the deposit is still to be paid by the link above.")
        case Status.DEPOSIT_PAID | Status.BOOKING_LINK_SENT:
            return _("Your deposit has arrived; only the time is still to be chosen.")
        case Status.BOOKED:
            return _("Your visit is booked.")
    return _("This one is not open any more.")
