"""Columns that tell their own time."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models

from bots.db import clock

if TYPE_CHECKING:
    DateTimeField = models.DateTimeField[Any, Any]
else:
    DateTimeField = models.DateTimeField


class SavedAtField(DateTimeField):
    """When the row was last saved, by the database's clock and not, as with `auto_now`, by the machine's.

    `update()` leaves it as it is.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"editable": False, "blank": True, **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> datetime:
        moment = clock.now()
        setattr(model_instance, self.attname, moment)
        return moment
