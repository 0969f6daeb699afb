// The one line for a ward's page: <script type="module" src="…/widget/shirube.js" data-area="minato"></script>
// A page that writes <shirube-chat> itself gets that one; any other gets a launcher in its corner.

import { ShirubeChat } from "./chat.js";
import { h } from "./dom.js";

const PASSED_ON = ["area", "name", "leave-url", "side"];

if (!customElements.get("shirube-chat")) {
  addPaperStyle();
  customElements.define("shirube-chat", ShirubeChat);
  if (!document.querySelector("shirube-chat")) addLauncher();
}

/** The page's own style for printing the memo; it touches nothing on the screen. */
function addPaperStyle() {
  document.head.append(h("link", { rel: "stylesheet", href: new URL("print.css", import.meta.url).href }));
}

function addLauncher() {
  const script = [...document.scripts].find((one) => one.src === import.meta.url);
  const wishes = PASSED_ON.map((name) => [name, script?.getAttribute(`data-${name}`)]);
  document.body.append(h("shirube-chat", { mode: "launcher", ...Object.fromEntries(wishes) }));
}
