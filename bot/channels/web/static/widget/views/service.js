// One window of help as a card: why it is shown, whether it is open, the numbers to call, what to say first, and the small print.

import { h, icon, ICONS, isWebAddress, telephone } from "../dom.js";
import { filled, texts } from "../texts.js";

let cards = 0;

export function serviceView(service, words, level = 3) {
  const id = `window-${++cards}`;
  const easy = (text, twin) => ({ text, easy: twin });
  return h(
    "article", { class: "card", "aria-labelledby": id, "data-service": service.id },
    words.make(`h${level}`, { id }, service.name),
    service.why && words.make("p", { class: "reason" }, easy(service.why, service.why_easy)),
    service.what && service.what !== service.why && words.make("p", { class: "what" }, easy(service.what, service.what_easy)),
    opening(service.open, words),
    phones(service, words),
    service.say && h("div", { class: "say" }, words.make("p", { class: "say-title" }, texts.say_first), words.make("p", {}, service.say)),
    details(service, words),
    source(service, words),
  );
}

function opening(open, words) {
  if (!open.words) return null;
  return h("p", { class: `opening ${open.state}` }, h("span", { class: "dot", "aria-hidden": "true" }),
    words.make("span", {}, { text: open.words, easy: open.words_easy }));
}

function phones(service, words) {
  if (!service.phones.length) return words.make("p", { class: "no-number" }, texts.no_number);
  return h("ul", { class: "phones" }, service.phones.map((phone) => h("li", {}, phoneLink(phone, service, words))));
}

/** A number to tap; what it is for and whether it is free are part of its name. */
export function phoneLink(phone, service, words) {
  const label = phone.label && phone.label !== service.name ? words.make("span", { class: "phone-label" }, { text: phone.label, easy: phone.easy }) : null;
  return h("a", { class: "phone", href: telephone(phone.number) },
    icon(ICONS.phone), h("span", { class: "phone-text" },
      h("span", { class: "phone-number" }, phone.number), label,
      phone.hours && phone.hours !== service.hours_text ? words.make("span", { class: "phone-label" }, { text: phone.hours, easy: phone.hours_easy }) : null),
    phone.free ? words.make("span", { class: "free" }, texts.free) : null);
}

function details(service, words) {
  const rows = [
    [texts.hours, service.hours_text && words.make("span", {}, { text: service.hours_text, easy: service.hours_easy })],
    [texts.address, service.address && place(service, words)],
    [texts.fee, service.fee && words.make("span", {}, { text: service.fee, easy: service.fee_easy })],
    [texts.bring, service.bring.length > 0 && h("ul", {}, service.bring.map((thing) => words.make("li", {}, thing)))],
    [texts.ways, service.other_ways.length > 0 && h("ul", {}, service.other_ways.map((way) => h("li", {}, ...wayOf(way, words))))],
  ].filter(([, value]) => value);
  if (!rows.length) return null;
  const list = h("dl", {}, rows.flatMap(([name, value]) => [words.make("dt", {}, name), h("dd", {}, value)]));
  return h("details", { class: "more-about" }, h("summary", {}, words.make("span", {}, texts.details)), list);
}

function place(service, words) {
  const map = isWebAddress(service.map_url) ? outside(service.map_url, words.make("span", {}, texts.map), words) : null;
  return h("span", {}, service.address, map && " ", map);
}

function wayOf(way, words) {
  const kind = words.make("span", { class: "way" }, texts[`way_${way.kind}`]);
  if (isWebAddress(way.value)) return [outside(way.value, kind, words)];
  if (way.kind === "mail" && /^[^@\s]+@[^@\s]+$/.test(way.value)) return [kind, "：", h("a", { href: `mailto:${way.value}` }, way.value)];
  return [kind, "：", words.make("span", {}, way.value)];
}

/** A link that leaves us without saying where from. */
export function outside(address, content, words) {
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer", referrerpolicy: "no-referrer" },
    content, words.make("span", { class: "unseen" }, texts.new_page));
}

function source(service, words) {
  const date = service.verified_on && words.make("span", {}, filled(texts.checked, { date: dateInWords(service.verified_on) }));
  const link = isWebAddress(service.source_url) && outside(service.source_url, words.make("span", {}, texts.source), words);
  return date || link ? h("p", { class: "source" }, link, link && date && " ／ ", date) : null;
}

function dateInWords(date) {
  const [year, month, day] = date.split("-").map(Number);
  return `${year}年${month}月${day}日`;
}
