"""What a person would mind about a page, as a program can see it."""

import re
from typing import Any

from tests.pictures.browser import Browser

# Waits for letters, icons and pictures, then for two frames, so that what is seen does not move any more.
SETTLE = """
const done = arguments[arguments.length - 1];
const loaded = [...document.images].map((image) => image.complete || new Promise((go) => {
    image.addEventListener("load", go); image.addEventListener("error", go); }));
Promise.all([document.fonts.ready, ...loaded]).then(() =>
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(true), 150))));
"""
SEEN = r"""
const root = document.documentElement;
const isSeen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
const named = (element) => {
    const name = [...element.classList].slice(0, 3).map((one) => "." + one).join("");
    return element.localName + (element.id ? "#" + element.id : name);
};
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const texts = [];
while (walker.nextNode()) {
    const text = walker.currentNode.data.trim();
    const parent = walker.currentNode.parentElement;
    if (text && !parent.closest("script, style, template, noscript, option") && isSeen(parent)) texts.push(text);
}
const content = document.querySelector("#content, main") || document.body;
const wide = [...document.body.querySelectorAll("*")].filter((element) => {
    const box = element.getBoundingClientRect();
    return isSeen(element) && box.width && box.right > root.clientWidth + 1;
});
return {
    status: performance.getEntriesByType("navigation")[0].responseStatus,
    path: location.pathname,
    texts,
    whole: document.body.innerText,
    content: content.innerText.trim(),
    tooWide: root.scrollWidth - root.clientWidth,
    wide: wide.slice(0, 3).map(named),
    elsewhere: [...new Set(texts.flatMap((text) => text.match(/https?:\/\/[^\s/]+/g) || []))]
        .filter((origin) => origin !== location.origin),
    eaten: [...new Set([...document.body.querySelectorAll("*")].filter((one) => one instanceof HTMLUnknownElement)
        .map((one) => one.localName))],
    broken: [...document.images].filter((image) => isSeen(image) && !image.naturalWidth).map((image) => image.src),
};
"""
SERVER_ERROR = re.compile(r"Server Error|Traceback \(most recent|DoesNotExist|OperationalError")
RESIDUE = re.compile(r"\{\{|\}\}|\{%|%\}|%\(\w+\)[sd]")
NO_VALUE = re.compile(r"None|null|undefined|NaN|\[object Object\]")
EXAMPLES = 3
NAMED_ROLES = {
    "button", "link", "textbox", "searchbox", "combobox", "listbox", "checkbox", "radio", "switch", "menuitem", "tab",
}  # fmt: skip


def settle(browser: Browser) -> None:
    browser.driver.execute_async_script(SETTLE)


def faults(browser: Browser, *, path: str, says: str) -> list[str]:
    """What is wrong with the page that is open, in plain words; nothing if nothing is."""
    seen = browser.script(SEEN)
    return [
        *_as_asked(seen, path, says),
        *_left_over(seen),
        *_elsewhere(seen),
        *_too_wide(seen),
        *_nameless(browser),
        *_console(browser),
    ]


def _as_asked(seen: dict[str, Any], path: str, says: str) -> list[str]:
    found = []
    if seen["status"] != 200:
        found.append(f"it answered {seen['status']}")
    if seen["path"] != path:
        found.append(f"it led to {seen['path']}")
    if trace := SERVER_ERROR.search(seen["whole"]):
        found.append(f"it shows “{trace[0]}”")
    if not seen["content"]:
        found.append("there is nothing on it")
    elif says not in seen["whole"]:
        found.append(f"it does not say “{says}”")
    return found


def _left_over(seen: dict[str, Any]) -> list[str]:
    """What a template or a script has left where a value should be, and pictures that did not come."""
    found = [f"it shows “{text}”" for text in seen["texts"] if RESIDUE.search(text) or NO_VALUE.fullmatch(text)]
    found += [f"words are taken for markup and not shown: <{name}>" for name in seen["eaten"]]
    found += [f"the picture {address} is broken" for address in seen["broken"]]
    return list(dict.fromkeys(found))


def _elsewhere(seen: dict[str, Any]) -> list[str]:
    """All of the demo is at one address: a link that people are shown and that begins otherwise leads nowhere."""
    return [f"it shows links to {origin}, where nothing is" for origin in seen["elsewhere"]]


def _too_wide(seen: dict[str, Any]) -> list[str]:
    if seen["tooWide"] <= 1:
        return []
    return [f"it scrolls sideways by {seen['tooWide']} pixels, because of {', '.join(seen['wide']) or 'something'}"]


def _nameless(browser: Browser) -> list[str]:
    """Buttons, links and fields of which a screen reader can only say that there is one."""
    nameless: dict[str, list[int]] = {}
    for node in browser.devtools("Accessibility.getFullAXTree")["nodes"]:
        role = node.get("role", {}).get("value")
        name = str(node.get("name", {}).get("value", "")).strip()
        if not node.get("ignored") and role in NAMED_ROLES and not name:
            nameless.setdefault(role, []).append(node["backendDOMNodeId"])
    return [
        f"{len(numbers)} × a {role} has no name: {', '.join(_described(browser, one) for one in numbers[:EXAMPLES])}"
        for role, numbers in nameless.items()
    ]


def _described(browser: Browser, number: int) -> str:
    node = browser.devtools("DOM.describeNode", backendNodeId=number)["node"]
    given = node.get("attributes", [])
    attributes = dict(zip(given[::2], given[1::2], strict=True))
    told = [f'{name}="{attributes[name]}"' for name in ("id", "name", "href", "type", "class") if attributes.get(name)]
    return f"<{' '.join([node['localName'], *told[:2]])}>"


def _console(browser: Browser) -> list[str]:
    return [f"the console says: {message}" for message in dict.fromkeys(browser.complaints())]
