// A danger: level `now` stands above the talk until the person chooses to go on; level `check` asks gently within the talk.

import { h } from "../dom.js";
import { texts } from "../texts.js";
import { phoneLink, serviceView } from "./service.js";

const FIRST = 2; // numbers in sight at once, so that on a phone the way on is in sight too

export function dangerView(reply, words) {
  const said = words.make("p", { class: "danger-text" }, { text: reply.text, easy: reply.easy });
  const [first, rest] = [reply.services.slice(0, FIRST), reply.services.slice(FIRST)];
  return h("section", { class: `danger ${reply.level}` },
    reply.level === "now" ? words.make("h2", {}, texts.danger_title) : null, said,
    h("ul", { class: "phones" }, first.filter((service) => service.phones.length).map((service) => h("li", {}, caller(service, words)))),
    reply.ask && words.make("p", { class: "ask" }, reply.ask),
    reply.tell && words.make("p", { class: "tell" }, { text: reply.tell, easy: reply.tell_easy }),
    rest.length > 0 && others(rest, words));
}

/** The pinned form: it can be made small, and goes when the person says so. */
export function pinnedView(reply, words, close) {
  const card = dangerView(reply, words);
  card.setAttribute("data-pinned", "");
  words.name(card, texts.danger_title);
  const fold = words.make("button", { type: "button", class: "quiet fold", "aria-expanded": "true" }, texts.fold);
  fold.addEventListener("click", () => {
    const small = card.toggleAttribute("data-small");
    fold.setAttribute("aria-expanded", String(!small));
    words.put(fold, small ? texts.unfold : texts.fold);
  });
  const done = words.make("button", { type: "button", class: "secondary", "data-act": "close_danger" }, texts.close_danger);
  done.addEventListener("click", close);
  card.prepend(fold);
  card.append(done);
  return card;
}

function caller(service, words) {
  const [phone] = service.phones;
  return phoneLink({ ...phone, label: service.name, easy: phone.easy, hours: null }, { name: "", hours_text: "" }, words);
}

function others(services, words) {
  return h("details", { class: "more" }, h("summary", {}, words.make("span", {}, texts.other_numbers)), services.map((service) => serviceView(service, words)));
}
