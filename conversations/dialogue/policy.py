"""The order in which a message is dealt with, the same for all skills: danger and people, then what was told and what
was asked, then the next step, and at last what is still open.

No skill knows another. The policy asks each in order of priority, puts what they say in the order of a good talk, and
sees to it that an open question is never lost: answered, withdrawn, or asked again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bots.channels.base import Button
from conversations.chat.skills import Reply, ReplyPart, Section, Skill, TurnContext, skills_of
from conversations.dialogue import consent
from conversations.dialogue.state import Dialogue, Offer, OpenQuestion, buttons_from
from conversations.models import Conversation, Message

ONE_MESSAGE = 300  # characters: what is short enough to be said in one breath is
LOOK_BACK = 12  # messages: what was shown longer ago has left the screen
NOT_SEEN = (Message.Status.CANCELLED, Message.Status.FAILED, Message.Status.HELD)


def reply_to(turn: TurnContext) -> Reply:
    """Ask the skills in order of priority; then what is still open comes again. Inside the turn's transaction.

    None is left out: a question and a booking both get their answer. What came late, after something newer was
    answered, only gets its questions answered; the rest staff see.
    """
    turn = _as_pressed(turn)
    says: list[ReplyPart] = []
    reply = Reply()
    for skill in skills_of(turn.bot):
        if turn.came_late and not skill.answers_late:
            continue
        said = skill.answer(turn, already_said=bool(says))
        if said is None:
            continue
        says += [replace(part, skill=skill.code) for part in said.says]
        reply.rests = reply.rests or said.rests
        reply.closes = reply.closes or (said.closes and _is_of(turn.question, skill))
        if said.ends or said.last:
            reply.ends = said.ends
            break
    reply.says = says
    if says and not (reply.ends or reply.rests or turn.came_late):
        reply.says = [*says, *_still_open(turn, reply)]
    return reply


def _as_pressed(turn: TurnContext) -> TurnContext:
    """Return the turn as if the button had been pressed, where a plain yes stands for one of another skill's."""
    question = turn.question
    if question is None or turn.choice or not question.yes or not consent.agrees(turn):
        return turn
    is_own = question.yes.partition(":")[0] == question.skill
    return turn if is_own else replace(turn, choice=question.yes)


def _still_open(turn: TurnContext, reply: Reply) -> Iterable[ReplyPart]:
    """Yield the question that was open before and has not been answered by all this."""
    question = turn.question
    asks_already = any(part.section == Section.QUESTION or part.asks for part in reply.says)
    if question is None or asks_already or is_closed(question, reply):
        return
    owner = next((skill for skill in skills_of(turn.bot) if skill.code == question.skill), None)
    again = owner.asks_again(turn, question) if owner else None
    if owner and again:
        turn.decide(f"what {owner.code} had asked is still open and is asked again")
        yield replace(again, skill=owner.code)


def is_closed(question: OpenQuestion, reply: Reply) -> bool:
    """Return whether this reply does what the question was about, so that it needs no answer any more."""
    done = any(part.section == Section.OUTCOME and part.skill == question.skill for part in reply.says)
    return reply.closes or reply.ends or done


def arranged(says: Sequence[ReplyPart]) -> list[ReplyPart]:
    """Answers first, then what was done, then one question; the first words join what follows if that stays short."""
    says = sorted(says, key=lambda say: say.section)
    questions = [say for say in says if say.section == Section.QUESTION]
    says = [say for say in says if say.section != Section.QUESTION] + questions[:1]
    while len(says) > 1 and says[0].section == Section.FIRST and len(says[0].text) + len(says[1].text) < ONE_MESSAGE:
        first, second, *rest = says
        buttons: tuple[Button, ...] = first.buttons + second.buttons
        alone = second.alone or second.text
        says = [replace(second, text=f"{first.text} {second.text}", alone=alone, buttons=buttons), *rest]
    return says


# --- the state before and after a turn -----------------------------------------------------------------------------


def state_before(conversation: Conversation, skills: Sequence[Skill], *, upto_seq: int) -> Dialogue:
    """Return what is going on when a message arrives: as the last turn left it, and what was said outside turns since.

    A reminder that asks or a time that staff offer overtakes what was open. Reads the latest messages only if there
    are any that the state does not account for.
    """
    state = Dialogue.from_json(conversation.dialogue, now=conversation.business.now())
    if conversation.last_seq <= state.upto_seq:
        return state
    after = max(state.upto_seq, conversation.last_seq - LOOK_BACK)
    news = (
        Message.objects.filter(conversation_id=conversation.pk, seq__gt=after, seq__lte=upto_seq)
        .exclude(author=Message.Author.CUSTOMER)
        .exclude(status__in=NOT_SEEN)
        .order_by("seq")
    )
    shown = news if state.at is None else news.filter(turn=None)  # what turns say, they account for themselves
    for message in shown:
        is_newer = state.question is None or message.seq > state.question.seq
        if is_newer and (message.asks or message.buttons):
            state = _with_news(state, message, skills)
    return state


def _with_news(state: Dialogue, message: Message, skills: Sequence[Skill]) -> Dialogue:
    buttons = buttons_from(message.buttons)
    question = OpenQuestion(asks=tuple(message.asks), buttons=buttons, seq=message.seq, text=message.text)
    offered = offered_in(buttons, skills)
    if offered:
        state = replace(state, offer=Offer(buttons=offered, seq=message.seq))
    for skill in skills:
        opened = skill.opens(message, question)
        if opened is not None:
            return replace(state, question=replace(opened, skill=skill.code))
    return state


def state_after(turn: TurnContext, reply: Reply, *, upto_seq: int, asked_seq: int) -> Dialogue:
    """Return what is going on once this reply is said. `asked_seq` is the number of the message that asks."""
    state = replace(turn.dialogue, upto_seq=upto_seq, at=turn.now)
    for kind, frame in turn.log.frames.items():
        state = state.with_frame(frame) if frame else state.without_frame(kind)
    skills = skills_of(turn.bot)
    part = next((one for one in reversed(reply.says) if one.asks or one.section == Section.QUESTION), None)
    before = turn.question
    if before is not None and (part or is_closed(before, reply)):
        state = replace(state, question=None)
    if before is not None and is_closed(before, reply):
        state = replace(state, offer=None)
    if part is not None:
        state = replace(state, question=_question(part, before, asked_seq, skills))
    offered = [offered_in(one.buttons, skills) for one in reply.says]
    if any(offered):
        state = replace(state, offer=Offer(buttons=next(one for one in reversed(offered) if one), seq=asked_seq))
    return state


def _question(part: ReplyPart, before: OpenQuestion | None, seq: int, skills: Sequence[Skill]) -> OpenQuestion:
    owner = part.skill or next((one.code for one in skills if any(one.owns(b.payload) for b in part.buttons)), "")
    again = before is not None and (before.skill, before.asks, before.yes) == (owner, part.asks, part.yes)
    times = before.times + 1 if before and again else 1
    return OpenQuestion(
        skill=owner,
        asks=part.asks,
        buttons=part.buttons,
        yes=part.yes,
        no=part.no,
        seq=seq,
        times=times,
        text=part.alone or part.text,
    )


def offered_in(buttons: Sequence[Button], skills: Sequence[Skill]) -> tuple[Button, ...]:
    """Return those buttons that are options to choose from until others are shown."""
    beginnings = tuple(f"{one}:" for skill in skills for one in skill.offers)
    return tuple(button for button in buttons if beginnings and button.payload.startswith(beginnings))


def _is_of(question: OpenQuestion | None, skill: Skill) -> bool:
    return question is not None and question.skill == skill.code
