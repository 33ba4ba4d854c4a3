"""The work of the workers in one process, without Celery or a broker: break-glass, tests, and the terminal chat."""

from bots.staff import sweeps as staff
from conversations import attachments, delivery, echoes, takeover, turns


def drain() -> int:
    """Do everything of this room that is due now, until nothing is; returns how much was done."""
    done = 0
    while True:
        did = sum(turns.answer(conversation_id, patience=0) for conversation_id in turns.due())
        did += sum(delivery.deliver(conversation_id) for conversation_id in delivery.due())
        did += echoes.decide() + delivery.settle_uncertain() + takeover.end_pauses()
        did += sum(attachments.fetch(attachment_id) for attachment_id in attachments.due())
        did += staff.drain()
        if not did:
            return done
        done += did
