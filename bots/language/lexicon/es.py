"""Spanish, of Spain and of America."""

from bots.language.lexicon.acts.es import ACTS
from bots.language.lexicon.acts.visits import OF_VISITS
from bots.language.lexicon.base import Lexicon, numbered
from bots.language.lexicon.replying import REPLYING

LEXICON = Lexicon(
    code="es",
    acts=ACTS | OF_VISITS["es"],
    infinitives="ar er ir arlo arla erlo erla irlo irla arme erme arse",
    script="latin",
    past_endings="ó dé gué cé jé lé mé né pé pré sé té vé aron ieron aste iste aba aban ábamos",
    letters="ñ¿¡áíúó",
    endings="cion ando iendo ar er ir os as mente amos emos ido ado ita ito que",
    number_after_weekday_is_hour=False,
    weekdays=(
        "lunes | lun",
        "martes | mart",
        "miércoles | mié | mier | miercole",
        "jueves | jue | juev",
        "viernes | vie | vier",
        "sábado{,s} | sáb",
        "domingo{,s} | dom",
    ),
    months=(
        "enero | ene",
        "febrero | feb",
        "marzo | mzo",
        "abril | abr",
        "mayo",
        "junio | jun",
        "julio | jul",
        "agosto | ago",
        "septiembre | setiembre | sep | sept",
        "octubre | oct",
        "noviembre | nov",
        "diciembre | dic",
    ),
    numbers={
        0: "cero",
        1: "uno | una | un",
        **numbered(
            2,
            "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
            "dieciocho diecinueve veinte",
        ),
        21: "veintiuno | veintiún | veintiuna",
        **numbered(
            22, "veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve treinta"
        ),
        40: "cuarenta",
        45: "cuarenta y cinco",
        50: "cincuenta",
        90: "noventa",
    },
    ordinals={
        1: "primer{o,a,os,as,}",
        2: "segund{o,a} | segundit{a,o}",
        3: "tercer{o,a,} | tercerit{a,o}",
        4: "cuart{o,a}",
        5: "quint{o,a}",
        6: "sext{o,a}",
    },
    days={
        -2: "anteayer | antes de ayer | antier",
        -1: "ayer | anoche",
        0: "hoy | esta {tarde,noche,mañana} | oy | hoi | hoy mismo",
        1: "mañana | mñn | mañna | mañan | mna | mañana mismo",
        7: "{de,} hoy en ocho {días,} | hoy en 8",
        8: "{de,} mañana en ocho",
        2: "pasado mañana | pasadomañana",
    },
    units={
        "minute": "minuto{,s} | min{,s} | minutito{,s}",
        "hour": "hora{,s} | h | hr{,s} | hs | horita",
        "day": "día{,s}",
        "week": "semana{,s} | sem",
        "weekend": "fin de semana | finde{,s} | fines de semana",
        "month": "mes{,es}",
        "year": "año{,s} | añito{,s}",
    },
    parts={
        "morning": "a primera hora de la mañana | a primera hora | por la mañana | en la mañana | a la mañana | "
        "de la mañana | mañanas | las mañanas | temprano | tempranito | la mañana",
        "before_noon": "antes de {comer,almorzar} | antes {del almuerzo,de la comida}",
        "noon": "mediodía | al mediodía | medio día | a mediodía",
        "afternoon": "a primera hora de la tarde | por la tarde | en la tarde | a la tarde | de la tarde | "
        "tarde{s,cita,} | esta tarde | las tardes",
        "evening": "{a,} última hora {de la tarde,} | por la noche | en la noche | a la noche | de la noche | "
        "noche{s,cita,} | esta noche | al anochecer",
        "night": "de madrugada | madrugada | de la madrugada",
        "midnight": "medianoche | media noche",
        "lunch": "a la hora de comer | hora de {comer,la comida,almorzar,almuerzo} | a la hora del almuerzo",
        "after_work": "después del trabajo | después de trabajar | tras el trabajo | después del curro | "
        "saliendo del trabajo | al salir del trabajo",
        "after_lunch": "después de {comer,almorzar} | tras el almuerzo | despues del almuerzo",
    },
    durations={
        15: "un cuarto de hora | cuarto de hora",
        30: "media hora | media horita | 1/2 hora",
        45: "tres cuartos de hora",
        60: "una hora | una horita",
        90: "hora y media | una hora y media | 1 hora y media",
        120: "un par de horas",
        150: "dos horas y media",
    },
    together={
        1: ""
        "{no viene,no va,no vendrá,no irá,no me acompaña} nadie {conmigo,más} | nadie {viene,va,vendrá,irá} conmigo "
        "| {nada más,nomás,solo,sólo,solamente,únicamente} {voy a ser,seré,soy,voy a ir,iré} yo | {voy a ser,voy a "
        "ir,seré} {solo,sólo,solamente,nada más,nomás,únicamente} yo | {a mí,yo,conmigo,por mí} y {a,con,} {nadie,"
        "ninguno} más | yo y {punto,nadie más} | conmigo y {ya,punto} | aunque sea {yo,} sol{o,a} | sin {compañía,"
        "acompañante,acompañantes} | {sin,voy sin,iré sin,vengo sin} nadie {más,} | me {he quedado,quedé,quedo,"
        "dejaron,han dejado,dejan} {sol,colgad,plantad,tirad}{o,a} | me {mantengo,quedo} yo | {sigo,quedo,continúo,"
        "me mantengo,asisto,me presento,aparezco} {solo,sólo,solamente,únicamente,nada más,nomás} yo | {solo,sólo,"
        "solamente,únicamente,nomás,nada más} {sigo,quedo,continúo,asisto} yo | {seré,sería,seria} {yo,solo yo,sólo "
        "yo,únicamente yo,yo sol*,nada más yo,yo nada más,yo nomás,yo y ya} | me {cancelaron,fallaron,plantaron,han "
        "fallado,han cancelado,han plantado,dejaron tirad*} {los,las} {demás,otros,otras} | me {cancelaron,fallaron,"
        "plantaron,han fallado,han cancelado,han plantado} {todos,todas,mis amig*} | {me,} toca ir a mí {sol*,sin} | "
        "{a mí,yo,voy,iré,vengo,vendré} sin {ellos,ellas,los demás,las demás,los otros,las otras} | {ninguno,nadie,"
        "ninguna} {puede,viene,va} {menos,salvo,excepto} yo | todos {menos,excepto,salvo} yo {cancelaron,fallaron} | "
        "{déjal,deja,dejen,déjenl,dejal,dejenl,dejadl}{a,o} {solo,sólo} para {mí,una,uno} | {solo,sólo,solamente,"
        "únicamente,nada más,nomás} {una,1} {plaza,entrada,silla} | caigo sol{o,a} | {solit,solt}{o,a} voy | {quedo,"
        "quedé,he quedado} {yo,} {solita,solito} | "
        "{solo,sólo,solamente,únicamente,nada más} para mí | para mí {solo,sola,nada más,nomás,nada mas} | yo nada "
        "{más,mas} | yo nomás | nomás yo | solo {voy,vengo,iré,vendré} yo | yo y ya | por mi cuenta | conmigo "
        "{solo,nada más} | solo {conmigo,a mí} | voy {solit*} | soy {solo,sólo} yo | {en,a} solo {una,uno} | solo "
        "{una,uno} | {para,de} {una,uno} sola | yo a solas | soy yo {sola,solo} | me presento yo | a mí {sola,solo} | "
        "solo yo | sólo yo | yo sol{o,a} | yo solit{o,a} | únicamente yo | para mí sol{o,a} | voy sol{o,a} | iré "
        "sol{o,a} | nada más yo | una sola persona | {solo,sólo,solamente,únicamente,nada más} "
        "{vengo,asistiré,acudiré,estaré,me presento} yo | "
        "{vengo,vendré,asistiré,acudiré,estaré,ir,venir,asistir,acudir} sol{o,a} | sol{o,a} {voy,vengo,iré,vendré} | "
        "{solo,sólo,solamente} {uno,una} de {nosotros,nosotras,los dos,las dos} | quedo {yo,solo,sola,solo yo} | me "
        "quedo {solo,sola} | {solo,sólo} {servidor,servidora} | {solo,sólo} {para mí,pa mí} | únicamente {para mí,yo}",
        2: "{ella,él} y yo | yo y {ella,él} | nosotr{as,os} dos | una pareja | dúo | los dos | las dos personas | "
        "nosotros dos | nosotras dos | somos dos | yo y otra persona | en pareja | "
        "mi pareja y yo",
        3: "los tres | las tres personas | nosotros tres",
        4: "los cuatro | nosotros cuatro",
        6: "media docena de personas",
    },
    words={
        "day_after": "al día siguiente | el día siguiente | un día después | el día después",
        "agreed": "reservé | tengo {cita,reserva,hora,turno} | tenía {cita,reserva,hora,turno} | "
        "estoy {apuntada,apuntado} | pedí {cita,hora}",
        "in_total": "en total | total",
        "family": "familia | somos",
        "window": "franja | hueco",
        "swap": "cambi* | cámbi* | intercambi*",
        "condition": "alérgic* | alergia | embaraz* | diabet*",
        "than": "que | a",
        "rather": "prefiero | preferiría | preferimos",
        "past": "{he,ha,han,hemos,habéis} * | no {pude,pudimos,pudo} | pude | pusimos | puse | prometisteis | "
        "cumplio | fui | fuimos | fue | fueron | estuve | estuvimos | estaba | vine | vinimos | hice | tuve | "
        "tuvimos | pedi | escribi | recibi | recogi | vivi | compramos | pedimos | esperamos | llamamos | "
        "lo pasamos | la pasamos | "
        "{he,ha,hemos,han} {comprado,pedido,llamado,escrito,recibido,ido,estado,pagado,esperado,roto,pasado,venido} | "
        "tenía que | debía | la última vez | ten{ía,ian}",
        "wish": "{queda,quedan,quedó} {algo,libre,libres,hueco,huecos,sitio,horas,turnos,lugar,lugares} | han "
        "{ocupado,reservado} | {cambié,cambiamos,he cambiado} de {opinión,idea,parecer} | {el,la,los,las} que "
        "{me,nos,} "
        "{ofreció,ofreciste,ofrecieron,mencionó,mencionaste,dijo,dijiste,propuso,propusiste,indicó,puso,pusiste,dio,"
        "diste} "
        "| era | quería | dijiste | pusiste | propusiste | mencionaste | ofreciste | has {puesto,dicho} | pide | "
        "fuera | que sea | quer{ía,íamos} | quis* | pens* | pod{ía,ría,ríamos} | gustaría | si | apunt* | reserv* | "
        "agend* | cita{,s} | turno | dij* | qued* | prefer* | hab{ía,íamos} {reservado,pedido,quedado} | necesit* | "
        "me interesa",
        "scale": "escala de | escala | nota | valoración",
        "deal": "por | al precio de",
        "live": "viv{o,imos} | mi dirección | estoy en el",
        "thanked_for": "por",
        "own": "tengo | tenemos",
        "which": "qué | cuál",
        "but": "pero | además | también",
        "late": "{voy,vamos,ando,andamos,vengo,venimos} {un poco,algo,muy,} tarde | esper* | retras* | llego | "
        "llegaré | llegaremos | llegamos | demor* | atras{ado,ada,o}",
        "article": "la | el",
        "not": "y no | no",
        "need": "hace falta | hay que | es necesario | tengo que | tenemos que | es obligatorio",
        "idiom": "{voy,vamos,ando,andamos,vengo,venimos,llego,llegamos,llegaré,llegaremos} {un poco,algo,muy,} tarde "
        "| se {me,nos,} {hace,hizo} tarde | de {esas,esos,estas,estos} {dos,tres,cuatro,2,3,4} | de las {tres,dos} "
        "{opciones,que} | una hora feliz | feliz {año nuevo,navidad,cumpleaños} | felices fiestas | hoy en día | hoy "
        "día | el otro día | un día de estos | algún día | {la,las} {una,dos,tres} {y la otra,me gust*} | en "
        "{primer,segundo} lugar | {2,3,dos,tres} en {1,uno} | al mismo tiempo | de una vez | otra vez | la última "
        "vez | la próxima vez | esta vez | dos veces | hora feliz | día libre | todo el día | buen día | qué día | "
        "cada día | en un rato | un rato | tarde o temprano | {nunca,más vale,mejor} tarde {que,} | la mañana estuvo "
        "| {horas,hora,minutos,min,días} tarde | {muy,demasiado,tan} {temprano,pronto} | es temprano | muy tarde | "
        "es tarde | demasiado tarde | tan tarde | llego tarde | llegar tarde | 24 / 7 | primera vez | por primera "
        "vez | uno de | un momento | un segundo | un momentito | un minuto | una pregunta | una duda | "
        "{tengo,tenía,hago,hacer,haceros,hacerte,hacerles} una consulta "
        "| más tarde | una vez | despedida de soltera",
        "at": "a las | a la | las | la | a eso de las | para las | sobre las | hacia las | tipo | a | desde las | "
        "de las | hora",
        "quarter": "cuarto | un cuarto",
        "clock": "a las | a la | las | la | para las | para la | a eso de las | sobre las | hacia las",
        "from": "de | desde | desde el | desde las | del | a partir de | a partir de las | a partir del | desde la | "
        "de las | desde el día | entre",
        "to": "a | al | hasta | hasta las | hasta el | a las | hasta la | a la",
        "between": "entre | entre las | entre el | entre la",
        "and": "y | e | más | & | y las | y el | y la | i",
        "or": "o | u | ó | o bien | o si no | o sino | o quizás | o tal vez | o el | o a las | o las",
        "before": "no más tarde {de las,de la,del} | antes {de la,de el} | antes de | antes de las | antes del | "
        "no más tarde de | antes de la | antes de el",
        "after": "después de | después de las | despues de las | pasadas las | a partir de | a partir de las | "
        "desde las | más tarde de las | luego de las | no antes de las | a partir del | desde el | después del | "
        "después de la | tras las | luego de",
        "until": "como muy tarde {a las,a la,el,} | a más tardar {a las,a la,el,} | hasta | hasta las | hasta el | "
        "hasta la | hasta el día | como máximo",
        "around": "sobre | alrededor de | aproximadamente | más o menos | a eso de | como a | como | hacia | tipo | "
        "cerca de | sobre las | como a las | tipo las | aprox | alrededor de las | cerca de las | mas o menos a las",
        "except": "excepto | menos | salvo | excepto el | menos el | salvo el | que no sea | que no sea el | no el | "
        "pero no el | quitando el | no los | menos los | excepto los | el no",
        "instead": "en vez del | en lugar del | en vez de | en lugar de | no",
        "this": "este | esta | esto | estos | estas",
        "next": "que entra",
        "next_before": "próxim{o,a,os,as} | siguiente",
        "coming": "próxim{o,a} | siguiente",
        "next_after": "que viene | próxim{o,a} | siguiente | que entra",
        "last": "últim{as,os} | pasad{o,a} | último | anterior",
        "in": "en unos | en unas | dentro de unos | dentro de unas | en como | en aproximadamente | en | dentro de | "
        "de aquí a | de aca a",
        "later": "más tarde | después | mas tarde | despues | luego | más adelante",
        "earlier": "antes | más temprano | mas temprano",
        "from_now": "a partir de {hoy,ahora}",
        "ago": "atrás | atras",
        "ago_before": "hace",
        "begin": "principio{s,} de | principio{s,} del | inicio{s,} de | inicio{s,} del | comienzo{s,} de | "
        "a principios | primeros de | primeros días de",
        "middle": "mediados de | mediados del | a mediados | mitad de",
        "end": "final{es,} de | final{es,} del | fin{es,} de | fin{es,} del | a finales | últimos de",
        "the": "el | los | para el | el día | del | al | día | dia",
        "suffix": "ª | º | a | o | ra | da | er | do | º | ° | er | ro",
        "of": "de | del",
        "half_more": "y media | y medio",
        "am": "am | a.m | a.m. | de la mañana | por la mañana | en la mañana | de la madrugada | a . m",
        "pm": "pm | p.m | p.m. | de la tarde | de la noche | por la tarde | por la noche | en la tarde | "
        "en la noche | del mediodía | p . m",
        "oclock": "en punto | horas | h | hrs | hs",
        "people": ""
        "asistente | participante | comensal | invitada | alumna | "
        "persona{s,} | pers | adulto{s,} | niñ{o,os,a,as} | gente | invitad{o,os,as} | comensales | "
        "amig{os,as} | plaza{s,} | asiento{s,} | chic{as,os} | hij{os,as} | lugares | asistentes | cupo{s,} | pax | "
        "mujeres | hombres | entradas | alumn{o,os,as} | peques | participantes | nen{e,es,as} | personitas | "
        "sitios | sitio",
        "for": "apunta | apuntad | apúntanos | grupo de | un grupo de | mesa de | para | pa | somos | seremos | mesa "
        "para | seríamos | vamos | "
        "iremos | vamos a ser | iríamos | estamos | seriamos | vendremos | reserva para | venimos",
        "we_are": "{podemos,podríamos,podriamos} {ser,ir} | son | serán | serían | sois | quedamos | somos solo | "
        "somos | seremos | vamos a ser | seríamos | vamos | iremos | iríamos | seriamos",
        "adds": ""
        "me {falta,faltó,faltaba,olvidé de,ha faltado} {contar,incluir,sumar,mencionar,apuntar} {a,} | {olvidé,"
        "olvidamos,se me olvidó,se me pasó} {contar,incluir,sumar,mencionar} {a,} | sum{e,en,es,ele,enle,ale,enme,"
        "ennos,eme,enos,adme,adnos,á} {a,} | añad{a,an,as,anme,annos,eme,enos} {a,} | incluy{a,an,as,e,anme,annos} "
        "{a,} | incluir {a,} | {agrégu,agrég,agrég}{enme,ennos,eme,enos,ale,ele,enle} {a,} | agreg{ue,ues,uen,uenme,"
        "á,ás,áis} {a,} | {incluime,incluinos,inclúyanos,inclúyame,inclúyanme,inclúyannos} {a,} | {traigo,traemos,"
        "llevo,llevamos,llevaré,llevaremos,traeré,traeremos,voy a llevar,vamos a llevar,me llevo} {también,además,} "
        "a {otra,otro} | {traigo,traemos,llevo,llevamos,llevaré,llevaremos,traeré,traeremos} {también,además} {a,} | "
        "meter{le,nos,me} {a,} | met{an,ed,enos,enme}{,le} {a,} | {ponle,póngale,pónganle,ponele,ponednos,póngannos} "
        "{a,} {otra,otro,una más,uno más} | "
        "{agrégame,agréganos,agregame,añádenos,inclúyeme,méteme} {a,} | "
        "{añádeme,añádenos,súmame,súmanos,apúntame,ponme} {a,} | más | añad{e,id,an,ir,o} {a,} | suma{d,n,r,} {a,} | "
        "agreg{a,ad,ar,o,uen} {a,} | otra | otro | y además | pon {a,} | apunta {también,} {a,} | trae{ré,} "
        "{también,} {a,} | también {va,viene} | incluye {a,} | {agreganos,sumame,añademe,meteme,incluyeme} {a,}",
        "another": "otra | otro | añade una | añade otra | agrega una | suma una",
        "minus": ""
        "{saca,sacar,saque,saquen,sacá,sacad,borra,borrar,borren,elimina,eliminar,eliminen,quite,quiten,quitá,tacha,"
        "tachar,tachen,descuenta,descontar,descuenten,resta,restar,resten,baja,bajar,bajen} a | "
        "quita{d,r,} {a,} | sin | menos",
        "joins": ""
        "{me,nos} {quiere,quieren,quería,puede,podría} acompañar | se {quiere,quieren,quería,puede,podría,va a,me va "
        "a,nos va a,querría} {sumar,unir,apuntar,colar,enganchar,animar,meter,agregar} | se {colara,uniera,sumara,"
        "apuntara,viniera,colase,uniese,sumase,cuela,engancha,agrega} | que se {una,sume,apunte,venga,enganche,anime,"
        "agregue,cuele} {con,a,también,} | {me,nos} {acompañe,acompañara,acompañase,acompañaría,acompañará,acompaña,"
        "acompañan} {también,además} | nos {acompaña,acompañará,acompañaría,acompañe,acompañara} | también {me,nos} "
        "{acompaña,acompañará,acompañaría} | {quiere,querría,quisiera,quería} {sumarse,unirse,apuntarse,venirse,"
        "colarse,anotarse,agregarse,engancharse} | se me {suma,une,apunta,pega,cuela,ha pegado,ha sumado,ha apuntado,"
        "ha unido} | se nos {pega,cuela,agrega,ha pegado,pegó,sumó,unió,apuntó} | {también,tambien} {se,} {anota,"
        "apunta,suma,vendría,viene,iría,se viene} | "
        "se {nos,me} ha {sumado,unido,apuntado,animado} | se {ha,han,había} {sumado,unido,apuntado,animado} "
        "{a,} | {se,} {anima,animó} {a,} | {quiere,puede,querría,le gustaría} "
        "{venir,apuntarse,unirse,sumarse,ir,acompañarnos,acompañarme} {también,con nosotr*,conmigo,} | "
        "{viene,vendrá,irá,va} con {nosotros,nosotras,migo} | acompañarnos | se viene | sumamos a | "
        "{anótenla,anótala,apúntala,inclúyela,incluirla,méte*,meter a,meterla,meterlo,añádela,añádelo,inclúyelo} "
        "{también,con nosotras,} | se {une,apunta,suma,añade,unirá,apuntará,sumará} | se {unen,apuntan,suman} | se "
        "nos "
        "{une,suma,apunta} | {quiere,puede} {venir,apuntarse,unirse,sumarse} también | también {viene,va,vendrá,irá} "
        "| {viene,vendrá} también",
        "too": "también | tmb | tb | tbn",
        "comes": "voy | iré | vien{e,en} | vendr{á,án} | va | ir{á,án} | venir | apuntarse | vengo | asistir{é,á,án} "
        "| acudir{é,á}",
        "absent": ""
        "no {llega,llegará,llegan,alcanza,asiste,asistirá,acude,acudirá,aparece,jala,se apunta,se anima} {al final,a "
        "tiempo,} | "
        "no {viene,puede,vendrá,podrá,va,irá,va a venir,va a poder,podrá venir,puede venir,va a ir} "
        "{al final,venir,ir,} | al final no {viene,puede,vendrá,va,podrá} {venir,} | se {ha,} {cae,baja,raja,borra} | "
        "ya no {viene,puede,va} {venir,}",
        "one_of_us": "{uno,una} de {nosotros,nosotras,ellos,ellas} | una persona",
        "now": "ahora | ya | al final",
        "please": "por favor | porfa | porfavor",
        "propose": "{tenéis,tienes,tienen} | {podemos,podríamos,podriamos} | perdón | {puede,podría,podria,pudiera} "
        "ser | podría | podria | puede | mejor | quizás | quizas | tal vez | qué tal | que tal | y si "
        "{fuera,es,vamos,quedamos} {a,} | si | {se,} puede | {se,} podría | va bien | viene bien | viene mejor | "
        "vale | posible | libre | preferimos | prefiero | preferiría | "
        "{ponlo,ponme,ponnos,cámbialo,cambialo,pásalo,pasalo} {a,} | entonces | cambiar {a,} | cambia {a,} | a | "
        "mejor a | está bien | sería {mejor,posible} | hay | es | para | sea",
        "only": "sino | pero | mejor",
        "denies": "no {quiero,queremos,son,somos,es,era,quería}",
        "same_time": "{manteniendo,mantener,mantenemos,mantengo,conservando,respetando,dejando,dejamos,deja,dejar} "
        "{el,la,} {mismo,misma,} {horario,hora} | igual de hora | {mismo,misma} {hora,horario} | {la,el} "
        "{hora,horario} {déjala,déjalo,déjela,déjelo,dejala,dejalo,déjenla,dejadla,dejémosla} {igual,así,como "
        "está,tal cual,} | a la misma | a la hora {q,que} {ya,} "
        "{estaba,tenía,tenia,teníamos,tenemos,tengo,pone,habíamos,dijimos,sale,quedamos,era,puse,reservé} {quedado,} "
        "| {la,de} {hora,horario} {igual,lo mismo,no,se queda,queda igual,no cambia,tal cual,no la cambies,no la "
        "toques,se mantiene,la misma,como está,sin cambios} | {idéntica,la,a la} hora {acordada,original,inicial,de "
        "antes,de ahora,prevista,reservada,pactada,habitual} | {con,misma,a} idéntica hora | idéntic{a,o} "
        "{hora,horario} | sin {mover,cambiar,tocar} la hora | {no,ni} {mover,cambiar,cambies,toques,cambio,muevas} "
        "la hora | {el,mismo,de} horario {me da,está,queda,se queda,igual,de antes,original,tal cual} {bien,} | la "
        "hora {me,nos} {va,viene} bien | hora la misma | la hora no | de hora {lo mismo,igual} | misma horita | la "
        "misma hora | misma hora | mismo horario | la hora es la misma | esa {misma,} hora | a la hora de siempre",
        "same_day": "mismo día | ese {mismo,} día | el día es el mismo | misma fecha",
        "as_last": "como {la última vez,la otra vez,la vez pasada,la vez anterior,siempre,antes} | igual que {la "
        "última vez,la otra vez,la vez pasada,siempre,antes} | lo de siempre | lo mismo que {la última vez,la otra "
        "vez,siempre,antes}",
        "later_one": "{el,la,lo} más {tarde,tardío,tardía} | {el,la} {posterior,de más tarde,tardío,tardía} | "
        "{el,la} que es más tarde",
        "earlier_one": "{el,la,lo} más {temprano,pronto,temprana} | {el,la} {anterior,de antes,de más "
        "temprano,tempranito} | {el,la} que es {antes,más temprano}",
        "all_of": "{los dos,ambos,las dos} {días,dias,veces} | ambos | ambas | cada {día,dia,vez} | los dos días | "
        "en los dos",
        "numbered": "número | num | nº | n° | #",
        "on_condition": "si | a menos que | depende | hasta que",
        "with": "{llevo,llevar,traigo,traer,llevando} a | acompañad{a,o} de | con | y | junto con | e | más | junto a",
        "he": "ella | él | él | ella",
        "me": "yo | mí | conmigo | un servidor | una servidora",
        "my": "mi {mejor,querida,querido} | mi | mis | nuestros | nuestras | un | una | mis dos | nuestra | nuestro | "
        "otra | otro | mi querid{o,a} | mi pequeñ{o,a}",
        "relation": "cuñad{a,o} | suegr{a,o} | nuera | yerno | vecin{a,o} | compi | compa | parej{a} | señora | "
        "viej{a,o} | tía | primit{a,o} | acompañante | compañer{a,o} de piso | mami | papi | hermanit{a,o} | niñera | "
        "canguro | hij{a,o} | espos{a,o} | marido | mujer | novi{a,o} | pareja | amig{a,o} | madre | padre | mamá | "
        "papá | herman{a,o} | prim{a,o} | abuel{a,o} | compañer{a,o} | colega | sobrin{a,o} | bebé | niet{a,o} | "
        "peque | niñ{o,a} | nen{a,e} | chic{a,o} | prometid{a,o} | hijita | hijito | amiguit{a,o} | tí{a,o} | jefe | "
        "comadre | compadre | crí{o,a} | chamac{o,a} | chamaquit{o,a} | chaval{,a} | chavalit{o,a} | chav{o,a} | "
        "chavit{o,a} | nenit{o,a} | pequeñ{o,a} | pequeñaj{o,a} | pequeñín | pequeñina | pequeñit{o,a} | muchach{o,a} "
        "| muchachit{o,a} | chiquit{o,a} | chiquill{o,a} | chiquitín | retoño | pib{e,a} | guri | escuincl{e,a} | "
        "mocos{o,a} | niñit{o,a} | zagal{,a} | bestie | bff | cuate | parce | parcer{o,a} | carnal{,a} | brother | "
        "media naranja | esposit{o,a} | maridito | mujercita | noviecit{o,a} | abuelit{o,a} | abue | yay{o,a} | "
        "mamita | mamacita | papito | papaíto | papacito | viejit{o,a} | madrina | padrino | ahijad{o,a} | "
        "hijastr{o,a} | madrastra | padrastro | hermanastr{o,a} | consuegr{o,a} | bisniet{o,a} | bisabuel{o,a} | "
        "compañerit{o,a} | roomie | princesa | tit{o,a} | sobrinit{o,a} | nietecit{o,a} | hermanit{o,a} | "
        "conocid{o,a} | cómplice | compinche | socia | socio | mellizo | melliza | gemel{o,a} | colegui | "
        "vecinit{o,a}",
        "asked_for": "{solicito,solicitamos,pido,pedimos,ruego,rogamos,quiero,quería,queremos,queríamos,"
        "quisiera,quisiéramos,deseo,necesito,necesitamos,debo,debemos} {la,} | procedan a {la,} | "
        "{tengo,tenemos,hay} que | {voy,vamos} a | {por favor,porfa,favor} {de,} | "
        "{puedes,puede,podéis,pueden,podrías,podría,podrían,podríais}",
        "plea": "{petición,solicitud,mensaje} de",
        "perhaps": "quizá{s,} | a lo mejor | tal vez | igual | creo {que,} | puede {ser,} que | probablemente | "
        "no sé si",
        "speaks_of": "{cancel,anul}{é,aba,ábamos,ado,amos} | {cancelé,anulé,cancelar,anular}",
        "cancelling": "cancelaci{ón,on} | anulaci{ón,on} | cancelaciones",
        "see_you": "nos vemos | te veo | os veo",
        "talks": "coordinar{lo,} | hablar{lo,} | consultar{lo,} | comentar{lo,} | platicar{lo,} | preguntar* | "
        "decidir{lo,} | "
        "hablo | hablamos | consulto | consultamos | charlar{lo,} | ponerme de acuerdo | verlo | mirarlo",
        "relations": "hij{os,as} | amig{os,as} | herman{os,as} | prim{os,as} | padres | compañer{os,as} | niñ{os,as} "
        "| peques | sobrin{os,as} | abuelos | colegas | nietos | comadres | compadres | crí{os,as} | chamac{os,as} | "
        "chaval{es,as} | nen{es,as} | niet{os,as} | vecin{os,as} | cuñad{os,as} | suegros | muchach{os,as} | "
        "chiquill{os,as} | pequeñ{os,as} | hijit{os,as} | ahijad{os,as} | cuates | parejas | chicas | chicos | "
        "sobrinit{os,as}",
        "miscounted": "no tantos | no tantas | no somos tantos | no somos tantas | "
        "{conté,contamos,contaste,contaron,contado} mal | mal contad{o,os,as}",
        "adds_him": ""
        "{súmal,súmel,súmenl,agrégal,agréguel,agréguenl,añádel,añádal,añádanl,ponl,póngal,pónganl,ponel,súmam,súmem,"
        "súmenm,agrégam,añádem,ponm,ponem,sumam,agregam}e {un,otro,una,otra} {lugar,lugarcito,sitio,sitiecito,cupo,"
        "plaza,silla,sillita,asiento,puesto,huequito,banquito,cubierto} {más,} | {un,una} {lugar,lugarcito,cupo,"
        "silla,sillita,asiento,puesto,huequito,banquito,cubierto,sitiecito} {más,extra,adicional} | {me,nos,} {la,"
        "lo} {incluyen,incluís,incluyes,añaden,añadís,añades,agregan,agregás,agregáis,suman,sumás,sumáis,añadimos,"
        "agregamos,incluimos} | {inclúyanl,inclúyal,añádanl,añádal,añadidl,agréguenl,agréguel,sumal,súmel,súmenl,"
        "incluidl,incluyel,incluyanl}{a,o} | "
        "súmal{a,o,e} | súmenl{a,o} | sumarl{a,o} | agrégal{a,o} | agregal{a,o} | agréguenl{a,o} | "
        "agregarl{a,o} | añádel{a,o} | añadirl{a,o} | inclúyel{a,o} | incluirl{a,o} | métel{a,o} | metel{a,o} | "
        "cuéntal{a,o} | contarl{a,o} | cuenten con {ella,él} | {ponla,ponlo,anótala,anótalo,apúntala,apúntalo} "
        "también | también {apúntala,apúntalo,anótala,anótalo,ponla,ponlo} | {la,lo} "
        "{apuntas,sumas,agregas,añades,metes,incluyes} {también,}",
        "additional": "{una,} plaza adicional | adicional",
        "adds_surely": ""
        "sum{e,en,ele,enle,ale,enme,ennos,eme,enos} {a,} | añad{a,an,eme,enos} {a,} | incluy{a,an} {a,} | incluir {a,"
        "} | {agrégu}{enme,ennos,eme,enos} {a,} | agreg{ue,uen} {a,} | "
        "{agrégame,agréganos,agregame,agreganos,añádeme,añademe,añádenos,súmame,sumame,súmanos,apúntame,ponme,"
        "méteme,meteme,inclúyeme,incluyeme} "
        "{a,} | añad{e,id,an,ir} {a,} | suma{d,n,r,} {a,} | agreg{a,ad,ar,uen} {a,} | más",
        "who": "que | quien",
        "someone": "alguien {más,} | a alguien {más,}",
        "than_told": "de lo que {dije,dijimos,puse,pusimos,reservé,había dicho,te dije,os dije,les dije,pedí} | de "
        "{lo,los,las} {previsto,reservado,acordado,que dije,que reservé,que éramos,que eramos} | que {antes,lo dicho}",
        "to_us": "a {nosotros,nosotras,mi reserva,nuestra reserva,la reserva,la lista,nuestro grupo} | con "
        "{nosotros,nosotras}",
        "laughs": "jaja{,ja} | jeje | jj | xd | lol | perdón | perdon | entonces | pues | porfis",
        "us": "nosotr{os,as} | nos",
        "turned": "cumplió | cumple | cumplir | cumplidos",
        "too_young": "{muy,demasiado} pequeñ{o,a,os,as} | muy chic{o,a} | {muy,demasiado} joven | pocos años",
        "just": "solo | sólo | solamente | únicamente | nada más | nomás",
        "sole": "sol{o,a} | solit{o,a} | por mi cuenta | en solitario",
        "makes": "hacer | modelar | moldear | probar | pasar | estar",
        "i_come": ""
        "me presento | me presentaré | me acerco | me acercaré | acudo | asisto | aparezco | me vengo | me toca ir | "
        "me tocará ir | {tendré,tengo} que ir | voy a venir | voy a asistir | "
        "{iré,voy,vengo,vendré,asistiré,acudiré,voy a ir,iría,estaré} {yo,}",
        "brings_him": "llevarl{a,o} | traerl{a,o} | llevándol{a,o} | acompañarl{a,o}",
        "along": "junto con | junto a | a solas con | juntos con | junta con",
        "beside": "con | junto con | junto a",
        "adjectival": "pequeñ{o,a} | viej{o,a} | conocid{o,a} | chic{o,a} | gemel{o,a}",
        "oneself": "uno mismo | una misma",
        "i_self": "yo",
        "to_whom": "a",
        "mine": "mí{o,a}",
        "parent": "mamá | mami | madre | papá | papi | padre | mama | papa",
        "child": "hij{o,a,os,as} | hijit{o,a,os,as} | niñ{o,a,os,as} | nen{e,a,es,as} | peque{,s} | pequeñ{o,a,os,as} "
        "| bebé{,s} | sobrin{o,a,os,as} | niet{o,a,os,as} | crí{o,a,os,as} | chaval{,a,es,as} | mellizos | "
        "gemel{os,as} | niñit{o,a} | chic{o,a,os,as} | chamac{o,a,os,as} | chamaquit{o,a,os,as} | chavalit{o,a,os,as} "
        "| chav{o,a,os,as} | chavit{o,a,os,as} | nenit{o,a,os,as} | pequeñaj{o,a,os,as} | pequeñín | pequeñina | "
        "pequeñit{o,a,os,as} | muchach{o,a,os,as} | muchachit{o,a,os,as} | chiquit{o,a,os,as} | chiquill{o,a,os,as} | "
        "chiquitín | retoño | pib{e,a,es,as} | escuincl{e,a,es,as} | mocos{o,a,os,as} | niñit{os,as} | "
        "zagal{,a,es,as} | princesa | ahijad{o,a,os,as} | hijastr{o,a,os,as} | bisniet{o,a} | sobrinit{o,a} | "
        "melliz{o,a,as} | gemel{o,a} | criatura",
        "has_age": "tiene | tienen | cumple | cumplen | {ya,solo} tiene | tengo | cumplió | {ya,recién,acaba "
        "de,acaban de} {cumplió,cumplir,cumple,tiene} | {va a,por} cumplir | cumplirá | tendrá | {ya,solo,recién} "
        "tienen",
        "own_age": "tengo",
        "aged": "de edad | edad | edades | edades de | con edades de | de edades | de edad de | la edad es | con "
        "{edad,edades} | la edad es de | su edad es",
        "age": "años | añitos | meses | tacos {tiene,tienen,cumple} | añit{o,os}",
        "money": "euro{s,} | € | eur | dólar{es,} | usd | $ | pesos | mxn | soles | zl | pavos | lucas | cop | ars",
        "measure": "cuota{s,} | plazo{s,} | pago{s,} | mensualidades | meses sin intereses | noches | pulgadas | gb | "
        "mb | tb | watts | café{s,} | cerveza{s,} | pizza{s,} | mil | millones | puntos | hojas | páginas | cajas | "
        "semanas de embarazo | dudas | veces | llamadas | cm | mm | m | km | kg | g | ml | l | % | por ciento | "
        "unidades | gatos | perros | gatitos | vez | x | tazas | piezas | preguntas | fotos | colores | pares | "
        "platos | metros | sesiones | clases | cuencos | habitaciones | productos | tornos | cosas | gramos | "
        "cuadras | estrellas | grados | modelos",
        "before_number": "capítulo | episodio | temporada | página | lección | talla | número | num | nº | n° | "
        "habitación | calle | pedido | factura | piso | modelo | código | # | iphone | galaxy | casa | puerta | "
        "local | línea | opción | ps | versión",
        "cannot": "no voy a poder | no vamos a poder | no puedo | no podemos | no podré | "
        "{no pueda,no podamos} | no me viene bien | "
        "imposible | no me va bien | no nos va bien | no me queda | no me cuadra | no llego | estoy ocupad{a,o} | "
        "no va a poder | me viene mal | no me conviene",
        "name_intro": "me llamo | mi nombre es | a nombre de | nombre : | mi nombre : | a nom de",
        "name_weak": "soy | habla | le habla",
        "come": "ir | venir | asistir | acudir | llegar | estar | pasar",
        "every": "cada | todos los | todas las",
        "option": "propuesta | sugerencia | turno | hueco | cupo | alternativa | opcion | opción | horario | hora",
        "last_one": "la última | el último",
        "no_matter": "cualquier {día,hora,momento} | cuando sea | me da igual | cuando quieras",
        "fewer": "menos",
        "extra": "más | adicional | de más | extra",
        "goods": "taza{s,} | plato{s,} | cuenco{s,} | bol{,es} | jarr{ón,ones} | florero{s,} | juego{s,} | vela{s,} | "
        "bolso{s,} | zapato{s,} | vestido{s,} | móvil{,es} | funda{s,} | libro{s,}",
        "other_one": "{el,la} {siguiente,próximo,próxima}",
        "out_of": "sobre",
        "points": "puntos",
        "one_child": "niñ{o,a} | bebé | nen{e,a} | peque",
        "nth_noun": "piso | planta | calle | puerta | opción | vez | hijo | lugar",
        "street": "calle | c / | avenida | av | avda | carrera | paseo | carretera",
        "repair": "{podéis,pueden,puedes,puede} {arreglar,reparar} | {podéis,pueden} cambiar | cambiáis | arregláis | "
        "reparáis | cambiar {las,los} {suelas,tacones,tapas} | cambiar {la,una} cremallera | "
        "repar{ar,áis,an,arlo,arla,ación} | arregl{ar,áis,an,arlo,arla,o} | cambiar la {pantalla,batería} | "
        "cambiar {pantalla,batería}",
        "couple": "un par de",
        "takes": "dura{n,} | duró | tarda{n,} | tardó | tardaron | lleva{n,} | llevo | andando | caminando | a pie | "
        "cada | dentro | esper* | garantía | batería | envío | entrega | en coche | abierto{s,}",
    }
    | REPLYING["es"],
    clock=(
        "H menos M minutos | M minutos para las H | H menos M | M para las H | M para la H = -",
        "H y media = +30",
        "H y cuarto = +15",
        "H y M | H con M = +",
    ),
    intents={
        "book": {
            0.9: ""
            "{me,nos} {guardáis,guardan,guardas,guardás,reserváis,reservan,apartan,apartáis,apartas,haces,hacéis,"
            "separan,consiguen,consigues} {un,una} {sitio,hueco,lugar,plaza,turno,lugarcito,huequito,cupo,espacio,"
            "hora,cita,sitiecito} | me gustaría {pasarme,pasar,acercarme,visitaros,visitarlos,probar,participar,"
            "conocer,apuntarme,hacer una reserva} | nos gustaría {pasarnos,pasar,apuntarnos,probar,participar,"
            "visitarlos,visitaros,asistir} | {cómo,como,dónde,donde} {me,nos,se} {anoto,anotamos,inscribo,"
            "inscribimos,apunto,apuntamos,agendo,agendamos,reserva,reservo,apunta,anota,inscribe,apuntan} | {cómo,"
            "como} {hago,hacemos,le hago,le hacemos,puedo hacer,tengo que hacer,se hace} para {ir,reservar,conseguir,"
            "apuntarme,anotarme,inscribirme,agendar,apuntarnos,anotarnos,sacar,pedir,tener,asistir} | {conseguir,"
            "encontrar,obtener} {un,una} {lugar,lugarcito,sitio,plaza,turno,cita,hueco,huequito,cupo,hora} | "
            "{apúntenme,apúntennos,apúnteme,apúntenos,apuntadme,apuntadnos,anótenme,anótennos,anóteme,anótenos,"
            "anotanos,agéndenme,agéndennos,inscríbanme,inscríbannos,inscríbeme,inscribime,regístrenme,guárdenme,"
            "guárdennos,guardadme,guardadnos,guardame,apártenme,apártennos,sepárenme,resérvenme,resérvennos} | "
            "separ{amos,o,arlo,ennos,enos} | {haría,hace,haciendo} {mucha,} ilusión {ir,venir,probar,participar,"
            "asistir} | {me,nos} {copa,late,animo,animamos} {a ir,a probar,ir,la idea,con la idea,a participar,a "
            "apuntarme} | {quiero,queremos,querría,quisiera} {participar,asistir,inscribirme,inscribirnos,anotarme,"
            "anotarnos,pasarme,pasarnos,probar la clase,un lugar,un turno,una plaza,un cupo,lugar,turno} | {desearía,"
            "deseo,deseamos,desearíamos} {reservar,asistir,concertar,una cita,acudir,participar,agendar,inscribirme,"
            "solicitar} | "
            "me hacéis un {hueco,huequito} | hacerme un hueco | ha liberado | liberado algo | "
            "me {podría,podríais,puede,podrían} atender | atenderme | "
            "{quiero,necesito,querría,quisiera} {un,una} {corte,manicura,masaje,pedicura,hora,hueco} | "
            "{puedo,podría} {dejar,llevar} {los,el,la,las,mi,mis} | ponme {el,para,a} | ponednos | apúntame | "
            "quier{o,e} pedir {cita,hora,turno} | pedir {cita,hora,turno} | reserv{ar,a,o,ame,anos,enme,e,emos} | "
            "reservación | agend{ar,a,ame,ar una,arme,o} | apart{ar,ame,arme} | cita{,s} | turno{,s} | "
            "quier{o,emos} {ir,venir,una cita,reservar,cita,apuntarme,apuntarnos,agendar} | "
            "quisi{era,éramos} {ir,reservar,una cita,agendar,apuntarme,venir} | apunt{arme,arnos,ame,anos,ar} | "
            "inscrib{irme,irnos,ir} | inscripción | "
            "{puedo,podemos,podría,podríamos,podria} {ir,venir,pasar,reservar,pasarme,pasarnos,apuntarme,agendar} | "
            "se puede ir | me gustaría {ir,reservar,una cita,agendar,apuntarme,venir,asistir} | "
            "nos gustaría {ir,reservar,venir} | concertar | hacer una {reserva,reservación} | anotame | anotarme | "
            "me apunto | sacar {turno,cita} | guárdame | separ{ar,ame,arme} | hazme {una,un} | nos apuntamos",
            0.75: "plazas | cupo{s,} | huecos | hay {sitio,hueco,huecos,lugar,plaza,plazas,disponibilidad,disponible,"
            "cupo,algo,citas,espacio,mesa,horas,hora,turno,turnos} | tien{es,en,e} {hueco,huecos,sitio,disponibilidad,"
            "plaza,plazas,algo,hora,lugar,cupo,libre,cita,mesa,turno,espacio,disponible,horario} | disponib* | "
            "hueco{,s} | libre{,s} | cuándo {puedo,podemos,hay,tienen,tenéis} | "
            "tenéis {hueco,sitio,algo,plaza,plazas,disponibilidad,libre,mesa,hora} | sería posible | es posible | "
            "primera {cita,hora} disponible | me {puedes,pueden,podéis} {dar,poner,apuntar,reservar} | mesa para | "
            "podéis {dar,poner} | queda {sitio,algo,algún} | quedan {plazas,sitios,huecos}",
            0.5: "quiero | queremos | quisiera | quisiéramos | me gustaría | nos gustaría | puedo | podemos | "
            "podría | ir | voy | iremos | vamos | venir | pasar | iría | me viene bien | necesito | se puede | "
            "qué tal {el,las,si,a,mañana} | y si | mejor | me va bien | me conviene",
        },
        "change": {
            0.95: ""
            "{dejar,dejamos,dejemos,dejen,dejad,aplazar,pasar,pasamos,mandar,llevar} {lo nuestro,lo mío,la cita,la "
            "reserva,mi cita,mi reserva,mi turno,el turno,nuestra reserva,nuestra cita,la visita} {para,a} {más "
            "adelante,después,otro,otra,la semana,la próxima,el mes} | {lo,la} {podemos,podés,puedo,pueden,podrían,"
            "podría,puedes,podéis,podemos} {correr,mover,recorrer,aplazar,posponer,retrasar,adelantar,mudar,"
            "trasladar,reagendar,reprogramar} | {correr,recorrer,aplazar,trasladar,mudar}{la,lo} {un,una,para,a,al} "
            "| {desearía,quisiera,querría,necesito,necesitaría,quiero,prefiero,preferiría} {una,uno,un,otra} {hora,"
            "día,fecha,horario,cita,turno,} {distinta,distinto,diferente} | {hora,fecha,día,horario} {distint*,"
            "diferente} | otro {ratito,huequito,lugarcito,turnito,momentito,huequecito} | otra {horita,fechita} | en "
            "{vez,lugar} {del día,de la hora,de la fecha,del turno,de la cita} {acordad*,reservad*,que,previst*,"
            "fijad*} | en {vez,lugar} de {cuando quedamos,cuando habíamos,lo que tenía,lo que tenemos,lo reservado,"
            "lo acordado} | {me,nos,se} {la,lo} {mueven,mueves,movés,movéis,corren,corrés,corréis,cambian,cambiás,"
            "cambiáis,cambias,reagendan,reprograman,aplazan,aplazáis,posponen,recorren} | {me,nos} {reagendan,"
            "reprograman,reubican,reubicáis,recolocan,recolocáis,reagendas,reagendás} | {cambio,cambios} de {planes,"
            "turno,horario} | {desplazar,reubicar,recolocar,mudar,postergar,prorrogar} {mi,la,el,nuestra,lo} | "
            "poster{go,gar,gue,guen}{la,lo,} | {se,} {me,nos} {complicó,complica,ha complicado,cruza,cruzó,solapa,"
            "superpone,empalma,empalmó,coincide,choca} {el horario,la hora,el turno,la cita,con,ese día,el día,la "
            "reserva} | "
            "me {equivoqué,confundí} de {día,fecha,hora} | tiene que ser el | "
            "{reducir,ampliar} {la,mi} {reserva,mesa} | "
            "{se puede,puedo,podéis,podrías,podría} {pasar,pasarlo,pasarla,moverlo,moverla} {al,a,para} | cambiad* | "
            "cámbi* | cambiárm* | {seremos,somos,vamos} * y no | un poco {antes,más tarde,después} | "
            "más {temprano,tarde} {si,por} | intercambi* | pásame {al,a,para} | pasadme {al,a,para} | "
            "pasar {del,de} | {hay,tienen,tenéis,tienes,algo} {algo,} {antes,más temprano,más tarde} | "
            "{añadir,agregar,sumar} {una,a una,otra} {persona,} {más,} | una persona más | a otra hora | "
            "a otro {día,horario} | cambi{e,en,es,éis,aría,ando} | otra {fecha,hora} | cambio de planes | "
            "{una,dos,1,2} {persona,personas} {menos,más} | un día {después,antes} | una semana {después,antes} | "
            "me {pasáis,pasas,pasan} al | retras{ar,arlo,arla} {a,para} | atras{ar,arlo,arla} | a la misma hora un | "
            "cambi{ar,arla,arlo,o,ame,a,amos,emos,arme} | mover{,la,lo} | muev{e,an,eme,ela,elo} | "
            "aplaz{ar,arla,o,amos} | "
            "pospon{er,erla,emos} | reprogram* | reagend* | modific* | cambio de {hora,fecha,día,cita} | "
            "otr{o,a} {día,hora,fecha,momento,horario} | pasar{la,lo} {al,a,para} | adelant{ar,arla,o} | "
            "retras{ar,arla,o} | cambiar {la,mi} {cita,reserva,hora,fecha} | correr la {cita,reserva} | pasar mi | "
            "pasar la | un cambio",
            0.6: "al final | cambio | en vez de | en lugar de",
        },
        "cancel": {
            0.95: ""
            "{bája,bája,báje,báj,bajá,bajad}{me,nos} {del,de la,de mi,de ese,de esa} | bájenme | bájennos | bajenme "
            "{del,de la} | {suspend,suspénd}{e,a,an,er,ed,o,emos} {mi,la,el,nuestra,nuestro} {reserva,cita,turno,"
            "visita,clase} | no {lo,la} {voy a usar,usaré,vamos a usar,utilizaré,usaremos,voy a ocupar,vamos a "
            "ocupar,voy a aprovechar,ocuparé,voy a tomar,voy a necesitar} | desist{o,imos,ir,iré} {de,} | {reserva,"
            "cita,turno} fuera | {deja,deje,dejen,dejad,dejar,dejo}{la,lo,} {mi reserva,mi cita,mi turno,la reserva,"
            "la cita,} sin {efecto,validez,valor} | {den,dad,da,dé,doy,damos,dar,dala,dalo,denla,denlo,délo,déla} "
            "por {cancelad,anulad,perdid,eliminad}{a,o} | {suprim,elimín,deshac,deshag,revoc,rescind}{e,a,an,en,ir,"
            "er,ed,o,emos} {mi,la,el,nuestra,nuestro} {reserva,cita,turno,visita,inscripción,lugar,plaza} | {deshaz,"
            "deshacé,deshagan,deshaga} {mi,la} {reserva,cita} | {retiro,retiren,retira,retirad,retire,retirar} mi "
            "{reserva,cita,inscripción,lugar,nombre,asistencia} | me {retiro,salgo,caigo,desapunto} de {la,mi,ese,"
            "esa,este} | ya no {ocupo,ocupamos,la ocupo,lo ocupo,la quiero,lo quiero,requiero} | {ya,} no me "
            "{guarden,guardes,guardéis,guarde,aparten,reserven} {el,la,mi,un,nada} | {lo siento,perdón,disculpa,"
            "disculpe,disculpen,sorry,lamentablemente} no {voy,vengo,vamos} | no voy {lo siento,perdón,gracias,porfa,"
            "disculpa,disculpen,sorry,ya,finalmente,entonces} | ya no {se,} {armó,va a armar,va,se va a poder,vengo,"
            "venimos,va a ser posible,asisto,acudo,iré,iremos,podré} | {quit,quít}{enme,ennos,eme,anos,adnos} de {la,"
            "su,vuestra} {agenda,lista} | {bórr,borr,sác,sac,elimín,elimin,tách,tach}{ame,anos,enme,ennos,adme,eme} "
            "de {la,su,vuestra,esa} {agenda,clase,reserva} | {ocupen,ocupad,ocupa,use,usen,aprovechen,aprovechad} "
            "{mi,nuestro,nuestra} {lugar,turno,plaza,hueco,sitio} | {queda,quede} {cancelad,anulad}{a,o} {mi,la,"
            "nuestra,el} | lo {mío,nuestro} {ya no va,se cancela,queda cancelado} | {descart,desech,olvid}{a,en,ad,"
            "emos,e} {mi,la} {reserva,cita} | "
            "no va a poder ser | {dejad,deje,deja,dejen}{la,lo} libre | dejo libre {mi,la} {plaza,hora,cita} | "
            "{liberad,liberen,libera,libere,den,dad} {mi,nuestra,nuestro,nuestras} "
            "{plaza,sitio,lugar,turno,plazas,sitios} | "
            "cancel* | anulad* | anul{en,e,enme,emela} | {no,ya no} voy a poder | tachad* | quitad* | "
            "no cont{éis,en,ad} {conmigo,con} | borradme | bórra{me,nos,d} | quíta{me,nos} | {lo,la} dejo pasar | "
            "lo dejamos | esta vez {no,paso} | dejarlo para otra | al final no {voy,vamos,puedo,podemos,iré} | "
            "no voy a poder ir | no puedo ir | ya no voy | táchame | dadme de baja del | desapúnta* | "
            "no {estaré,estaremos,voy a estar,vamos a estar,llegaré} | borr{a,en,ad,ar,ame} {mi,la,nuestra} | "
            "cancel{ar,o,a,ame,arla,arlo,ación,en,amos,ado,emos,en} | anul{ar,a,o,ame,arla,ación,en,amos} | "
            "no {podré,podremos,voy a poder,vamos a poder,puedo,podemos} {ir,asistir,acudir,venir,llegar} | no iré | "
            "no iremos | no voy a ir | no vamos a ir | quitar {mi,la} {cita,reserva} | "
            "ya no {quiero,voy,vamos,puedo,podemos,necesito} | elimin{ar,a,en} {mi,la} | dar de baja {mi,la} | "
            "no vamos | no asist* | no me presentar* | desmarc* | desapunt*"
        },
        "my_booking": {
            0.95: "me {habéis,tenéis} {apuntado,apuntada,anotado} | quién me {corta,atiende,hace} | "
            "a qué hora tengo que {ir,estar} | mi cita es {hoy,mañana} | "
            "{para,a} qué {hora,día} {reservé,tenía,era,me,tengo,pedí} | "
            "{para,} cuándo {reservé,era,me toca,tengo,pedí} | "
            "{sigo,sigue,seguimos} {apuntad*,anotad*,apuntada,apuntado} | recu{érdame,érdeme,erdame} | recordadme | "
            "recuérd* | con quién {tengo,me} | me toca | está hecha mi | quedó {hecha,registrada} mi | os llegó mi | "
            "{llegó,recibieron,recibisteis} mi reserva | sigue en pie mi | tengo reserva | está confirmad{a,o} mi | "
            "si estoy {apuntada,apuntado,anotada,anotado} | estamos {apuntados,apuntadas} | "
            "cuándo {es,tengo,tenemos,era} {mi,la,una,cita,} | a qué hora {tengo,es,tenemos,era} {mi,la,cita,} | "
            "mi{,s} {cita,citas,reserva,reservas,turno} | "
            "tengo {una,alguna,algo,hora,cita,reserva} {cita,reserva,reservado,} | mi próxima {cita,visita} | "
            "nuestra reserva | confirmar mi {cita,reserva} | estoy {apuntad*,agendad*,anotad*} | "
            "qué día {tengo,tenemos,es mi} | comprobar mi | ver mi | consultar mi | para cuándo {tengo,era,tenemos} | "
            "sigue en pie"
        },
        "ask_price": {
            0.9: "me saldría | saldría | presupuesto | cuánto {me,} {sale,saldría,costaría} | cuánto {cuesta,cuestan,"
            "vale,valen,es,sale,cobr*,sería,saldría,costaría,por,está,están,hay que pagar,me,salen,se paga} | "
            "precio{,s} | costo{,s} | coste{,s} | tarifa{,s} | cuesta{,n} | valor | qué vale | descuento{,s} | "
            "barato | oferta{,s} | caro | depósito | señal | a cómo | cobran | promoción | rebaj* | lista de precios"
        },
        "ask_hours": {
            0.9: "horario{,s} | a qué hora {abren,abrís,cierran,cerráis,abre,cierra,abres} | abr{en,ís,is,e} | "
            "cierr{an,a,as} | cerr{áis,ado,ados,ais} | están abiertos | abierto{,s} | {trabajan,trabajáis,trabajas} | "
            "hasta qué hora | desde qué hora | qué días {abren,abrís,trabajan,están} | atienden | atendéis"
        },
        "ask_address": {
            0.9: ""
            "dónde {están,estáis,queda,quedan,está,se encuentran,es,los,os,se,aparc*,puedo aparcar,estás,encuentro} | "
            "dirección | ubicación | ubicad{os,as,o} | cómo {llego,llegar,se llega,ir,llegamos} | aparcamiento | "
            "aparcar | estacion{ar,amiento} | parking | parqueadero | parqueo | en qué calle | mapa | localización | "
            "por dónde | parquear | parada de | qué piso"
        },
        "ask_delivery": {0.9: "envío{s,} | envían | hacen envíos | entrega{s,} | mensajería | a domicilio"},
        "ask_offer": {
            0.85: "{preguntar,saber,consultar,informarme,información} {por,sobre,de} | "
            "{quería,quisiera,querría} {preguntar,saber,consultar} | "
            "qué {ofrecen,ofrecéis,servicios,talleres,clases,incluye,hacen,hacéis,cursos,tratamientos,tipos,tipo} | "
            "servicios | {ofrecen,ofrecéis,hacen,hacéis,venden,vendéis,imparten,realizan} | "
            "{tienen,tenéis,tienes} {talleres,clases,cursos,servicio,algún,vales,tarjetas,wifi,bonos} | "
            "más info{,rmación} | información | info | detalles | incluido | bono{,s} {regalo,} | "
            "tarjeta{s,} regalo | carta | menú | está incluido | incluye | cursos"
        },
        "ask": {
            0.85: "{puedo,podemos} {ir,venir} con mi propi{o,a} | vuestro teléfono | su teléfono | "
            "número de teléfono | qué diferencia | la diferencia | con {mi,nuestro} {propio,propia} | se devuelve | "
            "{hacéis,hacen,tatu*} encima | tatuáis | {con,} cuánta antelación | cuidados | "
            "es {un problema,seguro,posible que} | pasa algo | {arregláis,reparáis,arreglan,reparan} | "
            "sin {cita,reserva,reservar} | cuánta | cabe{n,} | tengo una {duda,pregunta,consulta} | "
            "{hago,hacer,haceros,hacerte,hacerles} una consulta | una {duda,pregunta} | cuándo puedo {recoger,retirar}",
            0.75: "se puede con tarjeta | con tarjeta | en efectivo | "
            "{puedo,podemos,se puede} {ir,venir,entrar} con {mi,el,la,un} {perro,hijo,carrito,gato,bebé} | "
            "mi {madre,padre,marido,mujer,hijo,hija} puede | con el perro | con perro | "
            "{puedo,podemos} {llevar,traer} | qué me pongo | por adelantado | cuánto se tarda | formas de pago | "
            "métodos de pago | a qué hora | cuánto {dura,duran,tiempo,se} | cuántas | cuántos | dónde | "
            "qué {hay,tengo,necesito,debo,llevo,ropa,es,pasa,puedo,edad} | hay que | tengo que | hace falta | "
            "necesito {llevar,traer} | cómo {es,se,funciona,puedo,pago,va} | por qué | quién | cuál | cuáles | "
            "pregunta | duda | desde qué edad | a partir de qué edad | "
            "se puede {pagar,llevar,traer,aparcar,entrar} | puedo {pagar,llevar,traer} | aceptan | aceptáis | "
            "cuándo {estará,estarán,puedo recoger,es el,será} | qué | cómo | cuándo | hay | wifi | es necesario | "
            "es para | se admiten | admiten | permiten",
        },
        "affirm": {
            0.9: "suena {de lujo,fenomenal,estupendo,guay} | de lujo | pues {genial,perfecto,vale,sí,bien} | "
            "estupendamente | por mí vale | me cuadra | quedamos {así,en eso} | nos va bien | nos viene bien | "
            "venga {va,} | por qué no | va que va | me vale | por mí {bien,perfecto} | está genial | está perfecto | "
            "ese mismo | esa misma | trato hecho | okis | oki | dale va | suena {genial,bien,perfecto} | "
            "me parece {perfecto,genial,estupendo} | con gusto | me apunto | encantad{a,o} | no hay problema | "
            "sin problema | sí | ok | okay | okey | vale | claro | perfecto | de acuerdo | confirmo | genial | "
            "correcto | bueno | está bien | por supuesto | exacto | así es | dale | va | listo | me parece bien | "
            "excelente | sip | sii | bien | 👍 | ✅ | 👌 | adelante | confirmado | estupendo | eso es | hecho | "
            "sí por favor | me sirve | me va bien | me viene bien | fenomenal | claro que sí | órale | sale | "
            "sí claro | desde luego | guay | envíala | enviar | cierto | simón | cómo no | efectivamente"
        },
        "deny": {
            0.95: "creo que {paso,no,va a ser que no} | mejor lo dejo | lo dejo | "
            "{quizás,quizá,tal vez,mejor,para} {en,} otra {ocasión,vez} | otra vez será | no no me {viene,va} | "
            "me lo pienso | lo pensaré | va a ser que no",
            0.9: "ningun{o,a} {de,me,} | no es para mí | no para mí | muy tarde | muy temprano | "
            "demasiado {tarde,pronto} | no me gusta | no me conviene | qué va | no es eso | eso no | no me refería | "
            "no era eso | paso | no | no gracias | nop | nope | para nada | incorrecto | así no | está mal | "
            "no quiero | mejor no | no es así | 👎 | ❌ | tampoco | de ninguna manera | negativo | no me interesa | "
            "no es correcto | nada | en absoluto | no no",
        },
        "correct": {
            0.8: "{te,os,les,le} {pedí,dije,puse,escribí} | había {pedido,dicho} | no era {así,eso,ese} | puse mal | "
            "me {confundí,equivoqué,lié} | quise {decir,poner} | tendría que ser | debería {ser,decir} | uy "
            "{puse,me} | he dicho | dije | te dije | os dije | al final | quise decir | quería decir | perdón | "
            "perdona | "
            "me equivoqué | mejor | es decir | digo | en realidad | más bien | mejor dicho | corrijo | rectifico | "
            "me refiero | error mío"
        },
        "greet": {
            0.9: "holita | holaaa | wenas | buenass | hola hola | saludines | buenas | buenos días | "
            "buenas {tardes,noches} | buen día | saludos | holi | holaa | ola | qué tal | hey | muy buenas | holis | "
            "buenas buenas | 👋 | hello | hi | qué onda | estimados | ey | aló | qué pasa | qué hubo | quiubo"
        },
        "thank": {
            0.9: ""
            "agradezc* | {le,les,te,os} agradezco {mucho,} | dios {se,te} lo pague | dios {te,le,los,les,las} "
            "bendiga | muchos gracias | gracia{s,} mil | te pasaste | un millón de gracias | infinitas gracias | "
            "gracias totales | mil gracia{s,} | se pasaron | os pasasteis | "
            "graci* | sois {los mejores,las mejores,geniales,un encanto} | eres {un sol,genial,la mejor} | "
            "os lo agradezco | mil gracias | gracias | muchas gracias | agradec* | se agradece | grax | graciass | "
            "muchísimas gracias | 🙏 | grcs | graciela no | thanks | thx | muy amable"
        },
        "bye": {
            0.8: "adiós | chao | hasta {luego,pronto,mañana} | nos vemos | chau | bye | un saludo | hasta la vista | "
            "que tenga* buen | buen fin"
        },
        "stop": {
            1.0: "dejad de | dej{en,a,e} de {escrib*,mandar*,molestar*,enviar*} | basta {de,ya} | no me escrib* más | "
            "quítame de la lista | no quiero más | no quiero {recibir,más} {más,} {mensajes,nada} | "
            "no me {escriban,escribáis,escribas,manden,mandéis,envíen} {más,} | dejad de {escribir,mandar} {me,} | "
            "quitadme de la lista | baja | stop | alto | dar{me,} de baja | no me escrib* | no me envíe* | "
            "dejen de {escribir,escribirme,mandar,enviar,molestar} | cancelar suscripción | desuscri* | "
            "no más mensajes | unsubscribe | parar | basta | dame de baja | denme de baja"
        },
        "start": {1.0: "start | alta | empezar | suscribir{me,} | comenzar"},
        "human": {
            0.95: "pásame con | pásenme con | pasadme con | "
            "hablar con {la,el,vuestra,su} {dueña,dueño,jefa,jefe,encargada} | la {dueña,jefa,encargada} | persona | "
            "alguien del {local,estudio,salón,equipo} | responsable | supervisor{a,} | me puede llamar | "
            "puede llamarme | una persona de verdad | "
            "hablar con {una,un,el,la} {persona,humano,encargado,encargada,responsable,dueña,dueño,agente} | "
            "llámame | alguien me puede | puede alguien | alguien {real,humano,del equipo,de ahí} | humano | agente | "
            "asesor{,a} | operador{,a} | persona real | {quiero,prefiero,necesito,pásame con} una persona | "
            "hablar con {alguien,una persona,un,una,el,la,ustedes} | encargad{o,a} | gerente | dueñ{o,a} | "
            "atención al cliente | llám{ame,enme} | llamar{me,} | eres un {bot,robot} | es un bot | representante | "
            "llamad{me,} | llamen{me,} | recepción | recepcionista | alguien de verdad | me llam{en,as,an} | "
            "comunicarme con"
        },
        "complaint": {
            0.9: "me {quemasteis,perdisteis,olvidasteis,rayasteis,quemaron,perdieron,rayaron} | "
            "se {levanta,levantó} | no aguanta | ampolla{s,} | me pica | no es lo que {acordamos,hablamos,quedamos} | "
            "sigue sin {funcionar,cargar} | empezó a {gotear,despegarse} | cobrado {de,dos,doble,mal} | "
            "{me,nos} {cobraron,cobrasteis,habéis cobrado,han cobrado} | nadie {me,nos,} {avisó,dijo,informó} | "
            "sarpullido | irrita* | naranja | torcido | desigual | se me {partió,rompió,cayó,estropeó,rajó} | "
            "perdi{eron,steis} | descontent{a,o} | quiero devolver | insatisfech* | pésim* | horrible | "
            "mal servicio | sucio | sucia | estaf* | no es lo que | defectuos* | vuelto a equivocar{os,} | "
            "equivocar{os,se} con | se {me,le,nos,les} {cayó,rompió,despegó,estropeó,rajó,partió,descosió} | "
            "se {rompió,cayó,estropeó,despegó,rajó,partió} | descascar* | despeg* | rompi{ó,eron} | rajad* | "
            "agrietad* | estropead* | estrope* | gotea | manchad* | equivoc{ado,asteis,aron} {con,de,} | "
            "os habéis {vuelto a,} equivocad* | se han equivocado | se equivocaron | otro color | color equivocado | "
            "talla equivocada | no es lo que pedí | "
            "nadie {me,nos,} {abrió,vino,contestó,llamó,atendió,respondió,esperaba,cogió} | no vino nadie | "
            "no había nadie | es una broma | tomadura de pelo | llevo {esperando,una hora,semanas,días,meses,desde} | "
            "sigo esperando | sigo sin | todavía no me {han,habéis} | devolver{lo,la,los,me,} | me devuelvan | "
            "devuélv* | dinero de vuelta | mi dinero | no lo recomiendo | no recomiendo | me ignoran | groser* | "
            "borde{s,} | quem{asteis,aron} | alergia | cobr{aron,asteis} {dos veces,de más,doble} | "
            "cobrado {dos veces,de más,doble} | mala calidad | mal{a,} {experiencia,trato} | qué mal | chapuza | "
            "ridículo | llegó {rot*,mal} | poner una {queja,reclamación} | dejó de funcionar | no enciende | "
            "rayad{o,a} | incompleto | queja | queja{,s,rme} | reclamación | reclam{ar,o} | devolución | "
            "reembols{o,en,ar} | pésim{o,a} | fatal | decepcion* | vergüenza | estafa | rot{o,a,os,as} | "
            "inaceptable | enfad* | molest{o,a} | mala atención | nadie {contesta,responde,atiende,vino} | "
            "dañad{o,a} | indign* | terrible | desastre | nunca más | asco | no funciona | maleducad* | engañ*"
        },
        "order": {
            0.9: "{dos,tres,una,un,cuatro} {tazas,cuencos,platos,jarrones,velas,taza,cuenco} {por,} | "
            "me {las,los,la,lo} {mandáis,mandan,enviáis,envían,envías,mandas} | "
            "quiero {uno,una,dos,tres,cuatro,cinco,2,3,4} de {las,los,esas,esos,estas,estos} | "
            "{quiero,querría,me llevo,ponme} {el,la,los,las} {rojo,roja,negro,negra,azul,grande,pequeño,pequeña} | "
            "encargar{os,te,les,} | hacer un pedido | adquirir | carrito | cesta | me llevo | me quedo con | "
            "quiero llevarme | pedir {un,una,el,la,los,unos,unas} | comprar{,lo,la} | compr{o,amos} | pedido{,s} | "
            "me {lo,la,los,las} llevo | encarg{ar,o} | añadir al carrito | quiero comprar | quiero pedir | ordenar"
        },
        "track_order": {
            0.95: "ha salido {ya,} | ya {salió,ha salido} {mi,el} | mi {paquete,envío,pedido} {ya,} | "
            "{lo,la,los} habéis enviado | qué pasa con {el,mi} pedido | "
            "ya {enviaron,habéis enviado,han enviado,salió} | han enviado | enviaron mi | dónde {está,anda} mi | "
            "cuándo {me,} llega | por dónde va mi | lo pedí hace | la pedí hace | número de pedido | mi encargo | "
            "dónde está mi {pedido,paquete} | estado {de mi,del} {pedido,envío} | "
            "cuándo llega{,rá} {mi,el} {pedido,paquete} | rastrear | seguimiento | mi compra | "
            "no {ha llegado,me ha llegado,llegó,me llegó} | número de {seguimiento,guía,rastreo} | tracking"
        },
        "product": {
            0.85: "iphone | samsung | xiaomi | portátil{es,} | móvil{es,} | teclado{s,} | monitor{es,} | cable{s,} | "
            "cargador{es,} | zapatilla{s,} | bota{s,} | camiseta{s,} | gorra{s,} | vaqueros | batería | "
            "en {azul,verde,blanco,gris,rosa,marrón,otro color} | adidas | nike | de piel | de cuero | "
            "sigue disponible | siguen disponibles | de qué {material,está} | está hech* | lavavajillas | "
            "microondas | impermeable* | chaqueta{s,} | vestido{s,} | pantalon* | mochila{s,} | perfume{s,} | ratón | "
            "impresora{s,} | cámara{s,} | reloj | almacenamiento | sandalias | tacones | en la tienda | "
            "sigue a la venta | en stock | stock | hay existencias | venden | vendéis | tallas | talla | color{,es} | "
            "modelo{,s} | garantía | auriculares | audífonos | celular{,es} | zapatos | bolso{,s} | funda{,s} | "
            "laptop{,s} | televisor{,es} | tv | producto{,s} | catálogo | en negro | en rojo | usb | tablet{,s} | "
            "compatible | bluetooth | ordenador{,es} | consola | disco duro"
        },
    },
    feasts={
        (12, 24): "nochebuena",
        (12, 25): "navidad | día de navidad | el día de navidad",
        (12, 31): "nochevieja | fin de año",
        (1, 1): "año nuevo",
        (1, 6): "reyes | día de reyes | el día de reyes",
        (2, 14): "san valentín | día de los enamorados",
    },
    common="clase clases curso taller sesión rojo rojos negro negra blanco marron de la que el en y a los se del las "
    "un por con no una su para es al lo como más pero sus le ya o este sí porque esta entre cuando muy sin sobre "
    "también me hasta hay donde quien desde todo nos durante uno les ni contra otros ese eso ante ellos esto mí antes "
    "algunos qué unos yo otro otras otra él tanto esa estos mucho quienes nada tengo tiene tienen somos quiero "
    "quisiera puedo podemos hola gracias buenas hora día favor quería ustedes te tu",
)
