"""Ways of agreeing, moving, cancelling and of who comes that are of Spanish alone; by the writer of its lexicon."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bots.language import Context, Understanding, understand

ZONE = ZoneInfo("Europe/Warsaw")
NOW = datetime(2026, 11, 30, 10, 0, tzinfo=ZONE)
SUMMED_UP = Context(requested=("confirm",), state={"date": "2026-12-04", "time": "17:00", "people": 2})
WHICH = Context(requested=("visit",), proposed="cancel")
MOVED = Context(requested=("confirm", "move"), proposed="move")


def read(text: str, context: Context | None = None) -> Understanding:
    return understand(text, now=NOW, tz=ZONE, lang="es", context=context or Context())


@pytest.mark.parametrize(
    "text",
    [
        "Sí, cambia mi cita",
        "dale, corré el turno",
        "Vale, el cambio me parece bien",
        "Perfecto, el nuevo horario me viene bien",
        "Ok, pásala a ese día",
        "De acuerdo con la nueva fecha",
        "Me sirve, cámbienla",
        "Confirmo la nueva hora",
        "sí porfa, pásame a esa hora",
        "Proceda con la modificación, gracias",
        "órale, muévemela",
        "Sí, quiero cambiarla",
        "Vale, modificad la reserva",
    ],
)
def test_a_move_is_agreed_to_in_peoples_own_words(text: str) -> None:
    assert read(text, MOVED).answer == "yes"


@pytest.mark.parametrize(
    "text",
    [
        "gracias por el cambio",
        "cambia la hora",
        "sí, pero cambia la hora",
        "no la muevas",
        "prefiero no cambiar la cita",
        "vale, ¿cuándo la cambias?",
        "ese horario me va bien, pero no sé",
        "listo, ¿cambiado?",
        "vale, ese día me va mejor a las 6",
        "¿el cambio está bien?",
    ],
)
def test_a_move_is_not_agreed_to_by_halves(text: str) -> None:
    assert read(text, MOVED).answer != "yes"


@pytest.mark.parametrize(
    ("text", "shift"),
    [
        ("Le ruego que sume un asistente a nuestra reserva", 1),
        ("Mi prima se quiere sumar a nuestra reserva", 1),
        ("Súmele un lugar a lo que ya tenemos", 1),
        ("Agreguen a mi mamá, por favor", 1),
        ("Un amigo nos quiere acompañar", 1),
        ("¿podrían incluir a un amigo?", 1),
    ],
)
def test_one_more_comes(text: str, shift: int) -> None:
    assert read(text).people_shift == shift


@pytest.mark.parametrize(
    "text", ["me quedé sola", "iré yo y nadie más", "al final no viene nadie conmigo", "¿Puedo ir aunque sea solo?"]
)
def test_one_comes_alone(text: str) -> None:
    assert read(text).people == 1


@pytest.mark.parametrize(
    "text",
    [
        "dale, mandá nomás",
        "Todo perfecto, puede enviarla",
        "Sí, me cuadra todo, resérvamelo",
        "Perfecto, anótanos",
        "Así lo quería, mándelo",
        "todo piola, mandala",
        "Conforme con los datos, pueden tramitarla",
        "me late, apártame el lugar",
        "tiene mi visto bueno",
        "Es exactamente lo que le pedí, envíela",
        "Todo en regla, proceda usted",
        "Buenísimo, confirmalo",
        "Me parece estupendo, tramítala cuando quieras",
        "échale, carnal",
        "Correcto todo. Confirme la reserva",
        "está chido, apúntame",
        "Autorizo la solicitud",
        "Déjalo apuntado, por favor",
        "No le quite nada, así como lo puso, envíelo",
        "Todo según lo hablado, adelante",
    ],
)
def test_a_summary_is_agreed_to_in_peoples_own_words(text: str) -> None:
    assert read(text, SUMMED_UP).answer == "yes"


@pytest.mark.parametrize(
    "text",
    [
        "todo guay, gracias",
        "perfecto, así mejor a las 6",
        "vale, un cambio",
        "ok, otro horario",
        "sí, cuando pueda",
        "vale, cuando me la confirmes",
        "confírmame si hay sitio",
        "eso no es lo que pedí",
        "no es lo que quería, gracias",
        "bueno, queda así por ahora",
        "por mi parte bien, falta mi marido",
        "mándalo cuando te avise",
        "apártamelo si puedes",
        "gracias por el cambio",
        "mucho mejor a las 6",
        "ese día si puedo te digo",
    ],
)
def test_a_summary_is_not_agreed_to_by_halves(text: str) -> None:
    assert read(text, SUMMED_UP).answer != "yes"


@pytest.mark.parametrize(
    "text",
    [
        "Quedamos en lo mismo que teníamos",
        "se queda como estaba",
        "Respéteme la cita como estaba",
        "ya me organicé, sigo con la reserva",
    ],
)
def test_what_there_is_stays(text: str) -> None:
    understood = read(text, WHICH)

    assert understood.does("keep")
    assert not understood.does("cancel")
    assert understood.answer != "yes"


@pytest.mark.parametrize(
    "text",
    [
        "Suspendan mi turno, no lo voy a usar",
        "Desisto de la visita, gracias",
        "bajame del turno",
        "Déjenla sin efecto, por favor",
        "Den por anulada mi reserva",
        "Ya no ocupo el lugar, gracias",
    ],
)
def test_what_there_is_is_given_up(text: str) -> None:
    assert read(text).does("cancel")
    assert not read(text, WHICH).does("keep")


@pytest.mark.parametrize(
    "text",
    [
        "¿Qué condiciones de anulación tienen?",
        "¿Aceptan cancelaciones de último minuto?",
        "hay reembolso?",
        "¿Cuál es el plazo para echarse atrás?",
        "¿con cuántas horas de antelación hay que avisar si no voy?",
        "qué pasa con el anticipo si caigo enferma?",
        "¿me cobran algo si no aparezco?",
        "si luego una no puede, le descuentan algo?",
        "En el supuesto de no poder asistir, ¿qué cargos habría?",
        "cuánto antes hay que avisar para anular?",
        "¿es reembolsable?",
    ],
)
def test_cancelling_is_only_asked_about(text: str) -> None:
    understood = read(text)

    assert understood.does("ask_cancelling") or understood.does("ask_refund")
    assert not understood.does("cancel")
