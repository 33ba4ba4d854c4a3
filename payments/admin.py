"""Staff's pages for deposits."""

from django.contrib import admin
from django.http import HttpRequest

from bots.staff.scoped import ReadOnlyAdmin
from payments.models import Deposit


def badge(request: HttpRequest) -> str:
    return ""


@admin.register(Deposit)
class DepositAdmin(ReadOnlyAdmin):
    business_path = "business"
