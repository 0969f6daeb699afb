// <shirube-chat>: puts the parts together. Attributes: area, mode ("page" or "launcher"), name, leave-url, side,
// windows (ids that were carried over to this phone).

import { h, icon, ICONS } from "./dom.js";
import { MOST_BYTES } from "./qr.js";
import { leave, NEUTRAL, onThreeEscapes } from "./leave.js";
import { ReadingAids } from "./reading.js";
import { Screen } from "./screen.js";
import { readPreferences } from "./storage.js";
import { Talk } from "./talk.js";
import { texts } from "./texts.js";
import { Transport } from "./transport.js";
import { composerView } from "./views/composer.js";
import { Frame } from "./views/frame.js";
import { Log } from "./views/log.js";
import { codeDialog, confirmView, menuView } from "./views/menu.js";
import { Words } from "./words.js";

const HERE = new URL("./", import.meta.url);
const STYLES = ["tokens.css", "look.css", "talk.css", "cards.css"];

export class ShirubeChat extends HTMLElement {
  connectedCallback() {
    this.stopListening = onThreeEscapes(() => this.leave());
    if (this.shadowRoot) return; // only moved within the page
    const root = this.attachShadow({ mode: "open" });
    const styled = STYLES.map((name) => linked(root, name));
    this.#build(root);
    Promise.all(styled).then(() => this.#appear());
  }

  disconnectedCallback() {
    this.stopListening();
  }

  get launched() {
    return this.getAttribute("mode") === "launcher";
  }

  #build(root) {
    const words = (this.words = new Words());
    this.transport = new Transport(new URL("../", HERE));
    this.reading = new ReadingAids(this, words, this.transport, readPreferences());
    this.composer = composerView(words, (text) => this.#say(text), (form) => this.frame.say(form));
    this.log = new Log(words, this.#actsOfLog());
    this.frame = new Frame(words, {
      name: this.getAttribute("name"), log: this.log.element, composer: this.composer, launched: this.launched,
      preferences: this.reading.preferences,
      acts: { menu: () => this.#menu(), leave: () => this.leave(), close: () => this.close(), change: (some) => this.#change(some) },
    });
    this.screen = new Screen(this);
    this.talk = new Talk(this.transport, this.screen, { area: this.getAttribute("area"), easy: words.easy });
    this.body = h("div", { class: "shirube", lang: "ja", hidden: true }, this.frame.element);
    if (this.launched) this.#addLauncher();
    root.append(this.body);
  }

  #actsOfLog() {
    return {
      choose: (question, values, mine) => this.#choose(question, values, mine),
      showCode: (ids) => this.#dialog(codeDialog(this.words, addressOf(ids))),
      pin: (reply) => this.screen.pin(reply),
      status: (form) => this.frame.say(form),
      erase: () => this.#askErase(),
      start_again: () => this.#startAgain(),
    };
  }

  #addLauncher() {
    this.body.setAttribute("role", "complementary");
    this.words.name(this.body, texts.tagline);
    this.launcher = h("button", { type: "button", class: "launcher", "aria-expanded": "false" }, icon(ICONS.talk), this.words.make("span", {}, texts.open));
    this.launcher.addEventListener("click", () => this.open());
    this.frame.element.hidden = true;
    this.body.append(this.launcher);
  }

  #appear() {
    this.replaceChildren(); // the plain form for browsers without scripts
    this.body.hidden = false;
    this.reading.apply();
    const ids = (this.getAttribute("windows") || "").split(",").filter(Boolean);
    if (ids.length) this.#showShared(ids);
    else if (!this.launched) this.talk.open();
    else if (this.talk.conversation) this.open({ quietly: true }); // the person came here from another page of the site
  }

  open({ quietly = false } = {}) {
    this.frame.element.hidden = false;
    this.launcher.hidden = true;
    this.talk.open();
    if (!quietly) this.composer.field.focus();
  }

  close() {
    this.frame.element.hidden = true;
    this.launcher.hidden = false;
    this.launcher.focus();
  }

  leave() {
    this.reading.quiet();
    leave(this.transport, this.getAttribute("leave-url") || NEUTRAL);
  }

  #say(text) {
    this.log.closeQuestions();
    this.reading.quiet();
    this.talk.say(text);
  }

  #choose(question, values, mine) {
    this.reading.quiet();
    this.talk.choose(question, values, this.screen.outcome(mine, mine.withdraw));
  }

  async #showShared(ids) {
    this.screen.waiting();
    try {
      const { services } = await this.transport.windows(ids);
      this.log.note(services.length ? texts.shared : texts.shared_none);
      this.screen.showReplies([{ type: "services", services }]);
    } catch {
      this.screen.showUnreachable(() => this.#showShared(ids)); // refused or not reached: both can be tried again
    }
    this.screen.ready();
  }

  #menu() {
    const acts = { change: (some) => this.#change(some), start_again: () => this.#startAgain(), erase: () => this.#askErase() };
    this.#dialog(menuView(this.words, this.reading.preferences, acts));
  }

  #dialog(dialog) {
    this.body.append(dialog);
    dialog.showModal();
  }

  async #change(some) {
    await this.reading.change(some, (form) => this.frame.say(form));
    this.frame.setToggles(this.reading.preferences);
    if ("easy" in some) await this.talk.setEasy(some.easy);
  }

  #askErase() {
    this.#dialog(confirmView(this.words, texts.erase_ask, () => this.#erase()));
  }

  async #erase() {
    this.screen.empty();
    const erased = await this.talk.erase();
    const again = this.words.make("button", { type: "button", class: "primary", "data-act": "start_new" }, texts.start_new);
    const note = this.log.note(erased ? texts.erased : texts.erased_here, again);
    again.addEventListener("click", () => {
      note.remove();
      this.talk.open();
      this.composer.field.focus();
    });
    again.focus();
  }

  async #startAgain() {
    this.screen.empty();
    this.composer.field.focus();
    await this.talk.erase();
    await this.talk.open();
  }
}

/** The page with as many of these windows as a code can hold. */
function addressOf(ids) {
  const address = new URL(`../?w=${ids.join(",")}`, HERE).href;
  return address.length > MOST_BYTES ? addressOf(ids.slice(0, -1)) : address;
}

function linked(root, name) {
  const link = h("link", { rel: "stylesheet", href: new URL(name, HERE).href });
  root.append(link);
  return new Promise((resolve) => {
    link.addEventListener("load", resolve);
    link.addEventListener("error", resolve); // bare, but it talks
  });
}
