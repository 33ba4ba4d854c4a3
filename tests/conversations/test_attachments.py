"""The files of customers: fetched once, believed in nothing, seen by staff only."""

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from PIL import Image

from bots.models import ChannelAccount
from bots.staff.roles import front_desk_group
from conversations.admin.timeline import bubbles
from conversations.attachments import fetching as attachment_fetching, filetypes
from conversations.attachments.fetching import WAITS, fetch, path_of
from conversations.models import Attachment, Message
from tests.conversations.whatsapp_writer import WhatsAppWriter, whatsapp_account
from tests.conversations.writer import InstagramWriter, the_conversation
from tests.factories import BusinessFactory, UserFactory
from tests.standins.whatsapp import WhatsAppGraph

pytestmark = pytest.mark.django_db(transaction=True)

Status = Attachment.Status


def picture(kind: str = "JPEG", size: tuple[int, int] = (640, 480)) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, (200, 120, 90)).save(made, kind)
    return made.getvalue()


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture(autouse=True)
def kept_at(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def account(db: Any) -> ChannelAccount:
    return whatsapp_account()


@pytest.fixture
def writer(account: ChannelAccount) -> WhatsAppWriter:
    return WhatsAppWriter()


@pytest.fixture
def api(settings: Any) -> Iterator[WhatsAppGraph]:
    with WhatsAppGraph(anyone=True) as graph:
        settings.GRAPH_API_URL = graph.url
        yield graph


def row() -> Attachment:
    return Attachment.objects.select_related("message").get()


def in_time() -> None:
    Attachment.objects.update(due_at=timezone.now() - timedelta(seconds=5), lease_until=None)


def test_a_picture_is_kept_with_a_small_one_beside_it(
    writer: WhatsAppWriter, api: WhatsAppGraph, kept_at: Path
) -> None:
    body = picture()
    api.media("900001", body, mime="text/html")
    writer.picture("900001", "like this")
    assert row().status == "waiting"
    assert fetch(row().pk)
    one = row()
    assert (one.status, one.content_type, one.size) == ("stored", "image/jpeg", len(body))
    assert (one.width, one.height, one.has_thumbnail) == (640, 480, True)
    assert path_of(one).read_bytes() == body
    with Image.open(path_of(one, thumbnail=True)) as small:
        assert max(small.size) <= 480
    names = [path.name for path in kept_at.rglob("*") if path.is_file()]
    assert len(names) == 2 and all("900001" not in name and len(name) >= 32 for name in names)
    assert not fetch(one.pk), "once"
    assert len(api.asked) == 2


def test_a_repeated_delivery_is_one_file(writer: WhatsAppWriter, api: WhatsAppGraph) -> None:
    for _ in range(2):
        writer.bring(
            {
                "from": writer.customer,
                "id": "wamid.P1",
                "timestamp": str(int(timezone.now().timestamp())),
                "type": "image",
                "image": {"id": "900001"},
            }
        )
    assert Attachment.objects.count() == Message.objects.count() == 1


REFUSED: dict[str, tuple[bytes, dict[str, Any], str]] = {
    "a page": (b"<!doctype html><script>alert(1)</script>", {}, "its kind is not known"),
    "a drawing that runs": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", {}, "its kind is not known"),
    "a program": (b"MZ" + b"\0" * 200, {}, "its kind is not known"),
    "half a picture": (picture()[:400], {}, "it begins like a picture and is none"),
    "nothing": (b"", {}, "the file is empty"),
    "40 MB": (b"\xff\xd8\xff" + b"x" * 40_000_000, {}, "the file is too large"),
    "40 MB that says 3 bytes": (b"\xff\xd8\xff" + b"x" * 40_000_000, {"size": 3}, "the file is too large"),
    "3 bytes that announce 4 GB": (b"abc", {"announced": 4 * 1024**3, "size": 3}, "the file is too large"),
    "somewhere else": (b"", {"url": "https://169.254.169.254/x"}, "the file is on a host that is not Meta's"),
}


@pytest.mark.parametrize(("body", "file", "why"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_kept(
    writer: WhatsAppWriter, api: WhatsAppGraph, kept_at: Path, body: bytes, file: dict[str, Any], why: str
) -> None:
    api.media("900001", body, **file)
    writer.picture("900001")
    assert not fetch(row().pk)
    assert row().status in ("refused", "lost")
    assert row().trouble == why
    assert not any(path.is_file() for path in kept_at.rglob("*"))
    [shown] = bubbles(the_conversation(), timezone.now())[-1].media
    assert (shown["url"], shown["why"]) == ("", why)


def test_a_picture_of_too_many_pixels_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filetypes, "MOST_PIXELS", 1000)
    with pytest.raises(filetypes.Unwanted):
        filetypes.look_into(picture())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_pictures_that_browsers_show(kind: str) -> None:
    assert filetypes.look_into(picture(kind)).content_type == f"image/{kind.lower()}"


def test_an_address_that_ran_out_and_a_service_that_fails(writer: WhatsAppWriter, api: WhatsAppGraph) -> None:
    api.media("900001", picture(), expired=2)
    writer.picture("900001")
    assert not fetch(row().pk)
    assert (row().status, row().tries) == ("waiting", 1)
    assert not fetch(row().pk), "not before its time"
    in_time()
    assert attachment_fetching.enqueue_due() == 1
    assert fetch(row().pk)


def test_after_the_last_try_it_is_given_up_where_staff_see_it(writer: WhatsAppWriter, api: WhatsAppGraph) -> None:
    api.media("900001", picture(), status=500)
    writer.picture("900001")
    for _ in range(len(WAITS) + 1):
        in_time()
        fetch(row().pk)
    assert (row().status, row().tries) == ("lost", len(WAITS) + 1)
    [shown] = bubbles(the_conversation(), timezone.now())[-1].media
    assert shown["state"] == "could not be fetched"
    in_time()
    assert attachment_fetching.enqueue_due() == 0


def test_a_worker_that_dies_leaves_it_to_the_next(writer: WhatsAppWriter, api: WhatsAppGraph) -> None:
    api.media("900001", picture())
    writer.picture("900001")
    claim = attachment_fetching._claim(row().pk)
    assert claim
    assert not fetch(row().pk)
    Attachment.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert fetch(row().pk)
    assert not attachment_fetching._keep(claim, picture()), "who wakes up late writes nothing into the row"


def test_two_workers_fetch_it_once(writer: WhatsAppWriter, api: WhatsAppGraph) -> None:
    api.media("900001", picture())
    writer.picture("900001")
    one, barrier, kept = row().pk, Barrier(8), []

    def work() -> None:
        barrier.wait()
        kept.append(fetch(one))
        connection.close()

    threads = [Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(kept) == [False] * 7 + [True]
    assert len(api.asked) == 2


def test_links_of_instagram_are_fetched_too(settings: Any, api: WhatsAppGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.conversations.writer import instagram_account

    instagram_account()
    settings.GRAPH_API_URL = api.url
    api.media("1", picture())
    api._addresses["secret"] = "1"
    monkeypatch.setattr(WhatsAppGraph, "_check_token", lambda self, asked: "")
    InstagramWriter().write(attachments=[{"type": "image", "payload": {"url": f"{api.url}/files/secret"}}])
    assert fetch(row().pk)
    assert "authorization" not in api.asked[-1].headers, "the link is enough; the token stays here"
    InstagramWriter().write(attachments=[{"type": "share", "payload": {"url": f"{api.url}/files/secret"}}])
    assert Attachment.objects.count() == 1, "a post of somebody's is no file"


# --- who sees it ---------------------------------------------------------------------------------


@pytest.fixture
def stored(writer: WhatsAppWriter, api: WhatsAppGraph) -> Attachment:
    api.media("900001", picture())
    writer.picture("900001")
    fetch(row().pk)
    return row()


def staff_of(business: Any) -> Client:
    user = UserFactory()
    user.groups.add(front_desk_group())
    business.staff.add(user)
    client = Client()
    client.force_login(user)
    return client


def url_of(one: Attachment) -> str:
    return f"/admin/conversations/conversation/{one.message.conversation_id}/file/?number={one.pk}"


def test_staff_of_the_business_see_it_and_nobody_else(stored: Attachment, account: ChannelAccount) -> None:
    ours = staff_of(account.bot.business)
    answer = ours.get(url_of(stored))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert b"".join(answer.streaming_content) == path_of(stored).read_bytes()
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"].startswith("private")
    small = ours.get(url_of(stored) + "&small")
    assert (small.status_code, small["Content-Type"]) == (200, "image/jpeg")
    small.close()
    assert staff_of(BusinessFactory()).get(url_of(stored)).status_code == 404
    assert Client().get(url_of(stored)).status_code == 302
    assert ours.post(url_of(stored)).status_code == 405


def test_the_timeline_shows_it_small(stored: Attachment, account: ChannelAccount) -> None:
    page = staff_of(account.bot.business).get(
        f"/admin/conversations/conversation/{stored.message.conversation_id}/change/"
    )
    assert f'src="{url_of(stored)}&amp;small"' in page.content.decode()


def test_what_is_no_picture_is_downloaded_as_bytes(
    writer: WhatsAppWriter, api: WhatsAppGraph, account: ChannelAccount
) -> None:
    api.media("900003", PDF)
    writer.write(type="document", document={"id": "900003", "filename": "../../x\r\nSet-Cookie: a.html"})
    assert fetch(row().pk)
    answer = staff_of(account.bot.business).get(url_of(row()))
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert ".pdf" in answer["Content-Disposition"]
    assert "html" not in answer["Content-Disposition"]
    assert "Set-Cookie" not in answer.headers
    answer.close()


def test_a_file_of_another_conversation_is_not_there(stored: Attachment, account: ChannelAccount) -> None:
    WhatsAppWriter("48600100299").write("Hi")
    other = the_conversation_of("48600100299")
    answer = staff_of(account.bot.business).get(f"/admin/conversations/conversation/{other}/file/?number={stored.pk}")
    assert answer.status_code == 404


def the_conversation_of(peer: str) -> int:
    from conversations.models import Conversation

    return int(Conversation.objects.get(peer=peer).pk)
