"""Spanish: the words that do something only together."""

PAIRS = {
    "stays_on": "pero yo {sí,si,voy} | yo sí | yo si voy | somos {dos,tres,uno}",
    "at_what": (
        "{a,hasta,para,sobre,hacia,en,desde,} {qué,que,q,k} {hora,horas} | cuándo | cuando | cuánto | {hasta,para,"
        "pa} {cuándo,cuando}"
    ),
    "ends": (
        "nos vamos | me voy | nos iremos | acab* | acav* | termin* | finali* | conclu* | concluye | fin | salimos | "
        "saldr* | salir | salgo | sales "
        "| salida | estar{emos,é,íamos,ía} {libre,libres,fuera} | {quedo,quedamos,estar} {libre,libres} | "
        "{estaríamos,estaremos,estar} fuera | nos {sueltan,soltáis,sueltas,dejáis ir,dejan ir,largamos,vamos a "
        "casa} | ir a casa | irme a casa | irnos | irme | {me,nos} {recoge,recogen,recoja,recojan,puede recoger,"
        "pueden recoger,viene a buscar,vienen a buscar,busca} | {recogerme,recogernos,buscarme,buscarnos} | a por "
        "mi {hija,hijo,niño,niña} | recoger a {mi,los,la,el} | taxi {de vuelta,a casa,para volver} | vuelta a "
        "casa | cerramos la clase"
    ),
    "agreed": (
        "quedamos | quedado | habíamos quedado | teníamos {que ir,reservado,cita,hora,} | tenía {cita,hora,} | "
        "{me,nos} {apuntasteis,apuntaste,esperáis,esperan,toca,tocaba,citasteis,habéis puesto,pusisteis} | "
        "reservé | reservado | {mi,la,nuestra} {cita,visita,clase,turno,reserva,sesión,hora} | lo {mío,nuestro} | "
        "tengo que {ir,estar} | debo ir | otra vez | tenemos que ir | me apunté"
    ),
    "forgot": (
        "olvid* | no {me acuerdo,recuerdo} | {se me fue,se me ha ido,se me pasó} | recuérda* | recuerda* | me "
        "{recordáis,recuerdas,recuerda,recordás} | recordar{me,} | perdí la {fecha,hora}"
    ),
    "hour": "{la,el,mi,qué,que} {hora,día,fecha} | cuándo | cuando | cuál era | cual era",
    "off": (
        "{borra,borrad,borren,elimina,eliminad,eliminen} mi | {me,nos} {desapunto,desapuntamos} | {quítame,"
        "quitame,quitadme,quítenme,sácame,sacame,sáquenme,sacadme,bórrame,borrame,borradme,bórrenme,borrenme,"
        "táchame,tachame,tachadme,elimíname,eliminame,eliminadme,elimínenme,quítanos,quitadnos,sácanos,sacadnos,"
        "bórranos,borradnos} | {dar,darme,darnos,dame,danos,denme,dadme,dadnos,deme,doy,damos} {de,} baja | de "
        "baja | baja | quiten mi nombre | quita mi nombre | quitad mi nombre"
    ),
    "visit": (
        "taller | talleres | clase | clases | curso | cita | reserva | turno | sesión | visita | hora el | plaza "
        "| lista {del,de la} {taller,clase,curso,sábado,domingo,viernes,lunes,martes,miércoles,jueves} | lista de "
        "espera"
    ),
    "letters": (
        "mensaje | mensajes | publicidad | sms | spam | correo | correos | email | emails | newsletter | boletín "
        "| número | anuncios | promociones | ofertas | suscripción | {mailing,difusión} | whatsapp | whatsapps | "
        "notificaciones | vuestra lista | contacto | contactos | avisos | teléfono | este número | vuestros datos "
        "| base de datos | escribirme | mandarme"
    ),
    "gives_up": (
        "que vaya otro | en {nuestro,mi} lugar | {vaya,venga} otro por {mí,nosotros} | {tacha,tachad,tachen}{me,"
        "nos} | no {contéis,conteis,cuenten,cuentes,cuente} {conmigo,con nosotros} | no {me,nos} {esperéis,espereis,"
        "esperen,esperes,espere} | {me,nos} {bajo,bajamos,borro,borramos,desapunto,desapuntamos,descuelgo,caigo,"
        "caemos} {del,de la,de lo,} | {dad,dadle,dale,denle,dar,darle,den,cede,ceded,cedo,cedan} {mi,el,nuestro,"
        "nuestra} {sitio,plaza,hueco,lugar,turno,cupo} {a,} | {libera,liberad,liberen,libero,suelto} {mi,el,"
        "nuestro,la,nuestra} {sitio,plaza,hueco,lugar,turno,cupo,reserva} | no {guardéis,guardeis,guarden,guardes,"
        "reservéis} {más,ya,} {mi,nuestra,nuestro,la,el} {plaza,sitio,lugar,hueco} | renunci{o,amos,ar} a {mi,la,"
        "nuestra} {plaza,cita,reserva,hora} | {dejadla,déjala,dejad,déjenla} libre | {quiten,quita,quitad,borra,"
        "borrad,borren,tacha,tachad} {mi,nuestro} nombre | dar de baja {mi,la,el,nuestra} {reserva,cita,turno,"
        "visita,plaza} | doy de baja {la,mi} | {tengo hora,hora} * {la,lo} quiero {anular,anulra,cancelar} | la "
        "quiero {anular,anulra,cancelar} | no {va,vamos,voy} a poder {ser,ir,asistir} | surgido algo y no voy | "
        "no podr{é,emos} {ir,asistir,acudir}"
    ),
    "other": (
        "{otro,otra,otros} {día,hora,momento,fecha,tarde,mañana,rato,horario,semana,turno,cita,vez} | otro | otra "
        "| más tarde | en {su,vez de} {lugar,ese,esa,eso} | en vez de | en lugar de"
    ),
    "moves": (
        "hay que mover | mov{er,edla,edme,éis} {la,mi,nuestra,me,} | {traslad*} {mi,la,nuestra,me,} | recorr{an,e,"
        "er} {mi,la,nuestra} | aplaz* | pospon* | posponer | correr {mi,la,nuestra} {cita,turno,hora,clase} | "
        "retrasar {mi,la,nuestra} | retrasad | {pasadme,pásame,pásanos,pasadnos,pásenme,pasarme,me la movéis,me "
        "lo movéis,me la pasas,me lo pasas,me la pasáis,me lo pasáis,me lo pasan} | {reprogram*} | {reagend*} | "
        "{cámbiame,cambiame,cambiadme,cámbienme,cambiarme,cambiad} {la,el,mi,de,} | cambio de {día,hora,fecha} | "
        "{cambiar,cambiar} {mi,la,nuestra,de} {cita,hora,reserva,día,turno,fecha} | cambiadla | solo cambi{o,adla,"
        "ala} | poner {mi,la,nuestra} {cita,reserva} * | la podéis poner | adelantar {mi,la} cita | lo tendríamos "
        "que hacer"
    ),
    "unfit": (
        "ya no {me,nos} {viene,va,cuadra,sirve,vale} {bien,} | no {me,nos} {viene,va,cuadra} bien | {salió,surgió,"
        "ha surgido,ha salido,surgio,salio} {un,una,algo,médico} {imprevisto,} | ya no puedo | {ese,el,esa} {día,"
        "hora} {ya,} no {puedo,podemos,me,nos} | no puedo {ese,esa,entonces} | mejor ese no | me vendría mejor"
    ),
    "comes": (
        "{voy,vamos,ir,iré,iremos,venir,vengo,vendré,prefiero,querríamos venir,quiero ir,podría ir,podemos ir} "
        "{en,} {otro,otra} | prefiero {otro,otra,ir otro} | la quiero en otro | lo quiero en otro | mejor otro | "
        "{cambiar,mover,pasar} | hacerlo | quiero otra | quiero otro | necesito {otra,otro} | querríamos venir"
    ),
    "somebody": (
        "alguien | alguno de {vosotros,ustedes} | alguno | alguna de vosotras | uno de vosotros | un compañero | "
        "quien sea"
    ),
    "contacts": (
        "llam{e,ar,arme,en,áis} | escrib{a,ir,irme,an} | contest{e,ar,arme} | respond{a,er,erme} | atend{er,erme} "
        "| atienda | habl{ar,o} | pas{as,ame,áis,arme} | pásame | pásenme | pásame con | pon{me,er} | comunica* | "
        "comuníca* | conéct* | seguir esta conversación | lo lleve | contact* | contactar{me,}"
    ),
    "person": "persona | personas | humano | humana | gente",
    "wants": (
        "quiero | quisiera | necesito | hablar | real | verdad | pásame | pásenme | páseme | ponme | pónganme | "
        "comuníca* | comunica* | atienda | atender{me,} | de carne | no la máquina | puede {atenderme,atendernos,"
        "llamar*} | prefiero hablar | puede llamar* | con una persona"
    ),
    "no_staff": (
        "{una,1,otra} persona {más,extra,mayor,sin,en,con,no} | persona {más,extra,mayor,sin,en,con,no} | por "
        "persona | para {una,1} persona | {viene,venir} alguien | traer a alguien | con alguien más | alguien "
        "conmigo | {agrega,agrég,añad,suma,pon}* {una,otra} | recoge alguien | {mi,el} {hijo,hija,marido,mujer,"
        "jefe,hermana,hermano,amiga,amigo,madre,padre}"
    ),
    "no_bot": (
        "que lo lleve una persona | una señorita | atenderme una persona | no quiero {un,hablar con un,hablar con "
        "una,al,el,más,} {robot,bot,máquina,robots,bots} | {nada de,sin,basta de} {robots,bots,robot,bot,máquinas}"
    ),
    "voucher": (
        "bono | bonos | bono regalo | vale regalo | un vale | el vale | mi vale | vales regalo | vales | voucher "
        "| vouchers | cupón | cupon | {tarjeta,tarjetas,cheque,cheques,certificado,certificados} {de,} regalo | "
        "certificado de regalo | código de regalo"
    ),
    "sells": (
        "hay {algo,algún} | algo tipo | árbol | vend{éis,en,e,es,eis} | compr{ar,o,arle} | cuánto {cuesta,vale,"
        "dura,cuestan} | cuanto {cuesta,vale,dura,cuestan} | {tenéis,teneis,tienen,tienes,hacéis,hacen,hay,"
        "ofrecéis} {bono,bonos,vale,vales,tarjeta,tarjetas,cheques} | dónde compro | regalar | {para,a} mi {madre,"
        "padre,amiga,amigo,hermana,hermano,mujer,marido,novia,novio} | caduca* | válido | encargar"
    ),
    "pays": (
        "pag{o,ar,aré,amos,aremos,ado} | canje* | us{ar,aré,aremos,o} | {me,nos} {regal*,han regal*,regaló,dieron,"
        "dio,lo dio} | {tengo,tenemos,traigo,llevo} {un,una,dos,mi,el} | va con | es con | vamos con | mi {bono,"
        "vale,tarjeta,código,cupón} | con {bono,mi bono,un bono,un vale,mi vale,el bono}"
    ),
    "calm": (
        "dónde queda | donde queda | que fuera | aparc* | estacion* | parking | dónde está la | donde esta la | "
        "hay {un,metro,ascensor} | qué "
        "puerta | precio* | cómo llego | como llego | en la web | página"
    ),
    "weak": (
        "ok | okey | oki | vale | bien | bueno | listo | ya | está bien | "
        "genial | estupendo | estupenda | fenomenal | fantástico | maravilloso | buenísimo | excelente | fabuloso "
        "| guay | mola | chévere | bacán | bárbaro | joya | divino | súper | super | muy bien | de lujo | me "
        "gusta {mucho,} | qué {bien,guay} | bien | me encanta"
    ),
    "polite": (
        "gracias | adiós | hasta {luego,pronto} | buen día | saludos | un saludo | abrazo | que tengáis | muy amable"
    ),
    "until_what": (
        "hasta {qué,que,q} {hora,horas} | hasta {cuándo,cuando} | {fin,final,acaba,termina} {a,} {qué,que,q} hora"
    ),
    "lasts": (
        "es | estamos | estaremos | dura | tenemos | sería | será | vamos a estar | {la,el} {clase,taller,sesión,"
        "cita} | somos | nos quedamos | hay que estar"
    ),
    "fetched": (
        "{venga,vengan,pase,pasen} {por,a por,a} {mí,nosotros,buscarme,recogerme} | viene {por,a por} {mí,"
        "nosotros} | {me,nos} {puede recoger,pueden recoger,recoge,recogen,recoja,recojan,viene a buscar,"
        "vienen a buscar,"
        "puede venir,busca} | {recogerme,recogernos,buscarme,buscarnos} | a por mi {hija,hijo} | ir a casa | irme "
        "a casa | taxi de vuelta | recoger al {niño,peque}"
    ),
    "elsewhen": (
        "{otro,otra,otros} {día,hora,momento,fecha,tarde,mañana,rato,horario,semana,turno} | más tarde | en su "
        "lugar | en vez de | en lugar de{l,} | {vendría,viene,iría} mejor"
    ),
    "no_more": "no quiero | no más | basta | dejad de | deja de | dejen de | no me | stop | fuera | sin más",
}
