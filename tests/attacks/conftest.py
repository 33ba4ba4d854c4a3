"""The same studio, customer and stand-in as the agents' own tests have."""

from tests.conversations.agents.conftest import clock, model, studio  # noqa: F401
