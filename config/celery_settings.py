"""How Celery is set up: its messages are wake-ups, and the truth is in PostgreSQL.

Early acknowledgement, no result backend, no ETA, no task retries: a lost wake-up is found again by the sweeps.
See docs/decisions/0003-celery.md.
"""

import os

_is_worker = os.environ.get("PROCESS", "") in {"worker", "sender", "beat"}

CELERY_TASK_ACKS_LATE = False
CELERY_TASK_REJECT_ON_WORKER_LOST = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_RESULT_BACKEND = None
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_PUBLISH_RETRY = False  # a wake-up is optional, a hanging web request is not
CELERY_TASK_SOFT_TIME_LIMIT = 75
CELERY_TASK_TIME_LIMIT = 90
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_WORKER_ENABLE_SOFT_SHUTDOWN_ON_IDLE = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_POOL_ACQUIRE_TIMEOUT = 2
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Longer than the one second that a worker's BRPOP waits; short in the web, where a customer's message waits on it.
    "socket_timeout": 10 if _is_worker else 2,
    "socket_connect_timeout": 2,
    "socket_keepalive": True,
    "health_check_interval": 10,
    "retry_on_timeout": False,
    "visibility_timeout": 300,
    "max_retries": 1,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "global_keyprefix": "frontdesk:",
}
CELERY_TASK_DEFAULT_QUEUE = "turns"
CELERY_TASK_ROUTES = {
    "turns.*": {"queue": "turns"},
    "delivery.*": {"queue": "sends"},
    "attachments.*": {"queue": "io"},
    "templates.*": {"queue": "io"},
    "sweeps.templates": {"queue": "io"},  # it waits for the platforms
    "notices.*": {"queue": "io"},
    "telegram.*": {"queue": "io"},
    "calendar.*": {"queue": "io"},
    "payments.*": {"queue": "io"},
    "sweeps.busy": {"queue": "io"},  # it waits for Google
    "sweeps.memory": {"queue": "turns"},  # it waits for a model, and the other sweeps must not
    "sweeps.*": {"queue": "sweeps"},
}
CELERY_TIMEZONE = "UTC"
CELERY_ENABLE_UTC = True
CELERY_BEAT_SCHEDULER = "config.beat:Scheduler"
CELERY_BEAT_MAX_LOOP_INTERVAL = 1
