"""What a business knows, found by meaning: `index` keeps the vectors up to date, `find` answers a question.

How "known" is told from "not known", and what was measured, stands in docs/decisions/0004-knowledge-search.md.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import connection, transaction

from bots.embeddings import embedder
from bots.knowledge.words import Likeness, cleaned, lexicon
from bots.models import Business, Knowledge, KnowledgeText, KnowledgeVector

LONGEST_PHRASING = 500  # characters: more would not fit the unique index, and says nothing more about the topic
CONFIDENT = 0.46

# The bundled model puts all texts of these languages between some 0.78 and 0.94 of cosine similarity.
MIDDLE, SPREAD = 0.85, 5.0

# Of _measures, in their order; fitted to tests/bots/knowledge_questions.jsonl.
WEIGHTS = (-3.83, 3.76, 0.3, 3.73, 1.59, 5.31, 2.32, 2.8)
# What stands in for the runner-up where a business knows too little to have one.
UNRELATED_RANK, UNRELATED_ANSWER = 0.1, -0.1

_NEAREST = """
    SELECT knowledge.id, knowledge.topic, text.language, vector.phrasing,
        vector.phrasing = left(btrim(text.answer, E' \\t\\r\\n'), %(longest)s),
        1 - (vector.embedding <=> %(question)s::halfvec)
    FROM bots_knowledgevector vector
    JOIN bots_knowledgetext text ON text.id = vector.text_id
    JOIN bots_knowledge knowledge ON knowledge.id = text.knowledge_id
    WHERE knowledge.business_id = %(business)s AND knowledge.is_active AND vector.model = %(model)s
    ORDER BY knowledge.id, vector.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeHit:
    """One thing that the business knows, as an answer to a question. `score` is from 0 to 1."""

    knowledge_id: int
    topic: str
    score: float
    confident: bool  # sure enough to be said as the answer
    answer: str
    answer_language: str
    is_translation_missing: bool  # the answer is not in the language that was asked for


# --- index ---------------------------------------------------------------------------------------------------------


def index(knowledge_id: int) -> int:
    """Bring the vectors of one knowledge entry up to date; returns how many rows were written or deleted.

    The model works outside the transaction. Locks the entry's row; when its words changed meanwhile, it starts again.
    """
    made: dict[str, list[float]] = {}
    while True:
        made |= _embed(knowledge_id, made.keys())
        with transaction.atomic():
            if not Knowledge.objects.select_for_update().filter(pk=knowledge_id).exists():
                return 0
            if (touched := _store(knowledge_id, made)) is not None:
                return touched


def index_all(business_id: int) -> int:
    """Bring the vectors of everything that a business knows up to date; returns how many rows were touched."""
    ids = Knowledge.objects.filter(business_id=business_id).order_by("pk").values_list("pk", flat=True)
    return sum(index(knowledge_id) for knowledge_id in ids)


def _wanted(knowledge_id: int) -> dict[tuple[int, str], bool]:
    """(text id, phrasing) of everything that should have a vector, and whether it is the answer."""
    wanted: dict[tuple[int, str], bool] = {}
    for text in KnowledgeText.objects.filter(knowledge_id=knowledge_id).select_related("knowledge"):
        for phrasing in (text.answer, text.knowledge.topic, *text.questions.splitlines()):
            if shortened := phrasing.strip()[:LONGEST_PHRASING]:
                wanted.setdefault((text.pk, shortened), phrasing is text.answer)
    return wanted


def _present(knowledge_id: int) -> set[tuple[int, str]]:
    rows = KnowledgeVector.objects.filter(text__knowledge_id=knowledge_id, model=embedder().name)
    return set(rows.values_list("text_id", "phrasing"))


def _embed(knowledge_id: int, known: Collection[str]) -> dict[str, list[float]]:
    """Vectors for what has none yet. Answers are embedded as the model's “passages”, all else as its “queries”."""
    present = _present(knowledge_id)
    missing = {row[1]: is_answer for row, is_answer in _wanted(knowledge_id).items() if row not in present}
    answers = sorted(phrasing for phrasing, is_answer in missing.items() if is_answer and phrasing not in known)
    made = dict(zip(answers, embedder().passages(answers), strict=True))
    for phrasing in sorted(missing.keys() - made.keys() - set(known)):
        made[phrasing] = embedder().query(phrasing)
    return made


def _store(knowledge_id: int, made: dict[str, list[float]]) -> int | None:
    """Write what is missing and delete what is stale; None when a vector is still to be made. The row is locked."""
    model, wanted = embedder().name, _wanted(knowledge_id)
    missing = sorted(wanted.keys() - _present(knowledge_id))
    if any(phrasing not in made for _, phrasing in missing):
        return None
    rows = KnowledgeVector.objects.filter(text__knowledge_id=knowledge_id)
    stale = [
        pk
        for pk, text_id, phrasing, row_model in rows.values_list("pk", "text_id", "phrasing", "model")
        if row_model != model or (text_id, phrasing) not in wanted
    ]
    rows.filter(pk__in=stale).delete()
    KnowledgeVector.objects.bulk_create(
        KnowledgeVector(text_id=text_id, phrasing=phrasing, model=model, embedding=made[phrasing])
        for text_id, phrasing in missing
    )
    return len(stale) + len(missing)


