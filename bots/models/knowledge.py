"""What a business knows: topics, their texts in each language, and the vectors these are found by."""

from django.db import models
from pgvector.django import HalfVectorField

from bots.embeddings import DIMENSIONS
from bots.models.business import LANGUAGE_CHOICES, Business


class Knowledge(models.Model):
    """One thing that the business knows, with its answer in any number of languages."""

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="knowledge")
    topic = models.CharField(max_length=120, help_text="For staff, like “Parking”.")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["topic"]
        verbose_name_plural = "knowledge"

    def __str__(self) -> str:
        return self.topic


class KnowledgeText(models.Model):
    """The questions and the answer in one language."""

    knowledge = models.ForeignKey(Knowledge, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=8, choices=LANGUAGE_CHOICES)
    questions = models.TextField(help_text="One a line, as customers ask it.")
    answer = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["knowledge", "language"], name="knowledge_text_once")]

    def __str__(self) -> str:
        return f"{self.knowledge} ({self.language})"


class KnowledgeVector(models.Model):
    """One phrasing of a knowledge text as a vector; apart from the text, so that editing stays cheap."""

    text = models.ForeignKey(KnowledgeText, on_delete=models.CASCADE, related_name="vectors")
    phrasing = models.TextField()
    model = models.CharField(max_length=60, help_text="Which embedding model made it.")
    embedding = HalfVectorField(dimensions=DIMENSIONS)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["text", "phrasing", "model"], name="knowledge_vector_once")]

    def __str__(self) -> str:
        return self.phrasing
