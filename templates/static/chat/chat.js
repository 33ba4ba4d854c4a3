"use strict";
/* Sends what was written, asks for what is new, and never loses a text: it is kept until the server has taken it,
   and repeated under the same id until then. */
(() => {
  const { config, store, view } = Chat;
  const { words } = config;
  const API = `${location.pathname.replace(/\/?$/, "/")}api/`;
  const TIMEOUT = 15_000; // milliseconds, like all times here
  const SOON = 1_000;
  const VISIBLE = 3_000;
  const HIDDEN = 20_000;
  const LONGEST = 30_000;
  const RESTING_AFTER_SEND = 15_000; // ask every second for so long after something was sent

  const said = new Map(); // id -> message that the server has
  const tried = new Map(); // id -> {state, problem} of an unsent one, in this tab
  const failures = { send: 0, ask: 0 };
  let cursor = 0;
  let etag = "";
  let typing = false;
  let heldBy = "bot";
  let askTimer = 0;
  let sendTimer = 0;
  let asking = null;
  let askAgain = false;
  let isSending = false;
  let lastSent = 0;
  let unread = 0;
  let shownInFrame = true;
  let hasHistory = false;
  let problem = "";

  const isVisible = () => document.visibilityState === "visible" && shownInFrame;

  // --- the network ---

  class Refused extends Error {
    constructor(status, wait) {
      super(`status ${status}`);
      this.status = status; // 0: no answer at all
      this.wait = wait;
    }
  }

  async function call(path, options = {}, controller = new AbortController()) {
    const timer = setTimeout(() => controller.abort(), TIMEOUT);
    try {
      const answer = await fetch(API + path, {
        credentials: "omit", cache: "no-store", redirect: "error", signal: controller.signal, ...options,
      });
      if (answer.status === 304) return { answer, data: null };
      if (!answer.ok) throw new Refused(answer.status, 1000 * Number(answer.headers.get("Retry-After") || 0));
      return { answer, data: await answer.json() };
    } catch (error) {
      throw error instanceof Refused ? error : new Refused(0, 0);
    } finally {
      clearTimeout(timer);
    }
  }

  /* Several tabs may want the same at once; one does it. Without locks (older browsers, frames that are allowed no
     storage) both do, which the ids make harmless. */
  async function alone(name, act) {
    let hasBegun = false;
    const begin = () => {
      hasBegun = true;
      return act();
    };
    try {
      return await (navigator.locks ? navigator.locks.request(`frontdesk:${config.slug}:${name}`, begin) : begin());
    } catch (error) {
      if (hasBegun) throw error;
      return act();
    }
  }

  async function token() {
    if (store.token()) return store.token();
    return alone("session", async () => {
      if (store.token()) return store.token();
      const { data } = await call(`session/?lang=${config.language}`, { method: "POST" });
      store.keepToken(data.token);
      return data.token;
    });
  }

  function pause(count, wait) {
    const backOff = Math.min(LONGEST, SOON * 2 ** Math.min(count, 6));
    return Math.max(wait || 0, backOff * (0.8 + 0.4 * Math.random()));
  }

  function explain(error) {
    if (error.status === 404) return words.gone;
    if (error.status === 429) return words.slower;
    if (error.status >= 500 || (error.status === 0 && navigator.onLine)) return words.away;
    return navigator.onLine ? "" : words.offline;
  }
  function notice(text) {
    problem = text;
    view.notice(navigator.onLine ? problem : words.offline);
  }

  // --- sending ---

  function say(text, choice = "") {
    const item = { id: store.newId(), text, choice, at: Date.now() };
    store.keepUnsent(item);
    tried.set(item.id, { state: "sending" });
    draw();
    view.toEnd();
    send();
  }

  async function send() {
    clearTimeout(sendTimer);
    if (isSending) return;
    isSending = true;
    try {
      await alone("send", sendAll);
    } finally {
      isSending = false;
      draw();
    }
    const left = store.unsent().some((item) => !item.failed);
    if (left) sendTimer = setTimeout(send, failures.send ? pause(failures.send, failures.wait) : 0);
  }

  async function sendAll() {
    for (let item = next(); item; item = next()) {
      tried.set(item.id, { state: failures.send > 1 ? "waiting" : "sending" });
      draw();
      try {
        await sendOne(item);
      } catch (error) {
        if (!notSent(item, error)) return;
      }
    }
  }
  const next = () => store.unsent().find((item) => !item.failed);

  async function sendOne(item) {
    const body = JSON.stringify({ id: item.id, text: item.text, choice: item.choice, language: config.language });
    const headers = { "Content-Type": "application/json", "X-Chat-Session": await token() };
    const { data } = await call("messages/", { method: "POST", headers, body });
    keep({ ...item, seq: data.seq, author: "you", buttons: [], at: new Date(item.at).toISOString() });
    store.dropUnsent(item.id);
    tried.delete(item.id);
    failures.send = 0;
    lastSent = Date.now();
    notice("");
    draw();
    ask();
  }

  /* Whether to go on with the next one: what is refused for good is marked, everything else waits and is repeated. */
  function notSent(item, error) {
    if ([400, 413, 415].includes(error.status)) {
      store.keepUnsent({ ...item, failed: true, problem: error.status === 413 ? words.tooLong : "" });
      tried.delete(item.id);
      return true;
    }
    if (error.status === 401) store.forgetToken();
    failures.send += 1;
    failures.wait = error.wait;
    tried.set(item.id, { state: failures.send > 1 || !navigator.onLine ? "waiting" : "sending" });
    notice(explain(error));
    return false;
  }

  function again(id) {
    const item = store.unsent().find((one) => one.id === id);
    if (item?.failed) store.keepUnsent({ ...item, failed: false, problem: "" });
    failures.send = 0;
    view.text.focus();
    send();
  }

  function removeUnsent(id) {
    store.dropUnsent(id);
    tried.delete(id);
    draw();
    view.text.focus();
  }

  // --- asking ---

  function askIn(milliseconds) {
    clearTimeout(askTimer);
    askTimer = setTimeout(ask, milliseconds);
  }
  function rhythm() {
    if (!isVisible()) return HIDDEN;
    return typing || Date.now() - lastSent < RESTING_AFTER_SEND ? SOON : VISIBLE;
  }

  async function ask() {
    clearTimeout(askTimer);
    const known = store.token();
    if (!known) {
      hasHistory = true;
      view.live(true);
      draw();
      return; // nothing was ever said: the first message starts the asking
    }
    if (asking) {
      askAgain = true;
      return;
    }
    asking = new AbortController();
    const own = asking;
    let wait = 0;
    try {
      wait = await askOnce(known, own);
    } catch (error) {
      if (asking !== own) return; // put aside: the page went to sleep
      if (error.status === 401) store.forgetToken();
      failures.ask += 1;
      wait = pause(failures.ask, error.wait);
      notice(explain(error));
    }
    if (asking !== own) return;
    asking = null;
    askIn(askAgain ? 0 : wait);
    askAgain = false;
  }

  async function askOnce(known, controller) {
    const seen = isVisible() ? "&seen=1" : "";
    const headers = { "X-Chat-Session": known };
    if (etag) headers["If-None-Match"] = etag;
    const { answer, data } = await call(`messages/?after=${cursor}${seen}`, { headers }, controller);
    if (store.token() !== known) return 0; // another tab has begun anew
    if (failures.ask) notice("");
    failures.ask = 0;
    etag = answer.headers.get("ETag") || "";
    if (data) {
      take(data);
      if (data.more && cursor) return 0;
    }
    return rhythm();
  }

  function take(data) {
    const wasAtEnd = view.isAtEnd();
    if (data.reset) said.clear();
    if (!cursor) view.showEarlier(data.more);
    const fresh = data.messages.filter((message) => !said.has(message.id) && message.author !== "you").length;
    data.messages.forEach(keep);
    const hadNothing = cursor === 0 && !lastSent;
    cursor = data.cursor;
    typing = data.typing;
    heldBy = data.held_by;
    draw();
    if (wasAtEnd || !hasHistory) view.toEnd();
    else if (fresh) view.showNewer(true);
    if (fresh && hasHistory && !hadNothing && !isVisible()) count(unread + fresh);
    hasHistory = true;
    if (data.messages.some((message) => message.author !== "you") && isVisible()) askAgain = true; // say that it was seen
    setTimeout(() => view.live(true), 50); // from now on new messages are read out; history is not
  }

  function keep(message) {
    said.set(message.id, { ...message, at: new Date(message.at), state: "sent" });
  }

  async function earlier() {
    const oldest = Math.min(...[...said.values()].map((message) => message.seq));
    try {
      const headers = { "X-Chat-Session": store.token() };
      const { data } = await call(`messages/?before=${oldest}`, { headers });
      view.live(false);
      view.keepPlace(() => {
        data.messages.forEach(keep);
        draw();
      });
      view.showEarlier(data.more);
      setTimeout(() => view.live(true), 50);
      if (!data.more) view.scroller.focus();
    } catch (error) {
      notice(explain(error));
    }
  }

  function count(number) {
    unread = number;
    view.title(unread);
    if (config.embedded && window.parent !== window) window.parent.postMessage({ frontdesk: "unread", count: unread }, "*");
  }

  // --- drawing ---

  function draw() {
    const sent = [...said.values()].sort((one, other) => one.seq - other.seq);
    const waiting = store.unsent().filter((item) => !said.has(item.id)).map((item) => ({
      ...item,
      author: "you",
      buttons: [],
      at: new Date(item.at),
      ...(item.failed ? { state: "failed" } : tried.get(item.id) || { state: navigator.onLine ? "sending" : "waiting" }),
    }));
    const wasAtEnd = view.isAtEnd();
    view.draw([...sent, ...waiting]);
    view.typing(typing);
    view.heldBy(heldBy);
    view.welcome(hasHistory && !sent.length && !waiting.length);
    if (wasAtEnd) view.toEnd();
  }

  // --- the page ---

  function submit() {
    const text = view.text.value.trim();
    if (!text) return;
    view.text.value = "";
    store.keepDraft("");
    view.grow();
    say(text);
  }

  function wake() {
    if (isVisible()) count(0);
    failures.ask = 0;
    failures.send = 0;
    ask();
    if (next()) send();
  }

  view.bind({ choose: (title, payload) => { say(title, payload); view.text.focus(); }, again, remove: removeUnsent });
  view.form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
    view.text.focus();
  });
  view.text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    submit();
  });
  view.text.addEventListener("input", () => {
    store.keepDraft(view.text.value);
    view.grow();
  });
  view.person.addEventListener("click", () => {
    say(config.person.text, config.person.choice);
    view.text.focus();
  });
  view.earlier.addEventListener("click", earlier);
  view.newer.addEventListener("click", () => {
    view.toEnd();
    view.showNewer(false);
    view.text.focus();
  });
  view.scroller.addEventListener("scroll", () => { if (view.isAtEnd()) view.showNewer(false); }, { passive: true });
  window.addEventListener("resize", () => { if (document.activeElement === view.text) view.toEnd(); });

  window.addEventListener("online", () => { notice(""); wake(); });
  window.addEventListener("offline", () => { notice(problem); draw(); });
  document.addEventListener("visibilitychange", () => { if (isVisible()) wake(); });
  window.addEventListener("pagehide", () => { // the browser may keep the page asleep and bring it back
    clearTimeout(askTimer);
    clearTimeout(sendTimer);
    const asleep = asking;
    asking = null;
    asleep?.abort();
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) wake(); });
  window.addEventListener("storage", (event) => { // another tab wrote, sent, or began anew
    if (!store.isOurs(event.key)) return;
    if (event.key === null || event.key.endsWith(":token")) begin();
    draw();
    if (!askTimer || event.oldValue) ask();
  });
  window.addEventListener("message", (event) => {
    if (event.source !== window.parent || window.parent === window) return;
    if (event.data?.frontdesk === "shown") { shownInFrame = true; wake(); view.text.focus(); }
    if (event.data?.frontdesk === "hidden") shownInFrame = false;
  });
  if (config.embedded) {
    const close = () => window.parent.postMessage({ frontdesk: "close" }, "*");
    view.close.addEventListener("click", close);
    document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !event.isComposing) close(); });
  }

  function begin() {
    said.clear();
    cursor = 0;
    etag = "";
    typing = false;
    heldBy = "bot";
  }

  view.text.value = store.draft();
  view.grow();
  notice("");
  draw();
  ask();
  if (next()) send();
  if (!config.embedded && window.matchMedia("(pointer: fine)").matches) view.text.focus();
})();
