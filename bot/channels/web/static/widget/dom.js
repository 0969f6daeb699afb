// Makes elements. Text only ever goes in as text: nothing in the widget parses HTML.

const SVG = "http://www.w3.org/2000/svg";

/** h("button", {class: "x", onclick: f, "aria-label": "…"}, child, …); null and false are left out. */
export function h(tag, props = {}, ...children) {
  return fill(document.createElement(tag), props, children);
}

export function svg(tag, props = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

function fill(element, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** An icon of a few strokes; it says nothing by itself. */
export function icon(path) {
  return svg("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" }, svg("path", { d: path }));
}

export const ICONS = {
  phone: "M6.6 3.5 9 3l2 5-2.4 1.6a12 12 0 0 0 5.8 5.8L16 13l5 2-.5 2.4c-.2 1-1 1.6-2 1.6C10.5 19 5 13.5 5 5.500c0-1 .6-1.8 1.6-2Z",
  leave: "M14 4h6v16h-6M4 12h11M11 8l4 4-4 4",
  menu: "M4 7h16M4 12h16M4 17h16",
  talk: "M4 5h16v11H10l-4 4v-4H4Z",
  close: "M6 6l12 12M18 6 6 18",
  send: "M5 12h13M13 6l6 6-6 6",
};

/** Only web addresses become links; anything else stays text. */
export function isWebAddress(value) {
  return /^https?:\/\//i.test(value || "");
}

/** tel: of a number as it is printed, such as 03-3578-3171 or #8103. */
export function telephone(number) {
  return `tel:${number.replace(/[^\d#*+]/g, "").replace("#", "%23")}`;
}
