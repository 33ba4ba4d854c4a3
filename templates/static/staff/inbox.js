/* The inbox keeps itself up to date while someone looks at it, and leaves a list alone in which someone is moving. */
(() => {
  "use strict";

  const EVERY = 15000;
  const parts = ["[data-rows]", ".fd-tabs", "[data-needs-you]"];

  async function refresh() {
    const list = document.querySelector("[data-rows]");
    const busy = document.hidden || !list || list.contains(document.activeElement) || window.getSelection()?.toString();
    if (busy) return;
    try {
      const response = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
      if (!response.ok || response.redirected) return;
      const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
      for (const part of parts) {
        const [old, next] = [document.querySelector(part), fresh.querySelector(part)];
        if (old && next && old.innerHTML !== next.innerHTML) old.replaceWith(document.importNode(next, true));
      }
    } catch {
      /* no connection: the next time will do */
    }
  }

  setInterval(refresh, EVERY);
  document.addEventListener("visibilitychange", refresh);
})();
