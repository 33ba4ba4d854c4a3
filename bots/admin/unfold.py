"""Unfold's pages and decorators, typed: it promises no types, and its classes are Django's with more to them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.contrib import admin

__all__ = ["ModelAdmin", "ModelForm", "StackedInline", "TabularInline", "action", "display"]

if TYPE_CHECKING:
    Method = TypeVar("Method", bound=Callable[..., Any])
    ModelAdmin = admin.ModelAdmin[Any]
    ModelForm = forms.ModelForm[Any]
    StackedInline = admin.StackedInline[Any, Any]
    TabularInline = admin.TabularInline[Any, Any]

    def action(**options: Any) -> Callable[[Method], Method]: ...

    def display(**options: Any) -> Callable[[Method], Method]: ...
else:
    from unfold.admin import ModelAdmin, StackedInline, TabularInline
    from unfold.decorators import action, display

    ModelForm = forms.ModelForm
