"""How customers answer what they were offered: a day that will not do, the middle one, all as it was."""

REPLYING = {
    "en": {
        "subject": "about | regarding | concerning | for {a,an,my} | before {a,my} | on {a,my}",
        "second_visit": "then {again,} | second {one,time,visit,lesson,session,class,} | another {one,} | the other "
        "{one,} | {again,} and again | after that | next",
        "first_visit": "first {one,time,visit,lesson,session,class,} | one {on,is,for,at} | one of them | the one | "
        "once | to start | initially",
        "liked": "{is,s,was,} {really,perfectly,absolutely,} "
        "{good,great,fine,ok,okay,perfect,lovely,cool,alright,all right,ideal,brilliant,grand} | {works,suits} | "
        "{we,i} agreed {on,upon,} {is,was} {fine,good,ok,okay,great,perfect}",
        "therefore": "so | thats why | therefore | hence | which is why",
        "particle": "did | already | as",
        "said": "{i,we} {said,put,typed,meant,asked for,did say,did put,booked for}",
        "too_early": "too {early,late} | {bit,little} {early,late} | {early,late} for {me,us}",
        "suited": "{most,more} {suitable,convenient} | suitable | convenient | best | ideal | preferable | perfect",
        "chooses": "{lets,let us} {take,have,go with,go for,do,pick,choose} | {take,taking,took} | choose | choosing "
        "| chose | pick | picked | {go,going} {for,with} | opt for | settle {on,for} | {decide,decided} on | prefer "
        "| want | have | grab | gimme | give {me,us}",
        "headcount": "what {we,i} {need,want} is {for,} | {wrong,incorrect} number of "
        "{people,places,guests,seats,persons} | {numbers,count} {are,have,} "
        "{changed,wrong,different,off} {on,for} {my,our} {booking,reservation} {its,were,theres,} | "
        "numbers {on,for,in} {my,our,the} {booking,reservation} {has,have,is,are,} changed | "
        "{number,numbers,count} {changed,has changed,is changed,is wrong,is incorrect,is not correct,is "
        "not right,isnt right,isnt correct} {on,for,in} {my,our,the} {booking,reservation} | numbers "
        "{changed,has changed} on {my,our} booking, {its,it is} | but {the,} number is {not "
        "correct,wrong,incorrect,not right} | same {date,day,time}, different number | different number "
        "of {people,us,guests} | how many {we are,of us,people} {to,is,should be} | "
        "{correct,right,new,actual,proper,real} number of people {is,would be,should be} | "
        "{people,persons,guests,places,seats} {should,must} be | "
        "{change,amend,update,correct,set,alter} the {number,numbers,amount,quantity} {of people,of "
        "guests,of persons,} {to,on my booking to,on our booking to} | {numbers,party,group} {has,have} "
        "{changed,gone,shifted,dropped,grown,shrunk,risen} {to,up to,down to} | "
        "head count | headcount | party size | group size | number of "
        "{people,guests,persons,seats,places} | final count | new count | the number on {my,our} "
        "{booking,reservation} to | number of {us,attendees,participants,students} | numbers are | count is | "
        "{it,that} should {say,be}",
        "them": "{these,those,them,all,the three,the two,the list,the ones}",
        "hour_noun": "time | hour | start{,ing} {time,} | o clock | timeslot",
        "unchanged": "same | unchanged | identical | original | usual | previous | existing | "
        "{stay,stays,stayed,staying,remain,remains} | keep{,ing} | leave | {as,like,than} {is,it is,it "
        "was,before,now,planned,booked,agreed,last time} | already | no change{,s} | {dont,do not,not,without} "
        "{change,changing,touch,touching,move,moving} | {doesnt,does not,neednt,wont} {change,move}",
        "bars": "{not,no} be in {town,the city} | no can do | {not gonna,not going to} happen | {does,do,will,would} "
        "not {really,} {work,suit,fit,do} | {is,are,its} {not,no,really not} {good,use,possible} | no "
        "{good,use,go,way,chance,dice} | not {good,great,ideal,happening,feasible,possible,convenient} | impossible "
        "| out of the question | doesnt {really,} {work,suit,fit,do} | dont {suit,work,fit} | {skip,avoid,leave "
        "out,rule out,cross out,cross off,strike,scrap,exclude,forget} | anything but | everything but | {any,every} "
        "{day,time} but | any day other than | {dont,do not} {offer,give,propose,suggest,book,put} {me,us,} | "
        "{is,are} {out,off,bad,full,busy,taken} | {isnt,is not,aint} {good,great,possible,ideal,an option,going to "
        "work,gonna work} | not an option | wouldnt {work,suit} | please nothing | nothing on | {it,that} isnt | "
        "{bad,terrible,awful} day | as long as {it,its} {isnt,not} | wont {do,fit,suit} | {not,never} "
        "{available,free,around,here,in town} | {i,we} {wont,wouldnt} be {able,around,there,here,in town} | "
        "{tricky,difficult,awkward} {for,one}",
        "then_not": "not that day | not then | not that {day,one} {then,} | so no {go,} | thats a no {go,} | thats "
        "out | {cant,cannot,can not} {do,make,manage} {that,it,then,any} | {cant,cannot,can not} {make,do,manage} | "
        "{so,then} anything else | pick another | some other day",
        "hindered": "{got,have,ive got,weve got,theres} {a,an,another,a prior,a previous,other,some} "
        "{commitment,commitments,engagement,interview,conference,rehearsal,test,quiz,trip,operation,concert,dinner,"
        "deadline} "
        "| {is,are} getting married | {im,were,i am,we are,ill be,well be,i will be,we will be} "
        "{away,busy,working,at work,abroad,travelling,traveling,out of town,out,off,on holiday,on vacation,on "
        "call,on shift,at a} | {i,we,hubby,husband,wife} {work,works} | have to work | gotta work | {got,have,ive "
        "got,weve got} {the,a,an,my,our,to,} "
        "{dentist,dentists,doctor,doctors,physio,exam,exams,choir,course,class,classes,training,practice,guests,"
        "visitors,plans,kids,wedding,funeral,shift,work,school,meeting,surgery,party,birthday,flight,train,match,"
        "game,football} "
        "| {fully,all} booked",
        "others": "{any,every} other {day,days,date,time} | {all,the} other {days,dates} | "
        "{the,} rest {is,are,of the week is,of the days are} {open,fine,ok,okay,free,good,all right} | otherwise "
        "{whatever,fine,free,im,were,open,ok,any,no problem,all good,everything} | anything else "
        "{is,works,goes,would} | "
        "other days {are,work} | all days {fine,ok,good,work} | everything else {is,works} | {any,every} day but",
        "suits": "{cant,cannot,can not,couldnt} wait | {cant,cannot} decide | "
        "{works,work,suits,suit,fine,ok,okay,good,great,perfect,best} | free | cant wait | cannot wait | "
        "can not wait | decide",
        "middle_one": "middle | in between | the one between | in the middle | {the,} one after the first | "
        "centre one | center one | not the first{,,} the one after",
        "top_one": "{mentioned,listed,offered,named,given,suggested,proposed} first | first {mentioned,listed} | top "
        "one | at the top | the top | {the,} one {before,above} {them,those,the others} | {you,u} "
        "{named,listed,said,mentioned,gave,wrote,put} first",
        "bottom_one": "{mentioned,listed,offered,named,given,suggested,proposed} last | last {mentioned,listed} | "
        "bottom one | at the bottom | the bottom | {the,} final one | the final | at the end of {the,your} list | "
        "you {named,listed,said,mentioned,gave,wrote,put} last",
    },
    "es": {
        "subject": "para {un,una,mi,el,hacerme} | sobre | acerca de | de {un,una,mi} | por {un,una,mi}",
        "second_visit": "{otra,otro,la otra,el otro,segundo,segunda,la segunda,el segundo,luego,después,y luego,y "
        "después} {vez,clase,visita,reserva,día,}",
        "first_visit": "{primero,primera,una,uno,un día,la una,la primera} {vez,clase,visita,reserva,} | el primero "
        "| la primera",
        "liked": "{me,nos,} {va,viene,está,queda,parece,cuadra,sirve} {bien,perfect*,genial,estupend*,ok} | "
        "{bien,perfecta,perfecto,genial,ok} | {me,nos} {va,viene,cuadra,sirve,conviene} | es {perfecta,buena,ideal}",
        "therefore": "así que | por eso | entonces | por lo que | total que",
        "particle": "ya | les | os | te",
        "said": "puse | pusimos | dije | dijimos | {escribí,escribimos,pedí,pedimos} para | había {dicho,puesto}",
        "too_early": "{demasiado,muy,súper,super} {temprano,tarde,pronto} | tempranísimo | tardísimo | "
        "{tarde,temprano,pronto} para {mí,nosotros}",
        "suited": "adecuad{o,a} | mejor | perfect{o,a} | ideal | bien | conveniente | {me,nos} "
        "{conviene,late,mola,cuadra,acomoda,encaja}",
        "chooses": "me quedo con | nos quedamos con | quedarme con | elij{o,e} | elegimos | eleg{í,iré,iría} | "
        "escoj{o,e} | escogemos | tom{o,amos,aré,aría} | coj{o,e} | cog{emos,eré} | agarr{o,amos} | prefier{o,e} | "
        "prefer{imos,iría} | quier{o,e,emos} | quisiera | me decido por | nos decidimos por | opt{o,amos} por",
        "headcount": "{número,cantidad} de {asistentes,participantes,alumnos} | "
        "los asistentes de {mi,nuestra} reserva | "
        "número de {personas,gente,plazas,asistentes} | cantidad de {personas,gente} | total de "
        "{personas,asistentes} {pasa a ser de,es de,es,} | {ha quedado,queda,quedado,quedamos} en | la cosa {ha "
        "quedado,queda} en | pasa a ser de | reserva a",
        "them": "{ellas,ellos,esas,esos,estas,estos,todas,las tres,los tres,las dos,la lista,las que}",
        "hour_noun": "hora | horario | horita",
        "unchanged": "mism{a,o,ita,ito} | igual | idéntic{a,o} | original | {se,} "
        "{queda,quede,mantiene,mantén,mantener,conserva*} | sin {mover,cambiar,cambios,tocar,modificar} | no "
        "{la,lo,me,} {cambi*,toque*,mueva*,mover,tocar,modifi*} | {q,que} {ya,} "
        "{estaba,tenía,teníamos,tengo,tenemos,pone,habíamos,dijimos,quedamos,era,reservé,reservamos,puse,pusisteis} "
        "| acordad{a,o} | de {antes,siempre,ahora} | previst{a,o} | como {está,estaba,ya estaba,antes} | lo mismo | "
        "tal cual",
        "bars": "no hay {chance,modo,caso,posibilidad} | no {se,se me,se nos} {arma,hace,puede} | no {jala,rola} | "
        "no {estar,estoy,estamos,estaré,estaremos} en {la,} {ciudad,casa} | {sin,cero} "
        "{chance,opción,opciones,posibilidades} | no me {viene,va,cuadra,sirve,conviene,encaja,es "
        "posible,vale,queda} {bien,} | no nos {viene,va,cuadra,sirve,conviene,encaja,es posible,vale,queda} {bien,} "
        "| no {es,va a ser,será,resulta,me va a ser,nos va a ser} posible | {es,resulta,me es,nos es,me resulta,nos "
        "resulta} imposible | imposible | descartad{o,a} | descart{a,ad,en,o,amos,emos} | quit{a,ad,en,emos} | "
        "evit{a,ad,en,emos} | sáltate | saltad | saltaos | borra {el,} | {que,mientras,con tal que,siempre que} no "
        "{sea,caiga} | ni {hablar,loca,loco,de broma,de coña,en broma} | fuera | no hay {manera,forma,opción} | "
        "{me,nos} viene {mal,fatal} | no {llego,llegamos,puedo,podemos,podré,podremos} | cualquier {día,cosa} menos "
        "| todo menos | {no,nunca} {estoy,estamos,estaré,estaremos} {libre,libres,disponible,disponibles,aquí,en "
        "casa} | complicado | {no,ni} me {ofrezcas,ofrezcáis,ofrezcan,pongas,pongáis,des} | no porfa",
        "then_not": "ese día {ni,tampoco} | {ese,esa,ese día,eso,entonces,así} no | así que no | ese no",
        "hindered": "{tengo,tenemos} {ya,} {otro,otra,un,una,el,la,} "
        "{compromiso,evento,bautizo,comunión,ensayo,entrenamiento,entreno,concierto,mudanza,junta,chamba,laburo,"
        "prueba,parcial,parciales,operación,cena,comida "
        "familiar,otra cosa,asunto,trabajo} | {tengo,tenemos} {una,} cita {con el,en el,médica} {médico,dentista,} | "
        "se casa{,n} {mi,mis,un,una,nuestra,nuestro} | {estoy,estamos,estaré,estaremos,ando,andamos,está,están} "
        "{ocupad*,de viaje,fuera,trabajando,liad*,de guardia,en el trabajo,de vacaciones,de boda,pillad*,en "
        "casa,hasta arriba} | {trabajo,trabajamos,curro,curramos,curra,trabaja} | {tengo,tenemos} {un,una,el,la,mi,} "
        "{médico,dentista,boda,turno,clase,curso,examen,visita,invitados,guardia,cumple,cumpleaños,viaje,reunión,"
        "partido,planes,vuelo,entierro,funeral} "
        "| {tengo,tenemos} que trabajar | {me,nos} voy | salgo de viaje | viajo",
        "others": "{el,} resto {de días,de la semana,me da,libre,bien,perfecto,sin,cualquiera,lo que,ok,vale,puedo} | "
        "lo demás | {los,las} demás {días,} | {cualquier,cualquiera} otro {día,} | otro día cualquiera | "
        "{por,} lo demás | {los,} otros días {bien,sí,me,nos,puedo,vale}",
        "suits": "no puedo esperar | {me,nos} {viene,va,cuadra,encaja,vale} bien | perfecto | {puedo,podemos} | no "
        "puedo esperar | genial",
        "middle_one": "{del,de en,en,de} medio | {del,en el,de} centro | intermedi{a,o} | después de la primera | "
        "{la,el} de medio | {la,el} central",
        "top_one": " "
        "{ofreció,ofreciste,ofrecieron,mencionó,mencionaste,mencionaron,dijo,dijiste,dijeron,propuso,propusiste,"
        "propusieron,indicó,indicaste,puso,pusiste,pusieron,nombró,nombraste,dio,diste,aparece,sale,sugirió,sugeriste} "
        "{en primer lugar,primero,al principio} | {mencionad,ofrecid,indicad,propuest}{o,a} en primer lugar | de "
        "arriba | arriba {del todo,} | primerit{a,o} | va primero | al principio | de más arriba",
        "bottom_one": " "
        "{ofreció,ofreciste,ofrecieron,mencionó,mencionaste,mencionaron,dijo,dijiste,dijeron,propuso,propusiste,"
        "propusieron,indicó,indicaste,puso,pusiste,pusieron,nombró,nombraste,dio,diste,aparece,sale,sugirió,sugeriste} "
        "{en último lugar,de último,al final} | {mencionad,ofrecid,indicad,propuest}{o,a} en último lugar | de abajo "
        "| abajo {del todo,} | {pusiste,has puesto,dijiste,va,está} al final | del final | de más abajo | "
        "ultimit{a,o} | {la,el} final",
    },
    "pl": {
        "subject": "w sprawie | odnośnie | dotycząc{ą,a,y} | na temat | przed | pod | o | do",
        "second_visit": "potem | później | następnie | {drugi*,druga,drugą,drugie} "
        "{raz,wizyta,wizytę,zajęcia,lekcja,termin,} | {drugi,druga} | znowu | znów | kolejn*",
        "first_visit": "najpierw | {pierwsz*} {raz,wizyta,wizytę,zajęcia,lekcja,termin,} | {jedn*} | raz | jeden "
        "{raz,}",
        "liked": "{jest,} {ok,okej,dobra,dobry,super,idealn*,w porządku,świetn*,fajn*,spoko,git,odpowiedni*} | "
        "{mi,nam,} {pasuje,odpowiada,pasi,leży} {mi,nam,}",
        "therefore": "no to | no | więc | dlatego | zatem | toteż",
        "particle": "przecież | wam | państwu | właśnie",
        "said": "{pisał,mówił,prosił,napisał,powiedział,podał,poprosił,wpisał}{am,em,yśmy} {o,że,} | "
        "{pisał,mówił,prosił}iśmy",
        "too_early": "{za,zbyt,trochę,bardzo} {wcześnie,późno}",
        "suited": "odpowiedni{,a,e} | najlep{szy,sza,iej} | idealn{y,a,ie} | pasuj{e,ą} | odpowiada | "
        "{naj,}dogodn{y,a,iejszy,iejsza} | {naj,}wygodn{y,a,iejszy,iejsza}",
        "chooses": "bior{ę,e} | bierz{emy,e} | wezm{ę,e} | weźmiemy | wybier{am,amy,a,ę} | wybra{łam,łem,liśmy,ć} | "
        "wol{ę,imy} | wolał{abym,bym} | {decyduję,decydujemy,zdecydowałam,zdecydowałem,zdecydowaliśmy} się | "
        "poproszę | poprosz{e,imy} | proszę {o,} | zostaj{e,ę} | zostajemy przy | chc{ę,e,emy} | chciał{abym,bym} | "
        "rezerwuj{ę,emy} | stawiam na",
        "headcount": "{źle,złą,błędnie,błędną} {wpisał,podał,policzył,napisał}{am,em} {złą,} {ilość,liczbę} "
        "{osób,} | w {innym,zmienionym,nowym,okrojonym,mniejszym,pomniejszonym,większym} składzie | "
        "{liczb*,ilość,ilości} {uczestników,uczestniczek,kursantów,chętnych} | w rezerwacji "
        "{wpiszcie,wpisz,proszę wpisać} | {liczb*,ilość,ilości} {osób,osob,miejsc,gości} | "
        "{nowa,inną,inna} liczba {to,} | osoby razem | "
        "skład {to,} | liczba to | stan osobowy",
        "them": "{nich,tych,podanych,wszystkich,proponowanych,waszych,twoich,tej listy,listy}",
        "hour_noun": "czas | godz | godzin{a,ę,y,ie,ą,ka,kę,owo} | por{a,ę,y,ze,ą}",
        "unchanged": "t{ą,ę,ej,a} sam{ą,ej,a} | bez zmian{,y} | {zostaje,zostać,zostanie,zostaw*} | identyczn* | "
        "dotychczasow* | pierwotn* | poprzedni{a,ą,ej} | star{a,ą,ej} | {tak,taka} {jak,sama} | po staremu | jak "
        "{była,było,jest,teraz,wcześniej,poprzednio,dotąd} | co {teraz,była,było,wcześniej,poprzednio,mam} | nie "
        "{zmienia*,rusza*,rusz*,zmień*,przesuwa*} | ustalon* | umówion* | obecn*",
        "bars": "bez {szans,opcji} | nie ma {opcji,szans,mowy,możliwości} | nie {być,będę,będziemy,jestem,jesteśmy} "
        "w {mieście,kraju,domu} | nie {pasuje,odpowiada,pasi,leży,wchodzi w grę,da się,da "
        "rady,podejdzie,podchodzi,dla mnie,ma opcji,ma mowy,ma szans,wyjdzie,może być,ma mnie} {mi,nam,} | "
        "{mnie,nas} {w mieście,w domu,tu,tam,wtedy,} nie ma | odpad{a,ają,nie} | odpuszcz{am,amy,ę} | "
        "{kiepsko,średnio,fatalnie} {mi,} | ni {chuchu,huhu,w ząb} | "
        "{skreśl,skreślcie,pomiń,pomińcie,wykreśl,wyklucz,wykluczcie,omiń,omińcie} {mi,nam,} | {do "
        "pominięcia,wykluczone,wykluczony,wykluczona,niemożliw*,niewykonaln*} | nigdy w życiu | w żadnym razie | "
        "cokolwiek {poza,oprócz} | nie {bardzo,za bardzo,ma jak} | ❌ | nie proponuj* | nie dawaj* | tylko nie | byle "
        "nie | nie dam rady | nie damy rady | nie mogę | nie możemy | nie może być",
        "then_not": "tego dnia nie | w tym dniu nie | {wtedy,więc,to,tego dnia,w ten dzień} {akurat,} nie "
        "{bardzo,mogę,da rady,dam rady,} {mogę,} | nie mogę wtedy | nie wtedy | wtedy {odpada,nie}",
        "hindered": "{mam,mamy} {już,} inne {zobowiązani*,plany} | {mam,mamy} {już,inne,} "
        "{zobowiązani*,sprawdzian*,kartkówk*,kolokwium,klasówk*,maturę,test,mecz,próbę,spotkanie,delegację,chrzciny,"
        "koncert,randkę,wycieczkę,szkolenie,zajęcia,lekcje,rozmowę "
        "kwalifikacyjną} | {wychodzi,żeni} się {mój,moja,siostra,brat,kuzyn*} | {jestem,jesteśmy,będę,będziemy} "
        "{zajęt*,w pracy,poza,na weselu,na wyjeździe,na urlopie,na uczelni,w szkole,na dyżurze,za granicą,w "
        "delegacji,w podróży,u lekarza,u dentysty,na wakacjach,na zmianie} | prac{uję,ujemy,uje} | wyjeżdżam* | "
        "robota | {mam,mamy} "
        "{wesele,dyżur,zmianę,angielski,lekarza,dentystę,egzamin,gości,rehabilitację,szkołę,pracę,ślub,komunię,"
        "pogrzeb,trening,kurs,zebranie,wyjazd,urodziny,imieniny} "
        "| {mam,mamy} {już,} plany | {wesele,dyżur,pogrzeb,egzamin,gości,szkołę} {mam,mamy} | na rehabilitację "
        "{jeżdżę,} | szef mnie",
        "others": "{może,moze} coś {w,na,} inn* | {reszt*,resztę} "
        "{dowolnie,tygodnia,dni,ok,pasuje,spoko,wolna,wolne,mi,mogę,jest,✅,obojętnie} | "
        "{każd*,każdy} inn{y,a,e} {dzień,termin,} | inne {dni,terminy} {spoko,ok,mogę,pasują,są,jak,bez,} | "
        "{poza tym,pozostał*} {dni,mogę,jestem,obojętn*,dostos*} | tak to {mi,} {wszystko jedno,obojętn*} | "
        "obojętnie kiedy | dzień mi obojętny | wszystko inne",
        "suits": "nie mogę się {doczekać,zdecydować} | nie możemy się doczekać | "
        "{pasuje,pasują,odpowiada,mogę,możemy,super,spoko,idealnie,świetnie} | nie mogę się doczekać | "
        "dam radę | zdecydować",
        "middle_one": "{w,po} środku | w samym środku | pośrodku | środkow* | pomiędzy | {ten,ta,to} między",
        "top_one": "{podan*,wymienion*,wskazan*,zaproponowan*} {jako,} pierwsz{y,a,ą} | {na,z} {samej,} {górze,góry} "
        "| na początku | z początku | {najwyżej,górny,górna}",
        "bottom_one": "{podan*,wymienion*,wskazan*,zaproponowan*} {jako,} ostatni{,a,ą} | na {samym,} {dole,końcu} | "
        "z {dołu,końca} | {ten,ta,to} {dolny,dolna} | najpóźniej jak",
    },
    "ru": {
        "subject": "по | по поводу | насчёт | насчет | про | о | об | для | перед",
        "second_visit": "потом | затем | а {потом,затем} | втор{ой,ое,ая,ую} "
        "{раз,визит,урок,занятие,посещение,запись,} | друг{ой,ое,ая,ую} {раз,} | ещё {раз,один,одно,одну} | снова | "
        "опять",
        "first_visit": "сначала | сперва | перв{ый,ое,ая,ую} {раз,визит,урок,занятие,посещение,запись,} | один "
        "{раз,урок,визит,} | одно {занятие,} | одну {запись,} | раз",
        "liked": "{меня,нас,мне,нам,} {полностью,вполне,} "
        "{устраивает,подходит,удобно*,норм,нормально*,хорош*,ок,окей,отличн*,идеальн*,супер}",
        "therefore": "поэтому | так что | потому | вот и | значит",
        "particle": "же | ж | ведь | вам | так и",
        "said": "{писал,говорил,просил,сказал,написал,указывал,указал,попросил}{а,и,}",
        "too_early": "{слишком,очень,чуть,немного} {рано,поздно} | рановато | поздновато | {мне,нам} {рано,поздно} | "
        "{рано,поздно} {мне,нам,для}",
        "suited": "удоб{ен,на,но,ный,ная,ное,нее} | лучше {всего,} | подход{ит,ящий,ящее} | подойдет | "
        "идеал{ен,ьно,ьный} | {устроит,устраивает,устроил,устроило} бы | устро{ит,ило,ил} | устраивает",
        "chooses": "бер{у,ем,ет} | возьм{у,ем} | выбира{ю,ем,ть} | выбер{у,ем} | выбрал{а,и,} | предпоч* | "
        "останов{люсь,имся,илась,ился,ились} | заберу | забира{ю,ем} | хо{чу,тим} | хотел{а,и,ось,} бы | давай{те,} "
        "| пусть будет | остается",
        "headcount": "{количеств*,число,числа} {участников,посетителей,персон} | {вышло,получилось} вот сколько | "
        "количеств{о,а,ом} {людей,человек,гостей,мест,} | число {людей,гостей,человек} | числа "
        "{людей,гостей} | по людям | людей {будет,станет} {по другому,} | нас по итогу | человек итого",
        "them": "{них,этих,предложенных,всех,списка,ваших,тех,предложенного}",
        "hour_noun": "врем{я,ени} | час{ы,ам,} | тайминг | начало",
        "unchanged": "{прежн*,изначальн*,идентичн*,исходн*} | стар{ое,ый,ом} | {то,тот,те,это,такое,тоже} же "
        "{самое,самый,} | тоже самое | {оставь,оставьте,оставляем,оставим,оставить,останется,остается,сохран*} | без "
        "изменений | не {меня*,трога*,сдвига*,перенос*} | как {было,и "
        "было,есть,раньше,договаривались,записано,сейчас} | из прошлой | столько же",
        "bars": "без {вариантов,шансов} | нельзя | не {быть,буду,будем} в {городе,стране} | не судьба | не светит | "
        "{меня,нас} не будет | {меня,нас} не будет {в городе,} | не {трогайте,ставьте,записывайте,назначайте} "
        "{меня,нас,} | {не,нет} в городе | исключа* | отпада* | не для {меня,нас} | не "
        "{подходит,подойдет,подходят,вариант,получится,получается,выйдет,выходит,смогу,сможем,могу,можем,годится,"
        "катит,пойдет,удобно,надо,нужно,предлагайте,предлагай} "
        "{мне,нам,} | никак {не,нет,} | мимо | "
        "{пропусти,пропустите,вычеркни,вычеркните,исключи,исключите,исключаем,исключить,уберите,убери} | "
        "{исключено,исключен,отпадает,отпадают,нереально,невозможно,неудобно,плохо} | ни в какую | ни за что | точно "
        "{нет,не} | меня не{т,} {будет,в городе,} | нас {нет,не будет} | {что угодно,любой день,все,в любой день} "
        "{кроме,только не} | лишь бы не | ❌ | ну никак | не прокатит",
        "then_not": "в тот день не{т,} | именно тогда | {мне,нам} тогда не | {тогда,поэтому,так что,значит,в этот "
        "день,туда} не{т,} {тогда,} | не тогда | поэтому не",
        "hindered": "у {меня,нас} "
        "{контрольн*,зачет*,сессия,собрание,концерт,операция,похороны,юбилей,командировка,встреча,собеседование,"
        "выпускной,утренник,репетиция,матч,пары,дела,мероприятие,другие "
        "планы,другая встреча,уже планы,свидание,олимпиада} | {я,мы} {работать,дежурить,уезжать} | {выходит "
        "замуж,женится} | я {на,в,у} "
        "{работе,смене,учебе,отъезде,командировке,отпуске,свадьбе,дежурстве,дне,больнице,врача,стоматолога,дороге,"
        "университете,школе} "
        "| мы {на,в,у} {работе,свадьбе,отъезде,отпуске,гостях,дороге,даче} | "
        "{занят*,работаю,работаем,работает,дежурю,уезжаю,уезжаем,улетаю,улетаем,еду} | у {меня,нас} "
        "{смена,дежурство,экзамен*,врач,свадьба,гости,поезд*,самолет,планы,курсы,работа,стоматолог,зубной,тренировк*,"
        "день "
        "рождения,др}",
        "others": "остальн{ые,ое,ой} {дни,дня,подойд*,ок,можно,любой,подход*,свобод*,норм*,пожалуйста,✅} | "
        "в остальн* | {любой,любое,все} друг{ой,ое,ие} {день,время,дни,} | в другие {дни,} | в любой другой {день,}",
        "suits": "нельзя ли | не могу {дождаться,решить} | "
        "{подходит,подойдет,удобно,можно,отлично,идеально,супер,смогу,могу,свободна,свободен,устроит} | не могу "
        "дождаться | не терпится | решить",
        "middle_one": "средн{ий,яя,ее,юю} | посередин* | посреди | серединк{а,у} | в середине | между ними | "
        "между {первым,первой} и {третьим,третьей,последним,последней}",
        "top_one": "{указанн*,названн*,предложенн*,упомянут*,написанн*} первым | верхн{ий,яя,ее,юю} | сверху | в "
        "начале | первым {написали,назвали,указали,шло}",
        "bottom_one": "{указанн*,названн*,предложенн*,упомянут*,написанн*} последним | нижн{ий,яя,ее,юю} | снизу | в "
        "конце | {попозже,позже} всех | последним {написали,назвали,указали,шло} | внизу",
    },
    "uk": {
        "subject": "щодо | стосовно | про | з приводу | по | для | перед",
        "second_visit": "потім | затим | а {потім} | друг{ий,е,а,у} {раз,візит,урок,заняття,відвідування,запис,} | "
        "інш{ий,е,а,у} {раз,} | ще {раз,один,одне,одну} | знову",
        "first_visit": "спочатку | спершу | перш{ий,е,а,у} {раз,візит,урок,заняття,відвідування,запис,} | один "
        "{раз,урок,візит,} | одне {заняття,} | одну | раз",
        "liked": "{мене,нас,мені,нам,} {повністю,цілком,} "
        "{влаштовує,підходить,зручн*,норм,нормальн*,добр*,гарн*,ок,окей,чудов*,ідеальн*,супер,пасує}",
        "therefore": "тому | отже | так що | тож | от і",
        "particle": "же | ж | ведь | вам | так і",
        "said": "{писа,каза,проси,написа,сказа,говори,вказа,вказува,попроси}{ла,в,ли}",
        "too_early": "{занадто,дуже,надто,трохи} {рано,пізно} | зарано | запізно | {мені,нам} {рано,пізно} | "
        "{рано,пізно} {мені,нам,для}",
        "suited": "зручн{ий,а,е,о,іший,іша,іше} | найкращ{ий,а,е} | найкраще | пасу{є,ватиме,вав,вала} | "
        "підход{ить,ив} | підійде | влашто{вує,вувала,вував} | влаштує | ідеальн{ий,а,о} | до вподоби",
        "chooses": "бер{у,емо,ем} | візьм{у,емо} | обира{ю,ємо,ти} | обер{у,емо} | вибира{ю,ємо} | вибер{у,емо} | "
        "{обрал,вибрал}{а,и} | {обрав,вибрав} | зупин{имося,имось,юся,юсь,илась,илася,ився} | забираю | хоч{у,емо} | "
        "хотіл{а,и,ося} б{и,} | давай{те,} | {нехай,хай} буде | {лишається,залишається}",
        "headcount": "{кількіст*,число} {учасників,відвідувачів,персон} | {вийшло,виходить} {ось,от} скільки | "
        "кількіст{ь,ю} {людей,осіб,гостей,місць,} | число {людей,гостей} | по людях | людей буде | "
        "склад {такий,} | нас в підсумку",
        "them": "{них,цих,тих,запропонованих,усіх,всіх,списку,ваших}",
        "hour_noun": "час{у,і,ом,} | годин{а,у,и,і} | времʼя | врем'я | начало | початок",
        "unchanged": "{прежн*,початков*,ідентичн*,попередн*} | стар{ий,ому,а} | {той,та,ту,те,тій,такий,така,у} "
        "{самий,сама,саму,саме,ж,же,самій} {самий,} | {лиша*,залиш*,збере*} | без змін | не "
        "{зміню*,міня*,чіпа*,руха*,пересува*} | як {було,був,є,раніше,домовлялись,домовлялися,записано,зараз} | та "
        "що є | стільки ж | аналогічн*",
        "bars": "без {варіантів,шансів} | не можна | не {бути,буду,будемо} в {місті,країні} | не судьба | не світить "
        "| {мене,нас} не буде | нєє | {мене,нас} не буде {в місті,} | не "
        "{чіпайте,ставте,ставьте,записуйте,призначайте} {мене,нас,} | {не,нема} в місті | не лежить | відпада* | "
        "{лиш,лише} би не | не для {мене,нас} | пошукайте {інш*} | не "
        "{підходить,підійде,підходять,варіант,вийде,виходить,зможу,зможемо,можу,можемо,годиться,пасує,зручно,треба,"
        "получиться,получиця,пропонуйте,пропонуй} "
        "{мені,нам,} | ніяк {не,} | мимо | "
        "{пропусти,пропустіть,викресли,викресліть,виключи,виключіть,виключаємо,приберіть,прибери} | "
        "{виключено,відпадає,відпадають,нереально,неможливо,незручно,погано} | ні в яку | нізащо | ні за що | точно "
        "{ні,не} | мене {нема,немає,не буде} | нас {нема,немає,не буде} | {будь-що,що завгодно,будь-який день,все} "
        "{крім,окрім,тільки не} | аби не | аби тільки не | ❌ | ну ніяк | не прокатить",
        "then_not": "{у,в} {цей,той} день н{е,і} | саме тоді | тож ні | {мені,нам} тоді не | {тоді,тому,так "
        "що,отже,в цей день,того дня} {ні,не} | не тоді | тому не",
        "hindered": "{у,в} {мене,нас} "
        "{контрольн*,залік*,сесія,збори,концерт,операція,похорон*,ювілей,відрядження,зустріч,співбесіда,випускний,"
        "ранок "
        "у садочку,репетиція,матч,пари,справи,захід,інші плани,вже плани,побачення,олімпіада} | {я,ми} "
        "{працювати,чергувати,їхати} | {виходить заміж,одружується} | я {на,в,у} "
        "{роботі,зміні,навчанні,від'їзді,відрядженні,відпустці,весіллі,чергуванні,лікарні,лікаря,стоматолога,дорозі,"
        "універі,школі,парах} "
        "| ми {на,в,у} {роботі,весіллі,від'їзді,відпустці,гостях,дорозі} | "
        "{зайнят*,працюю,працюємо,працює,чергую,їду,їдемо,летимо,виїжджаю,виїжджаємо} | {у,в} {мене,нас} "
        "{зміна,чергування,екзамен*,іспит*,лікар,весілля,гості,потяг*,літак,плани,курси,робота,стоматолог,тренуванн*,"
        "день "
        "народження,др}",
        "others": "решт{а,у,і} {днів,дні,тижня,часу,ок,можна,підходить,вільн*,норм*,будь*,✅} | інш{і,ий} {дні,день} "
        "{підійд*,ок,можна,будь*,зручн*,вільн*,норм*,} | "
        "{будь-який,будь який,всі,усі} інш{ий,і} {день,дні,} | в інші {дні,} | остальн{і,ое,ые} {дні,дни,}",
        "suits": "чи не можна | не можна чи | не можу {дочекатися,дочекатись,вирішити} | "
        "{підходить,підійде,зручно,можна,чудово,ідеально,супер,зможу,можу,вільна,вільний,влаштує} | не можу дочекат* "
        "| вирішити",
        "middle_one": "середн{ій,я,є,ю} | посередин* | серединк{а,у} | всередині | в середині | між ними | "
        "між {першим,першою} {і,й,та} {третім,третьою,останнім,останньою}",
        "top_one": "{вказан*,названи*,запропонован*,згадан*,написан*} першим | верхн{ій,я,є,ю} | зверху | на початку "
        "| найперш* | першим {написали,назвали,вказали,йшло}",
        "bottom_one": "{вказан*,названи*,запропонован*,згадан*,написан*} останнім | нижн{ій,я,є,ю} | знизу | в кінці "
        "| останнім {написали,назвали,вказали,йшло} | посл{єдній,єдня,едній,єдню} | внизу",
    },
}
