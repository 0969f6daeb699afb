// The talk itself: what was said, in order. Only the newest question can be answered; the place scrolls to the start of each answer.

import { h } from "../dom.js";
import { texts } from "../texts.js";
import { choicesView } from "./choices.js";
import { dangerView } from "./danger.js";
import { memoView } from "./memo.js";
import { servicesView } from "./services.js";

export class Log {
  /** `acts`: choose, showCode, end, status. */
  constructor(words, acts) {
    Object.assign(this, { words, acts });
    this.element = h("div", { class: "log", role: "log", "aria-live": "polite", "aria-relevant": "additions" });
    words.name(this.element, texts.log);
  }

  add(node) {
    this.element.append(node);
    return node;
  }

  /** What the bot says in one turn. */
  say(replies) {
    const views = replies.map((reply) => this.#view(reply)).filter(Boolean);
    if (!views.length) return;
    if (replies.some((reply) => reply.type === "choices")) this.closeQuestions();
    views.unshift(this.words.make("span", { class: "unseen" }, texts.bot_says));
    const turn = this.add(h("div", { class: "turn" }, views));
    requestAnimationFrame(() => this.#show(turn));
  }

  note(form, ...more) {
    const note = this.add(h("div", { class: "note" }, this.words.make("p", {}, form), ...more));
    requestAnimationFrame(() => note.scrollIntoView({ block: "nearest" }));
    return note;
  }

  closeQuestions() {
    for (const group of this.element.querySelectorAll(".choices:not([data-done])")) group.close();
  }

  clear() {
    this.element.replaceChildren();
  }

  /** The start of the turn is brought in sight, together with what was asked before it when there is room. */
  #show(turn) {
    const before = turn.previousElementSibling;
    if (before) (before.classList.contains("mine") ? before : turn).scrollIntoView({ block: "start" });
  }

  #view(reply) {
    const { words, acts } = this;
    switch (reply.type) {
      case "text": return words.make("p", { class: "bubble" }, reply);
      case "choices": return choicesView(reply, words, (values, mine) => acts.choose(reply.question, values, mine));
      case "services": return reply.services.length ? servicesView(reply, words, acts.showCode) : null;
      case "danger": return reply.level === "now" ? acts.pin(reply) : dangerView(reply, words);
      case "memo": return memoView(reply, words, acts.status);
      case "ended": return this.#ended();
      default: return null; // a form this widget does not know yet
    }
  }

  #ended() {
    const { words, acts } = this;
    const button = (name, kind, act) => {
      const made = words.make("button", { type: "button", class: kind, "data-act": name }, texts[name]);
      made.addEventListener("click", act);
      return made;
    };
    return h("div", { class: "note ended" }, words.make("p", {}, texts.ended),
      h("div", { class: "row" }, button("erase", "secondary", acts.erase), button("start_again", "quiet", acts.start_again)));
  }
}
