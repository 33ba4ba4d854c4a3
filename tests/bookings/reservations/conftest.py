"""A ceramics studio on a Sunday evening, and a customer who writes to its bot."""

from tests.customer import clock, customer, model, studio  # noqa: F401
