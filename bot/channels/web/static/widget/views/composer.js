// The writing field. Enter sends, but never while a Japanese input method is composing; Shift+Enter is a new line.

import { h, icon, ICONS } from "../dom.js";
import { filled, texts } from "../texts.js";

const COMPOSING = 229; // keyCode of a key that the input method takes (Safari reports it after the composition has ended)
const COUNT_FROM = 1000;

export function composerView(words, send, status) {
  const field = h("textarea", { id: "words", rows: 1, enterkeyhint: "send", autocomplete: "off", "aria-describedby": "words-hint" });
  const count = h("p", { class: "count", "aria-live": "off" });
  const button = h("button", { type: "submit", class: "primary send" }, words.make("span", {}, texts.send), icon(ICONS.send));
  const form = h("form", { class: "composer", novalidate: true },
    words.make("label", { for: "words" }, texts.input), h("div", { class: "writing" }, field, button),
    count, words.make("p", { class: "unseen", id: "words-hint" }, texts.input_hint));
  const submit = () => {
    const text = field.value.trim();
    if (!text) return status(texts.empty);
    put("");
    send(text);
  };
  const grow = () => {
    field.style.height = "auto";
    if (field.value) field.style.height = `${field.scrollHeight + 4}px`;
    count.replaceChildren();
    if (field.value.length > COUNT_FROM) words.put(count, filled(texts.count, { n: field.value.length }));
  };
  const put = (text) => {
    field.value = text;
    grow();
  };
  field.addEventListener("input", grow);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === COMPOSING) return;
    event.preventDefault();
    if (!event.repeat) submit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  /** Typed words come back, in front of whatever was written meanwhile. */
  form.keep = (text) => put([text, field.value].filter(Boolean).join("\n"));
  form.field = field;
  return form;
}
