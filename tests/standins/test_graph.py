"""The stand-in itself: what it refuses, and that it works as a process of its own and as Meta towards us."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bots import http
from tests.standins.graph import APP_SECRET, TOKEN, Graph, encode, sign

BEARER = {"Authorization": f"Bearer {TOKEN}"}
TEXT = {"recipient": {"id": "9001"}, "message": {"text": "Hello"}}
SEND = "/v25.0/me/messages"


@pytest.fixture
def graph() -> Iterator[Graph]:
    with Graph() as running:
        running.customer_wrote("9001")
        yield running


class OurSide(ThreadingHTTPServer):
    """A webhook that remembers what it got, and fails as often as it is told to."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), OurHandler)
        self.got: list[tuple[bytes, str]] = []
        self.failures = 0
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/webhooks/instagram/"

    def texts(self) -> list[str]:
        items = [item for body, _ in list(self.got) for item in json.loads(body)["entry"][0]["messaging"]]
        return [item["message"].get("text", "") for item in items]


class OurHandler(BaseHTTPRequestHandler):
    server: OurSide

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = 200
        if self.server.failures:
            self.server.failures -= 1
            status = 503
        else:
            self.server.got.append((body, self.headers["X-Hub-Signature-256"]))
        self.send_response(status)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def ours() -> Iterator[OurSide]:
    server = OurSide()
    yield server
    server.shutdown()
    server.server_close()


def eventually(condition: Any) -> None:
    deadline = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def replies(number: int, **change: Any) -> dict[str, Any]:
    given = [{"content_type": "text", "title": "A", "payload": "a"} | change for _ in range(number)]
    return {"recipient": {"id": "9001"}, "message": {"text": "Choose", "quick_replies": given}}


@pytest.mark.parametrize(
    ("path", "headers", "body", "expected"),
    [
        ("/v25.0/me/message", BEARER, TEXT, (400, 2500, None)),
        ("/me/messages", BEARER, TEXT, (400, 2500, None)),
        ("/v2.6/me/messages", BEARER, TEXT, (400, 2500, None)),
        ("/v25.0/17841400000000009/messages", BEARER, TEXT, (400, 100, 33)),
        (SEND, {}, TEXT, (401, 190, None)),
        (SEND, {"Authorization": "Bearer other"}, TEXT, (401, 190, None)),
        (SEND, {"Authorization": TOKEN}, TEXT, (401, 190, None)),
        (SEND, BEARER, None, (400, 100, None)),
        (SEND, BEARER, [], (400, 100, None)),
        (SEND, BEARER, {"message": {"text": "Hello"}}, (400, 100, 2534015)),
        (SEND, BEARER, {"recipient": {"id": "7"}, "message": {"text": "Hello"}}, (400, 100, 2534014)),
        (SEND, BEARER, {"recipient": {"id": "9001"}}, (400, 100, 2534015)),
        (SEND, BEARER, {"recipient": {"id": "9001"}, "message": {"text": " "}}, (400, 100, 2534015)),
        (SEND, BEARER, {"recipient": {"id": "9001"}, "message": {"text": "ж" * 501}}, (400, 100, 2534015)),
        (SEND, BEARER, {"recipient": {"id": "9001"}, "sender_action": "dance"}, (400, 100, 2534015)),
        (SEND, BEARER, TEXT | {"sender_action": "typing_on"}, (400, 100, 2534015)),
        (SEND, BEARER, TEXT | {"messaging_type": "SHOUT"}, (400, 100, 2534015)),
        (SEND, BEARER, TEXT | {"messaging_type": "MESSAGE_TAG", "tag": "ACCOUNT_UPDATE"}, (400, 100, None)),
        (SEND, BEARER, TEXT | {"messaging_type": "MESSAGE_TAG"}, (400, 100, None)),
        (SEND, BEARER, replies(14), (400, 100, 2534015)),
        (SEND, BEARER, replies(0), (400, 100, 2534015)),
        (SEND, BEARER, replies(1, payload="p" * 1001), (400, 100, 2534015)),
        (SEND, BEARER, replies(1, title=""), (400, 100, 2534015)),
        (SEND, BEARER, replies(1, content_type="button"), (400, 100, 2534015)),
    ],
)
def test_refused(graph: Graph, path: str, headers: dict[str, str], body: Any, expected: tuple[Any, ...]) -> None:
    got = http.request("POST", graph.url + path, json=body, headers=headers)
    error = got.json()["error"]
    assert (got.status, error["code"], error.get("error_subcode")) == expected
    assert graph.deliveries == []


