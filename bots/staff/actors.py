"""Who does something, and from where: stands in every decision's record."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser


@dataclass(frozen=True, slots=True)
class Actor:
    name: str
    source: str  # "admin", "telegram", "link", "api", "chat", "clock", "command"
    user_id: int | None = None

    @classmethod
    def staff(cls, user: AbstractBaseUser, *, source: str = "admin") -> "Actor":
        full_name = getattr(user, "get_full_name", lambda: "")()
        return cls(full_name or user.get_username(), source, user.pk)

    @classmethod
    def customer(cls) -> "Actor":
        return cls("Customer", "chat")

    @classmethod
    def clock(cls) -> "Actor":
        return cls("Time ran out", "clock")

    @property
    def is_customer(self) -> bool:
        return self.source == "chat"
