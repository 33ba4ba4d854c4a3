"""What is brought by that which is said: everyday talk, the inbox, and who answers when."""

from functools import partial
from pathlib import Path

from bots.registry import FRONT_DESK, SET_UP, Feature, Job, MenuItem
from bots.work import each
from conversations import admin, commands, delivery, echoes, metrics, sweeps, takeover, tasks, turns, warming
from conversations.attachments import fetching
from conversations.chat.everyday import HandOver, Questions, SmallTalk, StopAndStart
from conversations.evaluation import bank, everyday
from conversations.memory import summaries

FEATURE = Feature(
    skills=(StopAndStart(), HandOver(), Questions(), SmallTalk()),
    commands=(*commands.COMMANDS,),
    metrics=(metrics.families,),
    csrf_exempt=(
        "conversations.webhooks.Webhook",  # each channel's own signature or secret
        "conversations.webchat.views.SessionView",  # gives a new token and reads no cookie
        "conversations.webchat.views.MessagesView",  # the session's own token, in a header
    ),
    tasks={
        tasks.ANSWER: turns.answer,
        tasks.DELIVER: delivery.deliver,
        tasks.SHOW_ATTENTION: delivery.show_attention,
        tasks.FETCH: fetching.fetch,
    },
    warm_ups={"turns": warming.warm_up},
    jobs=(
        Job(
            "turns",
            2,
            "Answer what waits for an answer and was not enqueued.",
            sweeps.enqueue_turns,
            each(turns.due, partial(turns.answer, patience=0)),
        ),
        Job(
            "sends",
            2,
            "Send what is queued and was not enqueued.",
            sweeps.enqueue_sends,
            each(delivery.due, delivery.deliver),
        ),
        Job("echoes", 5, "Decide whether an unknown echo was ours or a person's.", echoes.decide, echoes.decide),
        Job(
            "uncertain",
            5,
            "Settle sends of which it is not known whether they arrived.",
            delivery.settle_uncertain,
            delivery.settle_uncertain,
        ),
        Job(
            "pauses",
            15,
            "Hand conversations back to the bot when a pause is over.",
            takeover.end_pauses,
            takeover.end_pauses,
        ),
        Job(
            "attachments",
            10,
            "Fetch the files of customers that were not enqueued.",
            fetching.enqueue_due,
            each(fetching.due, fetching.fetch),
        ),
        Job("memory", 300, "Sum up the dialogues that have been silent for a day.", summaries.sweep),
        Job("stuck", 60, "Show staff what is stuck.", sweeps.show_stuck),
        Job(
            "rollups", 3_600, "Add up what is settled, so that counting all there ever was stays cheap.", sweeps.add_up
        ),
        Job("heartbeat", 10, "Note that beat and a worker are alive.", partial(sweeps.beat, "beat and worker")),
    ),
    goals=everyday.GOALS,
    behaviours=everyday.BEHAVIOURS,
    phrasings=(Path(bank.__file__).parent,),
    menu=(
        MenuItem(
            FRONT_DESK, 10, "Inbox", "inbox", "conversations_conversation_changelist", badge=admin.needs_you_badge
        ),
        MenuItem(FRONT_DESK, 50, "Customers", "group", "conversations_contact_changelist"),
        MenuItem(SET_UP, 30, "Prompts", "edit_note", "conversations_botprompt_changelist"),
        MenuItem(SET_UP, 220, "Requests to models", "psychology", "conversations_llmcall_changelist"),
        MenuItem(SET_UP, 240, "Unreadable deliveries", "unknown_document", "conversations_deadletter_changelist"),
    ),
)
