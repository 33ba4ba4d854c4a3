/* Puts the chat on this site: a button in the corner, the chat page in a frame. Everything lives in a shadow root, so
   neither side's styles reach the other, and nothing here needs inline styles or scripts of the site. */
(() => {
  "use strict";
  const config = {{ config|safe }};
  const script = document.currentScript;
  if (!script || document.querySelector("[data-frontdesk]")) return;
  const source = new URL(script.src);
  const page = new URL("./", source);
  const known = (code) => config.labels[(code || "").toLowerCase().split("-")[0]] && code.toLowerCase().split("-")[0];
  const language =
    known(source.searchParams.get("lang")) || known(document.documentElement.lang) || known(navigator.language) || config.language;
  const label = config.labels[language] || Object.values(config.labels)[0];

  const css = `
    :host { all: initial; }
    * { box-sizing: border-box; }
    button { position: fixed; right: calc(20px + env(safe-area-inset-right)); bottom: calc(20px + env(safe-area-inset-bottom));
      z-index: 2147483000; display: grid; place-items: center; width: 60px; height: 60px; padding: 0; border: 0;
      border-radius: 50%; background: ${config.colour}; color: ${config.ink}; cursor: pointer; box-shadow: 0 4px 18px rgb(0 0 0 / .28); }
    button:focus-visible { outline: 3px solid ${config.ink}; outline-offset: -6px; box-shadow: 0 0 0 4px ${config.colour}, 0 4px 18px rgb(0 0 0 / .28); }
    svg { width: 28px; height: 28px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
    .dot { position: absolute; top: 2px; right: 2px; width: 16px; height: 16px; border: 2px solid #fff; border-radius: 50%; background: #c62828; }
    .panel { position: fixed; right: calc(20px + env(safe-area-inset-right)); bottom: calc(92px + env(safe-area-inset-bottom));
      z-index: 2147483001; width: 390px; height: min(640px, calc(100dvh - 112px)); border-radius: 18px; overflow: hidden;
      background: Canvas; color-scheme: light dark; box-shadow: 0 12px 48px rgb(0 0 0 / .32); }
    iframe { display: block; width: 100%; height: 100%; border: 0; }
    [hidden] { display: none; }
    @media (max-width: 520px), (max-height: 420px) {
      .panel { inset: 0; width: auto; height: auto; border-radius: 0; }
      .open button { display: none; }
    }
    @media (prefers-reduced-motion: no-preference) {
      .panel:not([hidden]) { animation: up .18s ease-out; }
      @keyframes up { from { opacity: 0; transform: translateY(10px); } }
    }`;

  function svg(path) {
    const space = "http://www.w3.org/2000/svg";
    const image = document.createElementNS(space, "svg");
    image.setAttribute("viewBox", "0 0 24 24");
    image.setAttribute("aria-hidden", "true");
    const line = document.createElementNS(space, "path");
    line.setAttribute("d", path);
    image.append(line);
    return image;
  }

  const host = document.createElement("div");
  host.setAttribute("data-frontdesk", "");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  const box = document.createElement("div");
  const panel = document.createElement("div");
  panel.className = "panel";
  panel.hidden = true;
  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("aria-haspopup", "dialog");
  const dot = document.createElement("span");
  dot.className = "dot";
  dot.hidden = true;
  const bubble = svg("M4 5h16v11H10l-5 4v-4H4z");
  const cross = svg("M6 6l12 12M18 6L6 18");
  box.append(panel, button);
  root.append(box);
  let frame = null;
  let hasLoaded = false;
  let unread = 0;

  function tell(word) {
    if (hasLoaded) frame.contentWindow.postMessage({ frontdesk: word }, page.origin);
  }
  function name() {
    const isOpen = !panel.hidden;
    button.setAttribute("aria-expanded", String(isOpen));
    button.setAttribute("aria-label", isOpen ? label.close : label.open + (unread ? ` (${label.unread}: ${unread})` : ""));
    button.replaceChildren(isOpen ? cross : bubble, dot);
    dot.hidden = isOpen || !unread;
  }
  function open() {
    if (!frame) {
      frame = document.createElement("iframe");
      frame.title = label.open;
      frame.src = `${page.href}?embedded=1&lang=${language}`;
      frame.addEventListener("load", () => { hasLoaded = true; tell(panel.hidden ? "hidden" : "shown"); });
      panel.append(frame);
    }
    panel.hidden = false;
    box.className = "open";
    unread = 0;
    name();
    frame.focus();
    tell("shown");
  }
  function close() {
    if (panel.hidden) return;
    panel.hidden = true;
    box.className = "";
    name();
    tell("hidden");
    button.focus();
  }

  button.addEventListener("click", () => (panel.hidden ? open() : close()));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  window.addEventListener("message", (event) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== page.origin) return;
    if (event.data && event.data.frontdesk === "close") close();
    if (event.data && event.data.frontdesk === "unread") { unread = Number(event.data.count) || 0; name(); }
  });
  name();
  const add = () => document.body.append(host);
  if (document.body) add();
  else document.addEventListener("DOMContentLoaded", add);
})();
