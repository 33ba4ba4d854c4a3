"""English."""

from bots.language.lexicon.acts.en import ACTS
from bots.language.lexicon.acts.visits import OF_VISITS
from bots.language.lexicon.base import Lexicon, numbered
from bots.language.lexicon.replying import REPLYING

LEXICON = Lexicon(
    code="en",
    acts=ACTS | OF_VISITS["en"],
    lends=True,
    script="latin",
    past_endings="ed",
    number_after_weekday_is_hour=False,
    letters="",
    endings="ing tion ght ed ly th wh ck ould ee oo",
    weekdays=(
        "monday{,s} | mon | mondey",
        "tuesday{,s} | tue{,s} | teusday",
        "wednesday{,s} | wed{,s} | wensday | wednsday",
        "thursday{,s} | thu{,r,rs} | thurdsay",
        "friday{,s} | fri | firday",
        "saturday{,s} | sat | satarday",
        "sunday{,s} | sun",
    ),
    months=(
        "january | jan",
        "february | feb | febuary",
        "march | mar",
        "april | apr",
        "may",
        "june | jun",
        "july | jul",
        "august | aug",
        "september | sep | sept",
        "october | oct",
        "november | nov",
        "december | dec",
    ),
    numbers={
        0: "zero",
        1: "one",
        2: "two | couple of | couple",
        **numbered(
            3,
            "three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
            "eighteen nineteen twenty",
        ),
        30: "thirty",
        40: "forty | fourty",
        45: "forty five",
        50: "fifty",
        90: "ninety",
    },
    ordinals={
        **numbered(
            1,
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
            "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
        ),
        30: "thirtieth",
    },
    days={
        -2: "day before yesterday",
        -1: "yesterday | last night",
        0: "today | tonight | 2day | todays | tonite | this {morning,afternoon,evening}",
        1: "tomorrow | tmr | tmrw | tmrrw | tomorow | tommorow | tommorrow | tomoz | 2moro | 2morrow | tomorrows | "
        "tomorro",
        14: "in a fortnight | a fortnight from now",
        2: "day after tomorrow | overmorrow | day after tmrw",
    },
    units={
        "minute": "minute{,s} | min{,s} | mns",
        "hour": "hour{,s} | hr{,s} | h",
        "day": "day{,s}",
        "week": "week{,s} | wk{,s}",
        "weekend": "week end | weekend{,s} | wkend | wknd",
        "month": "month{,s}",
        "year": "year{,s}",
        "fortnight": "fortnight{,s}",
    },
    parts={
        "morning": "first thing in the morning | first thing | morning{,s} | in the am",
        "before_noon": "before {lunch,lunchtime}",
        "noon": "noonish | noon | midday | mid-day | noontime",
        "afternoon": "afternoon{,s} | arvo | this arvo",
        "evening": "evening{,s} | eve | tonight | tonite",
        "night": "night{,s} | at night",
        "midnight": "midnight",
        "lunch": "around lunch | over lunch | during lunch | for lunch | lunchtime | lunch time | at lunch | "
        "lunch break",
        "after_work": "after work | after office hours",
        "after_lunch": "after lunch",
    },
    durations={
        15: "quarter of an hour",
        30: "half an hour | half hour | half a hour",
        45: "three quarters of an hour",
        60: "an hour | one hour | a hour | hour long",
        90: "hour and a half | an hour and a half | one and a half hours | hour n half | one and half hour{,s}",
        150: "two and a half hours",
    },
    together={
        1: "the last {one,man,woman,person,girl,guy} standing | {im,i am,ill be,i will be} the only one "
        "{who can,who will,wholl,whos,whod,who is,that "
        "can,coming,left,going,able,free,available,attending,showing} | {im,ill be,i am,i will be} the "
        "only one {now,from us,of us,from our group} | {turn,turning,show,showing,rock,rocking} up "
        "{alone,solo,by myself,on my own,on my tod,myself,unaccompanied,single handed} | "
        "{attend,attending,come,coming,arrive,arriving,go,going,be there,doing it,do "
        "it,join,joining,visit,visiting,participate,participating} {singly,alone,solo,unaccompanied,by "
        "myself,on my own,on my tod,on my lonesome,on me own,on me tod,by me self,single handedly,as a "
        "single,as one person,as an individual,as a party of one,stag} | "
        "{come,coming,attend,attending,go,going,be there,do it} {without,minus} {them,the others,the "
        "rest,anyone,anybody,any of them,my friends,my group,my family,company,the gang,the girls,the "
        "lads,everyone else,everybody else} | party of {one,1} | {table,place,spot,seat,booking} for "
        "just {one,1} | {put,have,mark,count} {me,us,it,that} down {as,for just,for only} {one,1} "
        "{person,} | {down,booked} as {one,1} {person,} | {only,just} {gonna,going to} be {one,1,me} "
        "{of us,person,} | {only,just} be {one,1} {of us,person,} {now,} | {therell,there will,it "
        "will,itll,thatll} {only,just} be {one,1,me} {of us,person,} | be {only,just} {one,1,me} {of "
        "us,person,coming,now,there} | {only,just} {one,1} "
        "{person,place,seat,spot,guest,participant,adult,attendee} {now,coming,instead,will "
        "come,please,will be coming,after all} | only {one,1} of us {is,will,can,coming,left,now} | "
        "{take,knock,strike,drop,remove,release,cancel,scrap} {off,out,} {the,my,our} others | the "
        "{rest,others} off {my,our,the} {booking,list,reservation} | release the rest | "
        "{drop,remove,release,cancel,free,scrap} the other {people,places,place,seats,seat,spots,spot,"
        "guest,guests,person} | {remove,drop,cancel,release,scratch} {everyone,everybody,anyone} "
        "{else,but me,except me,apart from me} | {everyone,everybody,all,all of them,anyone} "
        "{but,except,bar,apart from} {me,myself} | {dont,do not} {expect,count on,count} {the "
        "others,the rest,anyone else,anybody else,the rest of them,the rest of us} | {nobody,no "
        "one,noone,no body} else {is coming,can come,will come,will be coming,is able to come,is "
        "joining,coming,can join,wants to come,s coming} {now,anymore,} | {youll,you will,youre,you "
        "are} {just,only} {have,be having,having,get,getting,be getting,see,be seeing,seeing,stuck "
        "with} {me,myself,the one,one} | {stuck,left} with {just,only} me | {down,whittled "
        "down,reduced,back down,shrunk,dwindled} to {just,only} {me,myself,one,1} | {were,we are,its,it "
        "is,now} down to {me,one,myself} | down to me, | {just,only,,} me, myself and i | me myself and "
        "i | billy no mates | {riding,going,gone,doing it,coming} solo {now,this time,then,} | solo "
        "{mission,trip,act,outing,job} | lone wolf | {drop,cut,reduce,lower,knock,bring,take} "
        "{it,us,numbers} {down,} to {just,only,} {one,1} | {reduce,cut,drop,lower,bring,take} "
        "{my,our,the} {booking,reservation,number,numbers} {down,} to {just,only,} {one,1} | "
        "{change,make,amend,update,set,adjust} {it,that,us} {to,for,} {just,only,} {one,1} "
        "{person,guest,place,seat} | {change,amend,update,adjust} {my,our,the} {booking,reservation} "
        "{to,for} {just,only,} {one,1} {person,guest,place,seat} | {booking,reservation} {to,for,is "
        "for,be for} {just,only} {one,1} {person,place,seat,guest} | {i,ill,i will,ill be,im} "
        "{only,just} {me,myself} | come only me | only i {will,can,am,shall} {come,be "
        "coming,attend,coming,be there,make it} | {i,ill} {will,} {still,} {be,} "
        "{come,coming,attend,attending} {alone,solo,by myself,on my own,all alone,only me,just me} | "
        "{stood me up,jilted me,dumped me} | {everyone else,everybody else} {flaked,bailed,dropped "
        "out,backed out,pulled out,chickened out} | {my,the} "
        "{friends,others,mates,people,companions,group} {cannot,cant}, so {i,ill} | "
        "on my tod | just lil me | only me | its only me | {all,all alone,just} by {myself,my own} | flying solo | "
        "{just,only} {little,} {me,myself} {now,} | {only,just} going to be {me,myself} | only the one | only need "
        "one | me and nobody else | me only | me alone | {its,itll be,it will be} me {,on my own,on my tod} now | "
        "just for me | just me | myself | by myself | on my own | just myself | only myself | myself only | solo | "
        "for me only | alone | {its,it is,itll,itll just,itll only,it will,that will,thatll} {only,just,} be "
        "{little,lil,} {old,ol,} me | {just,only} {little,lil} {old,ol} me | little {old,ol} me | {just,only} "
        "{little,lil} me | {just,only} one of us | {just,only} the one of us | me by myself | me on my own | me all "
        "alone | {just,only} yours truly | just the one person | {just,only} {me,myself} {coming,then,this time} | im "
        "coming {alone,solo,by myself,on my own} | be {alone,by myself,on my own}",
        2: "{just,} the pair of us | us both | her and me | him and me | she and i | he and i | a couple | the pair "
        "of us | two of us | me plus 1 | both of us | the both of us | us two | me and one other | me plus one | me + "
        "1 | me and someone else | {her and i,him and i,me and him,me and her,me and she,she and me,he and me} | "
        "{just,only} us two | the two of us | us 2 | both me and {him,her} | we both",
        3: "three of us | us three | me plus 2 | me plus two | me + 2",
        4: "four of us | us four | me plus 3 | me plus three | me + 3",
        5: "five of us",
        6: "six of us | half a dozen people",
        7: "seven of us",
        8: "eight of us",
    },
    words={
        "day_after": "the day after | the next day | the following day | one day later | a day later",
        "agreed": "booked {in,} for | booked on | booked in | im down for | was down for | appointment is {on,} | "
        "have an appointment {on,}",
        "in_total": "in total | altogether | total | all together",
        "family": "family | family of",
        "window": "window | slot | timeslot | time slot | bracket",
        "swap": "swap | exchange | trade | switch | change",
        "condition": "allerg* | pregnant | diabet* | pacemaker",
        "than": "than",
        "rather": "rather | sooner | prefer",
        "past": "been trying | got {engaged,married,hurt,burned,home,back,there} | bought | couldnt | could not | "
        "hasnt | havent | didnt | promised | spoke | snapped | slept | {i,we,you,they} put | kept | gave | rated | "
        "had been | itd been | wouldnt | {was,were,wasnt,werent,been} | {i,we,she,he,it,they,you} got | "
        "had {a,an,my,the,our,it,such,to,so} | came | went | {did,done,cut,dyed} {my,the,our,it} | saw | ordered | "
        "paid | sent | emailed | called | rang | texted | waited | broke | died | stopped | moved here | arrived | "
        "{picked,collected} | dropped | loved | enjoyed | delivered | left | lived | started | finished | washed | "
        "wore | spent | took | {was,i,we} sat | told me | never came | tried | visited | received | returned | "
        "posted | shipped | fell | happened | lost | forgot | found | hurt | the last time",
        "wish": "{slots,slot,spots,places,spaces,seats,times,room,anything,something,availability,openings} left | "
        "changed my mind | changed our minds | you {said,named,listed,gave,wrote,mentioned,offered} | needed | "
        "preferred | interested | confirmed | agreed | wished | decided | would | could | might | want{,ed} | hoping "
        "| wonder{ed,ing} | thinking | thought | said | meant | asked | planned | planning | ideally | prefer* | "
        "booked | reserved | scheduled | appointment | booking | reservation | slot | moved {to,from} | if | "
        "supposed to come | spoke about | put {me,us} | down for | invited | available | free",
        "scale": "scale of | scale | rating | rate it | rate you",
        "deal": "for",
        "live": "{i,we} live {at,in,on,} | living at | my address is",
        "thanked_for": "for",
        "own": "have | have got | ive got | ive | got | we have",
        "which": "what | which",
        "but": "but | though | also",
        "after_next": "after next",
        "late": "waited | waiting | wait | been waiting | late | running late | behind | delay*",
        "not": "not | dont | do not | no need to",
        "need": "do i need to | do we need to | do i have to | do we have to | should i | should we | "
        "is it necessary to | must i | need to book",
        "idiom": "{out of,of,from} {these,those,the} {two,three,four,2,3,4} | leave {me,us} alone | "
        "{this,that,it,which,there,i,we,you,he,she,they} may | sat {down,in the,on the,there,at the,next} | "
        "{i,we,he,she,they,who,and} sat | the sun | sun {cream,screen,bed,tan,glasses,shine,light,burn} | merry "
        "christmas | happy {new year,birthday,christmas,easter,halloween,valentines,anniversary} | new year, new | "
        "the other day | one day | these days | some day | some time ago | best day | rainy day | all day | day off | "
        "weekend vibes | hen weekend | first of all | first things first | time to time | at the same time | last "
        "time | next time | this time | each time | long time | from now on | right now | just now | may {i,we} | "
        "{may,might} be | may have | march on | {stop,drop,come,swing,pass} by | hen night | hen do | date night | "
        "night out | one of | at least one | 24 / 7 | any one | this one | that one | the one | no one | saturday "
        "night live | one more thing | second thoughts | for now | one second | a second | just a sec | one sec | one "
        "moment | a minute | one minute | once more | second time | first time | a few minutes",
        "at": "at | @ | for | starting at | starting | from",
        "clock": "at | @ | make it | making it",
        "from": "from | starting from | starting | since | beginning",
        "to": "to | till | til | until | through | thru",
        "between": "between | btw | betw | anywhere between",
        "and": "and | & | n | plus",
        "or": "or | or maybe | or perhaps | or else | alternatively | and/or",
        "before": "before | earlier than | prior to | not later than | no later than | by",
        "after": "after | later than | past | any time after | anytime after | not before | not earlier than | "
        "no earlier than",
        "until": "until | till | til | up to",
        "around": "{go,going,aim,aiming,shoot} for | around | about | approximately | approx | roughly | ~ | circa | "
        "like | say | maybe | ish | around about",
        "ish": "ish",
        "quarter": "quarter | a quarter",
        "except": "except | except for | but not | apart from | other than | excluding | besides | anything but | "
        "any day but | not on | not this | not | nothing on | not this coming | never on | no good on",
        "instead": "instead of | rather than | not",
        "this": "this | this coming",
        "next": "next | following | nxt",
        "coming": "coming | upcoming | this coming",
        "last": "last | previous | past",
        "in": "in about | in around | in like | in another | in roughly | in the next | in",
        "later": "later | after that | from then | afterwards | further",
        "earlier": "earlier | sooner | before that",
        "from_now": "from now | from today | time",
        "ago": "ago",
        "begin": "beginning of | start of | early | beginning | early in",
        "middle": "middle of | mid | mid - | halfway through",
        "end": "end of | late | end of the | late in | the end of",
        "the": "the | on the | on",
        "suffix": "st | nd | rd | th",
        "of": "of",
        "half_more": "and a half | and half | 1/2 | .5",
        "am": "a | am | a.m | a.m. | in the morning | a . m",
        "pm": "p | pm | p.m | p.m. | in the {afternoon,evening} | at night | p . m",
        "oclock": "h | o clock | oclock | o'clock | sharp | hrs | hours",
        "people": "people | person{,s} | ppl | guest{,s} | adult{,s} | kid{,s} | child | children | pax | friends | "
        "participants | seats | seat | spots | spot | places | place | tickets | of us | attendees | girls | women | "
        "men | guys | students | players | persons | peeps | humans | teenagers | teens | grown ups | grownups | "
        "toddlers",
        "for": "family of | for | table for | party of | group of | we are | were | we'll be | we will be | "
        "there {are,will be,ll be} | seats for | its for | reservation for | booking for | room for",
        "we_are": "we r | come as | {could,can} we be | wed be | can you fit | fit | squeeze | party size is {now,} "
        "| party size {now,} | the group is {now,} | we are | were | well be | we will be | there are | there will "
        "be | therell be | it will be | itll be",
        "adds": "forgot {to,} {count,include,put,list} {in,} | include | add in | count in | adding in | didnt "
        "{count,include,add} | left out | {havent,didnt} {counted,included} | "
        "plus | add {in,} | adding | {an,} extra | an additional | additional | another | "
        "also {bringing,bring} | and also",
        "another": "adding a | adding another | include a | include another | "
        "another | {an,} extra | an additional | add a | add another | one extra | one additional | "
        "additional | extra",
        "minus": "remove | take off | minus | without | w/o | less",
        "joins": "tag along | {can,could,may} {come,join} {along,us,with us,with me,too,as well} | "
        "{has,have,s,have all,has now} decided {shes,hes,she is,he is,theyre,they are,to} "
        "{coming,come,join,joining,in} {after all,too,as well,along,us,} | {is,s} {now,also} "
        "{coming,joining,in} | {can,could} now {come,join,make it} | {can,could,ll be able to,is able "
        "to,will be able to,s able to} {come,join,make it} after all | {is,s,will be,ll be} "
        "{coming,joining} {after all,along,along too,along as well,with me} | {hopped,jumped} on board "
        "| wants {a go,to have a go,to give it a go,a turn,to try} {too,as well} | would {also,} "
        "{like,love} {to come,to join,to be there,to take part} {too,as well,along,us,with us,} | "
        "{asked,asking,begging,begged,dying,keen,hoping} {if,whether,to} {he can,she can,they can,} "
        "{come,join,tag along,be included} | {talked,roped,wangled} {into,in} | {got,got the,has "
        "the,has} day off {after all,} | invited along | {is,s} {up for it,keen,game} {too,as well,now} "
        "| "
        "{wants,would like,would love,would very much like,is dying,d like,d love,fancies,asked,wanted} "
        "{to,it,} {join,come,tag along,come along,coming} {us,me,too,with us,} | {wants,want} in | fancies "
        "{it,joining,coming} {now,} | dying to come | come with {us,me} | coming with {us,me} | comes with {us,me} | "
        "squeeze {in,} {my,} | {wants,want} to tag along | add {her,him,them} | put {her,him} down {with us,} | bring "
        "{my,a} * {along,too,with me} | on top {of that,} | came with us | another person coming | join{s,ing,} "
        "{me,us,in,} | tag{s,ging} along | comes along | coming along | {will,ll,wants to,would like to,can} "
        "{join,tag along,come along} {me,us,} | will be joining {me,us,} | {wants,want} in {too,as well,} | bring "
        "{him,her} {along,too,as well} | invited {himself,herself} | {is,s} tagging along | decided to {come,join} | "
        "{has,have} decided to {come,join} | is {coming,joining} {too,as well,with us,us} | will come {too,as "
        "well,with us}",
        "too": "too | as well | also",
        "comes": "come{s,} | coming | {wants,like} to come | attend{s,ing} | will be there | joins | can",
        "absent": "{is,are} not {coming,able,joining} {after all,anymore,} | isnt {coming,able,joining} | arent "
        "coming | not coming | {wont,will not} {come,make it,be there,be coming,join,be able,be joining} | "
        "{cant,cannot,can not} {come,make it,join,be there} {anymore,after all,} | dropped out | bailed {out,} | "
        "backed out | {no longer} {comes,coming,joining} | pulled out | cancelled on me",
        "one_of_us": "one of {us,them,the girls,the guys} | one person | one guest",
        "now": "now | actually | instead",
        "please": "please | pls | plz",
        "propose": "{do,would,have} you {have,got,do} | any chance {of,at,for} | sorry | is there | "
        "{could,can,might,would,should} {it,that,we,i} {be,do,have,make it,come,start,get} {at,} | "
        "{could,can,would,might} {it,} | possibly | maybe | perhaps | what about | how about | make {it,that} | "
        "{lets,let us} {say,do,make it,try} | say | better | would | work{s,} | ok | okay | possible | available | "
        "free | suits {me,us,} | fine | good | if | is | does | {i,we} {can,could,would} {do,make,manage,prefer} | "
        "{id,wed} {prefer,rather} | prefer | then | so | do | be | actually | to",
        "only": "only | rather | but",
        "denies": "{dont,do not} {want,need,mean} | isnt | its not | {its,it is} not",
        "same_time": "the times {great,good,fine,perfect,lovely,grand,ok,okay} | same o'clock | {the,} {time,hour} "
        "{as,like} {we,} {agreed,arranged,planned,discussed} | {time,hour} {we,} {agreed,arranged,settled} "
        "{on,upon,} {is,still} {fine,good,ok,okay,great,stands,works} | sametime | {same,identical,original,usual} "
        "{start,starting,} {time,hour,slot} | {time,hour,slot} {can stay,stays,stay,unchanged,as is,as it is,is "
        "fine,is the same,like last time,as before,the same} | {keep,leave,keeping} {the,my,our} "
        "{time,hour,slot,start} {as is,as it is,} | whatever time it was {before,} | no change{s,} {to,in,of} the "
        "{time,hour} | {time,hour,slot} {thats,that is} already | {time,hour,slot} {we,i} {already,} had | {start,} "
        "time {suits,works,fits} | at the time {thats,that is} {already,} on | {dont,do not,not} "
        "{change,touch,changing,moving} the {time,hour} | {time,hour} {doesnt,does not,wont,neednt} {change,move} | "
        "same {slot,place} as before | at the usual time | like before at the same | same {time,hour} {please,as "
        "before,} | time {is,stays} the same | that {same,} time | same hour",
        "same_day": "same {day,date} | that {same,} day | on that day | day {is,stays} the same",
        "as_last": "{as,like} {last time,the last time,before,always,usual,previously} | same as {last time,the last "
        "time,before,always,usual} | same again | the usual | just like {last time,before} | like we did last time | "
        "what {i,we} had last time",
        "later_one": "the later | the latest | later one | later slot | latest one | the late one | the later of the "
        "two | later of them",
        "earlier_one": "the earlier | the earliest | earlier one | earlier slot | earliest one | the early one | "
        "earlier of them",
        "all_of": "both {days,times,of them,dates} | both | each {day,time} | people each | each | on both | all of "
        "{them,those} | both of those",
        "numbered": "number | no | nr | #",
        "on_condition": "if | unless | in case | depends | whether | until | once | till | provided",
        "with": "with | me and | and | me & | bring | bringing | me n | me plus | w | plus | also",
        "he": "him | he | her | she",
        "me": "me | myself | i | yours truly",
        "my": "my {best,little,older,younger,lovely,dear,big} | my | a | an | our | one | his | her | another",
        "relation": "straggler | fella | feller | bloke | chap | godchild | old lady | old dear | grandkid | "
        "grandchild | pensioner | flattie | desk mate | deskmate | {gym,work} buddy | penpal | pen pal "
        "| tutor | neighbor | "
        "cousin | neighbour | neighbor | flatmate | roommate | housemate | coworker | workmate | "
        "colleague | nan | nana | gran | granny | daughter in law | son in law | mother in law | aunt | auntie | "
        "uncle | lad | plus one | bestie | wifey | spouse | mummy | daddy | pal | girl friend | stepson | "
        "stepdaughter | nanny | babysitter | husband | wife | boyfriend | girlfriend | partner | gf | bf | daughter | "
        "son | kid | child | mom | mum | mother | dad | father | friend | sister | brother | mate | hubby | fiance | "
        "fiancee | bro | sis | niece | nephew | grandma | grandmother | granddaughter | grandson | toddler | baby | "
        "little one | buddy | missus | misses | mrs | hubs | hubbie | old man | other half | better half | "
        "significant other | mam | mama | mommy | stepmom | stepmum | stepdad | stepmother | stepfather | stepsister "
        "| stepbrother | step{son,daughter} | half {sister,brother} | grandad | granddad | grandpa | grandfather | "
        "gramps | nanna | nannie | twin {sister,brother,} | kiddo | kiddie | lil one | little "
        "{guy,man,girl,boy,dude,fella,lady,princess,monster,brother,sister} | big {brother,sister} | princess | "
        "munchkin | {youngest,eldest,oldest} | godmother | godfather | godson | goddaughter | girl | boy | gal pal | "
        "gal | bff | bffl | lover | classmate | schoolmate | teammate | carer | au pair | "
        "{sister,brother,father,mother,sis} in law | teen | teenager | tween | preteen | bestfriend | best friend | "
        "homie | chum | pops | fiancé | fiancée | ex | {school,work,uni,college,gym} {friend,mate,buddy} | brotha | "
        "sista | sissy | cuz",
        "asked_for": "request{,ing} {the,a,} | ask{,ing} for {the,a,} | "
        "{mark,consider,count,call} {it,me,us,that} {as,}",
        "plea": "{my,the,that,this,a} {request,message,note} {to,about,}",
        "perhaps": "maybe | perhaps | might | possibly | not sure | {i,we} think | thinking {of,about,} | probably",
        "speaks_of": "cancelled | canceled",
        "cancelling": "cancellation{s,} | cancelation | cancelling | canceling",
        "see_you": "see you | see ya | cya | catch you",
        "talks": "sort it out {with,} | talk{s,ing,} {to,with,it over,about,} | speak{ing,} {to,with} | "
        "discuss* | consult* | "
        "chat {to,with} | agree it | check {with} | clear it | run it | word",
        "relations": "daughters | sons | kids | children | friends | sisters | brothers | mates | colleagues | "
        "girlfriends | cousins | nieces | nephews | buddies | grandchildren | grandkids | parents | grandparents | "
        "besties | pals | lads | kiddos | little ones | mums | moms | dads | girls | boys | flatmates | roommates | "
        "housemates | coworkers | neighbours | neighbors | classmates | aunts | uncles | grandsons | granddaughters | "
        "in laws | twins",
        "miscounted": "not {that,so} many | {thats,thats way,its} too many {people,} | miscounted | counted wrong",
        "adds_him": "bring {a,one,another} {guest,plus one,tagalong} {along,with us,with me,too,as well} | "
        "{another,one more,an extra} {taker,joiner,recruit,participant to} | {forgot,forgotten} "
        "{someone,somebody,one person,one of us} | "
        "fit {him,her,them} in {at,with,on,to} {our,my,us} | {fit,squeeze,slip,tag,tack} {him,her,them} "
        "{on to,onto} {our,my,us} | {squeeze,slip,tag,tack,pencil} {him,her} in | "
        "{fit,squeeze,slot,slip,tack,put,include} {an extra,one more,another,one extra} {one,person,} "
        "{in,on} {at,with,to,for} {our,my,us} | {tag,tack,stick,pop,put,chuck,bung,slap} {an extra,one "
        "more,another,one extra,1 more} {one,person,} {on,onto,in,down} | {another,an extra,one more,an "
        "additional} {stool,chair,apron,head,body,soul,pair of hands} "
        "{for,at,to,with,on,please,pls,too,in} | need an apron for {him,her,them} {too,as well} | "
        "{apron,stool,chair,spot,place,seat,room,space} for {him,her} {too,as well} | so "
        "{hell,shell,theyll,he will,she will,they will} be {joining,coming along,coming with,coming "
        "too,tagging along} | {hell,shell,he will,she will} be {joining us,coming along,coming with "
        "us,tagging along} {too,as well,after all} | {hes,shes,he is,she is} {joining us,in} {too,as "
        "well} | {along,coming,joining,tagging along} as well now | {coming,tagging} along as well | "
        "{not,no longer,isnt} just {us,me,the two of us,us two} {any more,anymore,now} | "
        "{room,space,place,spot,seat,places,spots} for {one,1} {extra,more,other,additional} "
        "{person,body,head,guest,adult,child,} | {room,space} for {another,an extra} {one,person,guest,"
        "participant,adult,child,kid,head,body,attendee,friend,place,seat,spot,soul,individual,pair of "
        "hands,student,pax,ticket,space} | {another,one more,an extra,a further,an additional} "
        "{place,spot,seat,space,ticket} {on top of,in addition to,added to,on our,on my,for our,at "
        "our,with our,to our,to my,next to} | {one,1} {additional,extra,further} {person,guest,"
        "participant,adult,child,kid,head,body,attendee,friend,place,seat,spot,soul,individual,pair of "
        "hands,student,pax,ticket,space,one} | {increase,raise,expand,bump} {it,us} {up,} {by,with} "
        "{one,1} | {increase,raise,expand,extend} {my,our,the} "
        "{booking,reservation,party,group,number,headcount} {by,with} {one,1} | "
        "{increase,raise,expand,extend,enlarge} {by,with} {one,1} {person,guest,place,seat,} | "
        "{up,grown,growing,bigger,increased,gone up,more} by {one,1} | {picked "
        "up,gained,got,have,found} {a,an extra,another} {straggler,hanger on,tagalong,tag "
        "along,stowaway} | {there,therell,there will,therell} {will,ll,} be one {more,extra} {of "
        "us,person,} | {were,we are,well be,we will be} {one,1} more {than,now,person} | "
        "{someone,somebody} {else,} {wants,would like,d like,has asked,is keen,decided,wishes} to "
        "{come,join,tag along,come along,be added} | bring {someone,somebody} {else,along,extra,with "
        "me,with us} | {can,could,may} {someone,somebody} else {join,tag along,come along,come too,come "
        "as well,come with} | plus {one,1} {on,to,for} {our,my,the} {booking,reservation,appointment,"
        "visit,session,class,lesson,workshop} | {make,making} {that,it,us} {one,1} more | {one,an} "
        "extra {joiner,tagalong,attendee} | {count,include} {him,her} {too,as well} | with one extra | "
        "{add,adding,put} {one,1} {on,onto,in,to} {our,my,the} {booking,reservation,appointment,visit,"
        "session,class,lesson,workshop} | "
        "{add,count,include,put,pop,squeeze,sign,fit,book,write} {him,her} {in,on,down,up,} {too,as "
        "well,also} | {count,include,squeeze} {him,her} in | add {him,her} {on,to the list,to our booking,to my "
        "booking}",
        "writes_down": "put | write | sign | count | include | add | pop | squeeze | note | book",
        "additional": "additional | an additional | {an,} extra | one extra",
        "adds_surely": "add {in,} | plus | add {on,} | include | squeeze {in,}",
        "who": "who | that",
        "someone": "some{one,body} {else,} | another one of us",
        "than_told": "than {i,we} {said,told,booked,wrote,put,thought,planned,asked} | than "
        "{booked,planned,before,expected,agreed} | than {what,in} *",
        "to_us": "to {us,our group,my booking,our booking,the booking,the list} | with us | on our booking | from our "
        "side | from us",
        "laughs": "lol | haha{,ha} | lmao | xd | x | sorry | tho | though | then | again | guys | hun | mate | today",
        "us": "us | we | our",
        "turned": "turned | turning | turns",
        "too_young": "too {young,small,little,old} | old enough | not enough",
        "just": "only | just",
        "sole": "alone | solo | by myself | on my own | all alone | all by myself | on my lonesome",
        "makes": "sculpt | throw | paint | sit | make | making | try | do",
        "i_come": "{ill,i will} {come,be there,be coming,attend,join} | i am coming | im coming | {ill,i will} have "
        "to come",
        "along": "together with | along with | alongside",
        "beside": "with | alongside",
        "i_self": "i",
        "oneself": "oneself | yours truly",
        "parent": "mom | mum | mam | mama | mommy | mummy | mother | dad | daddy | father | papa | parent",
        "child": "daughter{,s} | son{,s} | kid{,s,do,dos} | child{,ren} | boy{,s} | girl{,s} | toddler{,s} | baby | "
        "babies | niece{,s} | nephew{,s} | grandson{,s} | granddaughter{,s} | grandchild{,ren} | little one{,s} | "
        "teen{,s} | teenager{,s} | twins | godson | goddaughter | little {boy,girl} | lad{s,} | kiddo{s,} | "
        "kiddie{s,} | lil one{s,} | little {guy,man,dude,fella,lady,princess,monster,lad} | princess | munchkin{s,} | "
        "{youngest,eldest,oldest} | tween | preteen | stepson | stepdaughter | grandkid{s,} | kiddy | bub | infant | "
        "youngster{s,}",
        "has_age": "{she,he} is | shes | hes | {she,he,they,who} {just,} {turns,turned} | {she,he} is "
        "{only,just,nearly} | {shes,hes} {only,just,nearly} | i am | im | {she,he} will be | who is | whos | "
        "{shell,hell,she ll,he ll,she'll,he'll,she will,he will} {be,turn,be turning} | {she,he} just {turned,turns} "
        "| {she,he} {is,s} {about,going on,almost,nearly,turning} | {shes,hes} {about,going on,almost,nearly,turning} "
        "| {she,he} has",
        "own_age": "im | i am",
        "aged": "aged | ages | age | {who,they} are aged | {in,at,of} the age of | at age | {her,his} age | age wise",
        "is": "is | are | is {only,just,nearly} | turns | just turned | turned | s | will be | is about to be | will "
        "turn | is turning",
        "age": "years old | year old | yo | y/o | yrs old | yrs | years | y.o | months old | years of age | yrs of "
        "age | y o | yr old | years young | month old",
        "money": "usd | eur | gbp | pln | zl | dollars | bucks | euro{,s} | pounds | quid | $ | € | £ | cents",
        "measure": "instalment{s,} | installment{s,} | payment{s,} | night{s,} | inch | kgs | lbs | pounds heavy | "
        "oz | mb | tb | hz | watt{,s} | volts | mah | mp | reps | bedroom | star | thumbs | coffee{s,} | beers | "
        "burgers | pizza{s,} | eggs | thousand | million | percent off | and a half stars | cm | mm | m | km | kg | "
        "g | ml | l | inches | % | percent | pcs | pieces | cats | dogs | times | x | sets | pairs | cups | mugs | "
        "bowls | items | questions | photos | pictures | colors | colours | miles | minutes away | gb | stars | "
        "wheels | sessions | classes | weeks old | degrees | size | bedrooms | products | vases",
        "before_number": "gate | platform | zone | route | highway | channel | chapter | part | section | figure | "
        "grade | windows | ps | xbox | galaxy | pixel | flight | train | table no | table number | stage | step | "
        "rating | score | top | tel | phone | win | episode | season | page | lesson | ages | aged | age | size | "
        "no | number | room | order | invoice | flat | apartment | street | floor | version | model | nr | # | "
        "iphone | level | bus | tram | ticket | code | building | option",
        "cannot": "might not | cant | can not | cannot | wont | doesnt work | does not work | not available | "
        "isnt good | "
        "no good | not possible | unable | isnt possible | im busy | is bad | doesnt suit | wont work | dont work | "
        "can't do | not able | not free | busy",
        "name_intro": "my name is | my names | name is | name : | call me | under the name | the name is",
        "name_weak": "this is | i am | im | its | under",
        "come": "come | make it | attend | be there | visit | get there | show up | join",
        "service_word": "book",
        "every": "every | each | on weekdays",
        "option": "optoin | suggestion | timeslot | alternative | proposal | choice | option | one | slot | variant",
        "last_one": "last one | the last",
        "no_matter": "any time | anytime | whenever | any day | doesnt matter | dont mind | flexible",
        "fewer": "less | fewer",
        "extra": "more | extra",
        "goods": "mug{,s} | cup{,s} | bowl{,s} | plate{,s} | vase{,s} | dish{,es} | set{,s} | pair{,s} | candle{,s} | "
        "bag{,s} | shoe{,s} | shirt{,s} | dress{,es} | jacket{,s} | phone{,s} | case{,s} | charger{,s} | book{,s}",
        "other_one": "or next | the one after | the next one | the following one | next one",
        "nth_noun": "opinion | hand | name | language | choice | chance | piercing | tattoo | session | kid | child | "
        "baby | month | trimester | order | question | party | generation | gen | floor | street | avenue | "
        "birthday | anniversary | time | grade | year | place | edition | attempt | visit | class | row | try",
        "out_of": "out of",
        "points": "points | pts",
        "one_child": "child | kid | baby | toddler | teenager",
        "street": "street | road | avenue | lane | blvd | boulevard | apt | apartment | postcode",
        "repair": "{do,can,could,would,will} {you,u,you guys,ye} {fix,repair,mend,sort,sort out,replace,restore,"
        "resole,reheel,unlock,restring,look at} | able to {fix,repair,mend,sort,replace,restore,look at,help} | "
        "{something,anything} you {can,could,do} {fix,repair,look at,do,help} | "
        "you can {fix,repair,mend,look at,sort} | worth {fixing,repairing} | {fixable,repairable} | "
        "{can,could,do,will} {you,u} * {fix,repair,replace,mend} | fix it | repair it | be {fixed,repaired} | "
        "to {fix,repair} it | get it {fixed,repaired} | need {it,a repair,repair}",
        "excuse": "sorry | unfortunately | anymore | after | because | cause | cuz | as | due | im | i | my | so | "
        "either | now | then | for | on | at | with | this | that",
        "takes": "queued | queue | waited | take{s,} | took | taking | last{s,ed} | walk{ing,} | away | drive | "
        "away from | every | per | within | respond | ship{s,} | deliver* | battery | warranty | playback | spent | "
        "late | open | support | ago | lasted | drying | dry | walked | long",
        "question": "is | are | does | do | did | has | was | were | am",
    }
    | REPLYING["en"],
    clock=(
        "M min to H | M mins to H | M minutes before H | M minutes to H | M to H | M till H | M before H = -",
        "M mins past H | M minutes after H | M minutes past H | M past H | M after H = +",
        "three quarters past H = +45",
        "quarter till H | quarter of H = -15",
        "half H | half past H = +30",
    ),
    intents={
        "book": {
            0.9: "sit down with {one,an,your,the} | {participate,participating,take part,taking "
            "part,partake,enrol,enrolling,enroll,enrolling} {in,on} | {any,a,some,no} "
            "{possibility,chance,way} {to,of} {participate,participating,join,joining,attend,attending,take "
            "part,taking part,coming,come,get in,getting in,visit,visiting} | {i,we} {should,would,d,shall} "
            "{very much,dearly,really,} {like,love} to {attend,join,participate,visit,try,sign "
            "up,book,reserve,enrol,have a go} | {like,love,want,dying,keen,wanna,fancy,hoping,wish,looking} "
            "{to,} {have a go,having a go,give it a go,giving it a go,try my hand,try our hand,try it "
            "out,trying it out} | {how,where} {do,would,can,could,does} {i,we,one} {go about,} "
            "{book,booking,reserve,reserving,sign up,signing up,enrol,register,get a spot,get a place,get "
            "in,get on,join} | {where,how} to {book,reserve,sign up,join,register,enrol} | "
            "{need,want,like,get,fancy,after,have} {a,an} "
            "{consult,consultation,taster,trial,session,tattoo,lesson} | {any,got} "
            "{room,space,slots,places,spots} {going,for a,for us,for me,spare,free} | {come,pop} "
            "{in,along,over,down,by} {and,to,for} {make,paint,throw,try,learn,see,have,do,a chat,a "
            "consult,a class,a session} | come make a | "
            "look at my {laptop,phone,shoes,watch,tablet,screen,bag,boots,computer,hand,back,teeth} | "
            "fit in {a,my,our} | {colour,color} and {cut,blow dry} | when could you {fit,see,do,take} | "
            "see my {daughter,son,mum,mom,wife,husband,dog,cat,kid,child} {on,at,today,tomorrow} | "
            "have a look at my | {drop,bring,leave} {my,the,it,them,these,this} * {off,in,with,over} | "
            "{drop,bring} {it,them} {off,in} | {someone,anyone,somebody} free {to,on,at,for} | {after,want,fancy,need,"
            "get} {a,an,my} {manicure,massage,haircut,tattoo,facial,cut,trim,fade,pedicure,piercing,consult,"
            "consultation,shave,blow dry,lesson,class} | "
            "what have you got {on,for,free,available,next,this,tomorrow,today} | nails done | hair done | "
            "brows done | roots done | in for a {cut,trim,fade,colour,checkup,chat} | put {us,me} down | "
            "come and see you | pop {in,by} {on,at,tomorrow,today} | get {my,our} * done | have {my,our} * done | "
            "{looking,hoping,trying} to {come,get,book,have,see} | any {gaps,gap,room,spaces} | "
            "got a {gap,slot,space,minute} | could do with a | fit {us,me} in | lemme {grab,get,have} | "
            "ill {grab,take} the * {slot,pm,am,one} | book it {for,on,at} | when can you {see,fit,take,do} {me,us} | "
            "{any,any last minute} cancellations | cancellation list | need {a,an} {trim,haircut,cut,manicure,massage,"
            "facial,tattoo,checkup,slot,pedicure,wax,cleaning,colour,color} | "
            "{get,want,have} {a,an} {trim,haircut,cut,manicure,massage,facial,pedicure,wax} | waiting list | book | "
            "booking | reserve | to reserve | make a reservation | make an appointment | make a booking | "
            "schedule a | schedule an | schedule me | sign {me,us} up | sign up | pencil {me,us} in | "
            "{get,have} an appointment | squeeze {me,us} in | i need an appointment | set up an appointment | "
            "id like an appointment | enroll | reservation | appointment | get me in | book{in,ing} a | "
            "want to come | like to come | wanna come | would love to come | can {i,we} come | could {i,we} come | "
            "may {i,we} come | can {i,we} get a | can {i,we} join | want to join | schedule | want to visit | "
            "set an appointment | get in on | save {me,us} a | hold a | new appointment | register",
            0.75: "interested in {joining,attending,booking,doing,taking,trying,coming,signing} | "
            "{like,love,want,wanna,keen} to {do,take,try} {a,your,the,some} {class,lesson,course,workshop,"
            "session,pottery,ceramics,throwing,wheel,clay} | "
            "{pottery,ceramics,ceramic,clay,wheel,tattoo,glazing,handbuilding,throwing} {class,lesson,"
            "session,workshop,course,consult,consultation,appointment} {please,pls,plz} | {got,have} any "
            "{slots,spots,places,spaces,classes,sessions} | when is the next "
            "{class,session,lesson,workshop,course} | whens the next "
            "{class,session,lesson,workshop,course,one} | "
            "is there {space,room,a slot,a place,anything} | {arrange,organise,organize,plan} {a,an,my,our} | "
            "like to celebrate | love to celebrate | "
            "{any,are there,are there any,there} {spots,slots,spaces,places} | "
            "have {space,room,anything,availability,a table,any slots,a slot} | do you have {anything,any,something,"
            "space,room,time,availability,slots,a slot,a table,a spot,spots,places,an opening,openings} | "
            "{any,is there any,have any} {availability,slots,openings,space,spots,room,free} | "
            "anything {free,available,open} | available | availability | free {on,at,slot,slots,spot,spots,time} | "
            "openings | any chance | got any | got anything | something free | got space | "
            "is {there,it} {free,a free,available,possible} | table for | {can,could} you do | would {,it} work | "
            "works for | works for me | {can,could,shall,may} {i,we} {do,have} | when is the next | next available | "
            "earliest",
            0.5: "is it possible | come | visit | id like | i would like | we would like | wed like | i want | "
            "we want | id love | i need | can i | can we | could i | could we | stop by | drop in | pop in | "
            "come by | come in | get a | join | make it {at,on,for} | how about | what about",
        },
        "change": {
            0.6: "change of {plan,plans} | after all | rather than",
            0.95: "{switch,push,bump,bring} {to,it,back,forward,the} | bring {my,the,our} * forward | "
            "{reduce,increase,drop,up} {our,my,the} {table,booking,party,group,number,numbers} | "
            "{no good,doesnt work,wont work,not possible} anymore | cant do * anymore | "
            "{got,booked,put,picked,chose} {the,a} wrong {day,date,time,slot} | "
            "it should be {mon,tues,wednes,thurs,fri,satur,sun}* | meant to {book,put,say} | "
            "{come,arrive,be} an hour {later,earlier} | make mine | swap | exchange my * slot | "
            "exchange my * appointment | exchange my * booking | trade my | swop | "
            "rather {come,be,have,do,make it,go} * than | rather {come,be,have,do} {at,on} * than | "
            "rather {come,be,have,do} {at,on} * {am,pm} than | any way {we,i,you} {could,can} {shift,move,change} | "
            "could {i,we} {shift,move,swap} | {shift,move,bump,swap,push} {my,mine,our,ours,mondays,tuesdays,"
            "wednesdays,thursdays,fridays,saturdays,sundays,tomorrows,todays} | "
            "{come,arrive,start,do it} a {bit,little,touch} {earlier,later,sooner} | a {bit,little} {earlier,later} | "
            "mine {back,forward,to} | not {4,5,6,7,8,3,2} {now,anymore} | "
            "{different,another} {stylist,artist,barber,therapist,person,service} | {come,coming} along too | "
            "add {my,a} {friend,mate,sister,guest} | no longer {works,suits} | put {me,us} in for * instead | "
            "{put,move,switch} {me,us,it} to | in the {afternoon,morning,evening} instead | on * instead | "
            "at * instead | do * instead | make it * instead | do a different | {do,try} another {day,time} | "
            "we do another | bring it {forward,back} | instead of my | bump {me,us,it,my} | "
            "{got,have,put} the {date,time,day} wrong | {wrong,different} {date,day} on my | "
            "{anything,something,any slot,a slot,any time} {earlier,sooner,later} | earlier {slot,appointment,time} | "
            "later {slot,appointment,time} | make it {1,2,3,4,5,6,7,8,9,10,11,12} instead | change my | changing my | "
            "{change,move,switch,push} {that,this} | change {the,our} * | can {i,we} change | like to change | "
            "need to change | want to change | another {slot,appointment} instead | "
            "{come,arrive,be there} {earlier,later} | {a,an,one} {day,week,hour} {earlier,later} | party size | "
            "{one,two,1,2,3} {person,people,guest,guests} {less,fewer,more,extra} | "
            "{one,two} {less,fewer,more} {person,people,guest,guests} | one {less,fewer} | same time next | "
            "instead of {me,us,4,5,6,2,3} | after all could | make it {half,six,seven,five,eight} {six,} rather | "
            "the {following,next} day instead | same time {on,but,the,a} | an earlier {time,slot} | "
            "a later {time,slot} | moved to | amend | alter my | edit my {booking,reservation,appointment} | "
            "reschedule | rescheduling | move {my,our,the,it} | "
            "change {my,our,the} {booking,appointment,reservation,time,date,visit,slot,session,class} | postpone | "
            "shift {it,my,our,the} | different {time,day,date} | another {time,day,date} | change it to | change to | "
            "change the | switch {it,my,our} | swap {my,our,it} | move to | rebook | modify {my,our,the} | "
            "change {my,our} | move from | change from | move me | move us | reschedul* | delay my | "
            "update {my,our,the} {booking,reservation,appointment} | make it later | make it earlier | "
            "add {one,two,another,a} {more,person,people} {person,people,} | moving {my,our,it}",
            0.85: "{wont,cant,cannot,couldnt} {manage,make,do} the {one,day,date,time,slot} {ive,weve,i,we} | "
            "{come,coming}, {just,only,but} not {then,that day,on that day,that date,that time,at that "
            "time,this time} | {come,coming} {just,only,but} not {then,that day,on that day,that date,that "
            "time,at that time} | {put,stick,fit,slot,get} {me,us} {on,in,into} {a different,a later,an "
            "earlier,some other} | {put,stick,fit,slot,get} {me,us} {on,in,into} another "
            "{one,day,time,date,slot} | {which,what} other "
            "{dates,days,times,slots,sessions,evenings,mornings,classes} {are,is,do,have,would,could,can} | "
            "{offer,give,find,suggest} {me,us} {another,a different,an alternative,some other} "
            "{day,date,time,slot,one} | {swap,switch,trade,exchange,shift} {my,our,the} {place,spot,seat,"
            "slot,day,date,time,session,class,booking,one} {for,to,with,over} | {swapping,switching,"
            "trading,shifting,moving,changing,exchanging} {my,our,the} {place,spot,seat,slot,day,date,time,"
            "session,class,booking,appointment,visit} | {move,shift,push,bump,nudge,swap,switch} "
            "{that,this,the} {thing,one,lot} {back,over,on,forward,to,along} | {re,re-} "
            "{arrange,schedule,book} | {rearrange,rearranging,re-arrange} | {pick,choose,select} {another,a "
            "different,a new} {day,date,time,slot} {instead,for my,for our,please,pls} | {come,do it,be "
            "there,visit,pop in,do} {some other,another,on another,on some other,a different,on a "
            "different} {day,time,date,evening,week} {instead,if,please} | "
            "move | postponing | moved",
            0.5: "change | instead",
        },
        "cancel": {
            0.8: "changed my mind | change of heart",
            0.95: "annul | {call,calling} off {our,my,the} | {bail,bailing} on | "
            "give {my,our} {spot,place,seat}{s,} {to,away} | "
            ""
            "give {tomorrow,today,tonight,it,this,friday,saturday,sunday,monday,tuesday,wednesday,thursday} a miss | "
            "{so,and} {i,we} cant come | have to give it a miss | drop out of | "
            "not {gonna,going to} {make it,be there,be coming,be able,come,attend} | "
            "not {gonna,going to} make {it,my,the} | im out for | {give,release} my {spot,place,slot,space} | "
            "{dont,do not} {hold,keep} {my,the,our} {place,spot,slot,space,table} | wont need {the,my,our,it} | "
            "wont be needing | "
            "{dont,do not} need {my,the,our} {slot,spot,place,appointment,table} {anymore,any more,after all,} | "
            "scrap my | bin my | {take,pull} {me,us} off for | have to {bail,pull out,back out,drop out} | "
            "cant {come in,come along,be there,do} after all | please {remove,delete} {me,us,my} | "
            "lets {leave it,cancel,scrap it} | free up my | wont be {making,turning,showing} | "
            "isnt happening anymore | wont {happen,work out} anymore | change of plans wont | "
            "{scratch,drop,forget} {that,the,my,our} {booking,appointment,reservation} | back out | "
            "{take,remove} {my name,me,us} off | can no longer | no longer {attend,come,make} | "
            "{wont,cant,cannot} attend | decided not to | not to come | decided against | "
            "{dont,do not} want to come | no longer want | "
            "{dont,do not} want {it,the appointment,the booking} anymore | cant {make it,come} anymore | "
            "have to call off | something came up | something has come up | cant do {it,that} anymore | "
            "please remove me from the | withdraw | scrap {it,my,the,tomorrows,todays} | "
            "take {me,us} off {the,your} {list,booking} {for,} | cant make | couldnt make it | "
            "not going to {be able,happen} | wont be {coming,able,attending} | pull out | bail {on,out} | "
            "need to skip | skip {this,it,my,tomorrow,todays} | drop out | have to pass | wont make it | "
            "gonna have to cancel | need to cancel | wont be there | will not be there | i wont be around | cancel | "
            "cancelling | canceling | cancellation | cancelled | call {it,off} off | call off | "
            "delete my {booking,appointment,reservation} | no longer {need,want,able,coming} | "
            "wont {be able,make it,come,be coming,be there} | cant {make it,come,make,attend} | "
            "cannot {make it,come,make,attend} | not {coming,going to make it,able to come,able to make it} | "
            "have to skip | cancle | cancell | never mind the booking | get rid of my | "
            "remove my {booking,appointment,reservation} | will not {make it,come,be coming,be able} | "
            "unable to {come,attend,make} | dont need the {appointment,booking,reservation} | "
            "skip the {appointment,booking,class}",
        },
        "my_booking": {
            0.95: "got {me,us} {in,down} {for,on,at,} | still got {me,us} | need to be there | "
            "whos {doing,cutting,seeing} my | who is {doing,cutting,seeing} my | is my * {today,tomorrow} | "
            "time is {our,my} | check if {im,i am,we are,were} | what time was {i,it,my,our} | "
            "{when,what time,what day} {did,have} {i,we} {book,booked,reserve,say,put} | what did {i,we} book | "
            "am i still {on,down,in,booked,good,ok} | are we still {down,on,good,ok,booked} | "
            "still {on,down,good} for | {got,have,had} {me,us} down {for,on,at,} | whens my | when is my next | "
            "my next {one,appt,visit} | who am i {seeing,with,booked} | "
            "remember {when,what time,what day,which day} | "
            "{did,has} my {booking,appointment,reservation,slot} {go,gone} through | "
            "{have,do} {i,we} {got,have} {anything,something} {booked,down,coming} | "
            "is {my,our} {slot,place,spot,appt} {confirmed,still,booked,safe} | what day did i | "
            "when {my,our} {appointment,booking,appt,slot,next} {is,was} | got an {appointment,appt} with you | "
            "have an {appointment,appt} with you | {show,list} {me,} my {bookings,appointments,visits} | "
            "details of {my,our} | which {day,time,date} {am,was,is} {i,my} | already {booked,have a booking} | "
            "was i {booked,in,down} | were we {booked,in,down} | is it {today,tomorrow} i | my appt | "
            "what have i got booked | check {when,what time} {i,my} | {what time,when} {should,do} {i,we} come | "
            "{when,what time} {am i,are we} {due,booked,coming,supposed} | did {i,we} {book,reserve,schedule} | "
            "have {i,we} {booked,got a booking,got an appointment} | {am,are} {i,we} {booked,down,scheduled} | "
            "my upcoming | {show,check,view,see,find,confirm,look up} my {booking,appointment,reservation,bookings,"
            "appointments,reservations} | "
            "do {i,we} have {a,an,any} {booking,appointment,reservation,bookings,appointments,reservations} | "
            "{my,our} next {appointment,booking,visit,session} | "
            "did you {get,receive} {my,our,the} {booking,reservation,appointment} | "
            "{when,what time} {was,is} it {im,i} {booked,down} {in,} {for,} | "
            "my {booking,appointment,reservation} {still,} {on,valid,ok,confirmed,there} | "
            "is {my,our} {booking,appointment,reservation} | can you see my {booking,appointment,reservation,name} | "
            "have you got {me,us} down | im down for | if im {down,booked} | i am booked | checking {on,if} my | "
            "checking my | {booking,appointment,reservation,visit} is still | "
            "{booking,appointment,reservation} still | when is my | what time is my | when am i | what time am i | "
            "do i have {a,an,any} {appointment,booking,reservation,bookings,visit} | "
            "my {next,upcoming} {appointment,booking,visit,session,reservation,class} | did {my,you get my} booking | "
            "show my | is my {booking,appointment,reservation,visit} | what have i booked | my bookings | "
            "my appointments | whats my | do i have anything | what day is my | remind me when | am i {on,in} | "
            "status of my {booking,reservation,appointment} | is {our,my} table",
            0.4: "my {appointment,booking,reservation,visit}",
        },
        "ask_price": {
            0.9: "ballpark | roughly how much | run me | set me back | quote | estimate | going rate | "
            "get money off | student discount | what is the damage | how much | price{,s} | cost{,s} | pricing | "
            "rates | whats the price | price list | pricelist | how expensive | fee{,s} | charge | "
            "what do you charge | discount{,s} | cheaper | vouchers price | rate | hm is | deposit | how much is it | "
            "cheap | expensive"
        },
        "ask_hours": {
            0.9: "opening hours | opening times | what time do you {open,close,start,finish} | "
            "when do you {open,close,start} | are you open | r u open | when are you open | u open | you open | "
            "business hours | working hours | do you work | open on | hours of operation | are you working | "
            "what time you {open,close} | what are your hours | your hours | open late | what time are you | "
            "when you open | open until | are you closed | you closed | how late are you | do you close | "
            "open today | open tomorrow | till what time | until what time",
            0.6: "open | opening | closed",
        },
        "ask_address": {
            0.9: "where are you | address | located | location | how do i get | how to get | directions | "
            "where is {it,the,your} | parking | where r u | whereabouts | find you | what street | map | "
            "google maps | nearest {metro,station,stop} | how do i find | which floor | where do i | where exactly | "
            "where can {i,we} park | park {the,my,our,a} {car,bike}"
        },
        "ask_delivery": {
            0.9: "deliver{y,ies} | shipping | do you ship | do you deliver | postage | courier | how fast is delivery"
        },
        "ask_offer": {
            0.85: "do you {cater,host,organise,organize} | do you {do,offer} | hen {parties,party} | "
            "birthday part{y,ies} | {ask,asking,know,find out,enquire,inquire,know more} about | wanted to ask | "
            "what do you offer | what services | which services | "
            "do you {do,offer,provide,teach,make,have,run,take,accept,sell} | what kind of | what classes | "
            "what workshops | tell me more | tell me about | more info | information | details about | "
            "what's included | services | what is included | gift {card,cards,voucher,vouchers,certificate} | "
            "what types | menu | courses | what can you | can you tell me | what options | info about | info on"
        },
        "ask": {
            0.85: "be {swapped,replaced,changed,cleaned,dyed,stretched,resoled,repaired,fixed} | "
            "be {alright,ok,okay,fine,possible} to {bring,pay,use,park,leave} | how come | on the day or | upfront | "
            "{do,can,could,would,will} {you,u} {mend,fix,repair,sort,restore,resole,cover,remove,do} {a,an,my,the,up,"
            "old,broken,cracked,worn,over,under} | able to {fix,repair,mend,sort,replace,restore,look at} | "
            "is {that,this,it} something you | is {that,it,this} {a problem,an issue,ok,okay,safe,possible} | "
            "be {a problem,an issue} | {cancellation,refund,returns,privacy,late} policy | "
            "{cancellation,refund} {fee,rules,terms} | do you buy | exactly do you | "
            "what do you {guys,} {do,use,recommend,suggest,think} | "
            "is there a {loo,toilet,lift,ramp,bathroom,waiting,place} | is there {parking,wifi,wheelchair,disabled} | "
            "would {a,the,my} {voucher,gift card} | the difference between | what is the difference | "
            "how {far,long} {ahead,in advance} | how soon | can you {do,send} {invoices,receipts,an invoice} | "
            "do you guys | do u | u do | are {kids,dogs,pets,children,walk} | is {deposit,the deposit} | "
            "allergic to | pregnant | wheelchair | aftercare | look after it | vegan | cruelty free | patch test | "
            "consultation free | numbing | {get,have,need,send me} {an,a,the} {invoice,receipt,vat invoice} | "
            "is it possible to {bring,pay,park,use,have,exchange,return,try,see,get,order,buy,collect,pick} | "
            "one question | another question | what is your policy | {may,can,could} i ask | walk {ins,in,-in,-ins} | "
            "without {booking,an appointment,a booking,a reservation,appointment} | "
            "is booking {required,necessary,needed} | a question | quick question | questions | question : | "
            "was wondering | wanna know | want to know",
            0.75: "is it {okay,ok,alright,fine} if | do {u,you} {take,accept,mind} | can {my,the} * just | "
            "can i pay | can i use | "
            "{can,could,may} {i,we} {come,bring} {with,my,our,a} {my,our,a,the} {dog,cat,pet,pram,own} | is there a | "
            "are there any rules | do you have {wifi,parking,toilets,a toilet,a lift} | is parking | "
            "payment {method,methods,options} | forms of payment | delivery {time,options,period} | how long will | "
            "do kids | what age | dress code | suitable for | is this for | whats the | can anyone | what time | "
            "at what time | where | what is | whats | what are | how long | how many | how do | how does | how can | "
            "which | who | why | is there | are there | do i need | do we need | do i have to | should i | "
            "should we | can i bring | can we bring | can kids | do you | does it | does the | are dogs | "
            "can i wear | wondering | question | how old | is it ok | allowed | what should | is it | what happens | "
            "how | what if | what to | can i ask | when will | what | when | will i | will it | will there | "
            "are your | is the | does | can my | are kids | are children | is your | are the | have you got | "
            "have wifi",
        },
        "affirm": {
            0.9: "sounds {ace,brill,fab,wicked,cool,nice,fine,ideal,right,spot on,fun,decent,super,wonderful,"
            "fantastic,brilliant,excellent,okay,ok,class,mint,alright,reasonable,fair,lush} | "
            "lets do {that,it,this} | let us do that | lets go {with,for} {that,it} | "
            "{that,thatd,that would} be {lovely,great,perfect,fab,good,ideal,amazing} | thatd be | wonderful | "
            "super | wicked | ace | brill | mint | defo | deffo | 100 | yes do | please do | go on then | "
            "im happy with that | works {fine,well,great} | grand | that suits | suits me fine | aye | righto | "
            "okey dokey | okie | okie dokie | deal | {sounds like,its} a plan | fine {by,with} {me,us} | "
            "no objections | good idea | great idea | thatll work | that will work | all set | works for us | "
            "suits us | go on {then,} | yeah why not | suits | fab | cool beans | done | that one works | roger | "
            "thats great | happy to | totally | ideal | spot on | works perfectly | i'll go with that | go for it | "
            "would be great | would be perfect | id be happy | sounds {great,perfect,lovely,amazing} | sure thing | "
            "i'm in | count me in | why not | yes | yeah | yep | yup | yess | sure | ok | okay | okey | k | kk | "
            "correct | exactly | right | thats right | perfect | confirm | confirmed | i confirm | sounds good | "
            "great | fine | of course | absolutely | definitely | alright | go ahead | works for me | that works | "
            "agreed | good | yea | ya | y | yes please | awesome | cool | do it | that's fine | 👍 | ✅ | 👌 | 🙌 | "
            "i agree | book it | happy with that | looks good | all good | suits me | no problem | works | "
            "perfectly | that'll do | lovely | by all means | certainly | indeed | true | affirmative | ill take it | "
            "brilliant"
        },
        "deny": {
            0.55: "that {is,s,will be} all | thats all | that {is,s} it",
            0.9: "no {that,this,it} {doesnt,does not,wont,isnt,is not} | no {it,that} {doesnt,does not} {suit,work} | "
            "leave it | maybe not | another time {maybe,then,thanks,} | "
            "not {today,this time,tonight,for now} {thanks,} | ill {leave it,think about it,skip it,pass} | "
            "give it a miss for now | nothing for {now,today} | not {keen,fussed,bothered,convinced} | "
            "cant say i do | nope that | thanks but no | no cheers | no its | thats too {early,late,much,far} | "
            "far too {early,late,much} | nah {mate,thanks,youre} | id rather {not,leave it} | decline | "
            "{thats,that is,its,it is} not what i {want,wanted,need,meant} | prefer not to | not what i {want,need} | "
            "nothing else | {is,s} all i need {today,} | not that one | "
            "{doesnt,does not,dont,wont} work for {me,us} | {dont,do not} like {any,that,it,this,those,these} | "
            "maybe {later,another time,next time} | some other time | think about it | let me think | too expensive | "
            "none of {those,these,them,the} {work,times,dates,suit,} | neither {works,of} | not for me | too late | "
            "too early | no good | not really | no ta | im good | don't think so | absolutely not | no chance | "
            "not what i {asked,meant,said} | pass | rather not | no | nope | nah | no thanks | no thank you | "
            "incorrect | wrong | thats not right | dont want | do not want | never mind | nevermind | not that | "
            "neither | 👎 | ❌ | not correct | i dont think so | none | no way | negative | disagree | not good | "
            "not now | doesnt work | dont | n | thats wrong | not interested | forget it | im good thanks",
        },
        "correct": {
            0.8: "should {have,of} been | should be | was {asking,talking} about | was supposed to be | got it wrong "
            "| misunderstood {me,} | you {put,wrote,said,typed,have} the wrong | {wrong,not} {day,date,time,hour} | "
            "mixed up | i typed wrong | i asked about | i asked for | i told you | i meant | i mean | actually | "
            "sorry i meant | not that one | "
            "correction | rather | better | i said | make that | make it | oops | typo | or rather | scratch that | "
            "let's do | lets make"
        },
        "greet": {
            0.9: "{alright,alrite} {mate,there,love,guys,all} | {anyone,anybody,somebody} {about,around,home,in} | "
            "you {there,around} | whats up | wassup | hullo | hi ya | good morrow | ello | oi oi | howdy | "
            "long time no see | {morning,evening,afternoon} {all,everyone,everybody,guys,team,folks,ladies,there} | "
            "how are {you,u,things} | hows it going | how is it going | how do you do | anyone there | "
            "anybody there | is {anyone,anybody,someone} there | {hey,hi,hello} {everyone,all,team,guys} | evening | "
            "good to meet you | heyy | helloo | hi | hello | hey | hiya | good {morning,afternoon,evening,day} | "
            "greetings | hi there | yo | helo | heya | morning | hallo | hey there | 👋 | gm | sup | g'day | gday | "
            "{hi,hello,hey} again | oi | ey | ola | hola | {im,i am} back"
        },
        "thank": {
            0.9: "youre {a star,the best,a legend,amazing,a lifesaver,brilliant} | much obliged | obliged | legend | "
            "nice one | lifesaver | ta {very,} {much,love,mate} | thanx | thks | thnks | fanx | appreciate ya | "
            "cheers {mate,love,pal,hun} | appreciate {it,your help,that,this,you} | ta | many thanks | bless you | "
            "thank* | thx | ty | cheers | thnx | tnx | tks | much appreciated | appreciated | 🙏 | thank u | tysm | "
            "grateful"
        },
        "bye": {
            0.8: "bye | goodbye | see you | see ya | good night | take care | have a {nice,good,great,lovely} | "
            "talk later | cya | till then | laters"
        },
        "stop": {
            1.0: "enough {with,of} {the,these,your} {messages,texts,spam} | {take,get,remove} my number off | "
            "remove my number | off your {list,mailing list,database} | "
            "no more {texts,messages,reminders,marketing} | "
            "{quit,cease,stop,drop} {it with,with} {the,these} {texts,messages,reminders} | "
            "{stop,quit} {with,sending,bothering,pestering,spamming} | "
            "{dont,do not} {text,message,contact,write,bother} me {again,anymore,} | "
            "please {stop,quit,cease} {texting,messaging,writing,contacting,this} | {lose,delete} my number | "
            "no longer wish to {receive,get} | dont want {these,any more,your} {texts,messages,reminders} | "
            "{quit,cease} {texting,messaging,writing,spamming} {me,us,} | no more {messages,texts} {please,} | "
            "take me off your {list,mailing list} | remove me | no more {texts,emails,spam} | stop | unsubscribe | "
            "opt out | stop {messaging,texting,writing,contacting,sending,spamming} {me,us,} | stop these | "
            "remove me from | stop it | leave me alone | stopall | optout"
        },
        "start": {1.0: "start | subscribe | opt in | resubscribe | unstop"},
        "human": {
            0.95: "{chat,speak,talk} to {a,an,the} {person,human,member,manager} | {whoever,whos} {is,s,} in charge | "
            "whoevers in charge | someone in charge | {speak,talk,chat} {to,with} {whoever,someone,somebody,anyone,"
            "one of you,a member,a manager,a human,the team} | one of you {ring,call,phone} | "
            "get {the,your} {manager,boss,owner} | {somebody,someone} {call,ring,phone} me | pass me {to,on} | "
            "transfer me | put {me,} through | "
            "{want,need,prefer,like,rather} {a,an,to talk to a,speak to a} {human,person,real person} | not a bot | "
            "the boss | {your,a} boss | put me {through,on} | connect me | "
            "{dont,do not} want {to talk,to speak,to chat} to a {machine,bot,robot} | {your,a} colleague {please,} | "
            "{talk,speak,chat} to {him,her,them,staff,your} | someone who can help | "
            "{are you,you} {a,an} {robot,bot,machine,computer,ai} | real {person,agent} | someone else | "
            "get me {a,the} {manager,human,person,supervisor} | supervisor | "
            "speak to {a,an,the,your,some} {person,human,manager,agent,rep,representative,actual,real} | "
            "actual human | call centre | customer {support,care} | someone from | "
            "contact {you,support,someone} by phone | a real {one,human,person} | live {support,help} | "
            "assistance from | give me a {ring,call,bell} | someone from the {team,staff,studio,salon} | "
            "{somebody,someone} {there,real} | human | operator | agent | "
            "speak to {someone,a person,a human,the owner,the manager,an agent,somebody,staff} | "
            "talk to {someone,a person,a human,the owner,the manager,an agent,somebody,staff} | manager | "
            "representative | customer service | call me | speak with | talk with | live {agent,chat,person} | "
            "not a {bot,robot,machine} | admin | is this a bot | are you {human,real} | real human | the owner | "
            "phone me | ring me | actual person | contact a person | call me back | staff member | can someone call"
        },
        "complaint": {
            0.9: "you {kept,left,forgot,lost,broke,ruined,burnt,burned,scratched,botched,ripped,overcharged,ignored} "
            "{me,us,my,our} | sent {me,us} {two,a,the} {left,different,wrong,broken,used} | upset | lifted | "
            "lifting | blown out | came opened | been opened | blister{s,ed} | swollen after | bled | itchy | "
            "bald patch | not what we agreed | isnt what {we,i} {agreed,asked,wanted,ordered} | "
            "wasnt what {we,i} {agreed,asked,wanted,ordered} | wont charge after | "
            "still {wont,doesnt,isnt,cant} {work,charge,turn,fit,close,connect} | "
            "started {leaking,peeling,cracking,fading,buzzing} | falling off | coming {off,apart,loose,away} | "
            "never got {it,my,a,an,the} | never {showed,replied,called} | ages for | waiting ages | come undone | "
            "nobody told | no one told | hate it | hate {my,the,how} | a rash | billed me | "
            "{charged,billed,invoiced} {me,us} {for,twice,too,wrong} | in tears | waiting in | gutted | "
            "gone {orange,green,patchy,wrong} | came out {orange,green,patchy,wrong,uneven,wonky,too,all,nothing} | "
            "uneven | wonky | patchy | crooked | botched | butchered | shambles | sloppy | not happy | not pleased | "
            "fell {off,out,apart} | came {off,loose,apart,unstuck} | {stopped,quit,not} {working,charging} | "
            "wont {turn on,charge,open,close,stick} after | dead on arrival | ripped me off | rip off | overcharg* | "
            "wrong {size,colour,color,item,order,name} | got the wrong | "
            "{turned up,arrived,came} {smashed,broken,scratched,damaged,cracked,late,empty} | scratched | "
            "{still,} no {refund,apology} | no one {bothered,cared,came,showed} | "
            "not what {i,we} {paid,asked,ordered,expected,wanted} for | "
            "{lost,losing} {my,our} {order,booking,phone,shoes} | disgraceful | appalled | shocking {service,job} | "
            "let us down | snapped | {nobody,no one} has {answered,replied,called,responded} | "
            "you cancelled on {me,us} | cancelled on {me,us} | {i was,we were} {told,promised} {it,that} | "
            "was supposed to be | unreliable | still not {ready,here,working,fixed} | snaps | burst | "
            "broke{n,} again | never {arrived,turned} | "
            "still waiting for {a,an,my,the} {reply,response,answer,refund,call,parcel} | faded | fading | "
            "missing from | item{s,} missing | is missing | are missing | low standard | dirty | unhelpful | "
            "late again | {want,like,need,how} to return {my,the,these,this,them,it} | return {my,these,them} | "
            "complaining | {arrived,came} {broken,damaged,late,dirty} | {dirty,filthy,smelly} | "
            "worst {service,experience} | bad {job,haircut,cut,quality} | "
            "not {satisfied,pleased,what i expected,as described} | burned me | {too,very} rude | "
            "poor {service,job,work} | terrible | peel* off | falling apart | chipped | smashed | shattered | "
            "leak{s,ing,ed} | torn | ripped | stained | mess* up | messed up | screwed up | "
            "got {my,our,the} * wrong | wrong {colour,color,size,order,one,product,parcel} | not what i ordered | "
            "nobody {came,showed,opened,picked,called,turned,was} | "
            "no one {came,showed,opened,answered,answers,picked,called,turned,was,replied,replies} | didnt work | "
            "doesnt work | does not work | isnt working | impressed | let me down | poor quality | overpriced | "
            "misleading | is a joke | what a joke | a shambles | charged {me,twice} {twice,} | double charged | "
            "send it back | return it | not good enough | burnt me | hurts | allergic | ignored | "
            "still havent {heard,had,got,received} | still no {reply,answer,refund} | ive been waiting | "
            "been waiting {for,since} | third time ive | not acceptable | low quality | ashamed | disgusted | "
            "complaints | file a complaint | lodge a complaint | get a refund | a refund | refund{ed,s} | "
            "compensation | reimburse* | want my money | kept me waiting | complaint | complain | disappointed | "
            "awful | unacceptable | refund | money back | horrible | worst | rude | disgusting | disgrace | scam | "
            "never again | broke | broken | damaged | unhappy | unprofessional | bad service | dissatisfied | "
            "faulty | defective | ripped off | furious | waste of | ridiculous | "
            "nobody {answers,replied,came,answered} | cracked | doesnt turn on | ruined | infected | overcharged | "
            "annoyed | appalling | bad experience | frustrat* | let down"
        },
        "order": {
            0.9: "{add,throw in} {a,an,two} * {to,too} | {add,throw in} {a,an,two} * * {to,too} | "
            "{where,how} do i {pay,order,checkout} | pay for the | {one,two,three,four,2,3,4} of {those,them,these} | "
            "can you {post,send,ship} {them,it,these} | "
            "can i {get,have,buy,order} {the,those,these,that,this,two,one,2,3} | ill have {the,those,two} | "
            "reserve {the,this,that} {pair,bag,phone,laptop} for me | buy {it,this,that,these,them,one} | "
            "ship {it,them,this,these} to | {pay,paying} for {the,my,these,those} | purchase | "
            "{some,one,two,three,four,3,2,4,5,6} of {the,those,these,your} | id like {the,those} | "
            "could i get {the,those,these} | send me {the,a,one,two} | i wanna buy | like to purchase | "
            "want to order | wanna order | purchasing | do i order | make an order | shopping cart | my cart | "
            "my basket | i'll have | i will take | id like to get the | want the | order | buy | ordering | "
            "i'll take | ill take {the,a,one,two} | add to cart | checkout | want to buy | place an order | "
            "like to buy | id like to order | deliver to | take two"
        },
        "track_order": {
            0.97: "tracking {link,number,code,page}",
            0.95: "it says {delivered,dispatched,shipped} | says {its,it was,it is} {delivered,dispatched} | "
            "will {the,my} {shoes,boots,order,parcel,phone,mugs,stuff} {get,come,arrive,be} | get here | sign of my | "
            "any sign of | tracking | has {it,my order} gone out | "
            "{order,parcel,package} {gone,still,yet,hasnt,has not,not,is late,status} | been dispatched | "
            "on its way yet | where has my | when do i get my {order,parcel,stuff,shoes} | "
            "{wheres,where is} the {package,parcel,order,delivery} | "
            "{any,} news {on,about} my {parcel,order,package,delivery} | delivery status | "
            "status of {the,my} {delivery,order,parcel,shipment} | {wheres,where is} {it,my} {now,stuff} | "
            "shipping status | my stuff | any update on order | update on my order | sent {out,} my | dispatched | "
            "has it {been,} {shipped,sent} | has {my,the} {stuff,order,parcel,package,delivery} | "
            "where {is,s,has} my {order,parcel,package,delivery,stuff,refund} | wheres my | "
            "order {status,number,no} | track my | the status of my | eta {on,for,of} my | parcel | my purchase | "
            "hasnt {arrived,come} | hasnt turned up | when will it arrive | track{,ing} | "
            "when will my {order,package,parcel,delivery} | my order | my {package,parcel,delivery} | "
            "tracking number | wheres my {order,package,parcel,delivery,stuff} | been shipped | shipped yet | "
            "not arrived | havent received | didnt receive | still waiting for my",
        },
        "product": {
            0.9: "have you {got,} {these,those,this,that,them} in | "
            "have you got {any,the} {trainers,boots,shoes,chargers,cases,laptops,phones,sandals,heels} | "
            "you got {these,those,this,that} in | "
            "{these,those,this} in {a,another} {size,colour,color,5,6,7,8,9,10} | do {these,those} {come,run} | "
            "get {these,this,those} in | unlocked | refurbished | "
            "does {the,this,that} {case,charger,cable,cover,bag,shoe} | compatible with | fit the | fits the | "
            "wide fit | narrow fit",
            0.85: "macbook{s,} | ipad{s,} | airpods | galaxy | run {small,large,big} | true to size | "
            "{bigger,smaller,larger,different} size | nike{s,} | adidas | vans | converse | jordans | loafers | "
            "slippers | flats | battery life | in {silver,gold,beige,navy} | battery* | "
            "do you have {it,this,that,these,those,them,the nike,the} in | "
            "come in {blue,black,red,white,green,pink,a,other} | come in {size,colour} | a size | "
            "in a {6,7,8,9,10,small,medium,large} | in {blue,green,grey,gray,pink,brown,small,medium,large,xl} | "
            "is the {leather,black,blue,red,white,large,small} | dishwasher safe | microwave safe | made of | "
            "material* | waterproof | still available | in your shop | jacket{s,} | dress{es,} | shirt{s,} | jeans | "
            "hoodie{s,} | backpack{s,} | perfume | mouse | printer{s,} | camera{s,} | watch | how big is the | "
            "dimensions | megapixel* | storage | ram | in stock | stock | do you sell | do you have the | "
            "have it in | in black | in white | in red | size | colour{,s} | color{,s} | what sizes | model{,s} | "
            "warranty | laptop{,s} | phone case | headphones | iphone | samsung | charger | compatible | specs | "
            "leather | shoes | sneakers | boots | handbag | bag{,s} | heels | smartphone | tv | brand | "
            "catalog{,ue} | usb | cable | hdmi | bluetooth | tablet | monitor | keyboard | out of stock | sandals | "
            "trainers | show me",
        },
    },
    feasts={
        (12, 24): "christmas eve | xmas eve",
        (12, 25): "christmas | xmas | christmas day | xmas day",
        (12, 26): "boxing day",
        (12, 31): "new years eve | nye",
        (1, 1): "new years day",
        (2, 14): "valentines day | valentines",
        (10, 31): "hallowe'en",
        (1, 6): "epiphany",
        (3, 17): "st patricks day | saint patricks day | st paddys day",
        (3, 8): "womens day | international womens day",
    },
    common="class classes lesson lessons course session sessions red black white brown the be to of and a in that "
    "have i it for not on with he as you do at this but his by from they we say her she or an will my one all would "
    "there their what so up out if about who get which go me when make can like time no just him know take people "
    "into year your good some could them see other than then now look only come its over think also back after use "
    "two how our work first well way even new want because any these give day most us please was were is are am been "
    "has had did does hi hello thanks kids possible maybe need available book appointment workshop pls plz u r ur im "
    "ive id dont cant wont doesnt",
)
