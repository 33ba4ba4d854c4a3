"""The providers, one line each. An SDK takes a second to import: it is loaded when it is first asked."""

from functools import cache

from django.utils.module_loading import import_string

from bots.llm.base import LLM

LLMS = {"openai": "bots.llm.openai.OpenAI", "anthropic": "bots.llm.anthropic.Anthropic"}


@cache
def provider(code: str) -> LLM:
    made: LLM = import_string(LLMS[code])()
    return made
