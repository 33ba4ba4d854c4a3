"""Signs of life of the processes."""

from django.db import models


class Heartbeat(models.Model):
    """When a process last did its work: a connected but deaf worker is seen here."""

    name = models.CharField(primary_key=True, max_length=60)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
