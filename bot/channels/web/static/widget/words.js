// Which words a person sees: plain or やさしい日本語, with or without readings above the kanji. Knows no reply forms.

import { h, telephone } from "./dom.js";

const PAIR = /(\p{Script=Han}(?:[\p{Script=Han}ノヶ]*\p{Script=Han})?)（([ぁ-ゖー]+)）/gu;
const RUN = /(\p{Script=Han}+)([^\p{Script=Han}])?/gu;
const NUMBER = /(^|[^\d\-#])(0\d{1,4}-\d{1,4}-\d{3,4}|#\d{4}|11[089]|18[89])(?![\d\-円人件日月年分時か％%])/g;

const CALLABLE = new Set(["P", "LI"]); // numbers become links there; a span may stand in a link or a button already

/** Text without the readings that follow its kanji. */
export function withoutReadings(text) {
  return text.replace(PAIR, "$1");
}

export class Words {
  constructor() {
    this.easy = false;
    this.furigana = false;
    this.readings = {}; // "話す" → "はな", "窓口" → "まどぐち": for texts that carry no readings themselves
    this.forms = new WeakMap();
  }

  /** The words of a {text, easy} form, or of a plain string. */
  pick(form) {
    if (typeof form === "string") return form;
    return (this.easy && form.easy) || form.text;
  }

  /** The same without readings, for labels, speech and paper. */
  plain(form) {
    return withoutReadings(this.pick(form));
  }

  /** Fills an element, and again whenever the choice of words changes. */
  put(element, form) {
    this.forms.set(element, form);
    element.setAttribute("data-words", "");
    element.replaceChildren(...this.nodes(this.pick(form), CALLABLE.has(element.tagName)));
    return element;
  }

  /** An accessible name; readings would be read twice, so they are left out. */
  name(element, form) {
    element.setAttribute("data-name", "");
    this.forms.set(element, form);
    element.setAttribute("aria-label", this.plain(form));
    return element;
  }

  /** A new element with these words in it. */
  make(tag, props, form) {
    return this.put(h(tag, props), form);
  }

  refresh(root) {
    for (const element of root.querySelectorAll("[data-words]")) this.put(element, this.forms.get(element));
    for (const element of root.querySelectorAll("[data-name]")) this.name(element, this.forms.get(element));
  }

  nodes(text, callable) {
    const parts = [];
    let end = 0;
    for (const match of text.matchAll(PAIR)) {
      parts.push(...this.#unread(text.slice(end, match.index), callable), this.furigana ? ruby(match[1], match[2]) : match[1]);
      end = match.index + match[0].length;
    }
    return [...parts, ...this.#unread(text.slice(end), callable)];
  }

  #unread(text, callable) {
    return (callable ? linked(text) : [text]).flatMap((part) => (typeof part === "string" && this.furigana ? annotated(part, this.readings) : [part]));
  }
}

/** A screen reader knows how to read the kanji; hearing it twice helps nobody. */
function ruby(kanji, kana) {
  return h("ruby", {}, kanji, h("rt", { "aria-hidden": "true" }, kana));
}

/** Readings for texts that carry none: a whole word, one kanji together with the sign after it, or the known words a long one is made of. */
function annotated(text, readings) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(RUN)) {
    const [, word, next = ""] = match;
    if (/[\d０-９]$/.test(text.slice(0, match.index))) continue; // 3人, 30分: read in other ways after a number
    const kana = readings[word + next] || (word.length > 1 && readings[word]);
    parts.push(text.slice(end, match.index), ...(kana ? [ruby(word, kana)] : pieces(word, readings)));
    end = match.index + word.length;
  }
  return [...parts, text.slice(end)];
}

function pieces(word, readings) {
  const parts = [];
  for (let start = 0; start < word.length; ) {
    let end = word.length;
    while (end > start + 1 && !readings[word.slice(start, end)]) end--;
    const piece = word.slice(start, end);
    parts.push(piece.length > 1 ? ruby(piece, readings[piece]) : piece);
    start = end;
  }
  return parts;
}

/** Telephone numbers within a text become links to call. */
export function linked(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(NUMBER)) {
    const start = match.index + match[1].length;
    parts.push(text.slice(end, start), h("a", { href: telephone(match[2]), class: "number" }, match[2]));
    end = start + match[2].length;
  }
  return [...parts, text.slice(end)];
}
