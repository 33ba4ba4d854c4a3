"""What machines may ask of conversations."""

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bots.staff.actors import Actor
from bots.staff.admin_token import AdminToken
from conversations import takeover
from conversations.models import Conversation


class ClearState(APIView):
    """Forget what is half-finished in a conversation. For staff of the business, and for the holder of ADMIN_TOKEN."""

    authentication_classes: ClassVar[list[Any]] = [AdminToken, SessionAuthentication]

    @extend_schema(request=None, responses={200: OpenApiTypes.OBJECT})
    def post(self, request: Request, pk: int) -> Response:
        conversation = get_object_or_404(Conversation.objects.of(request.user), pk=pk)
        cleared = takeover.clear_state(conversation.pk, by=Actor.staff(request.user, way="api"))
        return Response({"conversation": conversation.pk, "cleared": cleared})
