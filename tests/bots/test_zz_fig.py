import time
from tests.bots.test_knowledge import *
def test_f(studio):
    print()
    for w in ("tuned","unseen"):
        print(w,figures(studio,w))
    t=time.perf_counter()
    for q in QUESTIONS[:100]: search.find(studio,q["question"],language="pl")
    print("find ms, embedding cached",(time.perf_counter()-t)*10)
    for th in (.2,.25,.3,.35,.4,.46,.5):
        r=[(search.find(studio,q["question"],language=q["language"]),q) for q in QUESTIONS if q["set"]=="unseen"]
        a=[x for x in r if x[1]["topics"]]; n=[x for x in r if not x[1]["topics"]]
        print(th, "offered right in top3", round(sum(f[0].score>=th and any(o.topic in q["topics"] for o in f) for f,q in a)/len(a),3),"top1",round(sum(f[0].score>=th and f[0].topic in q["topics"] for f,q in a)/len(a),3), "unknown offered",round(sum(f[0].score>=th for f,q in n)/len(n),3))
