"""Phrases as an automaton hear what they would if every variant were written out."""

from hypothesis import given, strategies as st

from bots.language.lexicon.automaton import Place, State, opened, plant, words_of
from bots.language.lexicon.base import ANY, expand

WORDS = ("ab", "abc", "b", "cd", "cde")
PARTS = st.sampled_from([*WORDS, "ab*", "cd*", "{ab,b}", "{ab,}", "{b cd,abc}", "{b,b ab,}", "c{d,de}", ANY])
PHRASES = st.lists(st.lists(PARTS, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=4).map(" | ".join)


def written_out(phrases: str, said: list[str]) -> set[int]:
    """Return after how many words a phrase ends that begins with the first one."""
    ends = set()
    for words in expand(phrases):
        if words[0] == ANY or len(words) > len(said):
            continue
        pairs = zip(words, said, strict=False)
        if all(one in (ANY, two) or (one.endswith("*") and two.startswith(one[:-1])) for one, two in pairs):
            ends.add(len(words))
    return ends


def heard(root: State, said: list[str]) -> set[int]:
    ends, state = set(), root
    for place, word in enumerate(said):
        further = state.step(word, anything=place > 0)
        if further is None:
            break
        state = further
        if "told" in state.found:
            ends.add(place + 1)
    return ends


def root_of(phrases: str, known: frozenset[str] = frozenset()) -> State:
    start = Place()
    plant(start, phrases, "told", known=known)
    return opened(start)


@given(PHRASES, st.lists(st.sampled_from(WORDS), min_size=1, max_size=6))
def test_it_hears_what_every_variant_written_out_would(phrases: str, said: list[str]) -> None:
    assert heard(root_of(phrases), said) == written_out(phrases, said)


def test_twenty_places_with_two_words_each_are_forty_words() -> None:
    phrases = " ".join("{a,b}" for _ in range(20))

    assert heard(root_of(phrases), ["a", "b"] * 10) == {20}
    assert len(list(words_of(phrases))) == 40


def test_a_phrase_is_left_out_whose_first_word_is_known_already() -> None:
    root = root_of("{a,b} c", known=frozenset({"a"}))

    assert (heard(root, ["a", "c"]), heard(root, ["b", "c"])) == (set(), {2})


def test_words_are_compared_as_they_are_spelled() -> None:
    start = Place()
    plant(start, "да", "told")

    assert heard(opened(start, lambda word: {"да": "da"}[word]), ["da"]) == {1}
