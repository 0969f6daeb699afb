// The memo to show at a window. It is made here; what is written into it stays on this device.

import { h } from "../dom.js";
import { texts } from "../texts.js";
import { linked } from "../words.js";

const FILE = "memo.txt"; // says nothing to whoever else sees the folder

export function memoView(reply, words, status) {
  const [title, ...lines] = reply.lines;
  const added = h("textarea", { rows: 3, id: "memo-added" });
  const whole = () => [...reply.lines, ...(added.value.trim() ? ["", added.value.trim()] : [])];
  return h("section", { class: "memo" }, words.make("h2", {}, texts.memo),
    h("div", { class: "paper" }, h("p", { class: "memo-title" }, title), lines.map((line) => h("p", {}, ...linked(line)))),
    words.make("label", { for: "memo-added" }, texts.memo_add), added, buttons(whole, words, status));
}

function buttons(whole, words, status) {
  const act = (name, run) => {
    const made = words.make("button", { type: "button", class: "secondary", "data-act": name }, texts[name]);
    made.addEventListener("click", run);
    return made;
  };
  const text = () => whole().join("\n");
  return h("div", { class: "row" },
    act("print", () => print(whole())), act("copy", () => copy(text(), status)), act("save", () => save(text())),
    navigator.share ? act("share", () => share(text())) : null);
}

async function copy(text, status) {
  try {
    await navigator.clipboard.writeText(text);
    status(texts.copied);
  } catch {
    status(texts.not_copied);
  }
}

function save(text) {
  const address = URL.createObjectURL(new Blob(["\uFEFF", text], { type: "text/plain;charset=utf-8" }));
  h("a", { href: address, download: FILE }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

async function share(text) {
  try {
    await navigator.share({ text });
  } catch (error) {
    if (error.name !== "AbortError") throw error; // closing the sheet is no error
  }
}

/** Only the memo goes to paper: print.css hides everything else while the sheet is in the page. */
function print(lines) {
  const sheet = h("div", { class: "shirube-sheet", lang: "ja" }, lines.map((line, index) => h(index ? "p" : "h1", {}, line)));
  document.body.append(sheet);
  document.body.classList.add("shirube-printing");
  window.addEventListener("afterprint", () => {
    sheet.remove();
    document.body.classList.remove("shirube-printing");
  }, { once: true });
  window.print();
}
