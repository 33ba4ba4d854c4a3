"""Polish: the words that do something only together."""

PAIRS = {
    "stays_on": (
        "ale ja {tak,przyjdę,przyjde,będę,bede} | {będzie,bedzie} nas {dwoje,dwóch,dwie,troje,trzy,tylko,mniej,"
        "jeden,jedna,czworo} | ja przyjdę"
    ),
    "at_what": (
        "{o,na,do,od,po,przed} {której,którą,ktorej,ktora,którj,ktoreej,ktorą,jakiej} {godzinie,godzinę,godziny,"
        "porze,} | kiedy | {do,na} kiedy | o jakiej {porze,godzinie} | jak długo | koniec kiedy | która godzina"
    ),
    "ends": (
        "wypuszcz* | puszczacie | koniec | kończ* | konczy* | koncz* | skończ* | skoncz* | zakończ* | zakoncz* | "
        "po wszystkim | wypuści* | "
        "wypusci* | wyjdziemy | wychodz* | wyjść {od,z,} | wyjde | wyjdę | {będę,będziemy,bede,bedziemy,jestem,"
        "jesteśmy} {woln*} | {po,odebrać} {mnie,nas} | {mnie,nas} {odebrać,odbierać,odbiera,odebrac} | {iść,isc,"
        "jechać,wracać,wrócić} do domu | taksówkę {do domu,powrotną,z powrotem} | finisz | finał | siedzimy | "
        "potrwa | odbierać {dziecko,syna,córkę} | odbiór dziecka | zostajemy | do końca | fajrant | mamy zajęcia "
        "do | puścicie | planowane jest zakończenie"
    ),
    "agreed": (
        "umówi* | umowi* | umawia* | byliśmy | bylismy | zapisa* | zapisal* | wpisaliście | {ja,my} {to,w końcu,} "
        "{mam,mamy} | mam {być,przyjść,przyjsc,przyjechać,stawić,tę wizytę,wizytę,rezerwację,przyjechac} | mamy "
        "{być,przyjść,zajęcia,wizytę} | {mam,mamy} {w końcu,dokładnie,to,} {być,przyjść,przyjechać} | w końcu mam "
        "| wizyt* | {moja,mój,moje,nasza,nasz} | mnie | nas | to {było,bylo,mieliśmy,mielismy} | mieliśmy | mam "
        "termin | oczekujecie | {mam,była} rezerwacj*"
    ),
    "forgot": (
        "zapomnia* | nie pamięta* | nie pamieta* | wylecia* | uciekło | przypomn* | przypomnij | nie mogę znaleźć "
        "| wypadło z głowy"
    ),
    "hour": (
        "{o,na} {której,którą,ktorej,ktora} | kiedy | {godzin*} {mojej,naszej,wizyty,zajęć} | godzinę | termin | "
        "datę | dzień | jaki to | jaki dzień"
    ),
    "off": (
        "{wypisz,wypiszcie,wypisać,wypisac,wypiszta,skreśl,skreślcie,skresl,skreslcie,skreślić,skreslic,usuń,usun,"
        "usuńcie,usuncie,usunąć,usunac,wykreśl,wykreślcie,wykreślić,wykreslic,wykreślta,wykasuj,wykasujcie,wyrzuć,"
        "wyrzućcie} {mnie,nas,moje nazwisko,mój kontakt,mój numer,moj numer,z listy} | {mnie,nas} {wypisz*,"
        "skreśl*,wypisać,usuń*,usun*,wykreśl*} | odsubskryb*"
    ),
    "visit": (
        "zajęć | zajec | zajęcia | zajecia | warsztat* | kurs* | wizyt* | rezerwacj* | termin* | sesj* | lekcj* | "
        "listy na * | listy uczestników | grafik* | {piątku,soboty,niedzieli,poniedziałku,wtorku,środy,czwartku}"
    ),
    "letters": (
        "wiadomoś* | wiadomos* | sms* | reklam* | newsletter* | mailing* | maili* | numer | powiadom* | "
        "subskrypc* | spam* | promocj* | listy {mailingowej,adresowej,wysyłkowej,kontaktów} | waszej listy | "
        "kontakt* | bazy"
    ),
    "gives_up": (
        "{puśćcie,weźcie,wpuśćcie} kogoś | kogoś na moje miejsce | skreśl* {nas,mnie} | nie {liczcie,licz,czekajcie,"
        "czekaj} {już,} {na,} * {na,} {mnie,nas} | nie {liczcie,czekajcie} na {mnie,"
        "nas} | wypadam | {zwolnij*,zwalniam*} {moje,mój,nasze,nasz,to} {miejsc*,termin*} | {oddaj*,odstęp*,"
        "odstąp*} {moje,mój,nasze,nasz,komuś,mojego} {miejsc*,termin*,miejsce} | oddaj* komuś termin | {mój,nasz,"
        "moje,nasze} {termin,miejsce} może {wziąć,mieć,zająć} | nie trzym* {już,} {dla,} {mnie,nas,} {miejsca,"
        "miejsce,terminu} | kasuj{,cie} {moją,tę,naszą,mój} | skasuj{,cie} {moją,naszą,mój} | do {kosza,"
        "skasowania} | {nas,mnie} nie będzie | nie będzie {nas,mnie} | nie {dotrzemy,dotrę,dotre,pojawię,"
        "pojawimy} | rezygn* z {wizyt*,zajęć,warsztat*,termin*} | {musimy,muszę} zrezygnować z | wypisujemy się | "
        "wypisuję się | skreślamy się | {terminu,miejsca} już nie potrzeb* | wycofuję się z | ale rezygnuję | "
        "skreśl{cie,} {mnie,nas} z | nie odbędzie się"
    ),
    "other": (
        "{inny,inna,inną,innym,innego,inne,innej} {dzień,dnia,dniu,termin,terminu,terminie,godzina,godzinę,"
        "godziny,godzinie,daty,datę,czas,pora,porę,} | kiedy indziej | późniejsz* | wcześniejsz* | kiedy jeszcze "
        "| {zamiast} {tego,tamtego,wtedy,} | wolałabym | wolałbym | inaczej"
    ),
    "moves": (
        "przesunac | przesunąc | przerzu{ć,cić,ćcie,camy} {mi,mnie,moją,tę,to,} | przesuw* | przesun* | przesuń* "
        "| przepisz{,cie} {mnie,nas,naszą,moją} | przepisać {mnie,nas} | przekład* | przełóż* | przełoż* | "
        "przekładam | przenie* | przenosi* | zmieńmy {termin,datę} | poszukamy inn* | znajdź{my,cie} inn* | "
        "znajdziemy inn* | tylko przesuwam | potrzebuj* inn* {terminu,godziny,daty,dnia} | zamienić termin | "
        "zmienić {termin,date,datę,godzinę} | {chcę,chce,chciałbym,chciałabym,wolę} {je,ją,to,ich,go} mieć kiedy "
        "indziej | przestaw{cie,} {mnie,nas,moją,naszą}"
    ),
    "unfit": (
        "tamten dzień | {nie,już nie} {pasuje,odpowiada,mogę wtedy,moge wtedy,dam rady} | nie {mogę,moge} {wtedy,"
        "w tym,w ten,tego dnia} | nie pasuje | {coś,cos} mi {wypadło,wyskoczyło,wypadlo,wyskoczylo} | odpada | "
        "wypadła mi | wyskoczyło | wyskoczylo | jednak nie ten"
    ),
    "comes": (
        "{przyjdę,przyjde,przyjdziemy,przyjść,przyjsc,przyjść w,być,mieć,wpadnę,wpadne,przyjechać} | {możemy,mogę,"
        "moge,da się,da rade,da radę,dałoby się} {to,} | mnie na | potrzeb* | chcę"
    ),
    "somebody": (
        "ktoś | ktos | kogoś | kogos | komuś | komus | kimś | kims | kto{ś,kolwiek} z | ktokolwiek | jakiś | "
        "któraś z | ktoś z"
    ),
    "contacts": (
        "napisa{ć,c} | napisze | odpisa{ć,c} | odpisze | odpowie | odpowiedzieć | zadzwoni | zadzwoni{ć,c} | "
        "dzwoni* do mnie | porozmawia{ć,c} | pogada{ć,c} | rozmawia* | gada* | przełącz* | przelacz* | połącz* | "
        "polacz* | przekaż* | przekaz* | przejmie | przejąć | skontakt* | kontakt | oddzwoni* | zadzwońcie | "
        "telefon od | dajcie mi"
    ),
    "person": "człowiek{,a,iem,owi} | czlowiek{,a,iem,owi} | osob{ą,ę} | ludzi | ludźmi",
    "wants": (
        "chcę | chce | chciał* | poproszę | daj* | z człowiekiem proszę | połącz* | polacz* | przełącz* | "
        "przelacz* | pogadać | porozmawiać | rozmawiać | gadać | żyw* | prawdziw* | jest tam | wolałabym "
        "rozmawiać | normaln* | jakiś | nie bot | z człowiekiem"
    ),
    "no_staff": (
        "{jedną,jednej,jeden,jedna,jednego,jeszcze} {osob*,człowiek*} | {przyjdę,przyjść,przyjde,przyjdziemy} | z "
        "kimś z rodziny | kogoś zabrać | zabrać ze sobą | pomoże | po mnie | mąż | żona | syn | córka | kolega do "
        "mnie | koleżanka | człowiek nie żyje | może przyjść"
    ),
    "no_bot": (
        "nie chcę {rozmawiać z,gadać z,pisać z,} {robota,bota,robotem,botem,automatu,automatem,maszyną} | nie "
        "chce {rozmawiac z,gadac z,} {robota,bota,robotem,botem} | bez {botów,robotów,bota,robota} | żadnych "
        "{botów,robotów} | do {kogoś,kogos} z {państwa,panstwa,was,ekipy,obsługi} | ktoś z {państwa,was,ekipy,"
        "obsługi,zespołu,pracowni} {mógłby,może} | kto tam u was"
    ),
    "voucher": (
        "bonik* | voucher* | vouczer* | waucher* | vocher* | bon | bonem | bonu | bony | bonów | bon podarunkowy | bon "
        "prezentowy | kart{a,ę,ą,y} {podarunkow*,prezentow*,upominkow*} | kuponem | kupon | certyfikat* | kod "
        "{vouchera,bonu,rabatowy}"
    ),
    "sells": (
        "drukujecie | choinkę | sprzedaj* | kupi{ć,c,ę} | kupie | kupuj* | ile koszt* | {macie,mają państwo,są,"
        "czy są,oferujecie} {voucher*,bon*,kart*,jakieś} | jak długo ważn* | ważny | ważność | zamówić | dla "
        "{mamy,mojej,taty,koleżanki,siostry,brata,męża,żony,przyjaciół*} | na prezent | u was kupi*"
    ),
    "pays": (
        "pła{cę,cimy,cić} | płac* | zapłac* | zaplac* | realiz* | zrealiz* | wykorzyst* | rozlicz* | dosta{łam,"
        "łem,liśmy,łyśmy} | dostal* | posiadam | mam | mamy | na voucher | na bon | z vouchera | z bonu | mój "
        "{kod,voucher,bon} | moim | od {męża,żony,koleżanki,mamy,siostry,brata}"
    ),
    "calm": (
        "parking* | zaparkow* | parkowa* | stanąć | stanac | czy jest | jest winda | gdzie jest | jak do was | "
        "jak trafić | samochod*"
    ),
    "weak": (
        "ok | okej | okey | oki | dobra | dobrze | spoko | git | "
        "super | superowo | fajnie | fajny | fajno | extra | ekstra | bomba | sztos | rewelacja | cudownie | "
        "wspaniale | znakomicie | doskonale | pięknie | ślicznie | świetnie | świetny | miodzio | elegancko | "
        "elegancja | eleganco | git | gites | perfekcyjnie | cieszę się | to {super,fajnie,git} | no to {super,"
        "fajnie,git} | podoba mi się"
    ),
    "polite": (
        "dzięki | dzieki | dziękuj* | dziekuj* | pa | papa | do widzenia | do zobaczenia | miłego | nara | pozdrawiam"
    ),
    "until_what": "do {której,ktorej,którj,ktoreej,jakiej} {godziny,} | do kiedy",
    "lasts": (
        "to | jest | są | trwa* | będziemy | bedziemy | będę | mamy zajęcia | mam zajęcia | zajęcia | warsztat* | "
        "siedzimy | zostajemy | jesteśmy | wizyta | sesja | robimy"
    ),
    "fetched": (
        "{mężowi,mezowi,mamie,żonie,tacie} żeby | {podjechał,podjechać,podjechac,podjedzie,przyjechał,"
        "przyjedzie} {po,} | po {syna,córkę,dziecko} | odebrać {mnie,nas} | {mnie,nas} {odebrać,odbierać,odebrac,"
        "odbiera,może odebrać} | {mąż,maz,żona,mama,"
        "ktoś,tata} {może,moze,ma,} {po,} {mnie,nas} | po {mnie,nas} | {iść,isc,jechać,wracać,wrócić} do domu | "
        "taksówkę {do domu,powrotną} | {odebrać,zabrać} {dziecko,syna,córkę}"
    ),
    "elsewhen": (
        "{inny,inna,inną,innym,innego,innej} {dzień,dnia,dniu,termin,terminu,terminie,godzina,godzinę,godziny,"
        "godzinie,daty,datę,porze} | kiedy indziej | późniejsz* | kiedy jeszcze | zamiast {tego,tamtego,wtedy} | "
        "wolałabym | wolałbym"
    ),
    "no_more": (
        "nie chcę | nie chce | żadnych | zadnych | koniec | dość | stop | nie wysyłać | nie {wysyłajcie,"
        "przysyłajcie,przysyłać,ślijcie} | proszę nie | żadnych"
    ),
}
