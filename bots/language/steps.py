"""Words that steer a row of questions: back, skip, another one, whenever. Pure; all five languages at once.

Customers mix languages, and these words are short: a message is searched for all of them, whatever its language.

>>> sorted(steps("go back please"))
['back']
"""

from bots.language.tokens import LIMIT, Token, tokenize

LONGEST_STEP = 8  # words: in a longer message "back" is a place on the body

# One a line; a * stands for any ending.
_PHRASES: dict[str, str] = {
    "back": """
        back | go back | previous | previous question | one back | undo that
        wstecz | cofnij | wroc | wróć | wracam | poprzednie | poprzednie pytanie | do tylu
        назад | назад будь ласка | повернутися | попереднє | попереднє питання | вернись | вернуться | предыдущий
        предыдущий вопрос | верни
        atras | atrás | volver | vuelve | anterior | pregunta anterior
    """,
    "skip": """
        skip | skip it | skip this | skip that | next | next question | pass | no idea | not sure
        i dont know | dont know
        idk | dunno | no clue | later | maybe later | none | nothing | no preference | you decide | up to you | n/a
        pomin | pomiń | pomijam | dalej | nastepne | następne | nie wiem | nie mam pojecia | brak | zadne
        żadne | pozniej
        później | bez preferencji | wy zdecydujcie | nie mam | obojetnie
        пропустити | пропусти | пропустимо | далі | наступне | не знаю | без різниці | немає | нема | пізніше
        потім
        пропустить | пропускаю | пропустим | дальше | следующий | без разницы | нет | нету | позже | потом
        не уверен*
        saltar | salta | siguiente | paso | no se | no sé | ni idea | ninguno | ninguna | nada | despues | después
        luego | no tengo | me da igual
    """,
    "any": """
        any | anytime | any time | any day | whenever | flexible | i am flexible | im flexible
        doesnt matter | asap
        as soon as possible | soonest
        kiedykolwiek | dowolnie | obojetnie | obojętnie | obojetne | wszystko jedno | jak najszybciej | elastycznie
        будь-коли | будь коли | коли завгодно | без різниці | байдуже | якнайшвидше | все одно
        когда угодно | в любое время | любой день | без разницы | все равно | как можно скорее | когда удобно
        cuando sea | cualquier dia | cualquier día | cualquiera | me da igual | lo antes posible | flexible
    """,
    "another": """
        another tattoo | another one | another enquiry | another idea | new enquiry | new tattoo | new idea
        second tattoo
        one more tattoo | different tattoo | something else done
        kolejny tatuaz | kolejny tatuaż | inny tatuaz | nowy tatuaz | nowe zapytanie | drugi tatuaz | jeszcze jeden
        нове тату | ще одне тату | інше тату | новий запит | друге тату | ще одну ідею
        новое тату | еще одно тату | ещё одно тату | другое тату | новая заявка | второе тату | новую заявку
        otro tatuaje | nuevo tatuaje | nueva solicitud | segundo tatuaje | otra idea
    """,
    "change": """
        change | edit | correct | wrong | mistake | fix
        zmien | zmień | zmienic | zmienić | popraw* | pomylka | edytuj
        змін* | виправ* | помил*
        измен* | поменя* | исправ* | ошиб*
        cambia* | cambio | corrig* | modific*
    """,
    "done": """
        done | thats all | thats it | that is all | finished | ready | no more
        gotowe | to wszystko | tyle | koniec | wystarczy
        готово | це все | все | досить | більше немає
        это все | всё | хватит | больше нет
        listo | eso es todo | ya esta | ya está | nada mas | nada más
    """,
}


def _parsed() -> list[tuple[str, tuple[str, ...]]]:
    found = []
    for step, lines in _PHRASES.items():
        for phrase in lines.replace("\n", "|").split("|"):
            words = pattern(phrase)
            if words:
                found.append((step, words))
    return found


def pattern(phrase: str) -> tuple[str, ...]:
    """Return the folded words of a phrase, in which a * stands for any ending."""
    words: list[str] = []
    for token in tokenize(phrase):
        if token.text == "*" and words:
            words[-1] += "*"
        elif token.kind != "mark":
            words.append(token.fold)
    return tuple(words)


def words_of(text: str) -> list[Token]:
    return [token for token in tokenize(text[:LIMIT]) if token.kind != "mark"]


def find(words: list[Token], phrase: tuple[str, ...]) -> int:
    """Return where the phrase begins among the words; -1 if it is not there."""
    size = len(phrase)
    for place in range(len(words) - size + 1):
        if all(_same(words[place + at].fold, phrase[at]) for at in range(size)):
            return place
    return -1


def _same(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


_ALL = _parsed()
_WHOLE = ("skip", "any", "done", "back")  # count only where little else is said


def steps(text: str) -> set[str]:
    """Return which of the steps the message takes. "Back", "skip", "any" and "done" only in few words."""
    words = words_of(text)
    if not words or len(words) > 40:
        return set()
    found = set()
    for step, phrase in _ALL:
        if step in _WHOLE and (len(words) > LONGEST_STEP or len(words) > len(phrase) + 2):
            continue
        if find(words, phrase) >= 0:
            found.add(step)
    return found


# Words that say nothing of an idea: what is left of a message without them is the customer's own.
_FILLERS = """
    i we want would like to get a an the please hello hi hey my some can you do make need looking for have done got in
    on of with and is it me im id new one idea thing something
    chce chcialabym chcialbym poprosze prosze zrobic sobie dzien dobry czesc hej mam na w i z o do sie cos
    хочу хотів хотіла хотел хотела би бы зробити сделать привет привіт добрий добрый день здравствуйте у в и на мне мені
    себе собі щось что-то
    another second kolejny drugi inny ще ще одне нове друге інше еще одно одну новое другое otro otra nuevo segundo
    quiero quisiera hacerme un una por favor hola buenas me gustaria hacer el la en de y algo
"""
_UNITS = (
    "cm mm cal cale cali inch inches centymetrow centimetros zl eur euro usd pln см сантиметров дюйма грн зл злотых"
)
_YES_AND_NO = "yes yeah yep no nope nah tak nie так ні да нет si sí no"
_NOT = "no not without dont bez nie без не ні нет sin"
YES_AND_NO = frozenset(token.fold for token in tokenize(_YES_AND_NO))  # an answer only where something was asked
NOT = frozenset(token.fold for token in tokenize(_NOT))
FILLERS = frozenset(token.fold for token in tokenize(_FILLERS))
UNITS = frozenset(token.fold for token in tokenize(_UNITS))
