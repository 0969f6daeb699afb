// The numbers that are always in reach, also when the server is not.

import { h, telephone } from "../dom.js";
import { numbers, texts } from "../texts.js";

export function emergencyView(words) {
  const [police, ambulance, ...others] = numbers;
  const call = (entry, label) => h("a", { class: "sos", href: telephone(entry.number) },
    h("span", {}, words.make("span", {}, label), " ", h("strong", {}, entry.number)));
  const rest = others.map((entry) => h("li", {}, call(entry, { text: entry.label, easy: entry.easy })));
  return h("div", { class: "emergency" }, words.make("span", { class: "emergency-title" }, texts.danger_now),
    call(police, police.short), call(ambulance, ambulance.short),
    h("details", {}, h("summary", {}, words.make("span", {}, texts.others), words.make("span", { class: "unseen" }, texts.of_numbers)), h("ul", {}, rest)));
}
