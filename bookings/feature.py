"""What reservations, enquiries and their mirrors bring to the platform."""

from pathlib import Path

from bookings import metrics, presets
from bookings.availability.wish_words import wish_words
from bookings.leads import (
    decisions as lead_decisions,
    notifications as lead_notifications,
    presets as lead_presets,
    reminders as lead_reminders,
)
from bookings.leads.admin import board
from bookings.leads.admin.panels import LeadPanel
from bookings.leads.card import LeadSubject
from bookings.leads.chat import choosing_time
from bookings.leads.chat.skill import Consultation
from bookings.leads.evaluation import enquiry, sandbox as lead_sandbox
from bookings.leads.history import LeadHistory
from bookings.mirrors.google_calendar import (
    admin as calendar_admin,
    busy,
    claims,
    decisions as calendar_decisions,
    setup as calendar_setup,
    sync,
)
from bookings.reservations import commands, decisions, holds, notifications
from bookings.reservations.admin.panels import ReservationPanel
from bookings.reservations.card import ReservationSubject
from bookings.reservations.chat import flow
from bookings.reservations.chat.skill import Booking
from bookings.reservations.evaluation import behaviours, changing, sandbox as reservation_sandbox, wanting
from bookings.reservations.history import VisitHistory
from bookings.reservations.reminders.planning import replan
from bookings.reservations.reminders.queue import queue_due
from bots.registry import FRONT_DESK, SET_UP, Feature, Job, MenuItem
from bots.work import each

HERE = Path(__file__).parent

FEATURE = Feature(
    skills=(Consultation(), Booking()),
    decisions=(*decisions.DECISIONS, *calendar_decisions.DECISIONS, *lead_decisions.DECISIONS),
    subjects=(ReservationSubject(), LeadSubject()),
    commands=(*commands.COMMANDS,),
    templates=notifications.TEMPLATES | lead_notifications.TEMPLATES,
    panels=(ReservationPanel(), LeadPanel()),
    frames={flow.FRAME: wish_words("Wants a visit"), choosing_time.FRAME: wish_words("Chooses a time for the enquiry")},
    metrics=(metrics.families,),
    setup_checks=(calendar_setup.check,),
    csrf_exempt=("bookings.leads.pages.BookingPage",),  # the link's own secret, and a signed mark of the page shown
    tasks={"calendar.mirror": sync.mirror_and_go_on},
    jobs=(
        Job(
            "holds",
            15,
            "Free the places of requests that nobody decided in time.",
            holds.expire_holds,
            holds.expire_holds,
        ),
        Job("reminders", 30, "Queue the reminders that are due.", queue_due, queue_due),
        Job("replan_reminders", 86_400, "Work out reminders anew, in case a clock rule changed.", replan),
        Job(
            "lead_reminders",
            60,
            "Remind of enquiries that came to a stop; put old drafts away.",
            lead_reminders.sweep,
            lead_reminders.sweep,
        ),
        Job(
            "calendar", 10, "Copy to Google Calendar what was not enqueued.", sync.sweep, each(claims.due, sync.mirror)
        ),
        Job("busy", 10, "Read from Google Calendar when something else stands in it.", busy.read_due, busy.read_due),
    ),
    preset_sections={
        "resources": presets.load_resources,
        "services": presets.load_services,
        "consultation": lead_presets.load_consultation,
        "calendars": presets.load_calendars,
    },
    histories=(LeadHistory, VisitHistory),
    goals=(wanting.WantsVisit, *changing.GOALS, *enquiry.GOALS),
    behaviours=(*behaviours.BEHAVIOURS, *enquiry.BEHAVIOURS),
    phrasings=(HERE / "reservations" / "evaluation" / "bank", HERE / "leads" / "evaluation" / "bank"),
    sandboxes=(reservation_sandbox.ReservationSandbox(), lead_sandbox.LeadSandbox()),
    menu=(
        MenuItem(FRONT_DESK, 20, "Enquiries", "view_kanban", "bookings_lead_changelist", badge=board.badge),
        MenuItem(FRONT_DESK, 30, "Reservations", "event", "bookings_reservation_changelist"),
        MenuItem(SET_UP, 100, "Services", "sell", "bookings_service_changelist"),
        MenuItem(SET_UP, 110, "Places and hours", "schedule", "bookings_resource_changelist"),
        MenuItem(SET_UP, 120, "Time off", "beach_access", "bookings_timeoff_changelist"),
        MenuItem(SET_UP, 130, "Questions of enquiries", "contact_support", "bookings_consultationquestion_changelist"),
        MenuItem(SET_UP, 140, "Enquiries: deposit and link", "tune", "bookings_leadsettings_changelist"),
        MenuItem(SET_UP, 150, "Enquiries: reminders", "notifications", "bookings_leadreminderrule_changelist"),
        MenuItem(SET_UP, 160, "Reminders", "notifications", "bookings_reminderrule_changelist"),
        MenuItem(
            SET_UP,
            170,
            "Google Calendar",
            "calendar_month",
            "bookings_googlecalendar_changelist",
            badge=calendar_admin.badge,
        ),
        MenuItem(SET_UP, 180, "Copies in Google Calendar", "event_upcoming", "bookings_calendarevent_changelist"),
        MenuItem(SET_UP, 190, "Holidays", "celebration", "bookings_holidayrule_changelist"),
    ),
)
