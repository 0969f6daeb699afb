// The course of one conversation: begins or resumes it, sends one message after the other, and says what became of each.
// Knows no DOM: everything a person sees goes through `screen` (see chat.js).

import { session } from "./storage.js";
import { newId, Refused } from "./transport.js";

const SIGN_AFTER = 200; // milliseconds until the typing sign
const SORRY_AFTER = 8000; // and until the apology with a number to call
const STAYS_DANGEROUS = "person"; // of the ways on after a danger, this one keeps the card

export class Talk {
  constructor(transport, screen, { area, easy }) {
    Object.assign(this, { transport, screen, area, easy });
    this.turns = Promise.resolve();
    this.opened = null;
  }

  get conversation() {
    return session.get("conversation");
  }

  /** Resume what this tab was in, or begin. Can be called any number of times. */
  open() {
    this.opened ??= this.#next(() => this.#resumeOrBegin());
    return this.opened;
  }

  /** Send words; they come back to the writing field if they cannot be taken. */
  say(text) {
    const mine = this.screen.showMine(text);
    return this.#send({ text }, mine, text);
  }

  choose(question, values, mine) {
    const choice = values.length === 1 ? values[0] : values;
    return this.#send({ choice, question }, mine, "");
  }

  async setEasy(easy) {
    this.easy = easy;
    if (!this.conversation) return;
    try {
      await this.transport.setEasy(this.conversation, easy);
    } catch (error) {
      if (error instanceof Refused && error.status !== 404) throw error; // else the next begin() tells the server
    }
  }

  /** True when the server has confirmed that nothing is left. */
  async erase() {
    const conversation = this.forget();
    if (!conversation) return true;
    try {
      await this.transport.erase(conversation);
      return true;
    } catch (error) {
      return error instanceof Refused && error.status === 404;
    }
  }

  /** Let go of the conversation on this device; returns its id. */
  forget() {
    const conversation = this.conversation;
    session.clear();
    this.opened = null;
    return conversation;
  }

  #send(message, mine, typed) {
    const id = newId();
    const attempt = () => this.#next(() => this.#try(message, id, mine, typed, attempt));
    return (this.opened ?? Promise.resolve()).then(attempt); // who writes before there is a conversation is answered, not greeted
  }

  async #try(message, id, mine, typed, again) {
    try {
      if (!this.conversation) await this.#begin();
      const { replies } = await this.transport.send(this.conversation, message, id);
      mine.sent();
      if (message.question === "way_on" && message.choice !== STAYS_DANGEROUS) this.screen.unpin();
      this.screen.showReplies(replies);
    } catch (error) {
      await this.#failed(error, mine, typed, again);
    }
  }

  async #failed(error, mine, typed, again) {
    if (!(error instanceof Refused)) return mine.unsent(again);
    mine.refused();
    if (error.status !== 404) return this.screen.showRefusal(error.sentence, typed);
    this.forget();
    this.screen.showExpired(typed);
    this.opened = this.#beginOrSay();
    return this.opened;
  }

  async #resumeOrBegin() {
    if (!this.conversation) return this.#beginOrSay();
    try {
      const { replies } = await this.transport.read(this.conversation);
      this.screen.showResumed(replies);
    } catch (error) {
      if (!(error instanceof Refused)) return this.#unreachable();
      this.forget();
      this.screen.showExpired("");
      await this.#beginOrSay();
    }
  }

  async #beginOrSay() {
    try {
      this.screen.showReplies(await this.#begin());
    } catch {
      this.#unreachable();
    }
  }

  async #begin() {
    const { conversation, replies } = await this.transport.begin(this.area, this.easy);
    session.set("conversation", conversation);
    return replies;
  }

  #unreachable() {
    this.opened = null;
    this.screen.showUnreachable(() => this.open());
  }

  /** One thing after the other, with the typing sign while it lasts. */
  #next(work) {
    const turn = this.turns.then(async () => {
      const timers = [setTimeout(() => this.screen.waiting(), SIGN_AFTER), setTimeout(() => this.screen.slow(), SORRY_AFTER)];
      try {
        return await work();
      } finally {
        timers.forEach(clearTimeout);
        this.screen.ready();
      }
    });
    this.turns = turn.catch(() => undefined); // a failed turn must not hold up the next
    return turn;
  }
}
