"""Fetches the files that customers sent: claim, download, look what they really are, keep. One trip a file.

Nothing that the sender or the platform says of a file is believed: the size is counted while it comes in, the kind is
read from its bytes, a picture is kept only if it can be read whole. Files lie under MEDIA_ROOT by names that say
nothing; only staff see them, by way of `admin.files`.
"""

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from celery import shared_task
from django.conf import settings
from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from bots.channels import CHANNELS
from bots.channels.base import AccountBroken, ChannelError, Media, Rejected
from bots.channels.base import TryLater as PlatformTryLater
from conversations import bell, filetypes
from conversations.attachment_tables import Attachment
from conversations.models import Message

logger = logging.getLogger(__name__)

Status = Attachment.Status

MOST = 20  # files of one message
LEASE = timedelta(minutes=3)
WAITS = [5, 30, 120, 600, 3600, 6 * 3600]  # seconds; then it is given up, where staff see it
AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to fetch one file once."""

    attachment: Attachment
    attempt: int


def expect(message_id: int, channel: str, media: Sequence[Media]) -> list[Attachment]:
    """Rows for the files of a message that was just stored, in its transaction, and a ring for each on commit."""
    kinds = CHANNELS[channel].keeps_files
    made = Attachment.objects.bulk_create(
        Attachment(
            message_id=message_id,
            position=position,
            kind=item.kind,
            source_id=item.id[:200],
            source_url=item.url,
            title=item.title[:200],
        )
        for position, item in enumerate(media[:MOST])
        if item.kind in kinds and (item.id or item.url)
    )
    for one in made:
        bell.ring_attachment(one.pk)
    return made


def fetch(attachment_id: int) -> bool:
    """Fetch one file, if it still waits and nobody else is at it. Whether it is kept now. Not in a transaction."""
    claim = _claim(attachment_id)
    if claim is None:
        return False
    row = claim.attachment
    account = row.message.account
    media = Media(row.kind, row.source_url, row.title, row.source_id)  # type: ignore[arg-type]
    connection.close()
    try:
        body = CHANNELS[account.channel](account).fetch(media, max_bytes=settings.MEDIA_MAX_BYTES)
        return _keep(claim, body)
    except filetypes.Unwanted as error:
        return _end(claim, Status.REFUSED, str(error))
    except Rejected as error:
        return _end(claim, Status.REFUSED if error.code == "too large" else Status.LOST, error.detail or error.code)
    except PlatformTryLater as error:
        return _try_later(claim, error.detail or error.code)
    except AccountBroken as error:
        return _try_later(claim, error.detail or error.code)
    except ChannelError as error:
        return _try_later(claim, error.detail or error.code)
    except OSError as error:  # our own disk
        return _try_later(claim, f"it could not be written: {type(error).__name__}")


def path_of(row: Attachment, *, thumbnail: bool = False) -> Path:
    return Path(settings.MEDIA_ROOT) / (row.file + (".thumbnail" if thumbnail else ""))


def _claim(attachment_id: int) -> Claim | None:
    mine = Attachment.objects.filter(
        Q(lease_until=None) | Q(lease_until__lt=Now()), pk=attachment_id, status=Status.WAITING, next_try_at__lte=Now()
    )
    if not mine.update(attempts=F("attempts") + 1, lease_until=Now() + LEASE):
        return None
    row = Attachment.objects.select_related("message__account").get(pk=attachment_id)
    return Claim(row, row.attempts)


def _keep(claim: Claim, body: bytes) -> bool:
    """Write the file, then the row: a file without a row is found by nobody, a row without its file by everybody."""
    row = claim.attachment
    found = filetypes.look_into(body)
    path = path_of(row)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write(path, body)
    if found.thumbnail:
        _write(path_of(row, thumbnail=True), found.thumbnail)
    kept = _own(claim).update(
        status=Status.STORED,
        content_type=found.content_type,
        size=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
        has_thumbnail=bool(found.thumbnail),
        width=found.width,
        height=found.height,
        lease_until=None,
        error="",
        status_at=Now(),
    )
    if kept:
        _touch(row)
        logger.info("attachment stored", extra={"attachment": row.pk, "size": len(body), "type": found.content_type})
    return bool(kept)


def _write(path: Path, body: bytes) -> None:
    draft = path.with_name(path.name + ".new")
    draft.write_bytes(body)
    draft.chmod(0o600)
    draft.replace(path)


def _try_later(claim: Claim, why: str) -> bool:
    if claim.attempt > len(WAITS):
        return _end(claim, Status.LOST, why)
    wait = timedelta(seconds=WAITS[claim.attempt - 1])
    _own(claim).update(error=why[:200], lease_until=None, next_try_at=Now() + wait)
    return False


def _end(claim: Claim, status: str, why: str) -> bool:
    if _own(claim).update(status=status, error=why[:200], lease_until=None, status_at=Now()):
        _touch(claim.attachment)
        logger.warning("attachment given up", extra={"attachment": claim.attachment.pk, "status": status})
    return False


def _own(claim: Claim) -> QuerySet[Attachment]:
    return Attachment.objects.filter(pk=claim.attachment.pk, status=Status.WAITING, attempts=claim.attempt)


def _touch(row: Attachment) -> None:
    """The open page of the conversation sees by this that something has changed."""
    Message.objects.filter(pk=row.message_id).update(status_at=Now())


def due(*, missed_for: timedelta = timedelta(0)) -> list[int]:
    """The files that should have been fetched so long ago and are not."""
    free = Q(lease_until=None) | Q(lease_until__lt=Now())
    waiting = Attachment.objects.filter(free, status=Status.WAITING, next_try_at__lte=Now() - missed_for)
    return list(waiting.order_by("next_try_at").values_list("pk", flat=True)[:AT_ONCE])


def ring_waiting() -> int:
    """Ring for the files that should have been fetched by now. Returns how many."""
    ids = due(missed_for=timedelta(seconds=2))
    for attachment_id in ids:
        bell.ring_attachment(attachment_id)
    return len(ids)


@shared_task(name="attachments.fetch")
def fetch_task(attachment_id: int) -> None:
    fetch(attachment_id)


@shared_task(name="sweeps.attachments")
def waiting_task() -> None:
    ring_waiting()
