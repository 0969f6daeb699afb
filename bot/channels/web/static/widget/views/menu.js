// Dialogs over the talk: how it reads, start again, erase; and the code that carries windows over to a phone.

import { h, icon, ICONS } from "../dom.js";
import { texts } from "../texts.js";
import { codeView } from "../qr.js";

let dialogs = 0;

/** A modal dialog with a title and a way to close it; focus goes back where it came from. */
export function dialogView(title, words, ...content) {
  const id = `dialog-${++dialogs}`;
  const close = h("button", { type: "button", class: "quiet close" }, icon(ICONS.close), words.make("span", {}, texts.close));
  const dialog = h("dialog", { "aria-labelledby": id },
    h("div", { class: "dialog-head" }, words.make("h2", { id }, title), close), ...content);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  return dialog;
}

export function menuView(words, preferences, acts) {
  const toggle = (name) => switchView(words, texts[name], preferences[name], (on) => acts.change({ [name]: on }));
  const row = (act, kind) => {
    const made = words.make("button", { type: "button", class: kind, "data-act": act }, texts[act]);
    made.addEventListener("click", () => {
      made.closest("dialog").close();
      acts[act]();
    });
    return made;
  };
  return dialogView(texts.menu, words,
    words.make("h3", {}, texts.reading), toggle("furigana"), toggle("easy"), toggle("speech"),
    options(words, "size", { 1: texts.size_1, 2: texts.size_2, 3: texts.size_3 }, preferences.size, (value) => acts.change({ size: Number(value) })),
    options(words, "theme", { auto: texts.theme_auto, light: texts.theme_light, dark: texts.theme_dark }, preferences.theme, (value) => acts.change({ theme: value })),
    words.make("h3", {}, texts.this_talk), h("div", { class: "row" }, row("start_again", "secondary"), row("erase", "secondary")),
    words.make("p", { class: "hint" }, texts.kept), words.make("p", { class: "hint" }, texts.leave_hint));
}

export function switchView(words, name, on, change) {
  const made = h("button", { type: "button", class: "switch", role: "switch", "aria-checked": String(Boolean(on)) },
    words.make("span", {}, name), h("span", { class: "knob", "aria-hidden": "true" }));
  made.addEventListener("click", () => {
    const next = made.getAttribute("aria-checked") !== "true";
    made.setAttribute("aria-checked", String(next));
    change(next);
  });
  return made;
}

function options(words, name, labels, chosen, change) {
  const entries = Object.entries(labels).map(([value, label]) => {
    const input = h("input", { type: "radio", name, value, checked: String(chosen) === value });
    input.addEventListener("change", () => change(value));
    return h("label", { class: "option" }, input, words.make("span", {}, label));
  });
  return h("fieldset", {}, words.make("legend", {}, texts[name]), h("div", { class: "options" }, entries));
}

/** Asks once before something is gone. */
export function confirmView(words, question, act) {
  const yes = words.make("button", { type: "button", class: "primary", "data-act": "yes" }, texts.erase_yes);
  const no = words.make("button", { type: "button", class: "secondary" }, texts.cancel);
  const dialog = dialogView(question, words, h("div", { class: "row" }, yes, no));
  no.addEventListener("click", () => dialog.close());
  yes.addEventListener("click", () => {
    dialog.close();
    act();
  });
  return dialog;
}

/** The code holds the address of the page and ids of windows, nothing else. */
export function codeDialog(words, address) {
  return dialogView(texts.qr_title, words, words.make("p", {}, texts.qr_text),
    codeView(address, words.plain(texts.qr_title)), h("p", { class: "address" }, address));
}
