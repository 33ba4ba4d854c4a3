"""What a notice looks like in Telegram: HTML and a keyboard, in the active language. Reads, changes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from html import escape

from django.utils.translation import gettext as _
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bots.models import StaffNotice
from bots.staff.commands import run_command
from bots.staff.decisions import Choice
from bots.staff.notifications.backends import NothingToSay
from bots.staff.subjects import SubjectCard, subject_of, title_of
from bots.staff.telegram.buttons import BACK, DECIDE, OPEN, REASON, TIME, WRITE, Callback, base36, pack

LONGEST = 3900  # characters of 4096, with room for what Telegram counts otherwise
ICONS = {"approve": "✅", "other_time": "🕒", "reject": "✖️", "cancel": "✖️", "no_show": "🚫"}


@dataclass(frozen=True, slots=True)
class Rendered:
    html: str
    keyboard: InlineKeyboardMarkup | None = None
    is_urgent: bool = False  # heard even in the manager's quiet hours


def rendered(notice: StaffNotice) -> Rendered:
    """Raises NothingToSay when what it was about is gone, or was decided before the manager saw it."""
    if notice.kind == "command":
        return Rendered(shortened(run_command(notice.facts["command"], notice.manager, "").html))
    card = subject_of(notice.subject).card(notice.subject_id)
    if card is None:
        raise NothingToSay
    as_sent = card.status == notice.facts.get("status")
    title = title_of(notice.kind)
    is_open = bool(title) and (as_sent or card.waits)
    if title and not is_open and not notice.external_id:
        raise NothingToSay
    return Rendered(
        card_html(card, title if is_open and as_sent else "", is_open=is_open),
        first_keyboard(notice, card) if is_open else None,
        is_open and card.is_soon,
    )


def card_html(card: SubjectCard, head: str, *, is_open: bool) -> str:
    """All texts of customers are escaped; the longest of them is cut first."""
    head = head or card.status_word
    lines = [f"<b>{escape(head)}</b>", f"<b>{escape(card.title)}</b>", escape(card.who)]
    lines += [f"{escape(label)}: {escape(value)}" for label, value in card.facts]
    if card.quote:
        lines += ["", f"<i>{escape(_cut(card.quote, 600))}</i>"]
    if is_open and card.deadline:
        lines += ["", escape(card.deadline)]
    if card.decided and (not is_open or card.waits):
        lines += ["", escape(card.decided.words)]
    return shortened("\n".join(lines))


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def shortened(html: str) -> str:
    """Whole lines as far as there is room, so that no tag is cut open."""
    while len(html.encode("utf-16-le")) // 2 > LONGEST and "\n" in html:
        html = html.rpartition("\n")[0]
    return html


# --- keyboards -----------------------------------------------------------------------------------------------------


def first_keyboard(notice: StaffNotice, card: SubjectCard) -> InlineKeyboardMarkup:
    """One button a choice; those that ask something, or that cannot be taken back, open a second keyboard."""
    rows = [
        [_button(notice, card, choice, OPEN if choice.asks or choice.destructive else DECIDE)]
        for choice in card.choices
    ]
    return _two_in_a_row(rows)


def reasons_keyboard(
    notice: StaffNotice, card: SubjectCard, choice: Choice, reasons: Iterable[tuple[str, str]]
) -> InlineKeyboardMarkup:
    row = partial(_row, notice, card, choice)
    rows = [row(label, REASON, code) for code, label in reasons]
    if "reason" in choice.asks:
        rows.append(row(_("Another reason: write it"), WRITE, "reason"))
    rows.append(
        row(_("%(choice)s without a reason") % {"choice": choice.label} if reasons else str(choice.label), DECIDE)
    )
    rows.append(row(_("Back"), BACK))
    return InlineKeyboardMarkup(rows)


def times_keyboard(
    notice: StaffNotice, card: SubjectCard, choice: Choice, times: Iterable[tuple[str, str]]
) -> InlineKeyboardMarkup:
    row = partial(_row, notice, card, choice)
    rows = [row(label, TIME, minutes_of(iso)) for iso, label in times]
    rows += [row(_("Another time: write it"), WRITE, "time"), row(_("Back"), BACK)]
    return InlineKeyboardMarkup(rows)


def _row(
    notice: StaffNotice, card: SubjectCard, choice: Choice, label: str, action: str, argument: str = ""
) -> list[InlineKeyboardButton]:
    return [_data_button(label, notice, Callback(action, choice.verb, card.status, notice.pk, argument))]


def minutes_of(iso: str) -> str:
    """Return a moment for a button: minutes since 1970."""
    return base36(int(datetime.fromisoformat(iso).timestamp() // 60))


def moment_of(argument: str) -> str:
    """Return what `minutes_of` made, as ISO again. Raises ValueError, OverflowError."""
    return datetime.fromtimestamp(int(argument, 36) * 60, UTC).isoformat()


def _button(notice: StaffNotice, card: SubjectCard, choice: Choice, action: str) -> InlineKeyboardButton:
    label = f"{ICONS.get(choice.verb, '')} {choice.label}".strip()
    return _data_button(label, notice, Callback(action, choice.verb, card.status, notice.pk))


def _data_button(label: str, notice: StaffNotice, callback: Callback) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=pack(callback, notice.manager.telegram_chat_id or 0))


def _two_in_a_row(rows: list[list[InlineKeyboardButton]]) -> InlineKeyboardMarkup:
    flat = [button for row in rows for button in row]
    return InlineKeyboardMarkup([flat[at : at + 2] for at in range(0, len(flat), 2)])
