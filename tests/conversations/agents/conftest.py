"""A ceramics studio whose bot asks a stand-in of a language model, and a customer who writes to it."""

from tests.customer import clock, customer, model, studio  # noqa: F401
