"""Fetches the files that customers sent: claim, download, look what they really are, keep. One call a file.

Nothing that the sender or the platform says of a file is believed: the size is counted while it comes in, the kind is
read from its bytes, a picture is kept only if it can be read whole. Files lie under MEDIA_ROOT by names that say
nothing; only staff see them, by way of `admin.files`.
"""

import hashlib
import logging
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models.functions import Now

from bots import wakeups
from bots.channels import CHANNELS
from bots.channels.base import ChannelError, Media, Rejected
from bots.db import claims
from conversations import tasks
from conversations.attachments import filetypes
from conversations.models import Message
from conversations.models.attachments import Attachment

logger = logging.getLogger(__name__)

Status = Attachment.Status

MOST = 20  # files of one message
LEASE_SECONDS = 180
WAITS = [5, 30, 120, 600, 3600, 6 * 3600]  # seconds; then it is given up, where staff see it
AT_ONCE = 100


def expect(message_id: int, channel: str, media: Sequence[Media]) -> list[Attachment]:
    """Rows for the files of a message that was just stored, in its transaction, and a enqueue each on commit."""
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
        wakeups.enqueue(tasks.FETCH, one.pk)
    return made


def fetch(attachment_id: int) -> bool:
    """Fetch one file, if it still waits and nobody else is at it. Whether it is kept now. Not in a transaction."""
    row = _claim(attachment_id)
    if row is None:
        return False
    account = row.message.account
    media = Media(row.kind, row.source_url, row.title, row.source_id)  # type: ignore[arg-type]
    connection.close()
    try:
        body = CHANNELS[account.channel](account).fetch(media, max_bytes=settings.MEDIA_MAX_BYTES)
        return _keep(row, body)
    except filetypes.Unwanted as error:
        return _end(row, Status.REFUSED, str(error))
    except Rejected as error:
        return _end(row, Status.REFUSED if error.code == "too large" else Status.LOST, error.detail or error.code)
    except ChannelError as error:
        return _try_later(row, error.detail or error.code)
    except OSError as error:  # our own disk
        return _try_later(row, f"it could not be written: {type(error).__name__}")


def path_of(row: Attachment, *, thumbnail: bool = False) -> Path:
    return Path(settings.MEDIA_ROOT) / (row.file + (".thumbnail" if thumbnail else ""))


def _claim(attachment_id: int) -> Attachment | None:
    waiting = Attachment.objects.select_related("message__account").filter(status=Status.WAITING)
    return claims.claim(waiting.due(), attachment_id, LEASE_SECONDS)


def _keep(row: Attachment, body: bytes) -> bool:
    """Write the file, then the row: a file without a row is found by nobody, a row without its file by everybody."""
    found = filetypes.look_into(body)
    path = path_of(row)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write(path, body)
    if found.thumbnail:
        _write(path_of(row, thumbnail=True), found.thumbnail)
    kept = claims.release(
        row,
        status=Status.STORED,
        content_type=found.content_type,
        size=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
        has_thumbnail=bool(found.thumbnail),
        width=found.width,
        height=found.height,
        status_at=Now(),
    )
    if kept:
        _touch(row)
        logger.info("attachment stored", extra={"attachment": row.pk, "size": len(body), "type": found.content_type})
    return kept


def _write(path: Path, body: bytes) -> None:
    draft = path.with_name(path.name + ".new")
    draft.write_bytes(body)
    draft.chmod(0o600)
    draft.replace(path)


def _try_later(row: Attachment, why: str) -> bool:
    """Tries that a worker died over count too."""
    if row.tries > len(WAITS):
        return _end(row, Status.LOST, why)
    claims.put_off(row, WAITS, failures=row.tries, trouble=why[:200])
    return False


def _end(row: Attachment, status: str, why: str) -> bool:
    if claims.release(row, status=status, trouble=why[:200], status_at=Now()):
        _touch(row)
        logger.warning("attachment given up", extra={"attachment": row.pk, "status": status})
    return False


def _touch(row: Attachment) -> None:
    """The open page of the conversation sees by this that something has changed."""
    Message.objects.filter(pk=row.message_id).update(status_at=Now())


def due(*, missed_for: timedelta = timedelta(0)) -> list[int]:
    """Return the files that should have been fetched so long ago and are not."""
    waiting = Attachment.objects.filter(status=Status.WAITING).due(missed_for=missed_for)
    return list(waiting.values_list("pk", flat=True)[:AT_ONCE])


def enqueue_due() -> int:
    """Enqueue the files that should have been fetched by now. Returns how many."""
    ids = due(missed_for=timedelta(seconds=2))
    for attachment_id in ids:
        wakeups.enqueue(tasks.FETCH, attachment_id)
    return len(ids)
