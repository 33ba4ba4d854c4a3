"""What people do with a message, language by language: the words by which `consent` and `acts` read it.

A category holds phrases in the lexicon's notation. For consent, which counts every word of a message:

`yes` accepts by itself, `go` asks for the very thing that was proposed, `right` says that there is nothing to change,
`go_move` and `go_cancel` do so if that was proposed, `fill` says nothing, `sign` leads a signature in, `may` leads a
`go` in, `now` says nothing behind a `go`, `link` nothing before a day, an hour or a number of people, `and` nothing
but before those; `block` spoils what it stands in. `no` and `decline` refuse, `defer` puts off, `put_off` and `wait`
do where a message begins with them.

For acts: `status`, `repeat`, `ask_total`, `ask_end`, `ask_duration`, `ask_when`, `select`, `urgent`, `human`, `bot`,
`stop`, `chat`, `complain`, `cancel` say it by themselves, `what_if` asks about cancelling, `wrong` corrects. `huh` asks
to repeat if it stands alone; `settled` asks for the status in a question or beside `yet`; `there` (at the door and no
way in), `ill` and `hurry` are urgent in pairs; `elsewhere` is about something that takes time, but is no visit.
"""
