"""An Instagram account of ours, Meta's side of it, and a Graph API that refuses what the real one refuses."""

from collections.abc import Iterator
from typing import Any

import pytest

from bots import accounts
from bots.models import ChannelAccount
from tests.conversations.writer import InstagramWriter, instagram_account
from tests.standins.graph import Graph


@pytest.fixture(autouse=True)
def read_accounts_anew() -> Iterator[None]:
    accounts.forget()
    yield
    accounts.forget()


@pytest.fixture
def account(db: Any) -> ChannelAccount:
    return instagram_account()


@pytest.fixture
def writer(account: ChannelAccount) -> InstagramWriter:
    return InstagramWriter()


@pytest.fixture
def graph_api(settings: Any) -> Iterator[Graph]:
    with Graph(anyone=True) as graph:
        settings.GRAPH_API_URL = graph.url
        yield graph
