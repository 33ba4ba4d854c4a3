"""A ceramics studio on a Sunday evening, and a customer who writes to its bot."""

from tests.customer import clock, customer, studio  # noqa: F401
