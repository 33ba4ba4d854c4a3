"""What machines may ask of conversations."""

from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bots.staff.api_keys.authentication import actor_of, businesses_of
from conversations import takeover
from conversations.models import Conversation


class ClearState(APIView):
    """Forget what is half-finished in a conversation. For staff of the business, and for holders of an API key."""

    @extend_schema(request=None, responses={200: OpenApiTypes.OBJECT})
    def post(self, request: Request, pk: int) -> Response:
        mine = Conversation.objects.filter(account__bot__business__in=businesses_of(request.user))
        conversation = get_object_or_404(mine, pk=pk)
        cleared = takeover.clear_state(conversation.pk, by=actor_of(request.user))
        return Response({"conversation": conversation.pk, "cleared": cleared})
