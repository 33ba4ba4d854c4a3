/* The live timeline: asks every two seconds whether anything is new, and not at all while nobody looks. */
(() => {
  "use strict";

  const EVERY = 2000;
  const AFTER_AN_ERROR = 10000;
  const talk = document.getElementById("talk");
  if (!talk) return;
  const part = (name, inside = talk) => inside.querySelector(`[data-part="${name}"]`);
  const token = talk.querySelector("input[name=csrfmiddlewaretoken]").value;
  const composer = document.getElementById("composer");
  const note = composer?.querySelector("[data-composer-note]");
  let etag = `"${talk.dataset.etag}"`;
  let lastSeq = Number(talk.dataset.lastSeq);
  let readSeq = 0;
  let timer = 0;
  let asking = false;

  const scroller = () => {
    const box = part("timeline");
    return box.scrollHeight > box.clientHeight + 4 && getComputedStyle(box).overflowY !== "visible" ? box : document.scrollingElement;
  };
  function atEnd() {
    const box = scroller();
    const last = talk.querySelector(".fd-bubbles > :last-child");
    const bottom = box === document.scrollingElement ? innerHeight : box.getBoundingClientRect().bottom;
    return !last || (last.getBoundingClientRect().bottom < bottom + 120 && last.getBoundingClientRect().bottom > 0);
  }
  const phone = () => matchMedia("(max-width: 820px)").matches;
  /* On a phone the page itself scrolls: to the last word, with as much of the request below it as there is room for. */
  function toEnd() {
    const box = scroller();
    const last = talk.querySelector(".fd-bubbles > :last-child");
    const panels = part("panels");
    if (box !== document.scrollingElement || !last || !panels?.firstElementChild) {
      box.scrollTop = !last || box !== document.scrollingElement ? box.scrollHeight : last.getBoundingClientRect().bottom + scrollY - innerHeight + 90;
      return;
    }
    const card = Math.min(panels.getBoundingClientRect().height, innerHeight * 0.55);
    box.scrollTop = last.getBoundingClientRect().bottom + scrollY - innerHeight + card + 100;
  }
  if (phone()) talk.querySelector('[data-keep="contact"]')?.removeAttribute("open");

  function say(words, isError = false) {
    if (!note) return;
    note.textContent = words;
    note.classList.toggle("fd-error", isError);
  }

  /* Puts new bubbles in, changes those that have changed, leaves the others (and what is open in them) alone. */
  function mergeBubbles(fresh) {
    const list = talk.querySelector("[data-bubbles]");
    let before = null;
    for (const item of [...fresh.children].reverse()) {
      const old = item.id && document.getElementById(item.id);
      if (old && old.dataset.mark === item.dataset.mark) {
        before = old;
      } else if (old) {
        if (old.querySelector(".fd-why[open]")) item.querySelector(".fd-why")?.setAttribute("open", "");
        old.replaceWith(item);
        before = item;
      } else {
        const place = before && before.parentElement === list ? before : null;
        list.insertBefore(item, place);
        before = item;
      }
    }
    list.querySelectorAll('.fd-event[data-mark="0"]').forEach((item) => list.children.length > 1 && item.remove());
  }

  /* False if someone is busy in this part, so that it must wait. */
  function replacePart(name, fresh) {
    const old = part(name);
    const next = part(name, fresh);
    if (!old || !next) return true;
    if (old.innerHTML.replace(/value="[\w]{64}"/g, "") === next.innerHTML.replace(/value="[\w]{64}"/g, "")) return true;
    const busy = old.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");
    if (busy || old.querySelector(".fd-ask[open]")) return false;
    const kept = new Map([...old.querySelectorAll("details[data-keep]")].map((one) => [one.dataset.keep, one.open]));
    next.querySelectorAll("details[data-keep]").forEach((one) => kept.has(one.dataset.keep) && (one.open = kept.get(one.dataset.keep)));
    old.replaceWith(next);
    return true;
  }

  function show(body, mark) {
    const fresh = document.createElement("template");
    fresh.innerHTML = body.html;
    const follow = atEnd();
    const news = fresh.content.querySelector("[data-bubbles]");
    mergeBubbles(news);
    const done = ["head", "banners", "pauses", "panels", "going-on", "contact", "window"].map((name) => replacePart(name, fresh.content));
    if (done.every(Boolean)) etag = mark;
    lastSeq = body.last_seq;
    countdown();
    if (follow) toEnd();
    noteRead();
    badge(body.needs_you);
  }

  function badge(count) {
    const link = document.querySelector("[data-needs-you]");
    if (!link) return;
    link.textContent = count || "";
    link.hidden = !count;
  }

  async function ask() {
    clearTimeout(timer);
    if (document.hidden || asking) return;
    asking = true;
    let wait = EVERY;
    try {
      const response = await fetch(talk.dataset.news, { headers: { Accept: "application/json", "If-None-Match": etag }, cache: "no-store" });
      if (response.redirected || response.status === 403 || response.status === 404) {
        say("You are logged out, or this conversation is not yours any more. Load the page again.", true);
        return;
      }
      if (response.status === 200) show(await response.json(), response.headers.get("ETag"));
      else if (response.status !== 304) throw new Error(String(response.status));
      if (note?.dataset.offline) { delete note.dataset.offline; say(""); }
    } catch {
      wait = AFTER_AN_ERROR;
      if (note) note.dataset.offline = "1";
      say("No connection. Trying again…", true);
    } finally {
      asking = false;
    }
    timer = setTimeout(ask, wait);
  }

  function noteRead() {
    if (document.hidden || lastSeq <= readSeq) return;
    readSeq = lastSeq;
    fetch(talk.dataset.read, { method: "POST", headers: { "X-CSRFToken": token }, body: new URLSearchParams({ upto: String(lastSeq) }) }).catch(() => { readSeq = 0; });
  }

  function countdown() {
    for (const one of talk.querySelectorAll("[data-until]")) {
      const minutes = Math.ceil((new Date(one.dataset.until) - Date.now()) / 60000);
      const hours = Math.floor(minutes / 60);
      one.textContent = minutes <= 0 ? "(over)" : `(${hours ? `${hours} h ` : ""}${minutes % 60} min left)`;
    }
  }

  async function earlier(button) {
    const first = talk.querySelector(".fd-bubbles [data-seq]");
    if (!first) return;
    button.disabled = true;
    try {
      const response = await fetch(`${talk.dataset.news}?before=${first.dataset.seq}`, { headers: { Accept: "application/json" } });
      const body = await response.json();
      const fresh = document.createElement("template");
      fresh.innerHTML = body.html;
      const box = scroller();
      const height = box.scrollHeight;
      const list = talk.querySelector("[data-bubbles]");
      list.prepend(...[...fresh.content.children].filter((item) => item.dataset.mark !== "0"));
      box.scrollTop += box.scrollHeight - height;
      button.hidden = !body.more;
    } finally {
      button.disabled = false;
    }
  }

  async function send(event) {
    event.preventDefault();
    const box = composer.elements.text;
    const text = box.value.trim();
    if (!text || composer.dataset.busy) return;
    composer.dataset.busy = "1";
    try {
      const response = await fetch(composer.action, { method: "POST", headers: { Accept: "application/json", "X-CSRFToken": token }, body: new FormData(composer) });
      const body = await response.json();
      say(body.ok ? "" : body.message, !body.ok);
      if (body.ok) {
        box.value = "";
        remember();
        grow();
        toEnd();
        await ask();
        toEnd();
      }
    } catch {
      say("Not sent: no connection. Your text is still here.", true);
    } finally {
      delete composer.dataset.busy;
    }
  }

  const key = `reply:${location.pathname}`;
  function remember() {
    try { sessionStorage.setItem(key, composer.elements.text.value); } catch { /* private windows keep nothing */ }
  }
  function grow() {
    const box = composer.elements.text;
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight + 2, 180)}px`;
  }

  if (composer) {
    const box = composer.elements.text;
    try { box.value = sessionStorage.getItem(key) || ""; } catch { /* as above */ }
    composer.addEventListener("submit", send);
    box.addEventListener("input", () => { grow(); remember(); });
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        composer.requestSubmit();
      }
    });
    grow();
  }
  talk.addEventListener("click", (event) => {
    const button = event.target.closest("[data-earlier]");
    if (button) earlier(button);
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) { noteRead(); ask(); } });
  setInterval(countdown, 15000);
  countdown();
  toEnd();
  noteRead();
  timer = setTimeout(ask, EVERY);
})();
