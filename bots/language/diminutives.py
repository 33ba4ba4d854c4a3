"""Usual short forms of first names: whoever asks for "Kasia" means the Katarzyna on the list. Data, not grammar."""

from bots.language.tokens import fold

SHORT_FORMS = """
Anna: Ania Anka Anusia Hania Аня Анечка Анна Ганна Галя Нюра
Katarzyna: Kasia Kaśka Kasieńka
Małgorzata: Gosia Małgosia Gośka
Aleksandra: Ola Olka
Agnieszka: Aga
Magdalena: Magda
Joanna: Asia Aśka
Barbara: Basia Baśka
Elżbieta: Ela Elka
Ewa: Ewka Ewunia
Zofia: Zosia Zośka
Karolina: Karola
Monika: Monia
Krystyna: Krysia
Justyna: Justa
Natalia: Natalka Nati Наталія Наталия Наталья Наташа
Tomasz: Tomek
Piotr: Piotrek
Paweł: Pawełek
Krzysztof: Krzysiek Krzyś
Wojciech: Wojtek
Jakub: Kuba
Michał: Misiek
Łukasz: Łukaszek
Екатерина: Катя Катюша Катерина Kate Katya
Катерина: Катя Катруся
Мария: Маша Маруся Машенька
Марія: Марійка Маруся Маша
Анастасия: Настя Настенька
Анастасія: Настя
Ольга: Оля Оленька
Елена: Лена Леночка Алена
Олена: Лена Оленка
Татьяна: Таня
Тетяна: Таня
Дарья: Даша
Дарія: Даша Дарина
Светлана: Света
Світлана: Світланка Света
Ирина: Ира Ирочка
Ірина: Іра Іринка
Юлия: Юля
Юлія: Юля
Ксения: Ксюша Ксеня
Оксана: Ксюша Ксеня
Вікторія: Віка
Виктория: Вика
Александра: Саша
Александр: Саша
Олександра: Саша Леся Олеся
Олександр: Сашко Саша
Софія: Соня
София: Соня
Людмила: Люда Мила
Валентина: Валя
Алексей: Лёша Алёша
Дмитрий: Дима
Дмитро: Діма
Владимир: Вова Володя
Володимир: Вова Володя
Михаил: Миша
Михайло: Міша Мишко
Сергей: Серёжа
Сергій: Сергійко
Евгений: Женя
Евгения: Женя
Євген: Женя
Elizabeth: Liz Lizzie Beth Eliza
Katherine: Kate Katie Kathy
Catherine: Kate Cathy Cath
Margaret: Maggie Meg
Jennifer: Jen Jenny
Jessica: Jess
Rebecca: Becky Becca
Samantha: Sam
Victoria: Vicky Tori
Alexandra: Alex Sasha
Alexander: Alex
Thomas: Tom Tommy
William: Bill Billy
Robert: Rob Bob Bobby
Michael: Mike
James: Jim Jimmy
Daniel: Dan Danny Dani
David: Dave
Matthew: Matt
Nicholas: Nick
Benjamin: Ben
Francisco: Paco Fran Pancho
Francisca: Paca Fran
José: Pepe Josele
Ignacio: Nacho
Dolores: Lola
Isabel: Isa
Guadalupe: Lupe Lupita
Manuel: Manolo Manu
Enrique: Quique Kike
Concepción: Concha Conchi
Rosario: Charo
Teresa: Tere
Cristina: Cris
Patricia: Patri Paty
Beatriz: Bea
"""


def _table() -> dict[str, tuple[str, ...]]:
    forms: dict[str, tuple[str, ...]] = {}
    for line in SHORT_FORMS.strip().splitlines():
        name, _, short = line.partition(":")
        forms[fold(name.strip())] = tuple(short.split())
    return forms


_FORMS = _table()


def short_forms(name: str) -> tuple[str, ...]:
    """Return what people call someone of this first name.

    >>> short_forms("Katarzyna Nowak")[0]
    'Kasia'
    """
    words = name.split()
    return _FORMS.get(fold(words[0]), ()) if words else ()
