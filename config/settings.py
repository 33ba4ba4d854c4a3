"""Wiring. Everything a deployment decides comes from the environment (.env.example lists it); nothing starts here."""

import os
import sys
from pathlib import Path

import environ
from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.templatetags.static import static
from django.urls import reverse_lazy

from bots.llm.environment import keys_of_environment

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
if (BASE_DIR / ".env").exists():
    env.read_env(BASE_DIR / ".env")

# --- security --------------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
APP_ENV = env.str("APP_ENV", default="").strip().lower() or ("dev" if DEBUG else "production")
IN_PRODUCTION = APP_ENV != "dev"  # what is misspelt is production; a check names it
SECRET_KEY = env.str("SECRET_KEY", default="")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
FIELD_ENCRYPTION_KEYS = env.list("FIELD_ENCRYPTION_KEYS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
HTTPS = env.bool("HTTPS", default=not DEBUG)
_own_name = next((name for name in ALLOWED_HOSTS if name.strip("*.")), "localhost")
PUBLIC_URL = (
    env.str("PUBLIC_URL", default="").rstrip("/") or f"{'https' if HTTPS else 'http'}://{_own_name.lstrip('.')}"
)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^webhooks/", r"^health/", r"^metrics$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 8 * 60 * 60
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024  # Meta's batches reach 3 MB
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
WEBHOOK_MAX_BYTES = 3 * 1024 * 1024
CHAT_MAX_BYTES = 128 * 1024  # 10,000 characters, even when a client escapes every one of them
# Unfold's pages are built on Alpine, which evaluates expressions; images and connections stay at home all the same,
# so that nothing a customer or a model writes can call out from a page that staff have open.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, UNSAFE_EVAL, UNSAFE_INLINE],
        "style-src": [SELF, UNSAFE_INLINE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- apps ------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "rest_framework",
    "drf_spectacular",
    "django_celery_beat",
    "csp",
    "bots",
    "conversations",
    "payments",
    "bookings",
]
MIDDLEWARE = [
    "config.middleware.straight_to_webhooks",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- database: the only truth ------------------------------------------------------------------------
_process = env.str("PROCESS", default=Path(sys.argv[0]).name or "python")
DATABASES = {
    "default": {
        **env.db("DATABASE_URL", default="postgres://frontdesk@127.0.0.1:5432/frontdesk"),
        "ENGINE": "config.postgresql",  # Django's own, which looks before it hands out a connection
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            "connect_timeout": 3,
            "application_name": f"frontdesk-{_process}"[:60],
            "options": "-c statement_timeout=15000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=30000",
            "pool": {
                "min_size": 0,
                "max_size": env.int("DATABASE_POOL", default=16),
                "timeout": 5,
                "max_idle": 60,
                # Its tries wait longer each time; giving up before a request does lets the next request try at once.
                "reconnect_timeout": 4,
            },
        },
        "TEST": {"NAME": env.str("TEST_DATABASE_NAME", default=None)},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- broker: wakes workers up, keeps nothing ---------------------------------------------------------------
REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
CELERY_BROKER_URL = REDIS_URL

# How long a worker may be silent before another takes its work over. A turn thinks for 60 seconds at the most.
TURN_LEASE_SECONDS = env.float("TURN_LEASE_SECONDS", default=120)
SEND_LEASE_SECONDS = env.float("SEND_LEASE_SECONDS", default=45)

# --- words and clocks ----------------------------------------------------------------------------------
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("pl", "Polski"), ("uk", "Українська"), ("ru", "Русский"), ("es", "Español")]
USE_I18N = True

# --- files -----------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / ".frontdesk" / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "templates" / "static"]
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default="") or BASE_DIR / ".frontdesk" / "media")  # staff's eyes only
MEDIA_MAX_BYTES = 20 * 1024 * 1024  # of one file that a customer sends
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_MAX_AGE = 3600

# --- outside services ---------------------------------------------------------------------------------------
GRAPH_API_URL = env.str("GRAPH_API_URL", default="https://graph.facebook.com").rstrip("/")
VERIFY_TOKEN = env.str("VERIFY_TOKEN", default="")
WHATSAPP_VERIFY_TOKEN = env.str("WHATSAPP_VERIFY_TOKEN", default="")
TELEGRAM_API_URL = env.str("TELEGRAM_API_URL", default="").rstrip("/") or "https://api.telegram.org"
GOOGLE_API_URL = env.str("GOOGLE_API_URL", default="").rstrip("/") or "https://www.googleapis.com"
GOOGLE_CREDENTIALS_BASE64 = env.str("GOOGLE_CREDENTIALS_BASE64", default="").strip()
GOOGLE_CREDENTIALS_FILE = env.str("GOOGLE_CREDENTIALS_FILE", default="").strip()

