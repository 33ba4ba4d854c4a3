"""Words that do something only together, in one clause: "when" and "finish" ask for the end of a visit.

`at_what` asks for an hour or a day: with `ends` or `fetched` (picked up, going home) it asks when the visit ends, with
`agreed` when it is; so do `until_what` with what `lasts`, and `forgot` with an `hour`. `off` takes somebody off a list:
with a `visit` that is cancelled, with `letters` there shall be no more, as with `no_more`. `gives_up` cancels a visit
by itself, but who `stays_on` does not. `elsewhen` is another day or hour, `other` another something: they change a
visit that `comes` another time, is `mine` or turned `unfit`; `moves` does so alone. `somebody` and `person` want a
person beside `contacts` or `wants`, `no_bot` does alone; `no_staff` is about other people. `voucher` is one that the
customer has, unless the clause `sells`, or asks and does not say who `pays` with it. `calm` is never urgent in pairs.
`weak` praises, which is no firm yes beside what is `polite`.
"""

from bots.language.lexicon.acts.pairs import en, es, pl, ru, uk

PAIRS = {"en": en.PAIRS, "es": es.PAIRS, "pl": pl.PAIRS, "ru": ru.PAIRS, "uk": uk.PAIRS}
