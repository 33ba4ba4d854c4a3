"""The names of this app's Celery tasks; `feature` says what each of them runs."""

ANSWER = "turns.answer"
DELIVER = "delivery.deliver"
SHOW_ATTENTION = "delivery.attention"
FETCH = "attachments.fetch"
