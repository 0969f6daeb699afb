// Leave quickly: the screen first, then the storage, the server, the history, and off to a neutral page.

import { forgetAll, session } from "./storage.js";

export const NEUTRAL = "https://www.jma.go.jp/";
const PRESSES = 3;
const WITHIN = 1500; // milliseconds from the first press to the last

export function leave(transport, address = NEUTRAL) {
  const conversation = session.get("conversation");
  document.body.replaceChildren();
  document.title = "　";
  forgetAll();
  if (conversation) transport.erase(conversation).catch(() => undefined); // it expires by itself; nobody is here to be told
  history.replaceState(null, "", location.pathname);
  location.replace(address);
}

/** Calls `act` when Esc is pressed three times in a row, wherever the focus is. Returns how to stop listening. */
export function onThreeEscapes(act) {
  let presses = [];
  const press = (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    presses = [...presses, event.timeStamp].filter((time) => event.timeStamp - time <= WITHIN);
    if (presses.length >= PRESSES) act();
  };
  window.addEventListener("keydown", press, true);
  return () => window.removeEventListener("keydown", press, true);
}
