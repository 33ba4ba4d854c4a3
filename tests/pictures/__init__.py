"""What people see, opened in a real browser on a desk and on a phone: a program looks at it and keeps pictures."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PICTURES = ROOT / ".frontdesk" / "pictures"


class Trouble(Exception):
    """Nothing can be looked at: what was needed for it does not work, as the words say."""