# --- payments: without a key of Stripe, the sandbox plays the provider, and no money moves ---------------------------
STRIPE_SECRET_KEY = env.str("STRIPE_SECRET_KEY", default="").strip()
STRIPE_WEBHOOK_SECRET = env.str("STRIPE_WEBHOOK_SECRET", default="").strip()
STRIPE_API_URL = env.str("STRIPE_API_URL", default="").rstrip("/") or "https://api.stripe.com"
PAYMENTS_ASK_SECONDS = env.float("PAYMENTS_ASK_SECONDS", default=600)
PAYMENTS_PROVIDER = env.str("PAYMENTS_PROVIDER", default="").strip().lower() or (
    "stripe" if STRIPE_SECRET_KEY else "" if IN_PRODUCTION else "sandbox"
)

# --- e-mail to managers who have no Telegram; without EMAIL_URL none is sent ------------------------------------------
EMAIL_URL = env.str("EMAIL_URL", default="")
EMAIL_IS_SET_UP = bool(EMAIL_URL)
globals().update(env.email_url_config(EMAIL_URL or "dummymail://"))
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="") or f"frontdesk@{_own_name.lstrip('.')}"

# --- language models: without a key, rules answer; bots/llm/environment.py finds the keys -----------------------------
OPENAI_BASE_URL = env.str("OPENAI_BASE_URL", default="").rstrip("/") or "https://api.openai.com/v1"
ANTHROPIC_BASE_URL = env.str("ANTHROPIC_BASE_URL", default="").rstrip("/").removesuffix("/v1")
ANTHROPIC_BASE_URL = ANTHROPIC_BASE_URL or "https://api.anthropic.com"
OPENAI_MODEL = env.str("OPENAI_MODEL", default="") or "gpt-5.6-luna"
ANTHROPIC_MODEL = env.str("ANTHROPIC_MODEL", default="") or "claude-haiku-5-5"
LLM_KEYS = keys_of_environment(os.environ)
LLM_PRICES = env.json("LLM_PRICES", default={})
LLM_TURN_SECONDS = env.float("LLM_TURN_SECONDS", default=45)
LLM_ROUNDS = env.int("LLM_ROUNDS", default=6)

# --- machines' API --------------------------------------------------------------------------------------------
ADMIN_API_KEY = env.str("ADMIN_API_KEY", default="").strip()
ADMIN_TOKEN = env.str("ADMIN_TOKEN", default="").strip()  # the older name of the same
METRICS_ALLOW = env.list("METRICS_ALLOW", default=[])
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "bots.staff.api_keys.authentication.ApiKeyHeader",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAdminUser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "config.errors.plain_words",
    # Whose address counts for the limits: a forwarding header is believed only from a proxy of ours.
    "NUM_PROXIES": 1 if env.bool("BEHIND_PROXY", default=False) else 0,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Frontdesk",
    "DESCRIPTION": "The web chat's API and what machines may ask. Machines send a key in the header X-Admin-API-Key.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SCHEMA_PATH_PREFIX": "/api",
    "ENUM_NAME_OVERRIDES": {
        "LeadStatus": "bookings.models.Lead.Status",
        "ReservationStatus": "bookings.models.Reservation.Status",
    },
}

# --- staff's screens ---------------------------------------------------------------------------------------------
LOGIN_REDIRECT_URL = reverse_lazy("admin:conversations_conversation_changelist")
UNFOLD = {
    "DASHBOARD_CALLBACK": "conversations.admin.dashboard",
    "SITE_TITLE": "Frontdesk",
    "SITE_HEADER": "Frontdesk",
    "SITE_SYMBOL": "concierge",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("staff/icon.svg")}],
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "SIDEBAR": {"show_search": False, "show_all_applications": False, "navigation": "bots.admin.menu.sections"},
}

# --- logs: one JSON object a line, ids only; no message text, no names, no secrets ---------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"redact": {"()": "config.logs.Redact"}},
    "formatters": {
        "json": {
            "()": "config.logs.JsonLine",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
            "rename_fields": {"asctime": "at", "levelname": "level", "name": "logger"},
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["redact"]}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},
        # A line for every wake-up and every sweep says nothing; what was done is told by the modules that do it.
        "celery.app.trace": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.beat": {"level": "WARNING"},
        # These write down whole requests, with what customers said; httpx even at INFO the address, with its token.
        **{
            name: {"level": "WARNING"}
            for name in ("openai", "anthropic", "httpx2", "httpcore2", "telegram", "httpx", "httpcore", "stripe")
        },
    },
}

from config.celery_settings import *  # noqa: E402, F403 - one module for what section 5 of the reliability design asks
