"""The record of what was decided: written in the action's own transaction, and told to whom it concerns."""

from bots.models import Decision
from bots.staff.actors import Actor
from bots.staff.notifications import queue as notification_queue
from bots.staff.subjects import all_subjects


def record(
    *,
    business_id: int,
    subject: str,
    subject_id: int,
    verb: str,
    from_status: str,
    to_status: str,
    by: Actor,
    reason: str = "",
) -> Decision:
    """Write down who decided what; managers' cards about it follow. Called in the action's own transaction."""
    decision = Decision.objects.create(
        business_id=business_id,
        subject=subject,
        subject_id=subject_id,
        verb=verb,
        from_status=from_status,
        to_status=to_status,
        by_id=by.user_id,
        by_name=by.name,
        source=by.source,
        reason=reason,
    )
    if about := all_subjects().get(subject):
        notification_queue.announce(decision, about.kind_for(decision))
    return decision
