"""Polish."""

from bots.language.lexicon.acts.pl import ACTS
from bots.language.lexicon.acts.visits import OF_VISITS
from bots.language.lexicon.base import Lexicon, numbered
from bots.language.lexicon.replying import REPLYING

LEXICON = Lexicon(
    code="pl",
    acts=ACTS | OF_VISITS["pl"],
    infinitives="c",
    script="latin",
    past_endings="ło rła rli łam łem łyśmy liśmy łeś łaś liście lam lem lysmy lismy ął ęła ęło ęli ała ało ali iła "
    "iło ili yła yło yli ił ył ał ęła kł gł sł dł dła kła gła ażono ono ano yżono",
    letters="ąćęłńśźż",
    endings="sz cz rz ść ow ie ych ego owac ac ec ic em am szy ku ka ki zy",
    ordinal_hours=True,
    hour_endings="ej a",
    weekdays=(
        "poniedział{ek,ku,kiem,kowi,ki,kach,kami} | poniedziałkow* | pon | pn | poniedzal{ek,ku} | poniedzialeczek",
        "wtor{ek,ku,kiem,kowi,ki,kach,kami} | wtorkow* | wt | wto",
        "środ{a,ę,y,zie,ą,o,ami,ach} | środow{y,a,ej,ego,ą,e,ym,ych} | śr | sro",
        "czwart{ek,ku,kiem,kowi,ki,kach,kami} | czwartkow* | czw",
        "piąt{ek,ku,kiem,kowi,ki,kach,kami} | piątkow* | pt | pia | piąteczek",
        "sobot{a,ę,y,cie,ą,o,ami,ach} | sobotni* | sob | sb",
        "niedziel{a,ę,i,ą,e,ami,ach,o} | niedzieln* | niedz | nd | ndz | nie dz",
    ),
    months=(
        "stycz{eń,nia,niu,niem} | sty | stycz",
        "ii | lut{y,ego,ym,emu} | lut",
        "mar{zec,ca,cu,cem} | mar",
        "iv | kwie{cień,tnia,tniu,tniem} | kwi | kwiet",
        "maj{,a,u,em}",
        "czerw{iec,ca,cu,cem} | cze | czerw",
        "vii | lip{iec,ca,cu,cem} | lip",
        "sierp{ień,nia,niu,niem} | sierp | sie .",
        "ix | wrze{sień,śnia,śniu,śniem} | wrz | wrzes",
        "październik{,a,u,iem} | paź | pazdz",
        "xi | listopad{,a,zie,em} | lis",
        "xii | grud{,zień,nia,niu,niem} | gru | grudz",
    ),
    numbers={
        0: "zero",
        1: "jeden | jedna | jedno | jedną | jednego | jednej | jednym",
        2: "dwa | dwie | dwóch | dwu | dwom | dwiema | dwoma",
        3: "trzy | trzech | trzem | trzema",
        4: "cztery | czterech | czterem | czterema",
        5: "pięć | pięciu",
        6: "sześć | sześciu | szesc",
        7: "siedem | siedmiu",
        8: "osiem | ośmiu",
        9: "dziewięć | dziewięciu",
        10: "dziesięć | dziesięciu",
        11: "jedenaście | jedenastu",
        12: "dwanaście | dwunastu",
        **numbered(13, "trzyna czterna piętna szesna siedemna osiemna dziewiętna", "ście stu"),
        20: "dwadzieścia | dwudziestu",
        30: "trzydzieści | trzydziestu",
        40: "czterdzieści | czterdziestu",
        50: "pięćdziesiąt | pięćdziesięciu",
        90: "dziewięćdziesiąt",
    },
    ordinals={
        1: "pierwsz{y,ego,ą,ej,a,ym,emu,e}",
        2: "drug{i,iego,ą,iej,a,im,ie}",
        3: "trzeci{,ego,ą,ej,a,m,e}",
        **numbered(
            4,
            "czwart piąt szóst siódm ósm dziewiąt dziesiąt jedenast dwunast trzynast czternast piętnast szesnast "
            "siedemnast osiemnast dziewiętnast dwudziest",
            "y ego ą ej a ym",
        ),
        30: "trzydziest{y,ego,ą,ej,a,ym}",
    },
    days={
        -2: "przedwczoraj",
        -1: "wczoraj",
        0: "dziś | dzisiaj | dzisiejsz* | dzisja",
        1: "jutro | jutra | jutrzejsz* | jutr | jtro | na jutro",
        2: "pojutrze | po jutrze",
        3: "popojutrze",
    },
    units={
        "minute": "minutow{y,a,ą,e,ego,ej} | minut{a,y,ę,,ach,ek,ki,kę} | min",
        "hour": "godzin{a,y,ę,,ie,ach,ka,ki,kę,ek,nie,ną,ny} | godz | h | g",
        "day": "dzień | dni | dnia | dniach | doby",
        "week": "tydzień | tygodni{e,a,u,ach,,em} | tyg | tygodn*",
        "weekend": "weekend{,u,zie,owy,ie,y} | wknd | łikend{,u} | wikend{,u} | wekend{,u}",
        "month": "miesiąc{,a,u,e,em} | miesięcy | mies | msc",
        "year": "rok{,u} | lat{,a} | latek",
    },
    parts={
        "morning": "z samego rana | od samego rana | skoro świt | rano | ranem | z rana | poranek | rankiem | "
        "porank* | ranny*",
        "before_noon": "przed {południem,obiadem,lunchem}",
        "forenoon": "przedpołudni* | dopołudni*",
        "noon": "południe | w południe | południa",
        "afternoon": "po południu | popołudni{u,e,em,owych,owe,owy,owa,ową} | popoludniami | po poł | popoł",
        "evening": "wieczor{em,u,ek,kiem,ami,ny,na,ną,ne,ową,owy,owe} | wieczór | wiecz | dziś wieczorem",
        "night": "w nocy | nocą",
        "midnight": "północ | północy",
        "lunch": "w porze {obiadowej,lunchu,obiadu}",
        "after_work": "po pracy | po robocie",
        "after_lunch": "po {obiedzie,lunchu}",
    },
    durations={
        15: "kwadrans",
        30: "pół godziny | pół godzin{ki,kę,ka} | pół h | półgodzin{y,ny,ne,ną}",
        45: "trzy kwadranse",
        60: "godzinę | godzinkę | godzinny | na godzinę",
        90: "półtorej godziny | półtora godziny | poltorej h | półtorej | półtoragodzinn* | półtorej godzin{ki,ny}",
        120: "dwugodzinn*",
        150: "dwie i pół godziny",
        180: "trzygodzinn*",
    },
    together={
        1: "samiuteń{ka,ki} | samiusień{ka,ki} | bez {nikogo,pary,towarzystwa,osoby towarzyszącej,osób "
        "towarzyszących,reszty ekipy,reszty grupy,ekipy,towarzysza,towarzyszki,znajomych} | jednoosobowo | w "
        "{liczbie jednej,wersji solo,liczbie jeden} | {przyjść,przyjdę,przyjechać,wpaść,wpadnę,być,będę,pojawić "
        "się,pojawię się,zjawić się,zjawię się,stawię się,przychodzę,idę} bez {niej,niego,nich} | wszyscy mnie "
        "{wystawili,olali,zawiedli,opuścili} | {będę,przyjdę,przychodzę,idę,stawię się,pojawię się,zostałam,"
        "zostałem,zostaję,wpadnę} {po prostu,jednak,już,} {tylko,jedynie,wyłącznie,} ja | po prostu ja | {zostaw,"
        "zostawcie,zostawić,proszę zostawić} {tylko,jedynie} mnie | {tylko,jedynie,wyłącznie} {moja osoba,ja "
        "sama,ja sam,ja jedna,ja jeden} | zrobiła się jedna | {będę,przyjdę} {tylko,} we własnej osobie | "
        "ostatecznie {sam,sama,tylko ja} | jako {singiel,singielka} | {idę,przyjdę,będę,wpadnę,stawię się,"
        "przychodzę} {w pojedynkę,solo,pojedynczo,samotnie,samodzielnie} | {jestem,zostałam,zostałem} {sam,sama,"
        "solo} {jak palec,na placu boju,na polu bitwy} | tylko {ja się ostałam,ja się ostałem,ja zostałam,ja "
        "zostałem,ja zostaję} | "
        "ja {jedna,jeden} | {sama,sam} {jedna,jeden} | tylko mnie | mnie {jedną,jednego,samą,samego} | samemu | "
        "samej | ja {sama,sam} | solo | samiutk* | w pojedynkę | sam będę | sama będę | sam | sama | tylko ja | sam "
        "jeden | tylko dla mnie | {będę,idę,przyjdę,przyjadę,wpadnę,pójdę} {sam,sama,jedna,jeden} | "
        "{jedna,jeden,sama,sam} {będę,przyjdę,przyjadę,wpadnę,pójdę,idę} | zostałam {sama,jedna,tylko ja} | zostałem "
        "{sam,jeden,tylko ja} | zostaję {sam,sama,tylko ja} | tylko {jedno,jedna,jeden} z nas | tyle że {sam,sama} | "
        "{mnie,się} * {samą,samego} | tylko i wyłącznie {ja,mnie} | przyjść {samej,samemu,sam,sama} | "
        "{zapisać,zapisz,zapiszcie,wpisać,wpisz,wpiszcie} {samą mnie,mnie samą,mnie samego,tylko mnie}",
        2: "dla pary | {ona,on} i ja | ja i {on,ona} | obie | w parze | para | przyjdziemy we dwie | oboje | we dwoje "
        "| we dwie | we dwóch | dwoje | dwojga | w dwójkę | we dwójkę | nas dwoje | my oboje | dwójka | dwójki | w 2 "
        "| obaj | obydwoje | obydwie | my dwie | my dwoje | my dwaj",
        3: "we troje | we trzy | we trzech | troje | trojga | w trójkę | we trójkę | trójka | trójki | nas troje",
        4: "we czworo | we cztery | we czterech | czworo | czworga | w czwórkę | we czwórkę | czwórka | czwórki",
        5: "w pięcioro | pięcioro | pięciorga | w piątkę",
        6: "w sześcioro | sześcioro | sześciorga | w szóstkę",
        7: "w siedmioro | siedmiorga | siedmioro | w siódemkę",
        8: "w ośmioro | ośmiorga | ośmioro | w ósemkę",
        10: "w dziesięcioro | w dziesiątkę",
    },
    words={
        "day_after": "{następnego,kolejnego} dnia | dzień później | {na,} następny dzień | dzień po",
        "agreed": "zapisał{am,em} się | umówił{am,em} się | {mam,miałam} {wizytę,termin} | "
        "jestem {zapisan*,umówion*} | byłam {zapisan*,umówion*}",
        "in_total": "razem | łącznie | w sumie",
        "family": "rodzin{a,ą,ka} | rodziny",
        "window": "okienko | przedział | okno",
        "condition": "alergi* | uczul* | w ciąży | ciąż* | cukrzyc* | rozrusznik*",
        "than": "niż",
        "rather": "wol{ę,ałabym,ałbym,imy,elibyśmy} | raczej",
        "past": "kupion* | zakupion* | nie mogł{am,em} | nie mogliśmy | "
        "pisał{am,em} {maila,wam,do,na,w,już,wczoraj} | był{,a,am,em,o,y,i,yśmy,iśmy} | szłam | szedłem | "
        "miał{a,y,o} | ostatnio | ostatnim razem",
        "wish": "nie {zajęli,zajęte,zajęto,zarezerwowali} | zostało {coś,wolne,miejsc*} | zmieni{łem,łam,liśmy} "
        "zdanie | {rozmyślił}{am,em} się | podał* | wymienił* | proponow* | napisał{eś,aś,a,eście} | pokazał* | żeby "
        "| żebym | chcia* | móg* | mogł* | myśl* | planow* | zapisa* | umówi* | umawia* | rezerwow* | zarezerw* | "
        "mówi* | ustal* | gdyby | jeśli | jeżeli | woła* | wola* | prosi* | pasowa* | pytał* | zastanawia* | "
        "interesow* | bym | byśmy | wpisa* | było by | wizyt* | termin{,u,em} | rezerwacj* | potrzebowa* | "
        "pisał{am,em} o",
        "scale": "skali | skala | ocena | oceniam",
        "deal": "za | w cenie",
        "live": "mieszk{am,amy,a} | jestem pod | mój adres",
        "thanked_for": "że | za",
        "own": "mam | mamy | posiadam",
        "which": "któr{ą,ej,a} | jak{ą,iej}",
        "but": "ale | a | czy",
        "late": "czek* | spóźni* | spozni* | spóźnien*",
        "not": "nie",
        "need": "trzeba | czy trzeba | muszę | czy muszę | musimy | konieczn* | wymagan*",
        "idiom": "{z,spośród} {tych,tamtych,podanych,waszych} {dwóch,trzech,czterech,2,3,4} | "
        "{ten,ta,to,tę,tą,tej,tego,taki,taka,takie,taką,te,tym,takie} sam{a,ą,e,ej,ego,ym,} | "
        "{jednego,jednej} do {jednego,jednej} | w sam raz | po {pierwsze,drugie,trzecie} | "
        "w {pierwszej,drugiej} kolejności | {2,3,dwa,trzy} w {1,jednym} | szczęśliwego nowego roku | wesołych świąt | "
        "dzień dobry | co {drugi,trzeci} | sto lat | pewnego dnia | kiedyś | na {drugie,pierwsze} {imię,śniadanie} | "
        "za {drugim,pierwszym} razem | za każdym razem | drugi raz | trzeci raz | jeden raz | "
        "{pierwsza,druga,trzecia} {klasa,w nocy} | od pierwszego wejrzenia | {za,zbyt} {wcześnie,późno,rano} | "
        "wieczór {panieński,kawalerski} | wieczoru {panieńskiego,kawalerskiego} | 24 / 7 | pierwszy raz | "
        "po raz {pierwszy,drugi} | jeden z | chwil{a,ę,ka} | z drugiej strony | minutkę | sekund*",
        "at": "o | na | o godzinie | na godzinę | godz | godzina | godzinie | godz. | o godz | o godz. | na godz | "
        "na godz. | g. | ok | od",
        "clock": "o | o godzinie | na godzinę | godz | godzina | godzinie | godz. | o godz | o godz. | na godz | "
        "na godz.",
        "from": "od | począwszy od | zaczynając od | z | ze",
        "to": "do | a | na | aż do",
        "between": "między | pomiędzy | miedzy",
        "and": "i | oraz | a | & | plus",
        "or": "lub | albo | bądź | czy | ewentualnie | ew | względnie | czy może | albo może",
        "before": "przed | wcześniej niż | najpóźniej | nie później niż | najpóźniej o | najpozniej do",
        "after": "od godziny | od godz | po | później niż | nie wcześniej niż | najwcześniej o | najwcześniej | "
        "po godzinie | po godz | od | dopiero po",
        "until": "do | aż do | do godziny | do godz",
        "around": "około | ok | ok. | koło | mniej więcej | tak na | gdzieś o | gdzieś | circa | mniej wiecej | "
        "tak koło | w okolicach | okolo",
        "except": "nie w dniu | tylko nie w dniu | {innego,inny,inna,inne,innym} niż | oprócz | poza | prócz | z "
        "wyjątkiem | byle nie | tylko nie | nie w | nie we | ale nie w | "
        "ale nie we | byle nie w | tylko nie w | tylko nie we | ale nie | nie",
        "instead": "zamiast | nie",
        "this": "tego | tym | ten | ta | te | tę | to | tym | tej | tą | bieżąc* | obecn*",
        "next": "następn{y,a,e,ą,ej,ym,ego} | przyszł{y,a,e,ą,ej,ym,ego} | kolejn{y,a,e,ą,ej,ym,ego} | nast",
        "coming": "najbliższ* | nadchodząc* | zbliżając*",
        "last": "ostatni{,a,e,ą,ej,m,ego} | zeszł{y,a,e,ą,ej,ym,ego} | poprzedni* | miniony* | ubiegł*",
        "in": "za jakieś | za około | za ok | za mniej więcej | za",
        "later": "później | pózniej | dalej | pozniej",
        "earlier": "wcześniej | szybciej",
        "from_now": "od {dziś,dzisiaj,teraz}",
        "ago": "temu",
        "begin": "początek | na początku | początku | z początkiem | początkiem",
        "middle": "połowa | w połowie | połowie | połowy | środek | w środku",
        "end": "końca | koniec | na koniec | pod koniec | na końcu | końcówka | końcem | końcówce",
        "the": "w dniu | w | we | na",
        "suffix": "stego | sty | go | ego | ty | y | szy | gi | ej | te | tego | ga | tej | sta",
        "day_number": "dnia",
        "half_more": "i pół | i pol | z hakiem",
        "am": "rano | nad ranem | z rana | przed południem",
        "pm": "po południu | wieczorem | po poł | popołudniu | wieczór | wiecz",
        "oclock": "sta | stej | ta | tej | tą | ej | a | h | godzina | godzinie | godziny | godz | rowno | równo",
        "people": "miejscówk{a,ę,i} | miejscówek | uczestni{k,ka,czka,czki,czkę,czek} | kursant{,a,ka,kę,ki} | "
        "osobow{a,ej,y,ego,ą} | osob{a,y,ę,ie,ami,om,ach} | osób | os | os. | dorosł{y,ych,e,a,ą} | "
        "dzieci | dziecko | dziecka | dzieciak{i,ów,a} | gości | ludzi | znajomych | kobiet{,y} | dziewczyn{,y} | "
        "facetów | miejsc{,a,e} | bilet{y,ów} | uczestników | kursantów | studentów | chłopaków | pań | panów | "
        "maluchów | chłopców | dziewczynek | dziewczynki | przyjaciół | koleżanek | kolegów",
        "for": "dla | stolik dla | grupa | grupy | grupie | nas | będzie nas | jest nas | nas będzie | "
        "przyjdziemy w | będziemy w | jesteśmy w | przyjdzie nas",
        "people_prep": "w | we",
        "we_are": "{możemy,mozemy} {być,byc,przyjść,przyjsc} w | będzie nas | jest nas | nas | będziemy w | jesteśmy "
        "w | przyjdziemy w | nas będzie | byłoby nas | jesteśmy we | będziemy we",
        "adds": "dokupić {jeszcze,} | dokupi{ę,my} {jeszcze,} | dobukować {jeszcze,} | dobukuj{cie,} {jeszcze,} "
        "| dokoptuj{cie,} {jeszcze,} | {zwiększ,zwiększcie,zwiększyć,zwiększenie,powiększ,powiększcie,powiększyć,"
        "powiększenie} {mojej,naszej,moją,naszą,nam,mi,} {rezerwacji,rezerwację,liczby osób,liczbę osób,liczbę,} "
        "o | dobrać | dobierz{cie,} {jeszcze,} | dobieram {jeszcze,} | dobierzemy {jeszcze,} | dorezerwować "
        "{jeszcze,} | dorezerwuj{cie,} {jeszcze,} | dodanie {jeszcze,} | dopisanie {jeszcze,} | doliczenie "
        "{jeszcze,} | dołożenie {jeszcze,} | dorzucenie {jeszcze,} | dołączenie {jeszcze,} | dorzuc{icie,imy,ić} "
        "{jeszcze,} | dopisz{ecie,emy,ę} {jeszcze,} | dodacie {jeszcze,} | doliczycie {jeszcze,} | dołożycie "
        "{jeszcze,} | {wezmę,weźmiemy,wziąć,zabrać,zabiorę,zabierzemy,przyprowadzić,zgarniam,zgarnę,zgarnąć,"
        "dokoptować,ciągnę,przyciągnę} {ze sobą,z sobą} {jeszcze,} | {zgarniam,zgarnę,dokoptować,dobrałabym,"
        "dobrałbym,dorzuciłabym,dorzuciłbym,dopisałabym,dopisałbym} {jeszcze,} | "
        "plus | jeszcze | dodatkow{o,a,ą,e} | "
        "{dodaj,dodajcie,dopisz,dopiszcie,dołóż,dorzuć,dorzućcie,doliczcie} {jeszcze,} | dodać | dopisać | dołożyć | "
        "zabiorę {jeszcze,} | wezmę {jeszcze,} | i jeszcze | doliczyć | dołożymy",
        "another": "dodatkowa | dodatkową | dodatkow{e,y} | jeszcze jedn{o,ą,a,ego}",
        "minus": "usuń | odejmij | skreśl | minus | bez",
        "joins": "{się,} {jednak,w końcu,też,} {dał,dała,dali} {się,} {jednak,w końcu,} namówić | tak się "
        "{zapalił*,napalił*,nakręcił*,podjarał*} | się {jednak,też,} {skusił*,zdecydował*,przekonał*,wybier*,"
        "pisze,zabier*,zapisuj*} {do nas,do mnie,z nami,ze mną,też,przyjść,iść,dołączyć} | się {jednak,też,} "
        "{przyłącz*,dołącz*,wkręcił*,nakręcił*,podłącz*,dosiad*} {do nas,do mnie,z nami,ze mną,też,} | też się "
        "{pisze,wybiera,skusił*,zdecydował*,zapisuje} | {zabiera,wybiera,zabierze,zapisuje,dopisuje} się {też,} "
        "{z nami,ze mną,do nas} | {przyjdzie,pójdzie,idzie,będzie,jedzie,wpadnie,wpada,leci,przyjedzie,"
        "przychodzi,weźmie udział} {też,również,razem,jeszcze,} {z nami,ze mną} | {przyłączy,przyłącza,dosiądzie,"
        "dosiada} {się,} {do nas,do mnie,też,} | {idzie,pójdzie,przyjdzie,będzie,chce,wybiera się} razem {z nami,"
        "ze mną} | {chce,chciałby,chciałaby,może,planuje} {iść,pójść,przyjść,wpaść,dołączyć,lepić,być} {razem,} "
        "{ze mną,z nami} | {chce,chciałby,chciałaby} {też,również,się,} {z nami,ze mną,się przyłączyć,się "
        "dołączyć,przyłączyć się,dołączyć się,się dopisać} | "
        "{doszła,doszedł,dochodzi,dojdzie} {nam,mi,nam jeszcze,} | {dołączy,dochodzi,dojdzie,dołącza} {nam,} "
        "| {przyjdzie,pójdzie,idzie,będzie,jedzie,wpadnie,wbija,przyjedzie} {też,również,} {z nami,ze mną} | też {z "
        "nami,ze mną,} {wpadnie,przyjdzie,wbija,idzie,się wybiera} | też {by chciał,by "
        "chciała,chce,chciałaby,chciałby} {iść,przyjść,dołączyć,z nami,ze mną} | z nami "
        "{wpadnie,idzie,pójdzie,przyjdzie} | "
        "{dolicz,dorzuć,dorzucicie,dopisz,dopisać,dodaj,dodacie,wpiszcie,dopisze,weź} {go,ją,nam,jej} | {go,ją} "
        "{dopisać,dopisze,dopisz,dopiszcie,dodać,doliczyć} | {się,} {wprosił*,podczepił*,dokleił*,zgłosił*} | chce "
        "{iść,przyjść,dołączyć} {ze mną,z nami,też} | się {napalił*,uparł*} | "
        "{wzięłabym,wziąłbym,wzięlibyśmy,zabrałabym,zabiorę} {ją,go} | rozszerzyć * * rezerwację o | {dopisać,dodać} "
        "do rezerwacji | {dołączy,dochodzi,dojdzie,dołącza,doszła,doszedł} {do nas,do mnie,jeszcze,też,} | "
        "{chce,może} dołączyć | {chciałaby,chciałby,zamierza,pragnie,może,chce} dołączyć {do nas,do mnie,też,}",
        "too": "też | również | także | takze",
        "comes": "przyjdę | będę | idę | {przyjdzie,idzie,będzie,przychodzi,jedzie,przyjedzie,pójdzie} | "
        "{chce,chciałaby,chciałby,może} "
        "{przyjść,iść,}",
        "absent": "{jednak,niestety,} nie {przyjdzie,idzie,może,będzie,dołączy,jedzie,dotrze,przyjedzie,pójdzie} "
        "{przyjść,jednak,} | nie da rady {przyjść,} | {jednak,} odpad{a,ł,ła,ły,ają} | {jednak,} rezygnuje | "
        "zrezygnował{a,} | nie {przyjdą,idą,mogą,dadzą rady} {przyjść,} | wypadł{a,} | się wykruszył{a,}",
        "one_of_us": "{jedna,jeden} z {nas,osób,nich} | jedna osoba",
        "now": "teraz | już | jednak",
        "please": "proszę | poproszę | prosze",
        "propose": "by | {mogłoby,mogłaby,mógłby} {być,} | {macie,masz} | {może,moze} {być,byc,jednak,lepiej,o,} | "
        "{to,} lepiej | jednak | a gdyby | gdyby | a jakby | jakby | a jeśli | {da,dałoby,dało} {się,sie,by się} | "
        "da {rade,radę} | można | mozna | możliwe | mozliwe | pasuj{e,ą} | pasował{a,aby,oby} | był{aby,oby,by} "
        "{lepsza,lepiej,lepsze,możliwa,ok,super} | będzie {lepsza,lepiej,ok} | będzie | wolę | wole | "
        "wol{ałabym,ałbym,elibyśmy,imy} | {niech,to} {będzie,bedzie} | wtedy | to | na | czy | zrób{my,cie,} | dajmy "
        "| {zmień,zmien,zmienić,zmienic,przesuń,przesun} {na,to na,} | ok | dobrze | super | wolna | jest | ale | "
        "godzina | lepsza",
        "only": "tylko | ale | lecz | a",
        "denies": "nie {chcę,chcemy,potrzebuję,chce}",
        "same_time": "{godz,godzinę,godzina,godzine,czas} {zostawmy,zostawiamy,zostawiam,zostaw,zostawcie,proszę "
        "zostawić} | o tej samej | {godzin*,czas} {tak,} jak {ustaliliśmy,ustaliłyśmy,się "
        "umawialiśmy,umówiono,ustalone} | czas {ten sam,bez zmian} | o tej {samej,} co "
        "{teraz,było,była,wcześniej,poprzednio,zawsze,mam} | {godz,godzina,pora,godziny,godzinowo,godzinę,porę} "
        "{taka sama,tak jak,niech zostanie,ta co,ta sama,identyczna,dotychczasowa,bez zmiany,nie ruszamy,nie "
        "zmieniam,nie zmieniamy,jak,zostaje,stała,poprzednia,stara,pasuje,pasowała} | {o,} "
        "{identycznej,dotychczasowej,pierwotnej,starej,poprzedniej,tej samej,ustalonej} {godzinie,porze} | "
        "{identyczna,dotychczasowa,pierwotna,stara,poprzednia} {godzina,pora} | reszta {po staremu,bez zmian,jak "
        "była,jak było,taka sama} | {tą,tę} samą {godzinę,porę} | co do godziny {bez zmian,tak jak,to samo,zostaje,"
        "nie zmieniam,ta sama,jak było,jak} | z godziną {jak,bez} | jak "
        "poprzednio z godziną | {nie zmieniaj,nie zmieniajcie,nie ruszaj,nie ruszajcie} {godziny,pory} | ta sama "
        "{godz,pora,godzinka} | {tej,ta,tą,tę} {samej,sama,samą} {godzinie,porze,godzina,pora,godzinę,porę} | o tej "
        "{samej,} {godzinie,porze} | {ten,w tym} {sam,samym} {czas,czasie} | godzina {ta sama,bez zmian} | godzina "
        "zostaje | godzina jak {była,poprzednio}",
        "same_day": "{ten,tego,w tym} {sam,samego,samym} {dzień,dnia,dniu} | tego dnia | w tym dniu | dzień {ten "
        "sam,bez zmian,zostaje} | w ten dzień",
        "as_last": "jak {ostatnio,poprzednio,ostatnim razem,poprzednim razem,zawsze,zwykle,wcześniej,zeszłym razem} | "
        "to samo co {ostatnio,zwykle,zawsze,poprzednio,ostatnim razem} | jak to było ostatnio",
        "later_one": "późniejsz{y,a,ą,e,ego} | {ten,ta,tę,to} {co,} później | najpóźniejsz{y,a,ą,e,ego}",
        "earlier_one": "wcześniejsz{y,a,ą,e,ego} | {ten,ta,tę,to} {co,} wcześniej | najwcześniejsz{y,a,ą,e,ego}",
        "all_of": "{w,} oba {dni,terminy,} | obydwa | obydwie | obie {godziny,daty} | {i,} {tu,tam,tu i} i tam | "
        "każdego dnia | za każdym razem",
        "numbered": "numer{,em,ek,u} | nr | #",
        "on_condition": "gdybym | gdybyśmy | jeśliby | jeżeliby | "
        "jeśli | jeżeli | gdyby | o ile | zależy | dopóki | jesli | jezeli",
        "with": "zabieram | biorę ze sobą | przyprowadzę | przychodzę z | z | ze | i | oraz | razem z | wraz z | "
        "plus | a",
        "he": "niego | niej | go | ją | on | ona | nią | nim | jego | jej | niemu | jemu",
        "me": "ja | mnie | mną",
        "my": "{moja,moją,moim,mój} "
        "{najlepsza,najlepszą,najlepszy,najlepszym,mała,małą,starsza,starszą,młodsza,młodszą} | "
        "moj{ą,ego,ej,a,im,e,ja} | mój | swoj{ą,ego,ej,im} | naszą | naszym | jedną | jednym | jeszcze | małą | małym "
        "| moj{ą,ego,ej,emu} | swoj{a,e,emu} | nasz{a,ą,ej,ego,ym,emu} | jak{aś,ąś,iegoś,imś}",
        "relation": "szwagier | szwagierk{a,ę,ą} | teściow{a,ą,ą,ej} | teść | synow{a,ą} | kuzyn{,a,em} | kuzynkę | "
        "sąsiad{,a,em,ka,kę,ką} | cioci{a,ę,ą} | ciotk{a,ę,ą} | wujek | kumpel{a,ę,ą} | kumpla | żonę | męża | "
        "chłopaka | współlokator{,ka,kę,ką} | dziewczynę | bratanic{a,ę} | psiapsiółk{a,ę} | psiapsi{a,ę} | "
        "narzeczonego | mamę | partnerk{a,ą,ę} | babcię | siostrę | koleżankę | córkę | córeczkę | przyjaciółkę | "
        "tatę | znajomą | narzeczoną | niani{a,ą,i} | opiekunk{a,ą} | żony | dziewczyny | partnera | partnerki | "
        "córki | córeczki | syna | dziecka | mamy | taty | koleżanki | kolegi | przyjaciółki | przyjaciela | siostry "
        "| brata | narzecz* | mąż | męż{em,a} | żon{ą,a,y} | chłopak{iem,} | dziewczyn{ą,a} | partner{em,ką,ka,} | "
        "córk{ą,a} | córeczk{ą,a} | syn{em,kiem,} | dzieckiem | dziecko | mam{ą,a} | tat{ą,a} | ojcem | matką | "
        "koleżank{ą,a} | kolegą | kolega | przyjaciółk{ą,a} | przyjaciel{em,} | siostr{ą,a} | brat{em,} | "
        "narzeczon{ą,ym,a,y} | babci{ą,a} | dziadkiem | bratową | teściową | kumpel{em,} | kumplem | kumpelą | "
        "psiapsi | siostrzenic{ą,a} | wnuczk{ą,a} | wnukiem | kuzynk{ą,a} | kuzynem | znajom{ą,ym} | osobą "
        "towarzyszącą | przyjaciolka | mamusią | bff | szwagr{em,ierką} | mam{ie,o} | mamusi{a,ę,ą} | mamusi | "
        "mamuś{,ka,kę,ką} | mamci{a,ę,ą} | tato | tacie | tatuś | tatusi{a,em} | tatusiowi | ojciec | ojca | ojcu | "
        "matka | matkę | matki | staruszk{iem,ą} | siostrze | siostrzyczk{a,ę,ą,i} | sior{a,ę,ą,ka,kę,ką} | sis | "
        "bratu | brach{ol,olem,em} | bracisz{ek,ka,kiem} | brachu | mężowi | mężuś | mężusi{em,a} | mężul{ek,kiem,ka} "
        "| żonie | żonk{a,ę,ą,i} | małżon{ek,ka,kiem,kowi} | małżonk{ę,ą,i} | chłopakowi | facet{,a,em,owi} | "
        "lub{y,ym,ego} | partnerowi | córk{ę,ą,i} | córce | córci{a,ę,ą,o} | córci | córuni{a,ę,ą} | córuś | "
        "córusi{a,ę,ą} | córeczce | syn{ek,ka,owi} | synuś | synusi{a,em} | synkowi | młod{y,a,ego,ej,emu,ą,ym} | "
        "mał{y,a,ego,ej,emu,ą,ym} | dziecku | dzieciak{,a,iem,owi} | brzdąc{,a,em,owi} | bąbel | bąbl{a,em} | "
        "maluch{,a,em,owi} | maluszk{iem,a} | maluszek | malutk{a,ą,iej} | szkrab{,a,em} | smyk{,a,iem} | "
        "urwis{,a,em} | pociech{a,ę,ą} | dzieciąt{ko,kiem} | latorośl{,ą} | wnuk{,a,owi} | wnuczk{ę,i} | wnuczce | "
        "wnucz{ek,ka,kiem} | wnusi{a,ę,ą} | bab{ci,ciu} | babuni{a,ę,ą} | babul{a,ą} | dziad{ek,ka,kowi} | "
        "dziadzi{a,em,uś,usiem} | cioci | ciotki | ciotuni{a,ą,ę} | wuj{,a,em,ka,kiem,aszkiem} | wujaszek | kuzynowi "
        "| kuzynki | kuzynce | szwagra | szwagrowi | szwagierki | teści{em,a} | zięć | zięci{em,a} | synow{ą,ej} | "
        "bratow{a,ą,ej} | bratan{ek,ka,kiem,kowi,ica,icą,icę} | siostrzen{iec,ica,icą,icę} | siostrzeńc{em,a} | "
        "chrześniac{zka,zką,zkę} | chrześniak{,a,iem} | chrzestn{a,ą,ej,y,ego,ym} | macoch{a,ą,ę} | ojczym{,a,em} | "
        "pasierb{,a,em,ica,icą} | koleżance | koledze | kumpel{ce,ka,kę,ką} | kumplowi | zio{m,mek} | "
        "ziom{em,kiem,ka,alem,al} | przyjacielowi | przyjaciółce | psiaps{i,ia,ią,ię} | psiapsiółk{ą,i} | "
        "psiapsió{ła,łą,łę} | bestie | znajom{a,y,ego,ej,emu} | sąsiad{em,owi} | sąsiadki | sąsiadce | "
        "współlokator{em,a,ką} | współpracownic{a,ą,ę} | współpracownik{iem,a} | drug{a,ą,iej,ą} połów{ka,ką,kę,ki} | "
        "lepsz{a,ą,ej} połów{ka,ką,kę,ki} | opiekunkę | chłopczyk{iem,a,} | chłop{cem,ca,iec} | dziewczynce | "
        "dziewczynk{a,ą,ę,i} | nastolat{ek,ka,kiem,ką,kę} | bliźniacz{ka,ką} | bliźniak{iem,a,} | "
        "towarzysz{,em,ka,ką} | kompan{,em,ka,ką}",
        "asked_for": "{proszę,prosze,poproszę,poprosze,prosimy,wnoszę,wnosimy} {o,} | "
        "{chcę,chce,chcemy,chciałam,chciałem,chciałabym,chciałbym,muszę,musimy,trzeba,będę,będziemy,przyjdzie,"
        "postanowiłam,postanowiłem,można,możecie}",
        "plea": "{prośba,prośbę,prosbe,wniosek,wiadomość} {o,}",
        "perhaps": "może | chyba | być może | możliwe | pewnie | prawdopodobnie | nie wiem czy | zastanawiam się",
        "speaks_of": "{odwoływa,anulowa,kasowa}{ć,łam,łem,liśmy,łyśmy,nia,niem,nie,niu} | "
        "{odwoła,skasowa}{łam,łem,liśmy,łyśmy}",
        "cancelling": "odwołani{e,a,em,u} | anulowani{e,a,em,u} | rezygnacj{a,i,ę,ą}",
        "see_you": "do zobaczenia | widzimy się | widzimy sie",
        "talks": "dogad* | zgra* się | pogada* | porozmawia* | pomówi* | omówi* | skonsultowa* | skonsultuj* | "
        "uzgodni* | obgada* | "
        "przegada* | narad* | spyta* | zapyta* | ustali* | rozmawia*",
        "relations": "dziećmi | dzieciakami | córkami | synami | koleżankami | kolegami | znajomymi | przyjaciółmi | "
        "przyjaciółkami | siostrami | braćmi | rodzicami | kumplami | dzieci | dzieciaki | córki | synów | koleżanki "
        "| wnukami | wnuczkami | kuzynkami | kuzynami | maluchami | sąsiadami | sąsiadkami | psiapsiami | "
        "psiapsiółkami | kumpelami | ziomkami | dziadkami | teściami | bliźniakami | chłopcami | dziewczynkami | "
        "dziewczynami | bratankami | wnuki | wnuczki | synowie | rodzice | bracia | siostry | koledzy | przyjaciele | "
        "przyjaciółki | kumple | kumpele | znajomi",
        "miscounted": "nie tyle | źle {policzy*,policzone,policzył*} | nie aż tyl{e,u} | pomyłka w liczbie | nie tylu "
        "| źle liczy*",
        "adds_him": "{ją,go} {do mnie,do nas,do rezerwacji,do zapisu,do mojej rezerwacji,do naszej rezerwacji,"
        "też,także,również} {dopisać,doliczyć,dodać,dopisz,dopiszcie,dodaj,dodajcie,dolicz,doliczcie,dorzuć,"
        "dorzućcie} | {przyprowadzę,przyprowadzimy,zabiorę,zabierzemy,weźmiemy,wezmę,zabieramy,zabieram} {i,też,"
        "także,również} {ją,jego,go} | {dopisać,dodać,doliczyć,dołączyć} {ją,go,jego} {do nas,do mnie,do "
        "rezerwacji,do zapisu,do listy,do naszej,do mojej} | "
        "{dolicz,doliczcie,dopisz,dopiszcie,dodaj,dodajcie,dorzuć,dorzućcie} {go,ją,jeszcze ją,jeszcze "
        "go} | {go,ją,jego} {też,także,również} "
        "{zapisz,zapiszcie,wpisz,wpiszcie,policz,policzcie,dodaj,dodajcie,dopisz,dopiszcie,doliczcie,dolicz} | "
        "{ją,go} {dopisać,doliczyć,dodać}",
        "writes_down": "zapisz{,cie} | wpisz{,cie} | policz{,cie} | dodaj{,cie} | dopisz{,cie} | dolicz{,cie} | "
        "dorzuć{,cie} | uwzględnij{,cie} | zapisać | wpisać | policzyć | doliczyć | dopisać | dodać",
        "additional": "dodatkow{e,a,ą,y}",
        "adds_surely": "{dodaj,dodajcie,dopisz,dopiszcie,dołóż,dorzuć,dorzućcie,doliczcie,dolicz} {jeszcze,} | plus | "
        "doliczyć | dopisać | dodać",
        "who": "któr{y,a,ego,ą,ych}",
        "someone": "{kogoś,ktoś} {jeszcze,jeden,jednego,}",
        "than_told": "niż "
        "{mówiłam,mówiłem,pisałam,pisałem,podałam,podałem,było,wcześniej,myślałam,myślałem,planowałam,"
        "planowaliśmy,zapisałam,w "
        "rezerwacji}",
        "to_us": "u {nas,mnie} | w {naszej,mojej} rezerwacji | do {mojego,naszego,mojej,naszej,tego,tej} "
        "{zapisu,zgłoszenia,terminu,wizyty,grupy,ekipy,paczki} | do {zapisu,zgłoszenia,mnie} | "
        "do {nas,naszej rezerwacji,mojej rezerwacji,rezerwacji,naszego zapisu,składu,grupy} | z nami | ze "
        "mną | do tej rezerwacji",
        "laughs": "haha{,ha} | hehe | xd | lol | sorki | sorry | kurde",
        "us": "my | nas | nam",
        "turned": "skończył{a,} | kończy | skończone",
        "too_young": "{za,zbyt} {mało,młoda,młody,mała,mały,wcześnie}",
        "just": "tylko | jedynie | wyłącznie | już tylko",
        "sole": "sam | sama | samotnie | w pojedynkę | solo | jedna | jeden | samiutk{a,i}",
        "makes": "lepi* | lepić | toczyć | usiąść | siądę | zrobić | porobić | spróbować | lepienie",
        "i_come": "przychodzę | wybieram się | stawię się | wpadam | wbijam | przyjeżdżam | dotrę | melduję się "
        "| zjawiam się | wezmę udział | "
        "przyjdę | będę | idę | pójdę | wpadnę | przyjadę | zjawię się | pojawię się | skorzystam",
        "along": "razem z | wraz z | wspólnie z | we dwoje z | w parze z | przyprowadzę | zabieram | zabiorę | wezmę",
        "beside": "z | ze | razem z | wraz z",
        "adjectival": "młod{y,a,ego,ej,emu,ą,ym} | mał{y,a,ego,ej,emu,ą,ym} | malutk{a,ą,iej} | lub{y,ym,ego,ą} | "
        "znajom{a,y,ego,ej,emu,ą,ym}",
        "i_self": "ja",
        "oneself": "siebie | sobie | sobą",
        "mine": "mój | moja | moje | moją | moim | mojej | mojego",
        "parent": "mama | mamusia | mamuśka | matka | tata | tato | tatuś | tatusiek | ojciec | rodzic",
        "child": "córk* | córecz* | syn{,a,em,owi,ów,ami,owie,ek,ka,kiem,kowi,ków} | dziec{ko,ka,ku,kiem} | "
        "dzieci{,om,ach,ak,aka,aki,aków,akami} | dziećmi | wnuk* | wnucz* | siostrzeni{ec,ca,cą,cem,ca,cę} | "
        "bratan{ek,ka,kiem,ica,icą} | maluch{,a,y,ów,em} | dziewczynk{a,i,ę,ą} | dziewczynek | "
        "chłop{iec,ca,cem,cy,ców} | chłopczyk{,a,iem} | nastolat{ek,ka,ki,ków} | bliźnia{ki,ków,czki} | niemowlę | "
        "córuś | córusi* | córci* | córuni* | synuś | synusi{a,em} | młod{y,a,ego,ej,emu,ą,ym} | "
        "mał{y,a,ego,ej,emu,ą,ym} | brzdąc{,a,em,owi} | bąbel | bąbl{a,em,owi} | maluszek | maluszk{a,iem,owi} | "
        "malutk{a,ą,iej} | szkrab{,a,em,owi} | smyk{,a,iem,owi} | urwis{,a,em,owi} | pociech{a,ę,ą,y} | latorośl{,ą} "
        "| dzieciąt{ko,ka} | siostrzeńc{em,a,owi} | chrześniac{zka,zką,zkę,zki,zce} | chrześniak{,a,iem,owi} | "
        "pasierb{,a,em,ica,icą,icy} | dziewczynce | chłopcu | chłopczykowi | nastolatk{iem,ą,owi}",
        "has_age": "mam | skończył{am,em} | ma | mają | skończył{a,} | {on,ona} ma | {ma,mają} "
        "{już,dopiero,prawie,tylko} | kończy | {on,ona} {ma,kończy,skończy,skończył,skończyła} | skończy | będzie "
        "{miał,miała} | {właśnie,dopiero,już,niedawno} {skończył,skończyła,kończy,ma}",
        "own_age": "mam | skończyłam | skończyłem",
        "aged": "w wieku | wiek | w wieku od",
        "age": "lat | lata | latek | letni* | latnia | roczek | miesięcy | letnia",
        "money": "zł | złotych | złote | zloty | pln | eur | euro | usd | dolarów | zeta | stów* | groszy | €",
        "measure": "rat{y,ach,} | płatnoś{ci,ciach} | częś{ci,ciach,ciami} | noce | noclegi | noclegów | nocleg | "
        "cali | cal | cale | gb | mb | tb | wat | punkt{y,ów} | kaw{y,a} | herbat{y,a} | piw{a,o} | kostek | "
        "stron{y,} | tys | tysięcy | cm | mm | m | km | kg | g | ml | l | % | procent | szt | sztuk{i,a,} | koty | "
        "kotów | psy | psów | razy | x | kubk* | misk* | talerz* | pytani{a,e} | zdjęci{a,e} | zdjęć | kolory | "
        "kolorów | kół | koła | zajęcia | spotkania | spotkań | pokoi | pokoje | tygodniami | par{y,} | rzeczy | "
        "gwiazdek | stopni | kotki | produkty | metr{y,ów}",
        "before_number": "rozdział | odcinek | sezon | strona | lekcja | rozmiar{,u,ze} | nr | numer{,u,ze} | pokój | "
        "ulica | ul | zamówieni* | faktur* | piętro | mieszkanie | m | kod | # | iphone | linia | tramwaj | autobus | "
        "budynek | opcja | wersja",
        "cannot": "nie mogę | nie moge | nie możemy | nie pasuje | nie dam rady | nie damy rady | odpada | "
        "nie da rady | nie mog* | jestem zajęt* | nie bardzo | nie dam | nie damy | nie odpowiada | nie zdąż* | "
        "nie pasuj*",
        "name_intro": "nazywam się | mam na imię | na nazwisko | imię | nazwisko | imie : | imię i nazwisko | "
        "z tej strony | na imie",
        "name_weak": "jestem | tu",
        "come": "przyjść | dotrzeć | być | przyjechać | wpaść | pojawić | przyjsc | dojechać | zjawić",
        "every": "każd{y,ą,ego,ej,e} | co | codziennie",
        "option": "propozycj{a,ę,e,i} | możliwość | okienko | slot{,u} | terminie | wariancie | opc{ja,ję,je} | "
        "ocpj{a,ę} | opcj{e,ą} | wariant{,u} | opcj{a,ę,i} | termin | "
        "godzin{a,ę} | wariant",
        "last_one": "ostatni{a,ą,}",
        "no_matter": "obojętnie | dowoln* | kiedykolwiek | wszystko jedno | bez różnicy",
        "fewer": "mniej",
        "extra": "więcej",
        "goods": "kub{ek,ki,ków,kami} | mis{a,y,ę,ek,ka,ki,kę} | talerz{,e,y,yk,yki} | wazon{,y,ów,ik} | filiżan* | "
        "zestaw{,y,ów} | świec* | torb* | but{y,ów} | sukienk* | telefon{,y} | ładowark*",
        "other_one": "następn{ą,y,ej,a,ym} | kolejn{ą,y,ej,a}",
        "out_of": "/",
        "points": "punkt{ów,y}",
        "one_child": "dziecko | dziecka | niemowlę | malucha",
        "street": "al | ul | ulica | ulicy | ulicę | aleja | alei | osiedle | plac",
        "nth_noun": "parę | para | wizytę | sesję | osobę | ratę | stronę | sprawa | sprawę | rzecz | część | opcję | "
        "próbę | zmianę | piętro | piętrze | piętra | klasa | klasie | raz | miejsce | urodziny | rocznica | strona | "
        "pokój | osoba",
        "repair": "napraw{iacie,icie,ia,ić} | wymieni{cie,acie,ć} | napraw* | naprawić | serwis* | wymien* | "
        "wymiana | wymianę",
        "takes": "trwa{,ł,ła,ło} | potrwa | zajmuje | zajęł{o,a} | zajmie | pieszo | spacerem | drogi | jazdy | co | "
        "każde | w ciągu | trzyma | czekał* | czekam* | wytrzymuje | schnie | gwarancji | temu | czynne | "
        "całodobow* | wysyłka",
        "question": "czy",
    }
    | REPLYING["pl"],
    clock=(
        "wpół do H | pół do H | w pół do H | pol do H | za pół H = -30",
        "pół po H | wpół po H = +30",
        "M po H | M minut po H = +",
        "M do H | M przed H | za M H | za M minut H = -",
        "kwadrans po H | H z kwadransem = +15",
        "kwadrans do H | kwadrans przed H | za kwadrans H = -15",
    ),
    intents={
        "book": {
            0.9: "{interesuje,interesują,interesowałby} {mnie,nas} {udział,zapis,uczestnictwo} | {chęć,chęci,"
            "zgłaszam,chciałabym,chciałbym,chcę,w sprawie} udział{u,} w {zajęciach,warsztatach,warsztacie,kursie,"
            "lekcji,sesji} | {biorę,weźmiemy,wezmę,brać,bierzemy} udział | zapisywać | {chętnie,chciałabym,"
            "chciałbym,chcemy,chcielibyśmy,chcę} {bym,byśmy,się,} {przyszła,przyszedł,wpadła,wpadł,spróbowała,"
            "spróbował,spróbować,polepić,zobaczyć jak to} | {muszę,chcę,musimy,chcemy,chciałabym,chciałbym,"
            "koniecznie} {tego,też,kiedyś,} spróbować | dostać się {do was,do państwa,} na | załapać się {na,do} "
            "| {mogłabym,mógłbym,moglibyśmy,mogę,możemy,chciałabym,chciałbym} {do was,do państwa,kiedyś,jakoś,} "
            "{zajrzeć,wpaść,wbić,zawitać,przyjechać} | {zajrzeć,wbić,zawitać} {do was,do państwa,na zajęcia,na "
            "warsztaty,na jakieś} | {wykupić,kupić,opłacić} {zajęcia,warsztaty,lekcję,udział} | {uczestniczyć,"
            "wziąć udział,wezmę udział} w | piszę się na | {znajdziecie,znajdzie się,macie} {dla mnie,dla nas} "
            "{miejsce,miejsca,chwilę,czas,termin} | {poproszę,prosiłabym,prosiłbym,proszę} {o,} {umówienie,"
            "zapisanie,wpisanie,rezerwację} {wizyty,mnie,nas,na} | "
            "wciśn* | {mnie,nas} {przyjąć,przyjmie,przyjmiecie,obciąć,zapisać,wcisnąć} | "
            "potrzebuję {manicure,strzyżenia,masażu,terminu,wizyty,tatuażu,pedicure} | podrzucić | "
            "zostawić {buty,telefon,torebkę,laptopa} | umówienie | zwolnił{o,} się | zarezerw* | rezerwacj* | "
            "rezerwuj* | zapisać | zapis{,z,ać,y,ów,ze,em,u} | zapiszcie | zapisz {mnie,nas} | umówić | "
            "umów {mnie,nas,się} | umawiam | chc{ę,iałabym,iałbym,ielibyśmy,ielibysmy,emy} {przyjść,wpaść,się umówić,"
            "umówić,zarezerwować,wizytę,termin,się zapisać} | umówmy | umowie | umów | bookować | zabook* | "
            "zaklepać | zaklep* | wziąć udział | wpisz {mnie,nas} | wpisać | umówieni* | zapisuj* | "
            "{można,mozna,moge,mogę,możemy} {przyjść,wpaść,przyjechać,dołączyć} | chętnie przyjd* | przyjść | wpaść | "
            "poproszę termin | poproszę wizytę | poproszę o {termin,wizytę,rezerwację} | dołączyć | skorzystać",
            0.75: "dał{oby,aby} radę | co macie {na,w,we} | szukam terminu | miejsc{a,e} | wolne miejsc* | "
            "wolny termin | wolne {terminy,godziny,są,jest} | wolny* | "
            "{są,macie,jest,sa,będą} {wolne,miejsca,miejsce,terminy,termin,jakieś,jakiś,coś,cos} | dostępn* | "
            "najbliższy termin | kiedy {można,mogę,moge,mozna} | znajdzie się | czy {jest,byłoby,będzie} możliw* | "
            "{jakie,jaki} {macie,są} {terminy,wolne} | jakie terminy | da się | da radę | dałoby się | znajdziecie | "
            "stolik | czy {znajdzie,znalazł*} | miejsca na | zmieścimy | zmieścicie | najbliższe terminy | wolnego",
            0.5: "wizyt{a,ę,y} | termin{,y,u} | przyjd{ę,ziemy,e} | wpadn{ę,iemy} | będziemy | chciał{abym,bym} | "
            "chcemy | chcielibyśmy | chcę | poproszę | może być | pasuje mi | możemy | mogę | można | odpowiada | "
            "pasował* | pasuje | a {może,moze} | proszę o",
        },
        "change": {
            0.95: "przerzu{ć,cić,ćcie,camy,cicie,cimy,ciłabym,ciłbym} {mnie,nas,moją,naszą,to,wizytę,rezerwację,"
            "termin} | na kiedy indziej | {wolałabym,wolałbym,wolę,wolimy,wolelibyśmy} {jednak,} kiedy indziej | "
            "{to,ją,mnie,nas,wizytę,rezerwację} przerzucić | przerzucić na {później,kiedy,inny,inną,wcześniej} | "
            "zmian{y,ie,ą,ę} {terminu,daty,godziny,wizyty,rezerwacji} | {nie pasuje,nie odpowiada} {mi,nam} już "
            "{ten,ta,} {termin,dzień,godzina,data} | już {mi,nam} nie {pasuje,odpowiada} | kiedy indziej "
            "{przyjść,wpaść,się umówić,umówić} | przebuk* | przerezerwow* | przerezerwuj* | przestaw* {mnie,nas,"
            "wizytę,rezerwację,moją,termin,to} | przesuniecie | przesuniemy | przesunęł* | przestawi{cie,my} | "
            "przeskoczyć na | wskoczyć na inny | {inny,innego,innym,inna,inną,innej} {wolny,wolnego,wolnym,"
            "możliwy,dogodny,jakiś,wolną,wolnej} {dzień,dnia,dniu,termin,terminu,terminie,godzina,godziny,"
            "godzinie,godzinę,godzine,datę,data,daty,date,pora,porę,porze,czas} | na {innym,inną,inna,innej} "
            "{dzień,dnia,dniu,termin,terminu,terminie,godzina,godziny,godzinie,godzinę,godzine,datę,data,daty,"
            "date,pora,porę,porze,czas} | w innym {terminie,dniu,czasie} | o innej {porze,godzinie} | innego "
            "{terminu,dnia} | innej {daty,godziny,pory} | inną porę | przestał{a,o,y,} {mi,nam} {odpowiadać,"
            "pasować,leżeć} | {przestał,przestała,przestało} {pasować,odpowiadać} | coś innego {wybrać,znaleźć,"
            "ustalić,zaproponować} | {wybrać,znaleźć,ustalić} coś innego | {umówić,umówimy,umówmy} {się,} {na "
            "nowo,od nowa} | {się,} {umówić,umówimy,umówmy} {na nowo,od nowa} | innego terminu niż | zmian{a,ę,ą,"
            "ie,y} {składu,liczby osób,ilości osób} | "
            "{pomyliłam,pomyliłem} {dzień,datę,termin,godzinę} | {zły,złą} {dzień,datę,godzinę} | "
            "miał{o,a} być {poniedziałek,wtorek,środa,czwartek,piątek,sobota,niedziela} | "
            "{zmniejszyć,zwiększyć} {rezerwację,stolik,liczbę} | przyspieszyć | zamień* | podmieni* | "
            "wymieni{ę,ć,my,łabym,łbym} {poniedziałek,wtorek,środę,czwartek,piątek,sobotę,niedzielę} | zamieni* | "
            "{trochę,ciut} {wcześniej,później} | inna {godzina,data} | inny {dzień,termin} | dołożyć {osobę,jedną} | "
            "{coś,cos,da się,można,mozna} {wcześniej,później,szybciej} | {jedna,dwie,trzy} {osoba,osoby} więcej | "
            "{dodać,dopisać,dorzucić} {jedną,jeszcze,dodatkową} {osobę,jedną} {osobę,} | "
            "zmieni{am,my,cie,łbym,łabym} | zmieniony | podmień | zamie{nić,ńmy,niam} | "
            "{wcześniejsz,późniejsz}{a,ą,y} {godzina,godzinę,termin} | zmiana planów | "
            "{jedna,dwie,1,2} {osoba,osoby} {mniej,więcej} | o {jedną,dwie} {osobę,osoby} {mniej,więcej} | "
            "{dzień,tydzień} {później,wcześniej} | "
            "na {poniedziałek,wtorek,środę,czwartek,piątek,sobotę,niedzielę} zamiast | nas {6,5,4,3,2} zamiast | "
            "przełoż* | przełożyć | przesun* | przesunąć | zmien{ić,ic} | "
            "zmieni{ć,my,ę} {termin,godzinę,rezerwację,datę,wizytę} | zmiana {terminu,godziny,rezerwacji} | zmianę | "
            "zmienić {termin,godzinę,na} | zmień | przenie{ść,śc,śmy,s*} | inną {godzinę,datę} | innej {godzinie} | "
            "przepis{ać,z} | przekład* | na inny {termin,dzień} | przebook* | zmodyfikować | dopisać | przestawić | "
            "opóźnić",
            0.6: "jednak | zmian{a,y,ie} | zamiast",
        },
        "cancel": {
            0.95: "z {zajęć,warsztatów,wizyty,naszych zajęć,naszych warsztatów,naszej wizyty,mojej wizyty,"
            "lekcji,sesji} nici | nici z {zajęć,warsztatów,wizyty,naszych,moich,lekcji,sesji,przyjścia} | nic z "
            "{naszych,moich,naszej,mojej,naszego} {zajęć,warsztatów,wizyty,lekcji,sesji,przyjścia} | nic z "
            "{zajęć,warsztatów,wizyty} | {oddaj,oddajcie,oddać,oddam,oddajemy,oddaję,odstąpcie,przekażcie} {moje,"
            "nasze,mój,nasz,to,proszę,} {miejsce,miejsca,termin,rezerwację} {komuś,innym,innemu,kolejnej,dalej,"
            "następnej,chętnym} | {nas,mnie} {u was,u państwa,tam,wtedy,na zajęciach,na warsztatach,na wizycie,w "
            "ten dzień,tego dnia} nie będzie | nie ma {co,po co,sensu} {na nas,na mnie} czekać | nie ma {co,po "
            "co,sensu} czekać na {nas,mnie} | {proszę,prosze} {zrobić,} kasować | kasować {moją,wizytę,"
            "rezerwację,termin} | kasuj{,cie,emy,ę} {moją,naszą,wizytę,rezerwację,to,mnie,nas,termin} | "
            "{konsultacja,wizyta,rezerwacja,sesja,zapis,termin} {już,jest,} nieaktualn{a,e,y} | nieaktualna "
            "{wizyta,rezerwacja,konsultacja,sesja} | {nie} {dojedziemy,dojadę,doczłapię,zjawimy,stawimy,zawitamy,"
            "dojdziemy} | {jestem,jesteśmy} {zmuszon*} {zrezygnować,odwołać,anulować} | {możecie,proszę} "
            "{zwolnić,oddać} {moje,nasze,mój,nasz} {miejsce,miejsca,termin} | nie uda {mi,nam} się {być,"
            "przyjechać,dojechać,wpaść,pojawić,stawić} | {nie} {przyjadę,przyjedziemy} | {dajcie,daj} {to,moje,"
            "nasze} miejsce {komuś,innym,innemu} | {odpada,wypada} {nam,mi} {ta,} {wizyta,sesja} | {odpadają,"
            "przepadają} {nam,mi} {te,} {zajęcia,warsztaty} | nie {będziemy,będę} {w stanie,mogła,mógł,mogli} "
            "{przyjść,dotrzeć,być,uczestniczyć,przyjechać,się pojawić,się stawić,wziąć udziału} | nie {mogę,"
            "możemy,dam rady,damy rady} {uczestniczyć,wziąć udziału,przyjechać,się pojawić,się stawić,się "
            "zjawić} | {udziału,obecności} nie {wezmę,weźmiemy} | nie {wezmę,weźmiemy} udziału | "
            "{cofn*,cofam} {swój,mój,nasz,} {zapis,rezerwację} | nici z {naszego,mojego,naszej,mojej,tego} | "
            "zwalniam {swoje,moje,} {miejsce,termin} | zwolnić {moje,swoje} {miejsce,termin} | "
            "nie dam {jutro,dziś,rady} | nie damy {jutro,dziś,rady} | muszę {zrezygnować,odwołać} | nie będzie mnie | "
            "rezygnuj{ę,e} z | rezygnujemy | nie przyjd* | nie skorzystam* z {wizyty,rezerwacji} | "
            "nie potrzebuję już | już nie {chcę,potrzebuję} {przyjść,wizyty,terminu} | wycofuję | odpuszczę | "
            "odpuszczam | odpuszczamy | odpuścimy | tym razem {odpuszcz*,odpada,nie} | "
            "jednak nie {przyjdę,przyjdziemy,będę,damy,dam} | proszę mnie {wykreślić,wypisać,skreślić} | skreśl* | "
            "nic z tego | nie dotr* | nie zdąż* | wypadł{a,o} mi | coś {mi,nam} wypadło | nie będzie {mnie,nas} | "
            "mnie nie będzie | nas nie będzie | nie {pojawię,stawię,zjawię} | usun* | usunąć | usuną* | odwoł* | "
            "odwołać | anul* | zrezygn* | rezygnacj* | zrezygnować | skasować | skasuj* | wycofać | "
            "{nie} {przyjdę,przyjdziemy,będę,będziemy,dotrę,dotrzemy,dojadę} | wykreśl* | wypis{ać,z} | "
            "usuńcie {moją,nas} | nie {dam rady,damy rady} {przyjść,dotrzeć,być} | "
            "nie mog{ę,e} {przyjść,być,dotrzeć,przyjsc} | nie możemy {przyjść,być,dotrzeć} | cancel | "
            "muszę odpuścić | nie uda {mi,nam} się {przyjść,dotrzeć} | nie pojawi* | nie dojd* | "
            "usunąć {rezerwację,wizytę}",
            0.7: "rezygnuj*",
        },
        "my_booking": {
            0.95: "czy mnie {macie,zapisaliście} | kto mnie {strzyże,przyjmuje,robi} | o której mam być | "
            "moja wizyta jest {dziś,jutro} | "
            "na {którą,kiedy,jaki dzień,który dzień} {ja,} {się,} {zapisa*,umówi*,rezerwow*,zapisałam,umówiłam} | "
            "{kiedy,gdzie,na kiedy} {ja,} się {zapisa*,umówi*} | do kogo {jestem,mam} | "
            "czy {nadal,dalej,wciąż} {jestem,mam} | {jestem,mam} {nadal,dalej,wciąż} {zapisa*,wpisa*,termin,wizytę} | "
            "na którą {mam,byłam,miałam} | {doszła,dotarła,przyszła} {moja,} rezerwacja | "
            "na {którą,kiedy,którą godzinę} {ja,} {byłam,byłem,jestem,mam} | {byłam,byłem} {umówion*,zapisan*} | "
            "macie {moją,mnie} {rezerwację,zapisan*} | czy jesteśmy wpisan* | czy jestem wpisan* | "
            "sprawdz{am,ić} czy | {rezerwacja,wizyta} {jest,nadal,wciąż,dalej,} aktualn* | "
            "{na,o} {którą,ktorą,ktora,której,ktorej} {mam,jestem,mamy,jesteśmy} | "
            "kiedy {mam,mamy,jestem,jest moja,moja,jest nasza} | czy {mam,mamy} {rezerwację,wizytę,termin,jakąś} | "
            "moj{a,e,ą} {wizyta,rezerwacja,rezerwacje,rezerwację,wizyty,wizytę} | mój termin | "
            "na kiedy {mam,jestem,mamy,jesteśmy} | potwierdz* {moją,rezerwację,wizytę,termin} | czy jestem zapisan* | "
            "czy jesteśmy zapisan* | sprawdzić {moją,rezerwację,termin,wizytę} | jestem {zapisan*,umówion*} | "
            "jesteśmy {zapisan*,umówien*} | nasza rezerwacja | naszą rezerwację | w jaki dzień mam | czy aktualn* | "
            "przypomnij* {mi,,kiedy}"
        },
        "ask_price": {
            0.9: "ile kosztuj* | ile {to,za,płac*,wychodzi,bierzecie,by,wynosi,trzeba zapłacić,zapłac*} | "
            "cen{a,y,ę,nik,ie,niki,nika} | koszt{,uje,ują,y,em} | po ile | jaki koszt | jaka cena | cennik{,u} | "
            "zniżk* | rabat* | taniej | opłat* | zadatek | zaliczk* | stawk* | ile zł | drogo | tani* | płatn* | "
            "promocj* | ile kosztował*"
        },
        "ask_hours": {
            0.9: "godzin{y,ach} otwarcia | w jakich godzinach | do {której,ktorej} | od {której,ktorej} | "
            "jesteście otwarci | jesteście czynni | czynn{e,i,y,a} | otwart{e,i,y,a} | "
            "{kiedy,czy} {pracujecie,jesteście,otwieracie,macie otwarte} | pracujecie | otwieracie | zamykacie | "
            "godziny {pracy,otwarcia} | o której {otwieracie,zamykacie,zaczynacie} | jesteście w | kiedy otw* | "
            "zamknięt*"
        },
        "ask_address": {
            0.9: "gdzie {jesteście,się,jest,was,macie,to} | adres{,u,em} | lokalizacj* | "
            "jak {dojechać,dojść,trafić,do was,was} | dojazd{,u} | parking{,u,i} | zaparkować | na jakiej ulicy | "
            "jaka ulica | mieścicie | znajdujecie | przystanek | parkow* | które piętro | mapa | pinezk*"
        },
        "ask_delivery": {0.9: "dostaw* | wysyłk* | kurier* | paczkomat*"},
        "ask_offer": {
            0.85: "urodzin{y,ki} dla | robicie | organizujecie | bony | bon {podarunkowy,prezentowy} | "
            "{zapytać,spytać,pytanie,dowiedzieć się,pytam} o | "
            "chciał{abym,bym,am,em} {zapytać,spytać,się dowiedzieć,się zapytać} | "
            "co {oferujecie,macie,robicie,jest w cenie,wchodzi} | w ofercie | oferta | ofercie | "
            "jakie {macie,są,usługi,zajęcia,warsztaty} | "
            "czy {macie,robicie,prowadzicie,oferujecie,organizujecie,jest,są,sprzedajecie,wykonujecie} | "
            "prowadzicie | oferujecie | usługi | voucher* | karta podarunkowa | kartę podarunkową | bon{,y} | "
            "więcej informacji | informacj* | opowiedz{,cie} o | w cenie | szczegóły | coś więcej | jak wyglądają | "
            "na czym polega* | menu | kurs* | vouchery"
        },
        "ask": {
            0.85: "{mogę,można,możemy} {przyjść,wpaść,przyjechać} z {własnym,swoim,moim} * | numer telefonu | "
            "{jaka,czym} {jest,się} różni{ca,} | zwrotn{a,y,e} | "
            "z {własnym,swoim} {wzorem,projektem,pomysłem,zdjęciem} | "
            "{rezerwacja,zaliczka,wizyta} {jest,} {konieczna,potrzebna,wymagana,obowiązkowa,zwrotna} | "
            "czy to {problem,boli,możliwe} | jak dbać | jak pielęgnować | przeciwwskazani* | "
            "{za,do,od,z,na,po} {co,czego,czym} | o co | jedno pytanie | {dwa,kilka,parę} pyta{nia,ń} | "
            "szybkie pytanie | małe pytanie | bez {zapisów,zapisu,rezerwacji,umawiania,zapisywania} | mam pytanie | "
            "pytanko | kiedy {mogę,moge,można,mozna} odebr* | {do,po} odbior*",
            0.75: "czy {trzeba,mam,muszę,lepiej,} {dzwonić,zadzwonić} | {trzeba,muszę} {dzwonić,zadzwonić} | "
            "{można,mozna,mogę,moge,możemy,mozemy} {płacić,kartą,karta,zapłacić,blikiem} | "
            "czy {mama,tata,mąż,ktoś} może | {mogę,moge,możemy,można} {zabrać,wziąć,przynieść,przyprowadzić} | "
            "czy {mogę,moge,można,możemy} {przyjść,wpaść,przyjechać} z {psem,kotem,wózkiem,dzieckiem,niemowlakiem} | "
            "ile to potrwa | płaci się | czy dostanę | na co | blik* | kartą | z psem | z wózkiem | ubrać się | "
            "przebrać | o której | jak długo | ile {trwa,trwają,osób,czasu,jest,miejsc} | gdzie | czy {trzeba,można,"
            "mozna,potrzebuj*,muszę,musze,musimy,dla,dziec*,mogę,moge,jest,są,będzie,to,zwierz*,pies,psy} | "
            "co {trzeba,mam,zabrać,ze sobą,to,muszę,jeśli,jeżeli} | od jakiego wieku | od ilu lat | "
            "jak {się,to,wygląda,mam,można,przygotować,zapłacić} | kto | dlaczego | jaki | jaka | jakie | które | "
            "który | mam pytanie | pytanie | czemu | wifi | zabrać | w co | "
            "kiedy {będzie,będą,odbior*,odebr*,odbiór} | czy | jak | co z | ile | co | skąd | po co | czym | z czego",
        },
        "affirm": {
            0.9: "no to {fajnie,super,git,dobrze} | brzmi {nieźle,fajnie,git,idealnie,spoko} | fajnie | "
            "może tak być | to pasuje | odpowiada mi | jestem na tak | elegancko | luzik | sztos | nam pasuje | "
            "mi pasuje | czemu nie | dlaczego nie | no dobrze | dobrze tak | wchodzę | bomba | luz | niech tak | "
            "jestem za | bez problemu | zgoda na to | niech już będzie | dawaj | dajemy | akceptuję | wszystko ok | "
            "niech będzie | brzmi {świetnie,dobrze,super} | chętnie | z przyjemnością | wchodzę w to | "
            "niech tak będzie | tak | ok | okej | okay | oki | jasne | pewnie | zgoda | super | potwierdzam | "
            "dobrze | dobra | zgadza się | oczywiście | git | spoko | no tak | pasuje | świetnie | idealnie | "
            "w porządku | może być | jak najbardziej | owszem | no pewnie | zgadzam się | biorę | tak poproszę | "
            "nie ma problemu | nie ma sprawy | żaden problem | yes | no jasne | no dobra | 👍 | ✅ | 👌 | "
            "git majonez | zgadza | dokładnie | perfekcyjnie | pasi | tak jest | gites | rezerwuję | poproszę tak | "
            "wyślij | tak wyślij | ekstra | rewelacja | no ok | wszystko się zgadza"
        },
        "deny": {
            0.95: "{raczej,chyba,może} {podziękuję,odpuszczę,odmówię,spasuję,nie} | {może,to} innym razem | "
            "innym razem | to {mi,nam} nie pasuje | nie to {mi,nam} | podziękuję | niekoniecznie | "
            "{jeszcze,muszę} {się,to} {zastanowię,przemyśleć} | zastanowię się",
            0.9: "żaden z | żadna z | żadne z | żaden {termin,} {mi,nam,} nie | nie dla mnie | to nie dla mnie | "
            "za późno | za wcześnie | nie podoba | jednak nie chcę | ani jeden | "
            "nie o to {pytałam,pytałem,chodzi,chodziło,pytam} | nie tak | nie skorzystam | nie | nie dzięki | "
            "nie dziękuję | nie zgadza się | źle | niestety nie | raczej nie | nope | nie pasuje | nie chcę | "
            "niezbyt | wcale | 👎 | ❌ | nie nie | absolutnie nie | jednak nie | nie trzeba | nie to | no nie | "
            "nieprawda | odpada | nie teraz | niee | nie odpowiada",
        },
        "correct": {
            0.8: "policzył{am,em} {nas,} {jeszcze raz,ponownie,od nowa,nas} | {źle,złą,błędnie} {wpisał,podał,"
            "policzył,napisał}{am,em,} | pomyliłam się | pomyliłem się | "
            "miał{o,a,y} być | powinn{o,a,y} być | źle {policzył*,wpisał*,napisał*,zapisał*} | przecież "
            "{pisał*,mówił*} | nie tak {zrozumiał*,jak} | chodziło {nam,o} | zły dzień | zła godzina | zaszła "
            "pomyłka | wyszło {że,nas} | okazało {się,że} | nie o to {chodziło,mi} | mówił{am,em} | pisał{am,em} | "
            "prosił{am,em} o | to znaczy | znaczy | miał{am,em} na myśli | "
            "pomyłka | pomył* | sorry | jednak | raczej | poprawka | chodziło mi | chodzi mi | tylko | "
            "przepraszam nie | wolał{abym,bym} | lepiej | ale o"
        },
        "greet": {
            0.9: "cześć | hej | hejka | heja | dzień dobry | dobry wieczór | witam | witajcie | siema | hejo | elo | "
            "dobry | halo | witaj | dzien dobrybry | siemanko | dobry dzień | heyo | 👋 | szanowni | dzieńdobry | "
            "hello | hey | hi | helou | haloo | cze | czesc | siemano | {no,a} {hej,cześć} | "
            "jestem {już,} {z powrotem,}"
        },
        "thank": {
            0.9: "bóg zapłać | bardzo {pani,pan} {miła,miły} | {pani,pan} {bardzo,} {miła,miły,kochana,kochany} "
            "| {jest,jesteś} {pani,pan,} {kochana,kochany,cudowna,wspaniała} | dzięki serdeczne | buziaki za | "
            "dziękówka | jesteście {najlepsi,super,najlepsze,kochani,cudowni} | wielkie dzięki | "
            "stokrotne dzięki | dziękówa | dzięksy | wdzięczna | dzięk{i,uję,ujemy,uje,owa*} | dziekuj* | dzieks | "
            "bardzo dzięk* | thx | serdecznie dziękuję | dziena | dzięka | wdzięczn* | 🙏 | dziękóweczka"
        },
        "bye": {
            0.8: "do widzenia | pa | papa | do zobaczenia | na razie | nara | widzimy się | miłego dnia | "
            "miłego {wieczoru,weekendu} | dobranoc | do usłyszenia | pozdrawiam | pzdr"
        },
        "stop": {
            1.0: "przestańcie {do,mi,} {mnie,} {pisać,wysyłać,pisac} | dość {tych,wiadomości,smsów} | "
            "dosyć {tych,wiadomości} | {skończcie,koniec} {z,pisać} | nie męczcie | odczepcie się | odpiszcie mnie | "
            "nie chcę {już,} więcej {wiadomości,smsów,maili,sms} | "
            "rezygnuję z {wiadomości,newslettera,subskrypcji,powiadomień} | przestańcie | nie kontaktuj* się | "
            "nie chcę {już,więcej,} {od was,} {dostawać,otrzymywać} {od was,już,więcej,} | "
            "nie {przysyłaj*,wysyłaj*} {mi,już,} | usuń mnie z listy | proszę {mnie,} nie {nękać,pisać} | stop | "
            "rezygnuję | wypisz mnie | wypisz | nie pisz{,cie} {do mnie,} {więcej,już,} | nie wysyłaj{,cie} | "
            "przestań* {pisać,wysyłać} | unsubscribe | koniec wiadomości | nie chcę {wiadomości,dostawać,otrzymywać}"
        },
        "start": {1.0: "start | zapisz ponownie | wznów"},
        "human": {
            0.95: "dzwoń* | proszę {dzwonić,o rozmowę} | kierowni* | szefow* | szefem | szefa | z obsługi | "
            "kontakt z kimś | {mógłby,mogłaby,może} {ktoś,} {zadzwonić,oddzwonić} | zadzwonić do mnie | "
            "{ktoś,ktos} {może,moze,mógłby} | do mnie zadzwonić | ktoś żywy | "
            "{kogoś,ktoś,kimś} z {obsługi,personelu,załogi} | człowiek{,iem,a,owi} | konsultant* | operator* | "
            "żyw{y,ą,ym} {człowiek*,osob*} | "
            "z {kimś,człowiekiem,obsługą,właścicielem,właścicielką,kierownikiem,menadżerem,pracownikiem} | "
            "prawdziw{y,ą,ym} {człowiek*,osob*} | zadzwo{ń,ńcie,nić,nic} | proszę o {telefon,kontakt} | "
            "obsługa klienta | jesteś botem | czy to bot | menedżer* | kierownik* | właściciel* | rozmowa z | "
            "pogadać z | połącz* | recepcj* | przedstawiciel* | porozmawiać z | kontakt z | nie z botem | "
            "pracownik* | oddzwo*"
        },
        "complaint": {
            0.9: "{spaliliście,zgubiliście,zniszczyliście,zapomnieliście,porysowaliście} | odstaj* | "
            "nie {trzyma,trzymają} się | podnos* się | pęcherz* | swędz* | nie tak się umawia* | "
            "nie na to się umawia* | nadal nie {działa,ładuje} | dalej nie {działa,ładuje} | "
            "zaczął {przeciekać,odpadać} | zostawiliście mnie | dwa lewe | policzyl* {mi,nam,} {za,} | naliczyl* | "
            "nikt {mnie,nas} {nie,} {uprzedził,poinformował,powiadomił} | "
            "nikt nie {uprzedził,poinformował,powiedział} | wysypk* | podrażni* | pomarańczow* | krzywo | nierówno | "
            "pobra{liście,no} {podwójnie,za,dwa} | jestem {wściekła,wściekły,oburzona} | zepsuli* | zgubili* | "
            "rozklei* | rozpru* | zwróci{ć,łam,łem} | chcę {oddać,zwrócić} | reklamow* | zareklamow* | fatalny | "
            "tandet* | bubel | nie jestem zadowolona | niedopuszczaln* | oburz* | zły {produkt,rozmiar} | "
            "brudn{o,y,a} | spóźnia* się | odprys* | odpad{ł,ła,ło,ły} | odlec* | rozpad* | rozlec* | rozwal* | "
            "potłucz* | stłucz* | stłukł* | zbi{ty,ta,te} | złama* | złamał* | pękni* | popsuł* | zepsuł* | "
            "przeciek* | podart* | rozdar* | poplam* | nie {działa,działają,działał,działała} | "
            "przestał{,a,o} działać | pomylil* | pomylon* | źle zrobi* | zły {kolor,rozmiar,towar,model} | "
            "złą {rzecz,paczkę} | nie ten {kolor,rozmiar,towar,model,produkt} | nie to zamawiał* | nikt {mi,nam,do "
            "mnie,} {nie} {otworzył,przyszedł,odpisał,odebrał,zadzwonił,oddzwonił,odpowiedział,czekał} | słabo | "
            "słaba {jakość,obsługa} | zła jakość | kiepsk* | wstyd | żart | żarty | jakaś kpina | "
            "od {godziny,tygodnia,miesiąca} czekam | ciągle czekam | nadal czekam | czekam od | odesłać | "
            "oddać pieniądze | oddajcie | zwróć* | pieniądze z powrotem | nie polecam | zlekcewaz* | ignor* | "
            "zignor* | bezczeln* | niemił* | nieuprzejm* | niegrzeczn* | poparz* | uczul* | podwójnie | "
            "naliczyliście | policzyliście za dużo | naciąga* | odklei* | spartacz* | zniszcz* | "
            "nie jestem zadowolon* | zawiodł* | niepoważn* | porysowa* | reklamacj* | skarg* | zwrot pieniędzy | "
            "zwrot* | niezadowol* | skandal* | okropn* | fataln* | tragedia | beznadziej* | oszust* | rozczarowan* | "
            "nigdy więcej | dramat | popsut* | uszkodz* | zepsut* | pęk{ł,nięt}* | zażalenie | "
            "nikt nie {odpowiada,odbiera,odpisuje,przyszedł} | nieprofesjonaln* | żenad* | zawied* | kpina | "
            "jestem zła | jestem zły | porażka | chamsk* | wkurz* | masakra"
        },
        "order": {
            0.9: "poproszę {dwa,dwie,trzy,jeden,jedną,te,tę} | {wyślecie,wyślijcie,prześlecie} {mi,} {je,to,go,ją,} | "
            "dwa kubki | poproszę {te,tę,ten,to} | {poproszę,chcę,chciałabym,chciałbym,wezmę} {jeden,jedną,dwa,dwie,"
            "trzy,cztery,pięć} {te,tych,} {kub*,misk*,mis*,talerz*,wazon*,sztuk*,par*} | zamawiam | do zamówienia | "
            "z zamówieniem | zamówieni* | kupno | chcę kupić | złożyć zamówienie | koszyk* | wezmę | biorę te | "
            "zamówić | zamow* | zamówi* | kupić | kupuj* | kupi{ę,e} | kup | do koszyka | chciał{abym,bym} kupić"
        },
        "track_order": {
            0.95: "{moja,} paczka {już,} wyszła | czy {już,} {wyszła,nadaliście,nadane} | kiedy {je,to,ją} dostanę | "
            "co z {zamówieniem,moim zamówieniem,paczką,moją paczką} | wysłaliście | wysłane | kiedy wyśl* | "
            "czy wysłal* | gdzie {jest,} {moja,moje,mój} {paczka,zamówienie,przesyłka,kubek} | "
            "nie {doszł*,dotarł*,przyszł*} {paczka,przesyłka,zamówienie} | zamówienie nr | "
            "gdzie jest {moja,moje,paczka} | status zamówienia | moje zamówienie | "
            "kiedy {dojdzie,przyjdzie,dotrze,będzie} {paczka,zamówienie,przesyłka} | moja {paczka,przesyłka} | "
            "śledz* | numer {przesyłki,śledzenia} | paczk* | zamówieniem | jeszcze nie {doszł*,dotar*,przyszł*} | "
            "przesyłk*"
        },
        "product": {
            0.9: "botki | kozaki | trampki | czółenka | kabel usb | "
            "{w,są w} {brązie,czerni,bieli,beżu,granacie,szarości}",
            0.85: "iphone* | samsung* | xiaomi | stacj* dokując* | klawiatur* | monitor* | kabel* | kabl* | "
            "ładowark* | telefon* | smartfon* | but{y,ów,ach,ami} | obuwi* | sneaker* | czapk* | pasek | "
            "rozmiarówk* | bateri* | niebiesk* | w {czarnym,białym,czerwonym,zielonym,różowym,szarym,innym kolorze} | "
            "adidas* | trampk* | sandał* | jest jeszcze dostępn* | jeszcze dostępn* | skórzan* | z czego {jest,są} | "
            "do zmywarki | mikrofal* | materiał* | wodoodporn* | kurtk* | sukienk* | spodni* | bluz* | plecak* | "
            "perfum* | telewizor* | tablet* | myszk* | drukark* | aparat* | zegarek | pamięci | w sklepie | "
            "powerbank* | etui | na stanie | rozmiar* | kolor* | w magazynie | torebk* | słuchawk* | laptop* | "
            "model* | gwarancj* | telefon{y,u,ów} | sprzedajecie | dostępny rozmiar | szpilki | kozaki | produkt*",
        },
    },
    feasts={
        (12, 24): "wigili{a,ę,i}",
        (12, 31): "sylwest{er,ra,rowy}",
        (1, 1): "nowy rok | nowym roku",
        (2, 14): "walentynki | walentynek",
        (12, 6): "mikołajki",
        (11, 11): "święto niepodległości",
        (11, 29): "andrzejki | andrzejek",
        (3, 8): "dzień kobiet | dnia kobiet | dniu kobiet",
        (12, 25): "boże narodzenie | bożego narodzenia | pierwszy dzień świąt",
        (12, 26): "drugi dzień świąt",
        (11, 1): "wszystkich świętych",
        (1, 6): "trzech króli",
        (6, 1): "dzień dziecka",
        (5, 26): "dzień matki",
    },
    common="dobre dobry "
    "kanał materiał dział festiwal portal metal medal skala sala sali cała całą mała małą biała wspaniała "
    "północny północna północne północnej środowisko środowiska żelazny piątka szóstka siódemka czwórka trójka dwójka "
    "ósemka sobota wtorek lekcja lekcje lekcji kurs zajęć warsztat czerwony czerwona czerwone czarny czarne i w z na "
    "do nie to się że jest a o jak co po za od ale tak czy już tylko dla ja mnie mi ty on ona my wy oni pan pani być "
    "mam masz ma mamy macie są był była będzie bardzo może jeszcze kiedy gdzie ile który która które ten ta te tego "
    "tej tym przez przy pod nad bez tu tam też więc bo lub albo proszę cześć hej dzień dobry dzięki miejsce miejsca "
    "wolne godzina godzinę osoby osób zajęcia warsztaty jakieś coś chciałam chciałbym chciałabym",
)
