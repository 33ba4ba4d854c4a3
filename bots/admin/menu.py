"""The menu beside every page of the admin: what the apps bring, in two sections."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from bots.registry import FRONT_DESK, SET_UP, MenuItem, brought


def sections(request: HttpRequest) -> list[dict[str, Any]]:
    """As Unfold's sidebar takes them. `settings.UNFOLD` names this function."""
    items = sorted(brought("menu"), key=lambda item: item.position)
    return [
        {"title": title, "items": [_line(item, request) for item in items if item.section == title]}
        for title in (FRONT_DESK, SET_UP)
    ]


def _line(item: MenuItem, request: HttpRequest) -> dict[str, Any]:
    line: dict[str, Any] = {"title": item.title, "icon": item.icon, "link": reverse(f"admin:{item.page}")}
    if item.badge:
        line["badge"] = item.badge(request)
    if item.permission:
        line["permission"] = item.permission
    return line
