// A list of windows: the one to three first, the others behind 「ほかの窓口も見る」, and the way over to the phone.

import { h } from "../dom.js";
import { filled, texts } from "../texts.js";
import { serviceView } from "./service.js";

export function servicesView(reply, words, showCode) {
  const all = [...reply.services, ...(reply.more || [])];
  const more = reply.more?.length
    ? h("details", { class: "more" }, h("summary", {}, words.make("span", {}, filled(texts.more, { n: reply.more.length }))),
        reply.more.map((service) => serviceView(service, words)))
    : null;
  const code = words.make("button", { type: "button", class: "quiet to-phone" }, texts.qr);
  code.addEventListener("click", () => showCode(all.map((service) => service.id)));
  return h("section", { class: "services" }, words.make("h2", { class: "unseen" }, texts.windows),
    reply.services.map((service) => serviceView(service, words)), more, code);
}
