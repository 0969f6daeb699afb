// How the talk reads for this person: readings, やさしい日本語, size, colours, voice. Remembered on this device only.

import { hasVoice, hush, speak, spoken } from "./speech.js";
import { writePreferences } from "./storage.js";
import { texts } from "./texts.js";

const SCALES = { 1: "1", 2: "1.25", 3: "1.5" };

export class ReadingAids {
  constructor(host, words, transport, preferences) {
    Object.assign(this, { host, words, transport, preferences });
    words.easy = preferences.easy;
    words.furigana = preferences.furigana;
  }

  apply() {
    const { easy, furigana, size, theme } = this.preferences;
    this.words.easy = easy;
    this.words.furigana = furigana;
    this.host.style.setProperty("--scale", SCALES[size] || "1");
    this.host.setAttribute("theme", theme);
    this.host.body.toggleAttribute("data-furigana", furigana);
    if (furigana) this.#fetchReadings();
    this.words.refresh(this.host.shadowRoot);
  }

  /** Some of the preferences change; `say` tells when the device cannot do it. */
  async change(some, say) {
    Object.assign(this.preferences, some);
    if (some.speech && !(await hasVoice())) {
      this.preferences.speech = false;
      say(texts.no_voice);
    }
    if (some.speech === false) hush();
    writePreferences(this.preferences);
    this.apply();
  }

  read(replies) {
    if (this.preferences.speech) replies.forEach((reply) => speak(spoken(reply, this.words)));
  }

  quiet() {
    hush();
  }

  async #fetchReadings() {
    if (this.fetched) return;
    this.fetched = true;
    try {
      this.words.readings = await this.transport.readings();
      this.words.refresh(this.host.shadowRoot);
    } catch {
      this.fetched = false; // texts that carry their own readings show them all the same
    }
  }
}
