/* Copies a one-time link as soon as it is made; where the browser does not let us, it can be copied by hand. */
(() => {
  "use strict";

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-copy-link]")) return;
    event.preventDefault();
    const data = new FormData(form, event.submitter);
    const box = form.querySelector("[data-copied]");
    const [words, address] = [box.querySelector("p"), box.querySelector("input")];
    event.submitter.disabled = true;
    try {
      const response = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
      const said = await response.json();
      box.hidden = false;
      address.hidden = !said.ok;
      words.textContent = said.message;
      if (!said.ok) return;
      address.value = said.address;
      try {
        await navigator.clipboard.writeText(said.address);
        words.textContent = `Copied. ${said.message}`;
      } catch {
        address.focus();
        address.select();
        words.textContent = `Copy it now. ${said.message}`;
      }
    } catch {
      box.hidden = false;
      address.hidden = true;
      words.textContent = "No link was made: the page cannot be reached. Please try again.";
    } finally {
      event.submitter.disabled = false;
    }
  });
})();
