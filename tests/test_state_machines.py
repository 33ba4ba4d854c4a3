"""docs/state-machines.md draws the tables as they are."""

from pathlib import Path

import pytest

from bookings.leads.transitions import LEAD
from bookings.reservations.transitions import RESERVATION
from payments.transitions import DEPOSIT

DOCUMENT = Path(__file__).parent.parent / "docs" / "state-machines.md"


@pytest.mark.parametrize("table", [RESERVATION, LEAD, DEPOSIT], ids=lambda table: table.subject)
def test_the_document_draws_the_table(table):
    assert f"```mermaid\n{table.diagram()}\n```\n" in DOCUMENT.read_text(), table.diagram()


@pytest.mark.parametrize("table", [RESERVATION, LEAD, DEPOSIT], ids=lambda table: table.subject)
def test_the_document_names_what_draws_no_arrow(table):
    text = DOCUMENT.read_text()
    assert all(f"`{name}`" in text for name, transition in table.table.items() if not transition.to)


@pytest.mark.parametrize("table", [RESERVATION, LEAD, DEPOSIT], ids=lambda table: table.subject)
def test_a_table_names_only_statuses_that_there_are(table):
    assert {status for one in table.table.values() for status in (*one.start, *one.to)} <= set(table.words)
