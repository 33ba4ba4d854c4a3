"""E-mail to managers: whether the mail server lets us in. Nothing is sent."""

import smtplib
from collections.abc import Iterator

from django.conf import settings
from django.core.mail import get_connection

from bots.models import Bot, Manager
from bots.setup import LOOK, OFF, OK, WRONG, Finding

SERVICE = "E-mail"


def check(bot: Bot | None) -> Iterator[Finding]:
    managers = Manager.objects.filter(is_active=True, telegram_chat_id=None).exclude(email="")
    needed = (managers.filter(business=bot.business_id) if bot else managers).count()
    if not settings.EMAIL_IS_SET_UP:
        todo = "Set EMAIL_URL, like smtp+tls://user:password@mail.example.com:587" if needed else ""
        words = f"EMAIL_URL is empty. Managers who have no other way: {needed}."
        yield Finding(service=SERVICE, state=WRONG if needed else OFF, words=words, todo=todo)
        return
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        words = "Letters are not sent: they are written out where the worker runs."
        yield Finding(service=SERVICE, state=LOOK, words=words, todo="Set EMAIL_URL to a mail server for real letters.")
        return
    yield _ping()


def _ping() -> Finding:
    server = get_connection()
    try:
        server.open()
        server.close()
    except smtplib.SMTPAuthenticationError:
        words = "The mail server refuses the name and password."
        return Finding(service=SERVICE, state=WRONG, words=words, todo="Check them in EMAIL_URL.")
    except (smtplib.SMTPException, OSError) as error:
        words = f"The mail server cannot be reached ({type(error).__name__})."
        return Finding(service=SERVICE, state=WRONG, words=words, todo="Check host, port and TLS in EMAIL_URL.")
    return Finding(service=SERVICE, state=OK, words=f"It lets us in; letters come from {settings.DEFAULT_FROM_EMAIL}.")
