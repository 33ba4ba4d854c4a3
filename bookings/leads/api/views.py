"""What machines may ask of enquiries, and decide about them: the same actions as behind every button of staff's.

Keys and people see the enquiries of their own businesses; what is not theirs does not exist for them (404). Who comes
second gets 409 with who was first and when. A decision by a key is signed with the key's name.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.generics import ListAPIView
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bookings.availability.reasons import NotFree
from bookings.availability.wording import why
from bookings.leads import actions, booking as lead_booking
from bookings.leads.api import representation, serializers as fields
from bookings.leads.transitions import LEAD, lock_lead
from bookings.models import Lead
from bots.db.transactions import atomic_with_retry
from bots.staff.actors import Actor
from bots.staff.api_keys.authentication import Machine, actor_of, businesses_of
from conversations.attachments.serving import stored_file

LIST = fields.LeadInList(many=True)
WRONG = OpenApiResponse(OpenApiTypes.OBJECT, "By the field's name, what is wrong with it.")
MANY = OpenApiResponse(fields.LeadProblem, "Too many wrong keys came from this address.")
PROBLEMS = {400: WRONG, 401: fields.LeadProblem, 403: fields.LeadProblem, 404: fields.LeadProblem, 429: MANY}
LOST = OpenApiResponse(fields.LeadConflict, "Someone was first, or it cannot be done from here. Nothing was changed.")
DECIDED = {**PROBLEMS, 200: fields.LeadWhole, 409: LOST}


class MayDecide(BasePermission):
    """Keys may; staff as far as the admin lets them."""

    def has_permission(self, request: Request, view: Any) -> bool:
        who = request.user
        if isinstance(who, Machine):
            return True
        right = "view" if request.method in ("GET", "HEAD", "OPTIONS") else "change"
        return bool(who.is_active and who.is_staff and who.has_perm(f"bookings.{right}_lead"))


class Pages(PageNumberPagination):
    page_size = 25
    page_size_query_param = "page_size"
    max_page_size = 100


class LeadView(APIView):
    permission_classes = [MayDecide]

    def mine(self) -> QuerySet[Lead]:
        return Lead.objects.filter(business__in=businesses_of(self.request.user))


class Leads(LeadView, ListAPIView[Lead]):
    """The enquiries, the latest first."""

    serializer_class = fields.LeadInList
    pagination_class = Pages

    @extend_schema(operation_id="leads_list", parameters=[fields.Wanted], responses={**PROBLEMS, 200: LIST})
    def get(self, request: Request) -> Response:
        return self.list(request)

    def get_queryset(self) -> QuerySet[Lead]:
        wanted = fields.Wanted(data=self.request.query_params)
        wanted.is_valid(raise_exception=True)
        return representation.in_list(narrowed(self.mine(), **wanted.validated_data).order_by("-pk"))

    def paginate_queryset(self, queryset: Any) -> Any:
        return [representation.row(lead) for lead in super().paginate_queryset(queryset) or []]


def narrowed(rows: QuerySet[Lead], **wanted: Any) -> QuerySet[Lead]:
    if statuses := wanted.get("status"):
        rows = rows.filter(status__in=statuses)
    if "since" in wanted:
        rows = rows.filter(updated_at__gte=wanted["since"])
    if "business" in wanted:
        rows = rows.filter(business__slug=wanted["business"])
    if words := wanted.get("search", "").strip():
        named = Q(contact__name__icontains=words) | Q(contact__email__icontains=words) | Q(title__icontains=words)
        digits = "".join(letter for letter in words if letter.isdigit())
        if len(digits) >= 4:
            named |= Q(contact__phone__contains=digits)
        if words.isdecimal() and len(words) < 18:
            named |= Q(pk=int(words))
        rows = rows.filter(named)
    return rows


class OneLead(LeadView):
    """One enquiry: answers, photos, what happened to it, its deposit and its visit."""

    @extend_schema(operation_id="leads_one", responses={**PROBLEMS, 200: fields.LeadWhole})
    def get(self, request: Request, pk: int) -> Response:
        return whole(get_object_or_404(self.mine(), pk=pk).pk)


class LeadPhotoFile(LeadView):
    """A photo of an enquiry, as it is kept here; with `?small` its thumbnail."""

    @extend_schema(operation_id="leads_photo", responses={**PROBLEMS, (200, "image/*"): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int, photo: int) -> HttpResponseBase:
        lead = get_object_or_404(self.mine(), pk=pk)
        one = get_object_or_404(lead.photos.select_related("message__conversation"), pk=photo)
        file = get_object_or_404(one.message.attachments, position=one.position)
        return stored_file(one.message.conversation, file.pk, small="small" in request.query_params)


def whole(lead_id: int) -> Response:
    return Response(fields.LeadWhole(representation.whole(lead_id)).data)


class Deciding(LeadView):
    """One move: the subclasses say which, and what may come with it."""

    takes: ClassVar[type[fields.Move]]
    move: ClassVar[Callable[..., Lead]]

    def post(self, request: Request, pk: int) -> Response:
        lead = get_object_or_404(self.mine(), pk=pk)
        given = self.takes(data=request.data)
        given.is_valid(raise_exception=True)
        answers = dict(given.validated_data)
        seen = answers.pop("from_status", None)
        try:
            decide(type(self).move, lead.pk, by=actor_of(request.user), seen=seen, **answers)
        except NotFree as error:
            free = [slot.start.astimezone(lead.business.zone) for slot in error.nearest]
            return Response({"detail": why(error.reason), "free": free}, status=409)
        return whole(lead.pk)


@atomic_with_retry
def decide(run: Callable[..., Lead], lead_id: int, *, by: Actor, seen: str | None, **answers: Any) -> None:
    """Make the move; only from the status that the other side has seen, if it says so. Locks what the move locks."""
    if seen is not None and (lead := lock_lead(lead_id)).status != seen:
        raise LEAD.already(lead)
    run(lead_id, by=by, **answers)


def described(name: str, takes: type[fields.Move]) -> Any:
    """Return how the schema describes a move."""
    told = extend_schema(operation_id=f"leads_{name}", request=takes, responses=DECIDED)
    return extend_schema_view(post=told)


@described("approve", fields.Move)
class Approve(Deciding):
    """Take the enquiry on. The customer is told what comes next."""

    takes = fields.Move
    move = staticmethod(actions.approve)


@described("reject", fields.Reject)
class Reject(Deciding):
    """Decline it. The customer reads the reason."""

    takes = fields.Reject
    move = staticmethod(actions.reject)


@described("send_deposit", fields.SendDeposit)
class SendDeposit(Deciding):
    """Ask for the deposit. The customer gets the link a moment later; then `deposit.url` has it, too."""

    takes = fields.SendDeposit
    move = staticmethod(actions.send_deposit)


@described("send_booking_link", fields.SendBookingLink)
class SendBookingLink(Deciding):
    """Send the customer a page where they choose a time."""

    takes = fields.SendBookingLink
    move = staticmethod(lead_booking.send_booking_link)


@described("mark_booked", fields.MarkBooked)
class MarkBooked(Deciding):
    """It has been booked, here or in a book of your own. The customer is told."""

    takes = fields.MarkBooked
    move = staticmethod(lead_booking.mark_booked)


urlpatterns = [
    path("", Leads.as_view(), name="leads"),
    path("<int:pk>/", OneLead.as_view(), name="lead"),
    path("<int:pk>/photos/<int:photo>/", LeadPhotoFile.as_view(), name="lead-photo"),
    path("<int:pk>/approve/", Approve.as_view(), name="lead-approve"),
    path("<int:pk>/reject/", Reject.as_view(), name="lead-reject"),
    path("<int:pk>/send-deposit/", SendDeposit.as_view(), name="lead-send-deposit"),
    path("<int:pk>/send-booking-link/", SendBookingLink.as_view(), name="lead-send-booking-link"),
    path("<int:pk>/mark-booked/", MarkBooked.as_view(), name="lead-mark-booked"),
]
