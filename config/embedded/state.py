"""What has to be the same at the next start of a pair of servers, and where they listen."""

import json
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path

from config.embedded import files
from config.embedded.errors import ServerError

HOST = "127.0.0.1"
ROLE = "frontdesk"  # what the project connects as: owns its databases, may create others, is no superuser


@dataclass(frozen=True, slots=True)
class Servers:
    """Where the two servers listen, passwords included."""

    database_url: str
    redis_url: str


@dataclass
class State:
    """Kept in `servers.json`, readable by its owner only."""

    cluster: str = field(default_factory=lambda: secrets.token_hex(8))  # tells our data from a predecessor's
    superuser_password: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    password: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    valkey_password: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    postgres_port: int = 0
    valkey_port: int = 0
    durable: bool = True

    @classmethod
    def load(cls, data_dir: Path) -> "State":
        """Return what was saved there, or a new one. Raises ServerError if it cannot be read."""
        try:
            return cls(**json.loads((data_dir / "servers.json").read_text()))
        except FileNotFoundError:
            return cls()
        except (ValueError, TypeError):
            raise ServerError(f"{data_dir / 'servers.json'} is damaged, so the data must be forgotten.") from None

    def save(self, data_dir: Path) -> None:
        """Before a server is started with it, so that nothing ever runs whose password is not known."""
        files.write(data_dir / "servers.json", json.dumps(asdict(self), indent=2))

    def servers(self, database: str) -> Servers:
        return Servers(
            database_url=f"postgresql://{ROLE}:{self.password}@{HOST}:{self.postgres_port}/{database}",
            redis_url=f"redis://:{self.valkey_password}@{HOST}:{self.valkey_port}/0",
        )
