"""Two that were taken for two people turn out to be one: their contacts become one, and their talks on an account too.

What other apps keep about a contact or a conversation is found by its foreign keys, so that nothing has to be told.
"""

import logging
from collections.abc import Sequence

from django.db import IntegrityError, models, transaction

from conversations.models import Contact, Conversation

logger = logging.getLogger(__name__)

OUR_APP = "conversations"


def merge(contact_ids: Sequence[int]) -> Contact:
    """One contact out of several: the oldest stays, and everything of the others becomes theirs. In a transaction.

    Locks their conversations, then the contacts, in the order of their keys. If one of them wants no automatic
    messages, the one who stays does not either.
    """
    list(Conversation.objects.select_for_update().filter(contact__in=contact_ids).order_by("pk"))
    kept, *others = Contact.objects.select_for_update().filter(pk__in=contact_ids).order_by("pk")
    for other in others:
        _give_all(other, kept)
        for name in ("name", "phone", "email", "language"):
            setattr(kept, name, getattr(kept, name) or getattr(other, name))
        if other.opted_out_at and not kept.opted_out_at:
            kept.opted_out_at, kept.opted_out_by = other.opted_out_at, other.opted_out_by
        kept.consent_at = max(filter(None, [kept.consent_at, other.consent_at]), default=None)
        logger.info("contacts merged", extra={"contact": kept.pk, "other": other.pk})
    kept.save()
    return kept


def one_talk(talks: Sequence[Conversation], best: tuple[str, str]) -> Conversation:
    """Return the conversation that goes on: the one under `best` if it is there, else the oldest. In a transaction.

    What was said in the others stays readable there; what other apps keep about them goes over, and nobody writes to
    them any more.
    """
    kept = next((talk for talk in talks if (talk.peer_kind, talk.peer) == best), talks[0])
    for talk in talks:
        if talk.pk != kept.pk:
            _give_all(talk, kept, but_not_of=OUR_APP)
            talk.peer, talk.peer_kind = f"{talk.peer_kind}:{talk.peer}:{talk.pk}"[:200], Conversation.MERGED
            talk.save(update_fields=["peer", "peer_kind"])
    return kept


def _give_all(old: models.Model, new: models.Model, *, but_not_of: str = "") -> None:
    """Let every row that points to `old` point to `new`. One that cannot, because `new` has its like, stays."""
    for relation in old._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        if model._meta.app_label == but_not_of or relation.many_to_many:
            continue
        rows = model._base_manager.filter(**{name: old.pk})
        for pk in list(rows.values_list("pk", flat=True)):
            try:
                with transaction.atomic():
                    model._base_manager.filter(pk=pk).update(**{name: new.pk})
            except IntegrityError:
                logger.warning("row left with who was merged", extra={"table": model._meta.db_table, "row": pk})
