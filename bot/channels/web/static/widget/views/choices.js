// A question with its choices: one, or several with a button to go on. Buttons stay in place once used, so that focus is not lost.

import { h } from "../dom.js";
import { filled, texts } from "../texts.js";

const SKIP = "skip";
let groups = 0;

/** `choose(values, handle)` sends; the element has `close()` for when another answer came first. */
export function choicesView(reply, words, choose) {
  const id = `question-${++groups}`;
  const prompt = words.make("p", { class: "prompt", id }, { text: reply.prompt, easy: reply.easy });
  const group = h("div", { class: "choices", role: "group", "aria-labelledby": id });
  const send = (values) => {
    if (group.hasAttribute("data-done")) return; // a double click sends once
    mark(group, values, words);
    choose(values, handleOf(group));
  };
  group.append(prompt, notes(reply, words), ...(reply.multiple ? several(reply, words, send) : single(reply, words, send)));
  group.close = () => mark(group, [], words);
  return group;
}

function notes(reply, words) {
  const parts = [];
  if (reply.multiple) parts.push(words.make("span", {}, texts.several));
  if (reply.remaining > 0) parts.push(words.make("span", { class: "left" }, filled(texts.left, { n: reply.remaining })));
  const why = reply.why && !words.easy ? h("p", { class: "why" }, reply.why) : null;
  return h("div", { class: "notes" }, parts.length ? h("p", {}, parts) : null, why);
}

function button(choice, words, press) {
  const kind = choice.value === SKIP ? "choice skip" : "choice";
  const label = words.make("span", {}, { text: choice.label, easy: choice.easy });
  const made = h("button", { type: "button", class: kind, "data-value": choice.value }, label);
  made.addEventListener("click", () => made.getAttribute("aria-disabled") !== "true" && press(made));
  return made;
}

function single(reply, words, send) {
  return [h("div", { class: "buttons" }, reply.choices.map((choice) => button(choice, words, () => send([choice.value]))))];
}

function several(reply, words, send) {
  const own = reply.choices.filter((choice) => choice.value !== SKIP);
  const skip = reply.choices.filter((choice) => choice.value === SKIP);
  const list = h("div", { class: "buttons" }, own.map((choice) => checkbox(choice, words)));
  const say = h("p", { class: "hint", role: "status" });
  const decide = words.make("button", { type: "button", class: "primary decide" }, texts.decide);
  decide.addEventListener("click", () => {
    const values = [...list.querySelectorAll("input:checked")].map((input) => input.value);
    if (values.length) send(values);
    else words.put(say, texts.none_chosen);
  });
  return [list, say, h("div", { class: "row" }, decide, skip.map((choice) => button(choice, words, () => send([SKIP]))))];
}

function checkbox(choice, words) {
  const input = h("input", { type: "checkbox", value: choice.value });
  return h("label", { class: "choice check", "data-value": choice.value }, input, words.make("span", {}, { text: choice.label, easy: choice.easy }));
}

function mark(group, values, words) {
  group.setAttribute("data-done", "");
  for (const item of group.querySelectorAll(".choice, .decide")) {
    const chosen = values.includes(item.getAttribute("data-value"));
    item.toggleAttribute("data-chosen", chosen);
    item.setAttribute("aria-disabled", "true");
    const input = item.querySelector("input");
    if (input) input.disabled = true;
    if (chosen) item.append(words.make("span", { class: "unseen chosen" }, texts.chosen));
  }
}

/** What became of the answer: when it did not get through, the choices are as before. */
function handleOf(group) {
  const reopen = () => {
    group.removeAttribute("data-done");
    for (const item of group.querySelectorAll(".choice, .decide")) {
      item.removeAttribute("data-chosen");
      item.removeAttribute("aria-disabled");
      const input = item.querySelector("input");
      if (input) input.disabled = false;
      item.querySelector(".chosen")?.remove();
    }
  };
  return { element: group, sent: () => undefined, refused: () => undefined, withdraw: reopen };
}
