"""What customers say of a visit that there is: that it stays as it is, and that it is theirs."""

from bots.language.lexicon.acts.pairs import PAIRS

_OF_VISITS = {
    "en": {
        "keep": (
            "{hang,hanging,hold,holding,cling,clinging} {on,} {to,onto} {my,our,the} {place,spot,slot,"
            "booking,seat,reservation,appointment,places,spots,class,original} | {hang,hold} on to "
            "{it,that,what} | {hang,hold,cling} onto {my,our,the,it,what} | "
            "{retain,preserve,maintain,uphold,keeping,retaining,honour} {my,our,the} "
            "{existing,current,original,old,first,} "
            "{booking,reservation,appointment,slot,place,time,date,plan} | {retain,preserve} it | "
            "{original,old,first,initial} {plan,booking,time,date,arrangement} {is,s,} {back "
            "on,stands,still stands,still on,remains,holds} | plan {is,s} back on | {its,were,we are,im,i "
            "am} back on | carry on as {planned,before,we were,it was} | leave {me,us} "
            "{down,booked,in,on,where i am,where we are,there} {as,for,on,} | {go,going,come} ahead as "
            "{planned,booked,agreed} | {as you were} | {proceed,continue} as {planned,booked,before,it was} "
            "| {stay,staying,stick,sticking} {put,with my booking,with our booking,with the booking,with my "
            "slot,as we are,as i am,with the original,with the plan,with it as it is} | no need to {do "
            "anything,alter,amend,touch,adjust,rebook} {it,anything,the booking,my booking,} | "
            "{leave,leaving} {well alone,well enough alone,my name,our names} {down,in,there,} | "
            "{not,never} {cancelling,canceling,moving,changing} {it,anything,after all} | "
            "forget {about,} {cancelling,canceling,moving,changing,the cancellation} | "
            "{let,have} {the,my,our} {booking,reservation,appointment,visit,class} {stay,stand,be,remain} | "
            "{it,that} can {stay,stand,remain} | {stay,stays} {like,as} {before,it was,planned} | "
            "{neither,none} {just,please,of them} | "
            "{im,we are,were,i am} coming {after all,as planned,as booked,anyway} | "
            "leave {my,our,the} {booking,appointment,slot,place} {alone,as it is,there,in} | no need to {move,cancel,"
            "change,shift} {it,anything,} {after all,anymore,} | ke{e,}p | keeep | leave "
            "everything | {forget,ignore,disregard} {what i,my last,my message,that,everything} * * {im,we,were,i} "
            "{coming,come} | let it {stand,be} | {it,everything,all} {stays,stay,remains} {the way,how,where} {it,"
            "they} {is,are,was} | stick {to,with} {my,our,the} {original,old,booked,first} | like we {agreed,said} | "
            "leave {things,it,the appointment,the booking,my booking,everything} {how,where,as,the way} {they,it,its} "
            "{are,is,was,were} | leave it {be,in} | hold on to {my,our} {place,spot,slot} | the old {time,date,day} "
            "{is,works,stays} | my {last,previous} message | actually {i,we} will come | ok im still coming | {i,we} "
            "{dont,do not} want to {cancel,move,change} {it,anything,anymore,} | keep {me,us} in | {scratch,forget} "
            "that keep | im coming like | keep {it,them,mine,that,the appointment,the booking,my booking,our booking,"
            "my place,me down,us down,everything,} | keeping it | leave {it,that,everything,me,us} {as it is,as is,"
            "alone,in,there,unchanged,how it is} | {stays,stay,remains,remain} {as it is,as is,the same,unchanged} | "
            "as {planned,it is,is,booked,it was} | {dont,do not,no need to,please dont} {cancel,change,move,touch} "
            "{it,anything,that,} | {not,dont want to} {cancel,cancelling} {it,anymore,any more,after all,} | no "
            "changes | unchanged | {still,were still,im still} {coming,on,going} | {im,we,ill,well,i will,we will} "
            "{coming,come,be there,go} {after all,anyway,then,as planned,as booked} | false alarm | stick with {what "
            "i have,it,that} | hold on to it | changed my mind | on second thoughts | nothing changes | rather not "
            "lose"
        ),
        "mine": (
            "booked | {my,our,the,existing,a} {booking,reservation,appointment,appt} {i,we,} | {my,our} {visit,slot,"
            "session,class,spot,place,workshop} | {reserved,confirmed} {booking,place,with} | reserved | {booking,"
            "reservation} {i,we} | got us {in,down} | {im,were,we are,i am} {already,} {down,in} for | down already | "
            "we agreed | my appt | upcoming session | slot {with you,ive got} | put us down"
        ),
    },
    "es": {
        "keep": (
            "{nada de,ni} {cancelar,anular,cambiar,mover,cancelaciones} | no {cancelar,anular,cambiar,mover} | "
            "quéda{telo,selo,tela} así | que siga {todo,} {como estaba,igual,así,en pie} | "
            "{ahí,así} {déjela,déjelo,déjala,déjalo,déjenla} {nomás,no más,} | "
            "{olvídese,olvídate,olvidaos} de {cancelar,anular,lo} | {vengo,voy,vamos,venimos} igual | "
            "ahí {estaré,estaremos} | "
            "mejor {la,lo} dejo | {la,lo} dejo {como,donde,tal} {está,estaba,cual} | que {la,lo} dejes | sigo yendo | "
            "dejala | dejalo | {dejad,deja,dejen} {la,mi} {reserva,cita,plaza} {como,donde} está | {guardadme,guárdame,"
            "guárdenme} el sitio | {dejadlo,dejadla,déjalo,déjala,déjenlo,déjenla,dejémoslo,"
            "dejarlo,deja mi cita} {como,donde,tal} {está,estaba,cual} | no {cambiéis,cambies,cambien,toquéis,toques,"
            "toquen,mováis,muevas,muevan,anuléis,canceléis,cancelen} {nada,mi reserva,la cita,la reserva,mi cita,} | "
            "no {la,lo} {mováis,muevas,muevan,cambio,cambiéis,cancelo,toquéis} | mejor no la {cambio,muevo,cancelo} | "
            "no hace falta {cambiar*,mover*,cancelar*} | no {quiero,queremos} {cancelar,anular,cambiar}{la,lo,} {nada,"
            "} | {nos quedamos,me quedo} {con,como} {el,la,lo,estoy,estaba,estamos} | {voy,vamos,iré,iremos} {como,"
            "tal} {habíamos quedado,quedamos,estaba previsto,y como} | todo sigue {igual,como estaba} | sigue en pie "
            "| {olvidad,olvida,olvide} lo {que dije,de cancelar,de anular,dicho} | {guárdame,guardadme,guárdenme} {el,"
            "mi} {sitio,hueco,lugar} voy | la {reserva,cita} se queda | así se queda | {mantener,mantén,mantenla,"
            "mantenlo,mantengo,la mantengo,lo mantengo,manten,mantened*,mantenemos} | {conserv*} | {déjala,déjalo,"
            "dejadla,dejala,dejalo,déjenla,dejémoslo,dejarla,dejarlo,deja todo} {así,como está,igual,tal cual,asi} | "
            "{todo,que siga,que quede,que se quede} {igual,así,tal cual,como está} | sin cambios | {no la,no lo,no me "
            "la,no} {canceles,cancelen,canceléis,cancele,anules,anuléis,anule,modifique*,cambies,cancelo} {nada,} | "
            "{falsa alarma,cambié de idea,me arrepentí,he cambiado de idea,lo he pensado mejor} | me quedo con {la,"
            "lo} que tengo | me quedo con la | {sí,al final,igual} {voy,vamos,que voy,iré,iremos} | tal cual | olvida "
            "lo de {cancelar,anular} | así está bien | quiero seguir con | según lo previsto"
        ),
        "mine": (
            "reserv{é,amos,ado,ada,aste,aron} | {mi,nuestra,la,una,tengo} {reserva,cita} | reserva {a,que,q} | {tengo,"
            "tenía,teníamos,tenemos,ya tengo,contamos con} {reserva,reservado,hora,cita,turno,cogida} | apuntad{a,o,"
            "as,os} | aparté | lo mío | {turno,cita} {reservado,reservada,confirmada} | me confirm* | teníamos "
            "{cogido,cogida,cita} | mi {cita,turno,reserva} | nuestra reserva"
        ),
    },
    "pl": {
        "keep": (
            "zapomni{j,jcie} o {odwołaniu,anulowaniu,zmianie,przełożeniu,przesunięciu} | "
            "nie {odwoływać,anulować,zmieniać,przekładać,ruszać,przesuwać,kasować} | "
            "wycofuję {prośbę,chęć,moją prośbę} | chc{ę,e,emy} {to,ją,} zostawić | "
            "{utrzymuję,utrzymujemy,utrzymam} {swoją,moją,naszą,tę,} {wizytę,rezerwację,termin,} | "
            "przyjdę {normalnie,} {jak,tak jak} {miałam,miałem,było,mieliśmy} | "
            "{rezerwacja,wizyta} {nadal,dalej,wciąż,} {obowiązuje,aktualna,ważna} | "
            "żadn{ych,ego} {odwoływania,zmian,zmiany,przekładania} | "
            "{zapomnijcie,zapomnij} co * , {przyjdę,przyjde} | trzymajcie moje miejsce | opcja , czyli zostawić | "
            "przyjdę {jak,tak jak,zgodnie,jednak} | {jednak,ja} {przychodzę,przychodzimy,przyjde} | {nic nie,nie} "
            "{przekładaj*,zmieniaj*,odwołuj*,ruszaj*,przesuwaj*} | nie {chcę,chce,chcemy} {odwoływać,odwolywac,"
            "przekładać,rezygnować,zmieniać} | {zostaję,zostajemy,zostańmy,zostaje} {przy,jak,tak,ten} | rezerwacja "
            "ma zostać | {stary,ten,mój} termin {zostaje,jest ok,pasuje} | nie trzeba {nic,} {przekładać,zmieniać,"
            "odwoływać,ruszać} | zostawmy to co jest | {jak,tak jak} {się,} {umawialiśmy,umówiliśmy} {się,} | "
            "{wszystko,} aktualne {przyjdę,} | zostawiam {wizytę,} | utrzymujemy | przychodzimy zgodnie | cofam "
            "zostawcie | nic nie rób* z | mnie nie wykreślać | ani * ani {przekładać,przełożyć,przelozyc,przenieść} | "
            "zostawić {jak jest,to,tę wizytę,rezerwację,wszystko,termin} | zostaw{,cie,iam,iamy,my} {jak jest,to,ją,"
            "tak,wszystko,bez zmian,po staremu,tak jak jest,tę wizytę,rezerwację,} | niech {zostanie,będzie jak było,"
            "zostaje} | bez zmian | {pozostawić,utrzymać,utrzymaj,zachować,zachowaj} | jednak {nie,bez} {odwołuję,"
            "odwoływ*,rezygnuję,anuluję,przekładam} | nie {odwołuj*,odwoływ*,anuluj*,rezygnuj*,wykreśl*,ruszaj*,"
            "zmieniaj*,skreślaj*} | rozmyślił{am,em} się | zostaje {po staremu,jak jest,jak było,rezerwacja,} | "
            "fałszywy alarm | {wizyta,rezerwacja} {aktualna,zostaje} | podtrzymuj* | po staremu | tak jak było | jak "
            "było | jednak {dam radę,przyjdę,będę,będziemy,przyjdziemy} | ani odwołać ani {przełożyć,przenieść} | "
            "wszystko gra | widzimy się zgodnie z planem | trzymajcie mi"
        ),
        "mine": (
            "rezerwacj{a,i,ę,ą} | zarezerwowa{ł*,n*,ne,ny,łam,łem,liśmy,łyśmy} | zaklepan* | umówion* | zapisan* | "
            "zapisał{am,em,y} | zapisaliśmy | zabukowa* | bookował* | {moj*,nasz*,ta,tę,tej,mam} wizyt* | mam wizyt* "
            "| wizyta {jest,moja} | potwierdzon* | {moim,naszym,swoim,moją,mój,nasz} {termin*,sesj*,zajęci*} | u was "
            "termin | opłacone | uzgodnion* termin* | {mam,mamy} u was | tamten dzień | mieliśmy {być,to} | zapisani "
            "| {mojej,mój,swój} {wizyt*,termin}"
        ),
    },
    "ru": {
        "keep": (
            "забудь{те,} {про,об,о} {отмен*,перенос*,изменени*} | "
            "не {отменять,менять,переносить,трогать,снимать} {ничего,} | "
            "{бронь,запись} {моя,} {пусть,пускай} {стоит,останется,остаётся} | "
            "{бронь,запись} {в силе,остаётся} | {пусть,пускай} {бронь,запись} {стоит,останется,остаётся} | "
            "приду как {было,собиралась,собирался,должна,должен} | {никакой,никаких} {отмены,переносов,отмен} | "
            "пусть {всё,все} {остаётся,остается} | забудьте что я * , приду | удалять не надо | идем в свое | "
            "не отменяйте | {третий,этот} вариант оставить "
            "| {всё-таки,все-таки,все таки,всё таки} {приду,придем,придём,будем,буду} | не {хочу,хотим} {отменять,"
            "переносить,менять} | не {надо,нужно} {переносить,отменять,менять} | не {переносите,меняйте,снимайте} | "
            "{остаюсь,остаемся,остаёмся} {на,при,} | запись {остаётся,остается} | {держите,держи} мо{е,ё} место | "
            "старое время {подходит,остается} | {придём,придем,приду} {как договаривались,по плану,как записана,как "
            "записаны} | буду как {записана,записан} | забудьте что я * приду | по-старому | по старому | прихожу | "
            "ну их | нет не отменяйте | так и оставляем | {давайте,} {оставим,оставляем} {так,всё} | оставить {как "
            "есть,так,всё,все,запись} | остав{ь,ьте,ляем,ляю,им,лю} {как есть,так,всё,все,} | сохран{ить,и,ите,яем} | "
            "ничего не {трогайте,меняйте,надо,нужно,отменяйте,переносите} | не {отменяйте,отменяй,трогайте,удаляйте,"
            "надо отменять,нужно отменять,переносите} | передумал{,а,и} {отменять,} | {всё,все} {по прежнему,в силе,"
            "по-прежнему} | в силе | как {договаривались,планировали,есть,было} | пусть {останется,остаётся,остается} "
            "{как есть,так,} | пусть будет {как есть,так,как было} | остаюсь | без изменений | ложная тревога | "
            "{придём,придем,приду} {как планировали,всё таки,все таки} | зря я | идём в своё время | идем в свое "
            "время | удалять не нужно"
        ),
        "mine": (
            "{моя,мою,моей,наша,нашу,нашей,есть,у меня} {запись,бронь,записи,брони,визит} | {запись,бронь} {на,есть} "
            "| бронь | брони | бронирован* | забронирова* | бронировал* | записан{,а,ы} | записывал* | {мой,моего} "
            "визит* | {мое,моё} бронир* | визит {подтвердили,} | мне подтвердили | договаривались | уже в списке | "
            "запись"
        ),
    },
    "uk": {
        "keep": (
            "забудь{те,} про {скасуван*,відмін*,перенес*,зміну} | "
            "не {скасовувати,міняти,відміняти,переносити,чіпати,змінювати} {нічого,} | "
            "{дотримаюся,дотримаюсь,дотримуюсь,тримаюсь} {свого,} | прийду {вже,} як {мала,мав,було,мали} | "
            "хочу щоб {лишилось,лишилося,залишилось,залишилося} | хай {лишиться,залишиться,буде} | "
            "час той самий , | {ніякого,жодного} скасування | {забийте,забий} {на,,} | "
            "{хай,нехай} {все,усе} {лишається,залишається,зостається} | забудьте що я * , прийду | "
            "хай все зостається | ладно , буду | ні знімати , ні | варіант , лишити | "
            "{все-таки,все таки,таки} {прийду,прийдемо,буду,будемо,зможу} | я таки | ладно буду | не {хочу,хочемо} "
            "{скасовувати,відміняти,переносити,міняти} | не треба {переносити,скасовувати,міняти,ні} | не {переносьте,"
            "міняйте,знімайте} | {лишаюсь,залишаюсь,лишаємось,залишаємось} {на,при,} | запис {лишається,залишається} "
            "| {тримайте,тримай} моє місце | старий час {підходить,лишається} | {прийдемо,прийду} {за планом,як "
            "записана,як домовлялись} | забудьте що я * прийду | по-старому | по старому | приходжу | {збережіть,"
            "збережи} | {давайте,} {залишимо,залишаємо,лишаємо} так | ні не {відміняйте,скасовуйте} | ні * ні "
            "переносити | {залиш,залиште,лишіть,лиши,лишаємо,залишаємо,оставте,залишаю,лишаю} {як є,так,все,усе,вже,} "
            "| зберег{ти,іть,и,аємо} | {хай,нехай} {лишається,залишається,стоїть,зостається} {як було,як є,так,} | "
            "{хай,нехай} {буде,все} {як було,як є,так} | {залишити,лишити} {як є,так,запис,все} | нічого не {чіпайте,"
            "міняйте,відміняйте,скасовуйте,треба,рухати} | не {скасовуйте,чіпайте,відміняйте,скасовуй,треба знімати} "
            "| передума{в,ла,ли} {скасовувати,} | {все,усе} {в силі,по старому} | як {домовлялись,планували,було,"
            "записані} | {жодних,без} змін | хибна тривога | {буду,будемо,прийду,прийдем,прийдемо} {таки,як записана,"
            "як записані,як домовлялись} | в силі | запис хай | залишіть | залишить | лишіть | лишити | залишити"
        ),
        "mine": (
            "{мій,мого,моїй,наш,нашого,нашу,нашій,є,у мене} {запис,запису,записі,бронь,броні,візит,сеанс,час} | бронь "
            "| броні | бронюван* | заброньова* | бронювал* | записан{а,ий,і} | записувал* | записували* | мали до вас "
            "| по запису | домовлялись | вже в списку | запис | запису | записі | зараз записан*"
        ),
    },
}

OF_VISITS = {code: phrases | PAIRS[code] for code, phrases in _OF_VISITS.items()}
