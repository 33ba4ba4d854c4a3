"""The same studio, customer and stand-in as the agents' own tests have."""

from tests.customer import clock, model, studio  # noqa: F401
