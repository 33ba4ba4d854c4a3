"""Every periodic job, one table. All may run twice, late or never: the tables say what is due."""

from typing import NamedTuple


class Job(NamedTuple):
    name: str
    task: str
    every_seconds: float
    says: str


SCHEDULE = [
    Job("turns", "sweeps.turns", 2, "Answer what waits for an answer and was not rung for."),
    Job("sends", "sweeps.sends", 2, "Send what is queued and was not rung for."),
    Job("echoes", "sweeps.echoes", 5, "Decide whether an unknown echo was ours or a person's."),
    Job("uncertain", "sweeps.uncertain", 5, "Settle sends of which it is not known whether they arrived."),
    Job("attachments", "sweeps.attachments", 10, "Fetch the files of customers that were not rung for."),
    Job("templates", "sweeps.templates", 43_200, "Ask which message templates are approved."),
    Job("pauses", "sweeps.pauses", 15, "Hand conversations back to the bot when a pause is over."),
    Job("holds", "sweeps.holds", 15, "Free the places of requests that nobody decided in time."),
    Job("reminders", "sweeps.reminders", 30, "Queue the reminders that are due."),
    Job(
        "replan_reminders", "sweeps.replan_reminders", 86_400, "Work out reminders anew, in case a clock rule changed."
    ),
    Job("lead_reminders", "sweeps.lead_reminders", 60, "Remind of enquiries that came to a stop; put old drafts away."),
    Job("calendar", "sweeps.calendar", 10, "Copy to Google Calendar what was not rung for."),
    Job("busy", "sweeps.busy", 10, "Read from Google Calendar when something else stands in it."),
    Job("payments", "sweeps.payments", 5, "Take to the payment provider, and take in from it, what was not rung for."),
    Job("old_payment_events", "sweeps.old_payment_events", 86_400, "Forget what payment events said months ago."),
    Job("memory", "sweeps.memory", 300, "Sum up the dialogues that have been silent for a day."),
    Job("notices", "sweeps.notices", 2, "Tell managers what they were not told yet; handle what they pressed."),
    Job("agendas", "sweeps.agendas", 60, "Tell managers what the day brings."),
    Job("old_updates", "sweeps.old_updates", 86_400, "Forget what managers wrote weeks ago."),
    Job("old_links", "sweeps.old_links", 86_400, "Forget one-time links that expired three months ago."),
    Job("stuck", "sweeps.stuck", 60, "Show staff what is stuck."),
    Job("heartbeat", "sweeps.heartbeat", 10, "Note that beat and a worker are alive."),
]
