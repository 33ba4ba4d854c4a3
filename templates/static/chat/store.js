"use strict";
/* What this browser keeps: who the visitor is, what was not sent yet, what is half written.
   Each unsent text has an entry of its own, so that two tabs never overwrite one another. Where the browser allows no
   storage (some do in frames), memory stands in until the page is closed. */
const Chat = { config: JSON.parse(document.getElementById("config").textContent) };

Chat.store = (() => {
  const prefix = `frontdesk:${Chat.config.slug}:`;
  const memory = new Map();
  let disk = null;
  try {
    disk = window.localStorage;
    disk.setItem(`${prefix}probe`, "1");
    disk.removeItem(`${prefix}probe`);
  } catch {
    disk = null;
  }

  function get(name) {
    if (memory.has(name)) return memory.get(name);
    return disk ? disk.getItem(prefix + name) : null;
  }
  function set(name, value) {
    try {
      if (!disk) throw new Error("no storage");
      disk.setItem(prefix + name, value);
      memory.delete(name);
    } catch { // none, or full
      memory.set(name, value);
    }
  }
  function remove(name) {
    memory.delete(name);
    if (disk) disk.removeItem(prefix + name);
  }
  function names() {
    const found = new Set(memory.keys());
    for (let at = 0; disk && at < disk.length; at += 1) {
      const key = disk.key(at);
      if (key.startsWith(prefix)) found.add(key.slice(prefix.length));
    }
    return [...found];
  }

  function unsent() {
    const items = [];
    for (const name of names()) {
      if (!name.startsWith("unsent:")) continue;
      try {
        items.push(JSON.parse(get(name)));
      } catch {
        remove(name);
      }
    }
    return items.filter(Boolean).sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
  }

  function newId() {
    if (window.crypto.randomUUID) return window.crypto.randomUUID();
    const bytes = window.crypto.getRandomValues(new Uint8Array(16)); // pages without HTTPS have no randomUUID
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  return {
    token: () => get("token"),
    keepToken: (token) => set("token", token),
    forgetToken: () => remove("token"),
    draft: () => get("draft") || "",
    keepDraft: (text) => (text ? set("draft", text) : remove("draft")),
    unsent,
    keepUnsent: (item) => set(`unsent:${item.id}`, JSON.stringify(item)),
    isUnsent: (id) => get(`unsent:${id}`) !== null,
    dropUnsent: (id) => remove(`unsent:${id}`),
    newId,
    isOurs: (key) => key === null || key.startsWith(prefix), // of a storage event; null: all was cleared
  };
})();
