// What the person wrote, and what became of it: on its way, sent, or not sent with a way to try again.

import { h } from "../dom.js";
import { filled, texts } from "../texts.js";

const SHOWN = 400; // characters of a very long text that are drawn

export function mineView(text, words) {
  const whole = text.length > SHOWN ? words.make("span", { class: "whole" }, filled(texts.whole, { n: text.length })) : null;
  const said = h("bdi", { class: "said" }, text.length > SHOWN ? text.slice(0, SHOWN) : text);
  return h("div", { class: "mine" }, words.make("span", { class: "unseen" }, texts.you_say), said, whole);
}

/** The line below an answer that did not get through. `again` sends the very same message once more. */
export function unsentView(words, again, rewrite) {
  const press = (act) => () => {
    window.removeEventListener("online", retry);
    box.remove();
    act();
  };
  const retry = press(again);
  const box = h("div", { class: "unsent" }, words.make("p", {}, texts.unsent));
  const row = h("div", { class: "row" }, words.make("button", { type: "button", class: "secondary", "data-act": "again" }, texts.again));
  row.firstChild.addEventListener("click", retry);
  const other = words.make("button", { type: "button", class: "quiet", "data-act": "rewrite" }, texts.rewrite);
  other.addEventListener("click", press(rewrite));
  box.append(row);
  row.append(other);
  window.addEventListener("online", retry, { once: true });
  return box;
}
