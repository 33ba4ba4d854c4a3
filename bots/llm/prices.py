"""What a request costs, in millionths of a US dollar.

A model that is not known costs as much as the dearest that is: money is never spent because a name is new.
"""

import json
import math
from dataclasses import dataclass

from django.conf import settings

from bots.llm.base import ChatMessage, CompletionRequest, Exchange, Usage


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars per million tokens. Reading the cache costs `cached` of the input's price, writing it `written`.

    Beyond `long_after` tokens of input everything costs `long_factor` times as much.
    """

    input: float
    output: float
    cached: float = 0.1
    written: float = 1.25
    long_after: int = 0
    long_factor: float = 1.0


# By the beginning of the model's name, the longest one counts. From the services' price lists, November 2026.
PRICES = {
    "gpt-6-luna": Price(0.20, 1.20),
    "gpt-5.6-luna": Price(0.20, 1.20),
    "gpt-5.5-pro": Price(30, 180, cached=1),
    "gpt-5.5": Price(5, 30),
    "gpt-5.4-pro": Price(30, 180, cached=1),
    "gpt-5.4-mini": Price(0.75, 4.50),
    "gpt-5.4-nano": Price(0.20, 1.25),
    "gpt-5.4": Price(2.50, 15),
    "claude-haiku-5-5": Price(0.10, 0.50, long_after=100_000, long_factor=5),
    "claude-haiku-4": Price(1, 5),
    "claude-sonnet-5": Price(2, 10),
    "claude-sonnet-4": Price(3, 15),
    "claude-opus-5-5": Price(4, 20),
    "claude-opus-5": Price(5, 25),
    "claude-opus-4": Price(5, 25),
    "claude-fable-5": Price(10, 50),
    "claude-mythos-5": Price(10, 50),
}
_DEAREST = max(PRICES.values(), key=lambda price: price.output)


def price_of(model: str) -> Price:
    """Return the price of a model. `LLM_PRICES`, like {"llama": [0, 0]}, comes before what is known here."""
    own = {name: Price(float(given[0]), float(given[1])) for name, given in settings.LLM_PRICES.items()}
    for table in (own, PRICES):
        matching = [name for name in table if model.startswith(name)]
        if matching:
            return table[max(matching, key=len)]
    return _DEAREST


def cost(model: str, usage: Usage) -> int:
    """Return what was used, in microdollars, rounded up."""
    price = price_of(model)
    cached = min(usage.cached_tokens, usage.input_tokens)
    written = min(usage.cache_write_tokens, usage.input_tokens - cached)
    fresh = usage.input_tokens - cached - written
    dollars = price.input * (fresh + cached * price.cached + written * price.written)
    dollars += price.output * usage.output_tokens
    if price.long_after and usage.input_tokens > price.long_after:
        dollars *= price.long_factor
    return math.ceil(round(dollars, 6))


def most(model: str, request: CompletionRequest) -> int:
    """Return what a request may cost at most, in microdollars: all of it written to the cache, the longest answer.

    A token is counted for every three bytes of UTF-8: one and a half letters of Cyrillic, three of Latin, which is
    more than the services count.
    """
    tokens = math.ceil(_size(request) / 3) + 200
    usage = Usage(input_tokens=tokens, cache_write_tokens=tokens, output_tokens=request.max_output_tokens)
    return cost(model, usage)


def _size(request: CompletionRequest) -> int:
    """Bytes of everything that is sent."""
    texts = [request.stable, request.facts, json.dumps(request.schema) if request.schema else ""]
    texts += [tool.name + tool.description + json.dumps(tool.parameters) for tool in request.tools]
    for part in request.history:
        if isinstance(part, ChatMessage):
            texts.append(part.text)
        else:
            texts += _written(part)
    return sum(len(text.encode(errors="replace")) + 20 for text in texts)


def _written(exchange: Exchange) -> list[str]:
    native = [json.dumps(exchange.native, default=str)] if exchange.native else []
    calls = [call.name + json.dumps(call.arguments) for call in exchange.calls]
    return native + calls + [result.text for result in exchange.results]
