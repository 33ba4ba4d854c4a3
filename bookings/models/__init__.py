"""What a business offers, when it is open, and who has reserved or asked for what."""

from bookings.models.calendars import BusyPeriod, CalendarEvent, GoogleCalendar
from bookings.models.leads import (
    BookingLink,
    ConsultationQuestion,
    ConsultationQuestionText,
    Lead,
    LeadAnswer,
    LeadPhoto,
    LeadReminder,
    LeadReminderRule,
    LeadSettings,
)
from bookings.models.reservations import Reminder, ReminderRule, Reservation, ReservationQuerySet
from bookings.models.resources import WEEKDAYS, HolidayRule, Resource, TimeOff, WorkingHours
from bookings.models.services import Service, ServiceName

__all__ = [
    "WEEKDAYS", "BookingLink", "BusyPeriod", "CalendarEvent", "ConsultationQuestion", "ConsultationQuestionText",
    "GoogleCalendar", "HolidayRule", "Lead", "LeadAnswer", "LeadPhoto", "LeadReminder", "LeadReminderRule",
    "LeadSettings", "Reminder", "ReminderRule", "Reservation", "ReservationQuerySet", "Resource", "Service",
    "ServiceName", "TimeOff", "WorkingHours",
]  # fmt: skip
