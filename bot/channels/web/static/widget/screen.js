// Draws what the talk says happened. The talk knows only the methods of this class, and this class knows nothing of the server.

import { texts } from "./texts.js";
import { pinnedView } from "./views/danger.js";
import { mineView, unsentView } from "./views/mine.js";

export class Screen {
  constructor({ words, log, frame, composer, reading }) {
    Object.assign(this, { words, log, frame, composer, reading });
  }

  showMine(text) {
    const element = this.log.add(mineView(text, this.words));
    inSight(element);
    const back = () => {
      element.remove();
      this.composer.keep(text);
      this.composer.field.focus();
    };
    return this.outcome({ element, sent: () => undefined, refused: () => undefined }, back);
  }

  /** The handle of an answer, with what is drawn when it did not get through. */
  outcome(mine, rewrite) {
    const unsent = (again) => {
      const box = unsentView(this.words, again, rewrite);
      mine.element.after(box);
      inSight(box);
    };
    return { ...mine, unsent };
  }

  showReplies(replies) {
    this.frame.say(null);
    this.log.element.querySelector(".unreachable")?.remove();
    this.log.say(replies);
    this.reading.read(replies);
  }

  showResumed(replies) {
    this.log.note(texts.resumed);
    this.showReplies(replies);
  }

  showRefusal(sentence, typed) {
    this.log.note(sentence || texts.not_taken);
    if (typed) this.composer.keep(typed);
  }

  showExpired(typed) {
    this.unpin();
    this.log.closeQuestions();
    this.log.note(texts.expired, typed && this.words.make("p", {}, texts.typed_kept));
    if (typed) this.composer.keep(typed);
  }

  showUnreachable(retry) {
    this.log.element.querySelector(".unreachable")?.remove();
    const button = this.words.make("button", { type: "button", class: "secondary", "data-act": "try_again" }, texts.try_again);
    const note = this.log.note(texts.unreachable, button);
    note.classList.add("unreachable");
    button.addEventListener("click", () => {
      note.remove();
      retry();
    });
  }

  waiting() {
    this.frame.typing.hidden = false;
    this.frame.typing.scrollIntoView({ block: "nearest" });
  }

  slow() {
    this.frame.say(texts.slow, "slow");
  }

  ready() {
    this.frame.typing.hidden = true;
    if (this.frame.status.classList.contains("slow")) this.frame.say(null);
  }

  pin(reply) {
    this.frame.pinned.replaceChildren(pinnedView(reply, this.words, () => {
      this.unpin();
      this.composer.field.focus();
    }));
  }

  unpin() {
    this.frame.pinned.replaceChildren();
  }

  empty() {
    this.reading.quiet();
    this.unpin();
    this.log.clear();
    this.frame.say(null);
  }
}

function inSight(element) {
  requestAnimationFrame(() => element.scrollIntoView({ block: "nearest" }));
}