def test_accepted_as_meta_does(graph: Graph) -> None:
    for body in (TEXT, replies(13), replies(1, title="a title of more than twenty characters"), TEXT | {"unknown": 1}):
        got = http.request("POST", graph.url + SEND, json=body, headers=BEARER)
        assert got.status == 200
        assert got.json() == {"recipient_id": "9001", "message_id": graph.deliveries[-1].message_id}
    by_query = http.request("POST", f"{graph.url}/v24.0/17841400000000001/messages?access_token={TOKEN}", json=TEXT)
    assert by_query.status == 200
    cut = graph.deliveries[2].body["message"]["quick_replies"][0]["title"]
    assert cut == "a title of more than"
    assert graph.count(text="Hello") == 3


def test_the_window(graph: Graph) -> None:
    tagged = TEXT | {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
    table = [(23.9, TEXT, 200), (24.1, TEXT, 403), (24.1, tagged, 200), (167.9, tagged, 200), (168.1, tagged, 403)]
    for hours, body, status in table:
        graph.customer_wrote("9001", hours_ago=hours)
        got = http.request("POST", graph.url + SEND, json=body, headers=BEARER)
        assert got.status == status, (hours, body)
        if status == 403:
            assert (got.json()["error"]["code"], got.json()["error"]["error_subcode"]) == (10, 2534022)


def test_harm_waits_for_its_message_and_ends(graph: Graph) -> None:
    graph.harm("throttled", times=2, text="Hello")
    other = {"recipient": {"id": "9001"}, "message": {"text": "Other"}}
    typing = {"recipient": {"id": "9001"}, "sender_action": "typing_on"}
    bodies = [other, typing, TEXT, TEXT, TEXT]
    assert [http.request("POST", graph.url + SEND, json=body, headers=BEARER).status for body in bodies] == [
        200,
        200,
        429,
        429,
        200,
    ]
    graph.harm("token_dead")
    assert [http.request("POST", graph.url + SEND, json=TEXT, headers=BEARER).status for _ in range(3)] == [401] * 3
    graph.calm()
    assert http.request("POST", graph.url + SEND, json=TEXT, headers=BEARER).status == 200


def test_many_at_once_are_all_counted(graph: Graph) -> None:
    def send(number: int) -> Any:
        body = TEXT | {"biz_opaque_callback_data": f"ref-{number % 50}"}
        return http.request("POST", graph.url + SEND, json=body, headers=BEARER).json()["message_id"]

    with ThreadPoolExecutor(16) as pool:
        ids = list(pool.map(send, range(400)))
    assert len(set(ids)) == 400
    assert graph.count(text="Hello") == 400
    assert graph.count(client_ref="ref-7") == 8


def test_a_customer_writes_to_us_signed(graph: Graph, ours: OurSide) -> None:
    graph.webhook(ours.url)
    told = graph.write("9002", "Привіт ✨")
    [(body, signature)] = ours.got
    assert told["status"] == 200
    assert signature == sign(body, APP_SECRET)
    assert b"\\u041f\\u0440" in body
    assert json.loads(body)["entry"][0]["messaging"][0]["message"] == {"mid": told["mid"], "text": "Привіт ✨"}
    to_them = {"recipient": {"id": "9002"}, "message": {"text": "Hello"}}
    assert http.request("POST", graph.url + SEND, json=to_them, headers=BEARER).status == 200


def test_what_we_send_comes_back_as_an_echo(graph: Graph, ours: OurSide) -> None:
    graph.webhook(ours.url)
    ours.failures = 1  # Meta tries again
    mid = http.request("POST", graph.url + SEND, json=TEXT, headers=BEARER).json()["message_id"]
    eventually(lambda: ours.got)
    [item] = json.loads(ours.got[0][0])["entry"][0]["messaging"]
    assert item["message"] == {"mid": mid, "text": "Hello", "is_echo": True}
    assert (item["sender"]["id"], item["recipient"]["id"]) == ("17841400000000001", "9001")
    eventually(lambda: len(graph.posted) == 2)  # it notes an answer after we gave it
    assert [one["status"] for one in graph.posted] == [503, 200]


def test_an_echo_before_the_answer_and_of_a_lost_one(graph: Graph, ours: OurSide) -> None:
    graph.webhook(ours.url, echo="before")
    http.request("POST", graph.url + SEND, json=TEXT, headers=BEARER)
    assert ours.texts() == ["Hello"]
    graph.harm("closed")
    with pytest.raises(http.NoAnswer):
        http.request("POST", graph.url + SEND, json=TEXT, headers=BEARER)
    assert ours.texts() == ["Hello", "Hello"]
    graph.harm("dropped")
    with pytest.raises(http.NoAnswer):
        http.request("POST", graph.url + SEND, json=TEXT, headers=BEARER)
    assert ours.texts() == ["Hello", "Hello"]


def test_stopping_frees_what_hangs() -> None:
    graph = Graph(anyone=True).start()
    graph.harm("hang")
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(http.request, "POST", graph.url + SEND, json=TEXT, headers=BEARER)
        eventually(lambda: graph.deliveries)
        graph.stop()
        assert isinstance(waiting.exception(timeout=5), http.NoAnswer)


def test_as_a_process_of_its_own(ours: OurSide) -> None:
    command = [sys.executable, "-m", "tests.standins.graph", "--token", "t0ken", "--webhook", ours.url]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        url = process.stdout.readline().strip()

        def tell(verb: str, **values: Any) -> Any:
            return http.request("POST", f"{url}/_control/{verb}", json=values).json()

        def ask(name: str) -> Any:
            return http.request("GET", f"{url}/_control/{name}").json()

        assert ask("health") == "ok"
        assert tell("write", customer="9001", text="Hi")["status"] == 200
        tell("harm", name="closed")
        with pytest.raises(http.NoAnswer):
            http.request("POST", url + SEND, json=TEXT, headers={"Authorization": "Bearer t0ken"})
        assert ask("count?text=Hello") == 1
        assert ask("deliveries?customer=9001")[0]["text"] == "Hello"
        assert [one["path"] for one in ask("asked")] == [SEND]
        eventually(lambda: ours.texts() == ["Hi", "Hello"])
        assert http.request("POST", f"{url}/_control/harm", json={"name": "no such"}).status == 400
        assert http.request("GET", f"{url}/_control/secrets").status == 400
        tell("reset")
        assert ask("count") == 0
    finally:
        process.kill()
        process.communicate()


def test_what_it_signs_is_what_it_sends(graph: Graph) -> None:
    body = encode({"text": "Привіт é"})
    assert body == b'{"text":"\\u041f\\u0440\\u0438\\u0432\\u0456\\u0442 \\u00e9"}'
    with pytest.raises(LookupError):
        graph.write("9001", "nobody listens")


def test_not_json_at_all(graph: Graph) -> None:
    request = urllib.request.Request(graph.url + SEND, data=b"text=Hello", headers=BEARER, method="POST")
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request, timeout=5)
    with caught.value as error:
        assert error.code == 400
