// One request to the chat API: tries again where that is safe, and ends in one of three ways: an answer, a refusal, no connection.

const PAUSES = [800, 2500]; // milliseconds before the second and third try
const LONGEST = 35000; // the server gives up after 30 seconds
const PASSING = new Set([502, 503, 504]);

/** The server understood and said no; `sentence` is for the person. */
export class Refused extends Error {
  constructor(status, sentence) {
    super(`refused: ${status}`);
    this.status = status;
    this.sentence = sentence;
  }
}

/** No answer came: it may or may not have arrived. */
export class Unreachable extends Error {}

export class Transport {
  constructor(server) {
    this.server = server;
  }

  begin(area, easy) {
    return this.#ask("POST", "", { ...(area && { area }), easy }, newId());
  }

  /** `id` stays the same when a message is tried again, so that the server takes it only once. */
  send(conversation, message, id) {
    return this.#ask("POST", `/${conversation}/messages`, message, id);
  }

  read(conversation) {
    return this.#ask("GET", `/${conversation}`);
  }

  setEasy(conversation, easy) {
    return this.#ask("PATCH", `/${conversation}`, { easy });
  }

  /** Also works while the page is being left. */
  erase(conversation) {
    return this.#ask("DELETE", `/${conversation}`, undefined, undefined, { keepalive: true });
  }

  windows(ids) {
    return this.#fetch(`api/services?ids=${ids.map(encodeURIComponent).join(",")}`, { method: "GET" });
  }

  readings() {
    return this.#fetch("widget/readings.json", { method: "GET" });
  }

  #ask(method, path, body, id, more = {}) {
    const headers = { ...(body && { "Content-Type": "application/json" }), ...(id && { "Idempotency-Key": id }) };
    return this.#fetch(`api/conversations${path}`, { method, headers, body: body && JSON.stringify(body), ...more });
  }

  async #fetch(path, options) {
    for (let attempt = 0; ; attempt++) {
      const response = await this.#once(new URL(path, this.server), options);
      const last = attempt === PAUSES.length || options.keepalive;
      if (response && !PASSING.has(response.status)) return answerOf(response);
      if (last) throw new Unreachable();
      await new Promise((resolve) => setTimeout(resolve, PAUSES[attempt]));
    }
  }

  async #once(url, options) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), LONGEST);
    const asked = { ...options, signal: stop.signal, credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store" };
    try {
      return await fetch(url, asked);
    } catch {
      return null; // fetch fails only for want of a connection
    } finally {
      clearTimeout(timer);
    }
  }
}

async function answerOf(response) {
  if (response.status === 204) return null;
  const body = await response.json().catch(() => ({}));
  if (response.ok) return body;
  if (response.status >= 500) throw new Unreachable();
  throw new Refused(response.status, body.error);
}

/** An id for one message. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
