"use strict";
/* Draws the conversation. Text goes in as text, never as markup; links are made for http and https only. */
Chat.view = (() => {
  const { config } = Chat;
  const { words } = config;
  const $ = (id) => document.getElementById(id);
  const scroller = $("scroll");
  const log = $("log");
  const root = document.documentElement;
  root.style.setProperty("--brand", config.colour);
  root.style.setProperty("--ink", config.ink);

  const locale = config.language === "en" ? "en-GB" : config.language; // as the bot writes: day before month, 18:30
  const dayFormat = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" });
  const timeFormat = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
  const relative = new Intl.RelativeTimeFormat(config.language, { numeric: "auto" });
  const drawn = new Map(); // key -> element
  let handlers = {};

  function make(tag, name, text) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined) element.textContent = text;
    return element;
  }
  function icon(path) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("d", path);
    svg.append(line);
    return svg;
  }

  function dayKey(date) {
    return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
  }
  function dayName(date) {
    const today = new Date();
    if (dayKey(date) === dayKey(today)) return relative.format(0, "day");
    today.setDate(today.getDate() - 1);
    if (dayKey(date) === dayKey(today)) return relative.format(-1, "day");
    return dayFormat.format(date);
  }

  function addText(parent, text) {
    let rest = 0;
    for (const found of text.matchAll(/https?:\/\/[^\s<>"'«»„“”]+/g)) {
      const address = found[0].replace(/[.,;:!?)\]}…]+$/, "");
      parent.append(text.slice(rest, found.index));
      rest = found.index + address.length;
      parent.append(linkTo(address));
    }
    parent.append(text.slice(rest));
  }
  function linkTo(address) {
    let url = null;
    try {
      url = new URL(address);
    } catch {
      return address;
    }
    if (url.protocol !== "https:" && url.protocol !== "http:") return address;
    const link = make("a", "", address);
    link.href = url.href;
    link.target = "_blank";
    link.rel = "noopener noreferrer nofollow";
    return link;
  }

  function drawMessage(message) {
    const element = make("div", `message ${message.author}`);
    element.setAttribute("role", "group");
    const author = make("p", "author");
    if (message.author === "you") author.append(make("span", "hear", words.you));
    else {
      if (message.author === "bot") author.append(make("span", "", config.bot));
      if (message.author !== "bot") author.append(make("span", "badge", words.person));
      else if (!saysSo(config.bot)) author.append(make("span", "badge", words.assistant));
    }
    const bubble = make("p", "bubble");
    bubble.dir = "auto";
    if (message.author === "you") bubble.textContent = message.text;
    else addText(bubble, message.text);
    element.append(author, bubble);
    element.append(make("p", "foot"));
    if (message.buttons.length) element.append(drawChoices(message));
    return element;
  }
  function saysSo(name) { // “Asystent Studia Ceramiki” needs no badge
    return name.toLowerCase().includes(words.assistant.toLowerCase());
  }
  function drawChoices(message) {
    const box = make("div", "choices");
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", words.choices);
    for (const { title, payload } of message.buttons) {
      const button = make("button", "", title);
      button.type = "button";
      button.dir = "auto";
      button.addEventListener("click", () => handlers.choose(title, payload));
      box.append(button);
    }
    return box;
  }

  function drawFoot(element, message) {
    const foot = element.querySelector(".foot");
    const state = `${message.state}|${message.problem || ""}|${element.classList.contains("last")}`;
    if (foot.dataset.state === state) return;
    foot.dataset.state = state;
    foot.replaceChildren();
    foot.className = "foot";
    if (message.state === "failed" || message.state === "waiting") {
      foot.classList.toggle("bad", message.state === "failed");
      foot.append(message.state === "failed" ? message.problem || words.failed : words.waiting);
      foot.append(footButton(words.again, () => handlers.again(message.id)));
      if (message.state === "failed") foot.append(footButton(words.remove, () => handlers.remove(message.id)));
    } else if (message.state === "sending") {
      foot.append(words.sending);
    } else if (element.classList.contains("last")) {
      const time = make("time", "", timeFormat.format(message.at));
      time.dateTime = message.at.toISOString();
      foot.append(time);
      if (message.author === "you") foot.append(icon("M4 13l5 5L20 6"), make("span", "hear", words.sent));
    }
  }
  function footButton(text, act) {
    const button = make("button", "", text);
    button.type = "button";
    button.addEventListener("click", act);
    return button;
  }

  /* Put the elements in order without touching those that are right already: what moves is read out again. */
  function draw(messages) {
    const wanted = [];
    let lastDay = "";
    messages.forEach((message, at) => {
      const day = dayKey(message.at);
      if (day !== lastDay) wanted.push(dayElement(day, message.at));
      const before = messages[at - 1];
      const after = messages[at + 1];
      const element = drawn.get(message.id) || drawMessage(message);
      drawn.set(message.id, element);
      element.classList.toggle("first", !before || day !== lastDay || !together(before, message));
      element.classList.toggle("last", !after || !together(message, after) || dayKey(after.at) !== day);
      element.classList.toggle("unsent", message.state === "waiting" || message.state === "failed");
      element.querySelector(".author").hidden = !element.classList.contains("first");
      const answered = messages.slice(at + 1).some((later) => later.author === "you");
      element.querySelector(".choices")?.classList.toggle("past", answered);
      drawFoot(element, message);
      wanted.push(element);
      lastDay = day;
    });
    place(wanted);
  }
  function together(one, other) {
    return one.author === other.author && other.at - one.at < 5 * 60_000;
  }
  function dayElement(day, date) {
    const element = drawn.get(day) || make("p", "day");
    drawn.set(day, element);
    const name = dayName(date);
    if (element.textContent !== name) element.textContent = name;
    return element;
  }
  function place(wanted) {
    const keep = new Set(wanted);
    for (const element of [...log.children]) if (!keep.has(element)) element.remove();
    wanted.forEach((element, at) => {
      if (log.children[at] === element) return;
      if (log.getAttribute("aria-live") === "polite") element.classList.add("fresh");
      log.insertBefore(element, log.children[at] || null);
    });
    for (const [key, element] of drawn) if (!keep.has(element)) drawn.delete(key);
  }

  function isAtEnd() {
    return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
  }
  function toEnd() {
    scroller.scrollTop = scroller.scrollHeight;
  }
  function setHidden(element, hidden) {
    if (element.hidden !== hidden) element.hidden = hidden;
  }
  function setText(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }
  function grow() {
    const text = $("text");
    const wasAtEnd = isAtEnd();
    text.style.height = "auto";
    text.style.height = `${text.scrollHeight}px`;
    $("send").setAttribute("aria-disabled", String(!text.value.trim()));
    if (wasAtEnd) toEnd();
  }

  return {
    bind: (given) => { handlers = given; },
    draw,
    isAtEnd,
    toEnd,
    grow,
    text: $("text"),
    form: $("form"),
    scroller,
    person: $("person"),
    close: $("close"),
    earlier: $("earlier"),
    newer: $("newer"),
    live: (on) => log.setAttribute("aria-live", on ? "polite" : "off"),
    typing: (on) => setHidden($("typing"), !on),
    welcome: (on) => setHidden($("welcome"), !on),
    showEarlier: (on) => setHidden($("earlier"), !on),
    showNewer: (on) => setHidden($("newer"), !on),
    notice(text) {
      setText($("notice"), text);
      $("notice").classList.toggle("shown", Boolean(text));
    },
    heldBy: (who) => setText($("holder"), who === "person" ? words.personHere : words.assistantHere),
    title: (unread) => { document.title = unread ? `(${unread}) ${config.business}` : config.business; },
    keepPlace(change) { // older messages come in above what is being read
      const fromEnd = scroller.scrollHeight - scroller.scrollTop;
      change();
      scroller.scrollTop = scroller.scrollHeight - fromEnd;
    },
  };
})();
