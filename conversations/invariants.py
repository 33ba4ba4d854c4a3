"""What must always be true of the conversations' tables, one query each: it finds the rows for which it is not.

Cheap enough for once an hour in production, and the judge of every experiment in `tests/faults`. The names are those
of the reliability design (I2 … I12); what a constraint already forbids is asked all the same where it costs nothing.
"""

from django.db import connection

# Each selects the ids of the conversations for which the sentence above it is not true.
QUERIES: dict[str, str] = {
    # I2: an event from outside is one message, however often it was delivered.
    "I2 stored twice": """
        SELECT min(conversation_id) FROM conversations_message WHERE external_id <> ''
        GROUP BY account_id, external_id HAVING count(*) > 1""",
    # I3, I4: what a customer wrote is answered by one turn.
    "I3 answered twice": """
        SELECT DISTINCT later.conversation_id FROM conversations_turn later
        JOIN conversations_turn earlier ON earlier.conversation_id = later.conversation_id AND earlier.id < later.id
            AND earlier.upto_seq > later.after_seq AND later.upto_seq > earlier.after_seq
        WHERE earlier.outcome IN ('answered', 'silent') AND later.outcome IN ('answered', 'silent')""",
    # I4: the watermark covers every turn that was committed, and nothing that was not written yet.
    "I4 watermark wrong": """
        SELECT c.id FROM conversations_conversation c
        LEFT JOIN LATERAL (SELECT max(upto_seq) AS seq FROM conversations_turn t
            WHERE t.conversation_id = c.id AND t.outcome IN ('answered', 'silent')) answered ON true
        WHERE c.answered_seq < COALESCE(answered.seq, 0) OR c.answered_seq > c.last_seq""",
    # I4: messages are numbered without a number left out beyond the last one.
    "I4 numbers wrong": """
        SELECT c.id FROM conversations_conversation c
        JOIN conversations_message m ON m.conversation_id = c.id
        GROUP BY c.id HAVING max(m.seq) <> c.last_seq""",
    # I5: what is unanswered has its time, or stands before staff: nothing is silent.
    "I5 silent": """
        SELECT id FROM conversations_conversation WHERE answered_seq < last_inbound_seq AND attention = ''
        AND ((mode = 'bot' AND due_at IS NULL) OR mode = 'nobody')""",
    # I5: the watermark for answers stands at the last thing that waits for one.
    "I5 forgotten": """
        SELECT c.id FROM conversations_conversation c JOIN conversations_message m ON m.conversation_id = c.id
        WHERE m.author = 'customer' AND m.expected AND m.seq > c.last_inbound_seq GROUP BY c.id""",
    # I7: one message of a conversation is under way at a time.
    "I7 two under way": """
        SELECT conversation_id FROM conversations_message WHERE status = 'sending'
        GROUP BY conversation_id HAVING count(*) > 1""",
    # I7: nothing is sent before what was queued earlier (what a person sends again may be older).
    "I7 out of order": """
        SELECT DISTINCT later.conversation_id FROM conversations_message later
        JOIN conversations_message earlier ON earlier.conversation_id = later.conversation_id
            AND earlier.seq < later.seq AND earlier.status IN ('queued', 'sending') AND earlier.purpose <> 'staff'
        WHERE later.author <> 'customer' AND later.status = 'sending'""",
    # I8: what was sent again although it may have arrived says so.
    "I8 not flagged": """
        SELECT DISTINCT conversation_id FROM conversations_message
        WHERE NOT maybe_duplicate AND error LIKE 'sent again%'""",
    # I12: what has been stuck for two minutes stands before staff.
    "I12 hidden": """
        SELECT c.id FROM conversations_conversation c WHERE c.attention = '' AND c.mode = 'bot'
            AND c.answered_seq < c.last_inbound_seq AND GREATEST(c.due_at, c.next_try_at) < now() - interval '4 minutes'
            AND (c.lease_until IS NULL OR c.lease_until < now())
        UNION
        SELECT m.conversation_id FROM conversations_message m
        JOIN conversations_conversation c ON c.id = m.conversation_id AND c.attention = ''
        WHERE m.status = 'sending' AND m.lease_until < now() - interval '4 minutes'""",
}


def broken() -> dict[str, list[int]]:
    """Return the invariants that do not hold now, each with the ids of the first hundred conversations concerned."""
    found = {}
    with connection.cursor() as cursor:
        for name, query in QUERIES.items():
            cursor.execute(f"SELECT * FROM ({query}) rows LIMIT 100")  # noqa: S608 - our own queries
            if ids := [row[0] for row in cursor.fetchall()]:
                found[name] = ids
    return found
