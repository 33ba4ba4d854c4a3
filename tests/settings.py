"""The project's settings on the real embedded servers, started here because pytest reads settings before anything else."""

import os
from pathlib import Path

from cryptography.fernet import Fernet

FOREIGN = (
    "GRAPH_API_URL",
    "META_APP_SECRET",
    "VERIFY_TOKEN",
    "INSTAGRAM_ACCOUNT_ID",
    "INSTAGRAM_TOKEN",
    "TELEGRAM_API_URL",
    "TELEGRAM_BOT_TOKEN",
    "OWNER_TELEGRAM_CHAT_ID",
    "BEHIND_PROXY",
    "PUBLIC_URL",
    "EMAIL_URL",
    "DEFAULT_FROM_EMAIL",
    "ADMIN_API_KEY",
    "ADMIN_TOKEN",
    "APP_ENV",
    "GOOGLE_API_URL",
    "GOOGLE_CREDENTIALS_BASE64",
    "GOOGLE_CREDENTIALS_FILE",
    "GOOGLE_CALENDAR_ID",
    "OPENAI_BASE_URL",
    "OPENAI_MODEL",
    "ANTHROPIC_BASE_URL",
    "ANTHROPIC_MODEL",
    "STRIPE_SECRET_KEY",
    "STRIPE_WEBHOOK_SECRET",
    "PAYMENTS_PROVIDER",
    "APP_ENV",
)
for name in [*FOREIGN, *(name for name in os.environ if "_API_KEY" in name)]:
    os.environ.pop(name, None)
os.environ |= {"SECRET_KEY": "tests-only", "APP_ENV": "dev", "DEBUG": "true", "HTTPS": "false", "LOG_LEVEL": "WARNING"}
os.environ |= {"OPENAI_BASE_URL": "http://127.0.0.1:9/v1", "ANTHROPIC_BASE_URL": "http://127.0.0.1:9"}  # nobody listens
os.environ["STRIPE_API_URL"] = "http://127.0.0.1:9"
os.environ["GOOGLE_API_URL"] = "http://127.0.0.1:9"
os.environ.setdefault("FIELD_ENCRYPTION_KEYS", Fernet.generate_key().decode())

from config import embedded  # noqa: E402 - after the environment is set

_servers = embedded.start(Path(__file__).resolve().parent.parent / ".frontdesk" / "test", durable=False)
os.environ["DATABASE_URL"], os.environ["REDIS_URL"] = _servers.database_url, _servers.redis_url

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # where nothing was collected yet, WhiteNoise warns
DATABASES["default"]["ENGINE"] = "tests.postgresql"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # no manifest in tests
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # safe ones take a quarter of a second
WHITENOISE_AUTOREFRESH = True  # looks for a file when asked for it, instead of reading them all for each test

LLM_KEYS = {"openai": [], "anthropic": []}  # not even those of a .env file
