"""Expressions that the booking tables' constraints need."""

from django.contrib.postgres.fields import BigIntegerRangeField
from django.db.models import Func


class Int8Range(Func):
    """A range of one number, so that an exclusion constraint can compare it without the btree_gist extension."""

    function = "int8range"
    output_field = BigIntegerRangeField()
