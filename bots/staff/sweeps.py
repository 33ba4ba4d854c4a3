"""The clock's doorbells for what concerns managers: each calls one verb, and may ring twice, late or never."""

from celery import shared_task

from bots import bell
from bots.staff import agenda, links, sending
from bots.staff.telegram import updates


def drain() -> int:
    """Do all of it that is due now, in this process; returns how much was done."""
    done = sum(updates.handle(row_id) for row_id in updates.due())
    return done + agenda.tell_due() + sending.take_back() + sending.deliver_due()


@shared_task(name="sweeps.notices")
def notices_task() -> None:
    sending.ring_due()
    for row_id in updates.due():
        bell.ring(updates.TASK, row_id)


@shared_task(name="sweeps.agendas")
def agendas_task() -> None:
    agenda.tell_due()


@shared_task(name="sweeps.old_updates")
def old_updates_task() -> None:
    updates.forget_old()


@shared_task(name="sweeps.old_links")
def old_links_task() -> None:
    links.forget_old()
