"""E-mail as a way to reach managers: the same card as in Telegram, with a one-time link for each decision.

The links are made when the letter is: what stands in them is kept nowhere. A second try makes new ones; those of a
first one that arrived after all are good as well, and of all of them one decides.
"""

import smtplib
from dataclasses import dataclass
from html import unescape
from typing import ClassVar

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import sanitize_address
from django.db import connection
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import gettext as _, ngettext

from bots.models import StaffNotice
from bots.staff.commands import run_command
from bots.staff.links import actions as link_actions
from bots.staff.notifications.backends import Backend, GivenUp, NothingToSay, NotificationDeferred
from bots.staff.subjects import SubjectCard, subject_of, title_of


@dataclass(frozen=True, slots=True)
class EmailMessage:
    subject: str
    text: str
    html: str


class Email(Backend):
    code: ClassVar[str] = "email"

    def send(self, notice: StaffNotice) -> str:
        if not settings.EMAIL_IS_SET_UP:
            raise GivenUp("EMAIL_URL is not set, so no e-mail can be sent.")
        if not notice.manager.email:
            raise GivenUp("The manager has no e-mail address.")
        with translation.override(notice.manager.language):
            letter = email_of(notice)
        domain = sanitize_address(settings.DEFAULT_FROM_EMAIL, "utf-8").rpartition("@")[2].strip("<> ") or "localhost"
        message_id = f"<notice-{notice.pk}@{domain}>"
        message = EmailMultiAlternatives(
            letter.subject,
            letter.text,
            to=[notice.manager.email],
            headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
        )
        message.attach_alternative(letter.html, "text/html")
        connection.close()  # nobody else waits for it while the mail server thinks
        _send(message)
        return f"mail:{notice.pk}"


def email_of(notice: StaffNotice) -> EmailMessage:
    """In the active language. Raises NothingToSay when what it was about is gone or decided."""
    business = notice.manager.business
    if notice.kind == "command":
        html = run_command(notice.facts["command"], notice.manager, "").html
        text = unescape(strip_tags(html))  # its texts of customers are escaped
        subject = f"{business.name}: {text.splitlines()[0]}"
        return EmailMessage(
            _one_line(subject), text, render_to_string("links/mail.html", {"said": html.replace("\n", "<br>")})
        )
    card = subject_of(notice.subject).card(notice.subject_id)
    if card is None:
        raise NothingToSay
    title = title_of(notice.kind)
    if title and card.status != notice.facts.get("status", card.status):
        raise NothingToSay
    head = title or card.status_word
    context = {
        "head": head,
        "card": card,
        "buttons": _buttons(notice, card) if title else [],
        "rules": _rules(),
        "language": translation.get_language(),
    }
    subject = f"{head}: {card.title}, {card.who}"
    text = render_to_string("links/mail.txt", context)
    return EmailMessage(_one_line(subject), text.strip() + "\n", render_to_string("links/mail.html", context))


def _buttons(notice: StaffNotice, card: SubjectCard) -> list[tuple[str, str]]:
    """Return label and address, one for each decision that can be made now."""
    return [
        (
            str(choice.label),
            link_actions.make(
                choice, card.subject_id, business_id=card.business.pk, from_status=card.status, manager=notice.manager
            ),
        )
        for choice in card.choices
    ]


def _rules() -> str:
    days = link_actions.GOOD_FOR.days
    good_for = ngettext("Each link works once, for %(days)d day.", "Each link works once, for %(days)d days.", days)
    return " ".join([good_for % {"days": days}, _("Opening it decides nothing yet. Please do not pass it on.")])


def _one_line(text: str) -> str:
    return " ".join(text.split())[:200]


def _send(message: EmailMultiAlternatives) -> None:
    """Hand it over to the mail server; its errors sorted by whether it may have taken the letter."""
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _words in error.recipients.values()]
        raise _refusal(max(codes, default=550), "The mail server refuses the manager's address.") from None
    except smtplib.SMTPAuthenticationError:
        raise NotificationDeferred("The mail server refuses our name and password (EMAIL_URL).") from None
    except smtplib.SMTPSenderRefused as error:
        raise _refusal(error.smtp_code, "The mail server refuses our address (DEFAULT_FROM_EMAIL).") from None
    except smtplib.SMTPResponseException as error:
        raise _refusal(error.smtp_code, f"The mail server refused the letter ({error.smtp_code}).") from None
    except (smtplib.SMTPServerDisconnected, TimeoutError):
        raise NotificationDeferred("The mail server hung up or did not answer in time.", certain=False) from None
    except (smtplib.SMTPException, OSError):
        raise NotificationDeferred("The mail server cannot be reached.") from None


def _refusal(code: int, words: str) -> NotificationDeferred | GivenUp:
    """5xx is for good, 4xx for now."""
    return GivenUp(words) if code >= 500 else NotificationDeferred(words)
