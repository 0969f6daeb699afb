// The panel around the talk: head with the way out, emergency numbers, the pinned danger, the talk, the writing field.

import { h, icon, ICONS } from "../dom.js";
import { texts } from "../texts.js";
import { emergencyView } from "./emergency.js";
import { switchView } from "./menu.js";

export class Frame {
  constructor(words, { name, log, composer, acts, preferences, launched }) {
    this.words = words;
    this.typing = words.make("p", { class: "typing", hidden: true }, texts.waiting);
    this.status = h("div", { class: "status", role: "status" });
    this.pinned = h("div", { class: "pinned", role: "alert" });
    this.toggles = ["furigana", "easy"].map((key) => switchView(words, texts[key], preferences[key], (on) => acts.change({ [key]: on })));
    this.scroller = h("div", { class: "scroller" }, h("div", { class: "toggles" }, this.toggles), log, this.typing, this.status);
    this.element = h("section", { class: "panel", role: launched && "dialog", "aria-labelledby": "name" },
      this.#head(name, acts, launched), emergencyView(words), this.pinned, this.scroller, composer);
  }

  #head(name, acts, launched) {
    const { words } = this;
    const button = (act, kind, picture) => {
      const made = h("button", { type: "button", class: kind, "data-act": act }, icon(picture), words.make("span", { class: act === "close" && "unseen" }, texts[act]));
      made.addEventListener("click", acts[act]);
      return made;
    };
    return h("header", { class: "head" },
      h("div", { class: "title" }, words.make(launched ? "h2" : "h1", { id: "name" }, name || texts.name), words.make("p", {}, texts.tagline)),
      h("div", { class: "head-buttons" }, button("menu", "quiet", ICONS.menu), launched && button("close", "quiet", ICONS.close), button("leave", "leave", ICONS.leave)));
  }

  /** A short line that screen readers speak; shown above the writing field. */
  say(form, kind = "") {
    this.status.className = `status ${kind}`;
    this.status.replaceChildren(...(form ? [this.words.make("p", {}, form)] : []));
  }

  setToggles(preferences) {
    ["furigana", "easy"].forEach((key, i) => this.toggles[i].setAttribute("aria-checked", String(Boolean(preferences[key]))));
  }
}
