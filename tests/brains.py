"""Brains for the stand-in of language models: what a good one, a story's one and a bad one would do."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from typing import Any

from bots.language import Context, Understanding, understand
from tests.standins.llm import filled
from tests.standins.llm_dialects import Asked, Reply


def facts_of(asked: Asked) -> dict[str, Any]:
    found = re.search(r"Facts of now: (\{.*?\})\n", asked.facts + "\n", re.DOTALL)
    return json.loads(found[1]) if found else {}


def business_of(asked: Asked) -> dict[str, Any]:
    found = re.search(r"The business: (\{.*\})", asked.stable)
    return json.loads(found[1]) if found else {}


class Sensible:
    """Understands a customer about as the rules do, chooses tools, and says what they found."""

    def __call__(self, asked: Asked) -> Reply:
        if asked.schema is not None:
            return Reply(text=json.dumps(filled(asked.schema)))
        self.facts = facts_of(asked)
        self.now = datetime.fromisoformat(self.facts["now"].split(" ", 1)[1])
        if asked.results:
            return self.say(asked)
        customer = self.customer(asked)
        understood = self.understand(customer, asked)
        calls = self.calls(customer, understood, asked)
        return Reply(calls=calls) if calls else Reply(text=self.chat(understood))

    def customer(self, asked: Asked) -> str:
        """All that was written since the assistant spoke."""
        words: list[str] = []
        for part in reversed(asked.parts):
            if part.role != "user":
                break
            words.insert(0, part.text)
        return "\n".join(words)

    def understand(self, text: str, asked: Asked) -> Understanding:
        services = {
            str(one["id"]): [one["name"], *one["names"].values()] for one in business_of(asked).get("services", [])
        }
        offered = tuple(
            (start.date(), start.time())
            for start in map(datetime.fromisoformat, self.facts.get("times_offered_before", []))
        )
        said = next((part.text for part in reversed(asked.parts) if part.role == "assistant"), "")
        requested = ("confirm",) if self.complete() else ("date", "time", "people")
        context = Context(services=services, offered=offered, bot_text=said, requested=requested)
        return understand(text, now=self.now, tz=self.facts["time_zone"], context=context)

    def complete(self) -> bool:
        draft = self.facts.get("draft") or {}
        return bool(draft) and not draft.get("missing")

    def calls(self, text: str, it: Understanding, asked: Asked) -> list[tuple[str, Any]]:
        calls: list[tuple[str, Any]] = [("search_knowledge", {"question": one}) for one in it.questions]
        visits, draft = self.facts.get("visits", []), self.facts.get("draft") or {}
        wish = self.wish(it)
        if it.has("complaint"):
            return [("hand_over", {"reason": "Complains"})]
        if it.has("cancel"):
            if visits:
                return [*calls, ("cancel_visit_of_mine", {"visit_id": visits[0]["id"], "agreement": text})]
            return [*calls, ("drop_wish", {})] if draft else [*calls, ("my_visits", {})]
        if it.has("my_booking"):
            return [*calls, ("my_visits", {})]
        if it.has("change") and visits and not draft:
            moved = {"day": _iso(it.date), "start_time": _iso(it.time)}
            return [*calls, ("move_visit", {"visit_id": visits[0]["id"], **moved})]
        if self.complete() and it.has("affirm") and not any(wish.values()):
            return [*calls, ("request_visit", {"agreement": text})]
        if it.has("book") or any(value for name, value in wish.items() if name != "service_id"):
            calls.append(("keep_wish", wish))
        return calls

    def wish(self, it: Understanding) -> dict[str, Any]:
        day, clock = it.date, it.time
        offered = [datetime.fromisoformat(one) for one in self.facts.get("times_offered_before", [])]
        meant = [one for one in offered if (not day or one.date() == day) and (not clock or one.time() == clock)]
        if len(meant) == 1 and (day is None) != (clock is None):
            day, clock = meant[0].date(), meant[0].time()
        exact = not (it.end_time or it.time_alternatives or it.open_ended)
        return {
            "service_id": int(it.service) if it.service else None,
            "day": _iso(day) if not (it.date_end or it.alternatives) else None,
            "start_time": _iso(clock) if exact else None,
            "people": it.people,
            "duration_minutes": it.duration_minutes,
        }

    def say(self, asked: Asked) -> Reply:
        """After tools: look for times if a wish is open, else say what was found."""
        words = []
        names = [part.name for part in asked.results]
        for part in asked.results:
            facts = json.loads(part.text) if part.text.startswith("{") else {}
            if part.name == "search_knowledge":
                if facts.get("found"):
                    words.append(str(facts["answer"]))
                elif "ask_staff" not in names:
                    return Reply(calls=[("ask_staff", {"question": "?"})])
            if part.name == "keep_wish" and "hint" in facts and "find_times" not in names:
                return Reply(calls=[("find_times", self.window(asked, facts["draft"]))])
            if part.name == "find_times" and facts.get("offers_said"):
                words.append(f"{facts.get('why', '')} {facts['offers_said']}?".strip())
            if part.name == "my_visits":
                words.append("\n".join(one["said"] for one in facts["visits"]) or "—")
            if part.name == "drop_wish":
                words.append("OK.")
        return Reply(text="|||".join(dict.fromkeys(words)))

    def window(self, asked: Asked, draft: dict[str, Any]) -> dict[str, Any]:
        it = self.understand(self.customer(asked), asked)
        first = it.date or (draft.get("day") and datetime.fromisoformat(draft["day"]).date()) or self.now.date()
        last = it.date_end or it.date or first + timedelta(days=0 if draft.get("day") else 14)
        latest = it.end_time or (it.time if it.time and not it.open_ended else None)
        return {
            "first_day": _iso(first),
            "last_day": _iso(last),
            "earliest": _iso(it.time) or draft.get("start_time"),
            "latest": _iso(latest) or draft.get("start_time"),
            "people": it.people or draft.get("people"),
            "duration_minutes": None,
            "service_id": None,
        }

    def chat(self, it: Understanding) -> str:
        return {
            "pl": "W czym mogę pomóc?",
            "uk": "Чим можу допомогти?",
            "ru": "Чем могу помочь?",
            "es": "¿En qué te ayudo?",
        }.get(it.lang, "How can I help you?")


def _iso(value: Any) -> str | None:
    if value is None:
        return None
    return value.isoformat()[:5] if hasattr(value, "hour") and not hasattr(value, "year") else value.isoformat()


def sensible(asked: Asked) -> Reply:
    return Sensible()(asked)
