"""A mail server for tests: speaks SMTP (RFC 5321) on loopback, keeps what it takes, refuses what a real one would.

`refuse` maps a command (“RCPT”, “DATA”, “END”) to the reply it gives instead, or to "" to hang up.
"""

import email
import email.policy
import re
import socketserver
import threading
from email.message import EmailMessage
from typing import Any, cast

ADDRESS = re.compile(rb"(?:FROM|TO):<([^<>\s]+@[^<>\s]+)>", re.IGNORECASE)
LONGEST_LINE = 1000  # bytes with CRLF: RFC 5321, 4.5.3.1.6


class MailServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.letters: list[EmailMessage] = []
        self.refuse: dict[str, str] = {}
        self.wrong: list[str] = []
        self.offers_login = False
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def take(self, sender: bytes, to: list[bytes], body: bytes) -> str:
        """What is wrong with the letter, or nothing."""
        if any(len(line) > LONGEST_LINE - 2 for line in body.split(b"\r\n")):
            return "a line is too long"
        head = body.split(b"\r\n\r\n")[0]
        if not head.isascii():
            return "a header is not ASCII"
        letter = cast(EmailMessage, email.message_from_bytes(body, policy=email.policy.default))
        for name in ("From", "To", "Subject", "Date", "Message-ID"):
            if len(letter.get_all(name, [])) != 1:
                return f"{name} is there {len(letter.get_all(name, []))} times"
        if not re.fullmatch(r"<[^\s<>@]+@[^\s<>@]+>", letter["Message-ID"]):
            return "the Message-ID is malformed"
        if not sender or not to:
            return "nobody wrote it, or to nobody"
        self.letters.append(letter)
        return ""


class _Talk(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.say("220 stand-in")
        sender, to = b"", cast(list[bytes], [])
        while line := self.rfile.readline(2000):
            command = line[:4].upper().decode("ascii", "replace")
            if (refusal := self.server.refuse.get(command)) is not None:
                if not refusal:
                    return
                self.say(refusal)
                continue
            if command == "EHLO" and self.server.offers_login:
                self.say("250-stand-in")
                self.say("250 AUTH PLAIN")
                continue
            if command == "QUIT":
                self.say("221 bye")
                return
            if command == "DATA":
                self.say("354 go on")
                if not self.data(sender, to):
                    return
                continue
            if command in ("MAIL", "RCPT"):
                found = ADDRESS.search(line)
                if not found:
                    self.say("501 malformed address")
                    continue
                sender, to = (found[1], to) if command == "MAIL" else (sender, [*to, found[1]])
            self.say("250 stand-in" if command in ("EHLO", "HELO", "MAIL", "RCPT", "RSET", "NOOP") else "502 unknown")

    def data(self, sender: bytes, to: list[bytes]) -> bool:
        """Whether the talk goes on."""
        lines: list[bytes] = []
        while (line := self.rfile.readline(100_000)) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        refusal: Any = self.server.refuse.get("END")
        if refusal is not None:
            if refusal:
                self.say(refusal)
            return bool(refusal)
        wrong = self.server.take(sender, to, b"".join(lines))
        if wrong:
            self.server.wrong.append(wrong)
        self.say(f"554 {wrong}" if wrong else "250 taken")
        return True

    def say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")
