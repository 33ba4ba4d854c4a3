"""English: the words that do something only together."""

PAIRS = {
    "stays_on": (
        "but i still am | i still am | but i am | but i can | but i do | but i will | but ill | but we still are "
        "| im still coming | so two | so its just"
    ),
    "at_what": (
        "when | whens | {what,wat,wot,which} {time,hour} | {what,which} times | how late | what times | {until,"
        "till,til,by} when | at what | around when | about when | {end,finish,over} when"
    ),
    "ends": (
        "wind up | wind down | {knocking,packing,clocking} off | pack up | finish up | winds up | "
        "{get,be} {away,off} | {shut,close} up | wraps | terminates | turning out | home time | "
        "hometime | "
        "{we,i,it} wrap | knock off | call it a day | end | ends | ended | ending | finish* | over | wrap up | "
        "wraps up | wrap it up | be done | {we,i,us} "
        "done | done {with me,on,for,by,there,up,at,in,then} | all done | be out | out of {there,here} | are we "
        "out | let out | lets out | let {us,me} {go,out} | leave | leaving | go home | get home | head home | be "
        "free | free again | get out | {pick,picks,picking,collect,collects,fetch,fetches,get} {me,us,her,him,"
        "them,my kid,my son,my daughter} {up,} | {come,comes,coming} {and,to,} {get,for,fetch,collect} {me,us} | "
        "pick up {me,us,my kid,my son,my daughter} | finito | close out | concludes | conclude"
    ),
    "agreed": (
        "booked {in,for,} | {we,i,you} {say,said,agree,agreed} | agreed | supposed to | meant to | expected | "
        "{put,have,got} {me,us} {down,in} | i in for | i in | {have,has} {i,we} got | did i book | did we book | "
        "my time | {my,our} {visit,slot,session,class,appointment,appt,booking,workshop,lesson,reservation} | it "
        "again | again | i coming | we coming | i come | we come | expecting {me,us} | expect {me,us} | i was "
        "coming"
    ),
    "forgot": (
        "forgot | forgotten | {cant,cannot,dont,do not,couldnt} remember | slipped my mind | remind | lost the "
        "{date,time} | lost track | went out of my head | tell me again"
    ),
    "hour": "{time,day,date,hour} {of,was,is,it,i,we,please,pls,again} | the {time,day,date,hour} | when",
    "off": (
        "{delete,remove,erase,lose} my {number,name,data,contact,details} | {take,strike,cross,scratch,get,knock} "
        "{me,us,my name,our name,our names} off | {remove,delete,erase,drop} {me,us,my name,our name} {from,off,} "
        "| {unsubscribe,unsub} {me,us} | take off my name | take my name off"
    ),
    "visit": (
        "from * list | me down | list for the * | list for * | workshop | workshops | class | classes | lesson | "
        "session | appointment | appt | booking | reservation | slot | visit | course | register | {waiting,guest,"
        "booking} list"
    ),
    "letters": (
        "message | messages | text | texts | texting | sms | ads | advert | adverts | advertising | spam | "
        "newsletter | newsletters | mailing | mailings | mails | emails | number | contacts | subscription | "
        "promotions | {your,that,this,whatever} list | list this is | your {database,system,contacts} | marketing "
        "| writing | reminders"
    ),
    "gives_up": (
        "forget {about,} {my,our} {booking,reservation,appointment,visit,slot,place} | {have to,need "
        "to,got to,gotta,must,going to} call it off | {calling,called} it {off,all off} | "
        "{wont,cant,not} {be,} {doing,do} {the,your,this} {class,workshop,session,course} {anymore,any "
        "more,now,after all,} | "
        "{undo,reverse,revoke,rescind,void,nix,axe,ditch,trash,retract,terminate,wipe,clear,lift,annul,"
        "abandon,quash} {my,our,the} {booking,reservation,appointment,appt,visit,session,class,slot,"
        "place,spot,seat,places,spots,seats,lesson,workshop} | {let,letting} {my,our} {booking,"
        "reservation,appointment,appt,visit,session,class,slot,place,spot,seat,places,spots,seats,"
        "lesson,workshop} go | let go of {my,our} {booking,reservation,appointment,appt,visit,session,"
        "class,slot,place,spot,seat,places,spots,seats,lesson,workshop} | {consider,treat,mark,count} "
        "{my,our,the} {booking,reservation,appointment,visit} {as,} "
        "{withdrawn,cancelled,canceled,void,off,released,null} | {sit,sitting} {this,that,it,the} "
        "{one,class,session,} out | give {this one,that one,it,the class,the session,our class,my "
        "class} a miss | {bow,bowing,cry,crying,duck,ducking} {out,off} of {the,my,our,it,this} | {have "
        "to,need to,got to,gotta,going to,gonna,must,want to} {bow,duck,cry,drop,back,pull} {out,off} | "
        "{have to,need to,got to,gotta,going to,gonna,must} "
        "{ditch,scrap,abandon,forgo,forfeit,bin,axe,give up,bail on,skip} {it,this,that,my,our,the} | "
        "no longer {require,needing,need,requiring,want,using,going to use} {my,our,the} {booking,"
        "reservation,appointment,appt,visit,session,class,slot,place,spot,seat,places,spots,seats,"
        "lesson,workshop} | {wont,will not,not} {be using,be taking up,be needing,use,be "
        "requiring,using} {my,our,the} {booking,reservation,appointment,appt,visit,session,class,slot,"
        "place,spot,seat,places,spots,seats,lesson,workshop} | you can {have,give,free,release,offer} "
        "{away,back,up,} {my,our,the} {booking,slot,place,spot,seat,places,spots,seats} | "
        "{someone,somebody,anyone} else can {have,take,use} {my,our,the} {booking,reservation,"
        "appointment,appt,visit,session,class,slot,place,spot,seat,places,spots,seats,lesson,workshop} "
        "| {let,offer} {someone,somebody,anyone} {else,} {have,take,use} {my,our} "
        "{slot,place,spot,seat,places,spots,seats,booking} | {hand,handing,pass,offer} {over,on,back} "
        "{my,our} {booking,reservation,appointment,appt,visit,session,class,slot,place,spot,seat,"
        "places,spots,seats,lesson,workshop} | {hand,pass,give} {my,our} {booking,reservation,"
        "appointment,appt,visit,session,class,slot,place,spot,seat,places,spots,seats,lesson,workshop} "
        "{back,on,over} | {cancel,cancelling,cancell,cancle} {me,us} {out,off,from,for} | "
        "{pull,pulling} {me,us} {out,from} | {calling,calls} it off | {its,it is} off, {we,i} | "
        "{wont,will not,not going to,not gonna,cant} be {making it,making the,able to make it,able to "
        "make the} | {my,our} {booking,reservation,appointment,visit,session,class,lesson,workshop} "
        "{is,will be,has to be,must be,needs to be,should be} {cancelled,canceled,scrapped,called "
        "off,off} | {not,no longer} {able,in a position} to {honour,honor,keep,use,take up} "
        "{my,our,the} {booking,reservation,appointment,place,slot} | "
        "{scratch,cross,strike} {us,me} {from,off} | someone else {have,take} {my,our} | {have,take} {my,our} {spot,"
        "slot,place,seat} | bin my booking | {dont,do not,no need to,please dont} {expect,wait for,count on} {me,"
        "us} | count {me,us} out {for,on,of} "
        "| {not,wont be,will not be} counting {me,us} in | {release,free,give up,give away,free up} {my,our,the} "
        "{slot,spot,place,seat,appointment,booking,spots,places,seats} {up,} | give {my,our,the} {slot,spot,place,"
        "seat,spots,places,seats} {to,away,up} | {withdraw,withdrawing,drop,dropping} {my,our} {booking,"
        "reservation,place,appointment} | {pull,pulling,drop,dropping,back,backing} out | bailing | bail on | no "
        "show from {me,us} | {were,im,we are,i am} out {for,on} the | {remove,delete,drop,scrap,lose,kill} {my,"
        "our,the} {booking,reservation,appointment,appt,slot,visit,session} | {take,strike,scratch,cross} {my,"
        "our} {name,names} off | {cross,strike,scratch} {me,us} off {for,from,} | booking {for,on} the * please "
        "{delete,remove} | {dont,do not} {hold,keep,save} {my,our} {place,spot,slot,seat,places,spots,seats} | {i,"
        "we} cannot keep {the,my,our} {appointment,booking} | gotta cancel | {wont,will not} {be needing,need} "
        "{my,our,the} {appointment,booking,slot,place,spot,reservation} | {me,us} off the {workshop,class,course}"
    ),
    "other": (
        "{another,other,different,some other,any other,a new,new} {day,time,date,slot,hour,one,afternoon,morning,"
        "evening,week,appointment} | some other time | when else | what else {is,do,have} | another | instead | a "
        "different one"
    ),
    "moves": (
        "{put,stick,fit,slot,get} {me,us} {on,in,into} {a different,a later,an earlier,some other} "
        "{one,class,session,slot,day,time,date} | {put,stick,fit,slot,get} {me,us} {on,in,into} another "
        "{one,day,time,date,slot} | "
        "rearrange | transfer {my,our,it,us,me} | put off {my,our,the} | put {my,our,the} * off | be put off | "
        "{push,bump,shift,nudge} {it,us,me,my,our} | postpone | {move,swap,switch,change,shift,swapping,moving,"
        "switching,changing,shifting} {my,our,the} {booking,appointment,slot,visit,session,reservation,time,date,"
        "day,class,spot,place} | only moving | just moving | reschedul* | needs to be moved | to be moved | put "
        "{me,us} down for {another,a different,some other} | bring {it,my,our} forward | make it a bit {later,"
        "earlier} | do another {day,time}"
    ),
    "unfit": (
        "{doesnt,does not,dont,wont,no longer} {suit,suits,work,works,fit,fits} | something {came,has come,s "
        "come} up | somethings come up | {cant,cannot,can not,couldnt} {do,make} {that,it,this} {day,one,time,} "
        "{then,anymore,any more,now,} | {cant,cannot} {then,that day} | no longer works | not good for me"
    ),
    "comes": (
        "could i come | can i come | i come | {come,coming} {another,on another,some other,in another,at another,"
        "a different,on a different} | rather come | want to come | could come | it some other | another day "
        "instead"
    ),
    "somebody": (
        "someone | somebody | anyone | anybody | one of {you,your,yous,the} | a member of {your,the} {team,staff} "
        "| any of {you,your} | whoever is there | the {team,staff}"
    ),
    "contacts": (
        "speak with | colleague | get in touch | come in here | call | phone | ring | write | text | message | "
        "get in touch | contact | speak to | speak with | talk to | talk with | chat to | chat with | reply | "
        "respond | answer me | take over | step in | put me through | connect me | transfer me | hand me over | "
        "pass me on | i can speak | i can talk | help me here | jump in"
    ),
    "person": "person | people | human | humans | staff | employee | operator",
    "wants": (
        "want | need | get me | give me | talk | speak | chat | connect | put me | id like | real | actual | can "
        "i have | can i get | proper | living | prefer"
    ),
    "no_staff": (
        "{my,a,his,her} {husband,wife,friend,son,daughter,mum,mom,dad,sister,brother,partner,boyfriend,girlfriend,"
        "mate,cousin,colleague,coworker,nan,gran,boss} | with {me,us} | person {without,in,with} | {extra,more,"
        "another,one,two,three,each,single} {person,people} | per person | {for,with} someone"
    ),
    "no_bot": (
        "to a colleague | discuss this with a colleague | a human one | {speak,talk} with {someone,somebody} who "
        "| {dont,do not,not} want {a,to talk to a,to speak to a,to chat with a,this,your} {bot,robot,machine} | "
        "{no,without} {bot,bots,robot,robots,machines} | stop {with,using} the bot | {over,instead} from the bot"
    ),
    "voucher": (
        "voucher | vouchers | vouchr | vocher | vouchers | {gift,present} {card,cards,certificate,certificates,"
        "coupon,voucher,code} | giftcard | certificate number | coupon | gift certificate"
    ),
    "sells": (
        "is there | how do vouchers | {price,cost} of | put under | to give | {do,have,are,is} {you,u,there} "
        "{sell,do,have,offer,got,any} | sell | sells | buy | buying | purchase | how much | cost | order {a,} | "
        "{can,could,may} i get a | how long | valid | expire* | are there | available | for {my,a} {mum,mom,"
        "friend,sister,brother,wife,husband,dad} | as a {gift,present} for | gift someone | what do"
    ),
    "pays": (
        "have a code | pay | paying | paid | redeem | redeeming | use | using | {ive,i have,we have,weve,have} {got,"
        "} {a,two,my,"
        "this,your} {voucher,gift} | my {voucher,gift,code,coupon} | {i,we} {got,was given,were given,received} | "
        "{gave,bought} {me,us} | on {a,my,the} {voucher,gift} | covers | settle | from my | got a voucher | a "
        "present from"
    ),
    "calm": (
        "parking | park | is there {a,an,parking,anywhere} | which | lift | stop by car | car park | where is the "
        "| how do i find | how do i get"
    ),
    "weak": (
        "ok | okay | okey | oki | okie | k | kk | alright | all right | fine | cool | good | right | "
        "great | good | cool | lovely | brilliant | brill | fab | fabulous | awesome | amazing | wonderful | "
        "fantastic | super | superb | grand | ace | nice | sweet | nice one | great stuff | excellent | {thats,"
        "that is,its} {great,lovely,brilliant,nice,wonderful,fantastic,amazing,super,fab} | is {great,good,"
        "lovely} | love {it,that} | bet"
    ),
    "polite": (
        "bye | bye bye | goodbye | thanks | thank you | cheers | ta | see you | see ya | cya | x | have a {nice,"
        "good,great,lovely}"
    ),
    "until_what": "how late are | {until,till,til,to} {what,when,what time,which time,which hour} | how late | "
    "up to what time",
    "lasts": "it | we | this | that | the {class,session,workshop,visit,lesson,course}",
    "fetched": (
        "{pick,collect,fetch,get,picking,collecting,fetching,getting} {the,my,our} {kids,children,kid,"
        "girls,boys,son,daughter,wife,husband,mum,mom,friend,partner,lot,little ones,child} {up,} | "
        "{pick,collect,fetch} {up,} {her,him,them,us,me} | {drive,bring,take} {me,us,her,him,them} home "
        "| "
        "{pick,picks,picking,collect,collects,fetch,fetches,get} {me,us,her,him} {up,} | {come,comes,coming} {and,"
        "to,} {get,for,fetch,collect} {me,us} | go home | get home | head home | taxi home | {tell,ask} my lift"
    ),
    "elsewhen": (
        "{another,other,different,some other,any other,a new,new} {day,time,date,slot,hour,afternoon,morning,"
        "evening,week} | some other time | when else | instead | {suit,suits,work,works} {me,us} better | rather "
        "| the later | a later | an earlier | another {booking,appointment}"
    ),
    "no_more": (
        "no more | stop | enough of | {dont,do not} want | {dont,do not} send | quit | end all | cancel my subscription"
    ),
}
