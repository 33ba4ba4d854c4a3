"""A model answers: through tools that are rehearsed, and performed once with the turn."""

from bookings.models import Reservation
from conversations.models import LLMCall
from tests.customer import Customer
from tests.standins.llm import Model


def test_a_customer_books_through_the_model(model: Model, customer: Customer) -> None:
    first = customer.writes("Dzień dobry! Ile kosztują warsztaty na kole i czy można przyjść we wtorek o 17 w 2 osoby?")
    assert any("120 zł" in text for text in first), first
    assert customer.turn.agent == "llm", customer.turn.fallback
    second = customer.writes("to wtorek 18:30, ale będziemy w 3")
    assert customer.turn.agent == "llm", customer.turn.fallback
    assert "Wtorek 24 listopada, 18:30–20:30, 3 osoby, 360 zł razem" in second[-1] or "360 zł" in second[-1], second
    assert customer.visits == [("draft", "2026-11-24 18:30", 3)]
    third = customer.writes("tak, proszę")
    assert customer.turn.agent == "llm", customer.turn.fallback
    assert customer.visits == [("pending", "2026-11-24 18:30", 3)], third
    assert Reservation.objects.count() == 1
    assert LLMCall.objects.filter(turn=customer.turn).count() == 2
