// What is kept on the device: the conversation's id until the tab is closed, the reading preferences for longer.
// Where storage is denied everything works the same, until the page is left.

const PREFIX = "shirube.";

class Shelf {
  constructor(open) {
    this.memory = new Map();
    try {
      this.storage = open();
      this.storage.getItem(PREFIX);
    } catch {
      this.storage = null; // denied: the memory of this page is enough
    }
  }

  get(name) {
    try {
      const kept = this.storage && this.storage.getItem(PREFIX + name);
      return kept ? JSON.parse(kept) : this.memory.get(name);
    } catch {
      return this.memory.get(name);
    }
  }

  set(name, value) {
    this.memory.set(name, value);
    try {
      if (this.storage) this.storage.setItem(PREFIX + name, JSON.stringify(value));
    } catch {
      this.storage = null; // full or denied
    }
  }

  clear() {
    this.memory.clear();
    try {
      const names = this.storage ? Object.keys(this.storage).filter((name) => name.startsWith(PREFIX)) : [];
      names.forEach((name) => this.storage.removeItem(name));
    } catch {
      this.storage = null;
    }
  }
}

export const session = new Shelf(() => window.sessionStorage);
export const device = new Shelf(() => window.localStorage);

const DEFAULTS = { furigana: false, easy: false, size: 1, theme: "auto", speech: false };

export function readPreferences() {
  return { ...DEFAULTS, ...device.get("reading") };
}

export function writePreferences(preferences) {
  device.set("reading", preferences);
}

/** Nothing of ours is left on this device. */
export function forgetAll() {
  session.clear();
  device.clear();
}
