"""What goes in and out of the API of enquiries, as its schema describes it. Money in minor units, times with offset."""

from datetime import datetime
from typing import Any

from rest_framework import serializers

from bookings.models import ConsultationQuestion, Lead, Reservation
from bots.staff.subjects import REASON_LENGTH

LONGEST_HOLD = 30 * 24  # hours
MOST = 99_999_999  # minor units
HUGE = 2**62


class AwareDateTime(serializers.DateTimeField):
    """A time that says where on earth it is meant."""

    def to_internal_value(self, value: Any) -> datetime:
        try:
            at = datetime.fromisoformat(value)
        except (TypeError, ValueError):
            at = None
        if at is None or at.tzinfo is None:
            raise serializers.ValidationError("Write a time with its offset, like 2026-11-24T17:00:00+01:00.")
        return at


class Strict(serializers.Serializer[Any]):
    """Refuses fields that it does not know, so that a slip of the pen changes nothing."""

    def to_internal_value(self, data: Any) -> Any:
        unknown = set(data) - set(self.fields) if isinstance(data, dict) else set()
        if unknown:
            raise serializers.ValidationError({str(name)[:40]: ["There is no such field."] for name in sorted(unknown)})
        return super().to_internal_value(data)


# --- in ---------------------------------------------------------------------------------------------------------------


class Move(Strict):
    from_status = serializers.ChoiceField(
        choices=Lead.Status.choices,
        required=False,
        help_text="Decide only if it still stands here; else 409, with who was first.",
    )


class Reject(Move):
    reason = serializers.CharField(
        max_length=REASON_LENGTH, required=False, allow_blank=True, default="", help_text="The customer reads it."
    )


class SendDeposit(Move):
    amount = serializers.IntegerField(
        min_value=1, max_value=MOST, required=False, help_text="Minor units. By default what the bot asks for."
    )
    start = AwareDateTime(required=False, help_text="Hold this time until it is paid, then book it.")
    service = serializers.IntegerField(
        source="service_id", min_value=1, max_value=HUGE, required=False, help_text="What is booked."
    )
    hours = serializers.IntegerField(
        min_value=1, max_value=LONGEST_HOLD, required=False, help_text="How long it can be paid."
    )


class SendBookingLink(Move):
    service = serializers.IntegerField(
        source="service_id", min_value=1, max_value=HUGE, required=False, help_text="What is booked."
    )


class MarkBooked(Move):
    reservation = serializers.IntegerField(
        source="reservation_id",
        min_value=1,
        max_value=HUGE,
        required=False,
        help_text="A confirmed visit of this customer, if it is here.",
    )


class Wanted(Strict):
    """How the list is narrowed."""

    status = serializers.MultipleChoiceField(
        choices=Lead.Status.choices, required=False, help_text="May be given repeatedly."
    )
    since = AwareDateTime(required=False, help_text="Changed at this time or later.")
    search = serializers.CharField(
        max_length=100, required=False, allow_blank=True, help_text="In name, phone, e-mail, idea, or the number."
    )
    business = serializers.SlugField(required=False, help_text="For keys that open several.")
    page = serializers.IntegerField(min_value=1, required=False)
    page_size = serializers.IntegerField(min_value=1, max_value=100, required=False)


# --- out --------------------------------------------------------------------------------------------------------------


class Customer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField(allow_blank=True)
    phone = serializers.CharField(allow_blank=True)
    email = serializers.CharField(allow_blank=True)


class Money(serializers.Serializer[Any]):
    amount = serializers.IntegerField(help_text="Minor units.")
    currency = serializers.CharField()


class LeadInList(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    business = serializers.CharField(help_text="Its slug.")
    status = serializers.ChoiceField(choices=Lead.Status.choices)
    status_at = serializers.DateTimeField()
    version = serializers.IntegerField(help_text="Grows with every move and every answer.")
    next_step = serializers.CharField(allow_blank=True, help_text="Like “approve”, “send_deposit”, “pay”.")
    waits_for = serializers.ChoiceField(choices=["staff", "customer", ""])
    customer = Customer()
    language = serializers.CharField(allow_blank=True)
    title = serializers.CharField(allow_blank=True, help_text="The idea, in the customer's words.")
    size_cm = serializers.DecimalField(max_digits=6, decimal_places=1, allow_null=True)
    budget = Money(allow_null=True)
    wished_day = serializers.DateField(allow_null=True)
    deposit_amount = serializers.IntegerField(help_text="Minor units of the business's currency. 0: none is asked for.")
    photos = serializers.IntegerField(help_text="How many.")
    created_at = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    updated_at = serializers.DateTimeField()


class Answer(serializers.Serializer[Any]):
    question = serializers.CharField(help_text="Its code.")
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=ConsultationQuestion.Kind.choices)
    words = serializers.CharField(allow_blank=True)
    value = serializers.DictField()
    skipped = serializers.BooleanField()


class Photo(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    message = serializers.IntegerField()
    position = serializers.IntegerField(help_text="In the message's list of media, from 0.")
    status = serializers.CharField(allow_blank=True, help_text="waiting, stored, refused, lost; empty: not fetched.")
    content_type = serializers.CharField(allow_blank=True, help_text="What its bytes are.")
    size = serializers.IntegerField(help_text="In bytes.")
    url = serializers.CharField(allow_blank=True, help_text="Where the file is, here; empty unless it is stored.")


class Happened(serializers.Serializer[Any]):
    verb = serializers.CharField()
    from_status = serializers.CharField(allow_blank=True)
    to_status = serializers.CharField(allow_blank=True)
    by = serializers.CharField(source="by_name")
    way = serializers.CharField(source="source", help_text="admin, telegram, link, api, chat or clock.")
    reason = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()


class DepositOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    standing = serializers.CharField(help_text="requested, open, paid, late, expired, failed, refunded, disputed, …")
    amount = serializers.IntegerField(help_text="Minor units.")
    refunded_amount = serializers.IntegerField()
    currency = serializers.CharField()
    url = serializers.CharField(allow_blank=True, help_text="Where the customer pays; empty until it is known.")
    expires_at = serializers.DateTimeField()
    paid_at = serializers.DateTimeField(allow_null=True)


class Visit(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    status = serializers.ChoiceField(choices=Reservation.Status.choices)
    start = serializers.DateTimeField(allow_null=True)
    end = serializers.DateTimeField(allow_null=True)


class LeadWhole(LeadInList):
    bot = serializers.CharField(help_text="Its slug.")
    conversation = serializers.IntegerField(allow_null=True)
    service = serializers.IntegerField(allow_null=True)
    reason = serializers.CharField(allow_blank=True, help_text="Why it was declined or withdrawn.")
    can = serializers.ListField(child=serializers.CharField(), help_text="The moves that can be made from here.")
    answers = Answer(many=True)
    photo_list = Photo(many=True)
    history = Happened(many=True)
    deposit = DepositOut(allow_null=True)
    reservation = Visit(allow_null=True)


class LeadProblem(serializers.Serializer[Any]):
    detail = serializers.CharField(help_text="One plain sentence.")


class LeadConflict(LeadProblem):
    status = serializers.CharField(required=False, help_text="Where it stands.")
    by = serializers.CharField(required=False, allow_blank=True, help_text="Who was first.")
    at = serializers.DateTimeField(required=False, allow_null=True)
    free = serializers.ListField(
        child=serializers.DateTimeField(), required=False, help_text="If a time cannot be had: the nearest that can."
    )
