/* Keys for those who work from a keyboard: R reply, A confirm, O other time, E done, arrows in the list, ? help. */
(() => {
  "use strict";

  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
  const press = (selector) => {
    const found = document.querySelector(selector);
    if (!found) return false;
    found.click();
    return true;
  };

  function move(step) {
    const rows = [...document.querySelectorAll("[data-rows] > a, [data-rows] > [tabindex]")];
    if (!rows.length) return false;
    const at = rows.indexOf(document.activeElement);
    const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1);
    rows[next].focus();
    rows[next].scrollIntoView({ block: "nearest" });
    return true;
  }

  const actions = {
    r: () => {
      const box = document.querySelector("#composer textarea");
      if (box) box.focus();
      return Boolean(box);
    },
    a: () => press('[data-key="a"]'),
    o: () => press('[data-key="o"]'),
    e: () => press('[data-key="e"]'),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    "?": () => {
      const help = document.getElementById("keys-help");
      if (help) help.showModal();
      return Boolean(help);
    },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape" && typing(event.target)) return event.target.blur();
    if (typing(event.target)) return;
    const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (action && action()) event.preventDefault();
  });

  /* A form that was sent is not sent twice by an impatient thumb. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches(".fd-request form, .fd-banner, .fd-pause, .fd-buttons, .fd-ask form")) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("[data-sent]").forEach((form) => delete form.dataset.sent));

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit]")) event.target.form.submit();
  });

  /* Free times are looked up when someone asks for another time, not for every request on the page. */
  document.addEventListener("toggle", async (event) => {
    const box = event.target.querySelector?.("[data-times]");
    if (!event.target.open || !box || box.dataset.loaded) return;
    box.dataset.loaded = "1";
    try {
      const response = await fetch(box.dataset.times, { headers: { Accept: "text/html" } });
      if (!response.ok || response.redirected) throw new Error(String(response.status));
      box.innerHTML = await response.text();
    } catch {
      delete box.dataset.loaded;
      box.textContent = "The free times could not be looked up. Open this again to try once more.";
    }
  }, true);
})();
