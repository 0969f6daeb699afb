// Reads aloud with a voice of the device itself. Voices that send the text to a company's server are never used.

import { withoutReadings } from "./words.js";

function localVoice() {
  const voices = window.speechSynthesis ? speechSynthesis.getVoices() : [];
  return voices.find((voice) => voice.localService && voice.lang.replace("_", "-").startsWith("ja"));
}

/** Some browsers hand the voices over a moment late. */
export async function hasVoice() {
  if (localVoice() || !window.speechSynthesis) return Boolean(localVoice());
  await new Promise((resolve) => {
    speechSynthesis.addEventListener("voiceschanged", resolve, { once: true });
    setTimeout(resolve, 500);
  });
  return Boolean(localVoice());
}

export function speak(text) {
  const voice = localVoice();
  if (!voice || !text) return;
  const saying = new SpeechSynthesisUtterance(withoutReadings(text).replace(/-/g, "、"));
  saying.voice = voice;
  saying.lang = "ja-JP";
  speechSynthesis.speak(saying);
}

export function hush() {
  if (window.speechSynthesis) speechSynthesis.cancel();
}

/** What is said of a reply: the words, not the small print. */
export function spoken(reply, words) {
  const lead = (!words.easy && reply.read_aloud) || "";
  if (reply.type === "text") return lead || words.plain(reply);
  if (reply.type === "choices") return [lead || words.plain({ text: reply.prompt, easy: reply.easy }), ...reply.choices.map((c) => words.plain({ text: c.label, easy: c.easy }))].join("。");
  if (reply.type === "danger") return [words.plain(reply), ...reply.services.map(introduced)].join("。");
  if (reply.type === "services") return reply.services.map(introduced).join("。");
  return "";
}

function introduced(service) {
  return [service.name, ...service.phones.slice(0, 1).map((phone) => phone.number)].join("、");
}