# --- find ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Candidate:
    """How near one topic is to the question: its nearest question, its nearest answer, its letters and words."""

    knowledge_id: int
    topic: str
    question: float
    answer: float
    likeness: Likeness
    is_foreign: bool  # nothing at all is written in the customer's language: letters and words say little

    @property
    def rank(self) -> float:
        return 0.6 * self.question + 0.4 * self.answer + 0.4 * self.likeness.letters + 0.25 * self.likeness.words


def find(business: Business, question: str, *, language: str, limit: int = 3) -> list[KnowledgeHit]:
    """Return what the business knows that answers the question, the best first; empty when there is nothing at all.

    Only the first may be `confident`. Reads, never writes.
    """
    question = cleaned(question)
    candidates = sorted(_candidates(business.pk, question, language), key=lambda one: -one.rank) if question else []
    scores = [_score(candidate, candidates) for candidate in candidates[:limit]]
    found = [
        (candidate, score, place == 0 and score >= CONFIDENT)
        for place, (candidate, score) in enumerate(zip(candidates, scores, strict=False))
    ]
    return _with_answers(business, language, found)


def _candidates(business_id: int, question: str, language: str) -> list[_Candidate]:
    rows = _nearest(business_id, embedder().query(question))
    likeness = lexicon(tuple((row[0], row[3]) for row in rows)).compare(question)
    is_foreign = language not in {row[2] for row in rows}
    topics: dict[int, str] = {}
    best: dict[tuple[int, bool], float] = {}
    for knowledge_id, topic, _, _, is_answer, cosine in rows:
        topics[knowledge_id] = topic
        nearness = (cosine - MIDDLE) * SPREAD
        best[knowledge_id, is_answer] = max(best.get((knowledge_id, is_answer), -1.0), nearness)
    return [
        _Candidate(
            knowledge_id,
            topic,
            question=best.get((knowledge_id, False), -1.0),
            answer=best.get((knowledge_id, True), -1.0),
            likeness=likeness[knowledge_id],
            is_foreign=is_foreign,
        )
        for knowledge_id, topic in topics.items()
    ]


def _nearest(business_id: int, vector: list[float]) -> list[tuple[int, str, str, str, bool, float]]:
    """(knowledge id, topic, language, phrasing, is that the answer, cosine): a small business is scanned whole."""
    values: dict[str, str | int] = {
        "question": str(vector),
        "business": business_id,
        "model": embedder().name,
        "longest": LONGEST_PHRASING,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST, values)
        rows: list[tuple[int, str, str, str, bool, float]] = cursor.fetchall()
        return rows


def _score(one: _Candidate, candidates: list[_Candidate]) -> float:
    """Return how sure it is, from 0 to 1, that this is what was asked: a logistic function with measured weights."""
    return 1 / (
        1 + math.exp(-sum(weight * value for weight, value in zip(WEIGHTS, _measures(one, candidates), strict=True)))
    )


def _measures(one: _Candidate, candidates: list[_Candidate]) -> tuple[float, ...]:
    others = [candidate for candidate in candidates if candidate is not one]
    lead = one.rank - max([candidate.rank for candidate in others] + [UNRELATED_RANK])
    answer_lead = one.answer - max([candidate.answer for candidate in others] + [UNRELATED_ANSWER])
    letters, words = one.likeness.letters, one.likeness.words
    return (1.0, one.question, one.answer, letters, words, lead, answer_lead, float(one.is_foreign))


def answer_in(business: Business, texts: Iterable[KnowledgeText], language: str) -> KnowledgeText:
    """Return the text in this language; else in the business's own, in one it answers in, or in whichever there is."""
    there = {text.language: text for text in texts}
    order = (language, business.default_language, *business.languages, *sorted(there))
    return next(there[code] for code in order if code in there)


def _with_answers(business: Business, language: str, found: list[tuple[_Candidate, float, bool]]) -> list[KnowledgeHit]:
    texts: dict[int, list[KnowledgeText]] = defaultdict(list)
    for text in KnowledgeText.objects.filter(knowledge_id__in=[candidate.knowledge_id for candidate, *_ in found]):
        texts[text.knowledge_id].append(text)
    answers = []
    for candidate, score, confident in found:
        if candidate.knowledge_id not in texts:
            continue  # deleted a moment ago
        text = answer_in(business, texts[candidate.knowledge_id], language)
        answers.append(
            KnowledgeHit(
                knowledge_id=candidate.knowledge_id,
                topic=candidate.topic,
                score=score,
                confident=confident,
                answer=text.answer,
                answer_language=text.language,
                is_translation_missing=text.language != language,
            )
        )
    return answers
