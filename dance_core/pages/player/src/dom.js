// Small helpers to build elements. User text only ever becomes textContent.

export function make(tag, attributes = {}, ...children) {
  const e = document.createElement(tag);
  for (const [k, v] of Object.entries(attributes)) {
    if (k === "text") e.textContent = v;
    else if (k.startsWith("on")) e.addEventListener(k.slice(2), v);
    else if (v === true) e.setAttribute(k, "");
    else if (v !== false && v != null) e.setAttribute(k, v);
  }
  e.append(...children.filter(Boolean));
  return e;
}

// 24 × 24 outlines, drawn for this player
const ICONS = {
  play: "M7 4.5v15l13-7.5z",
  pause: "M6.5 4.5h4v15h-4zM13.5 4.5h4v15h-4z",
  back: "M17.5 5.5v13l-9-6.5zM6 5.5h2v13H6z",
  next: "M6.5 5.5v13l9-6.5zM16 5.5h2v13h-2z",
  beatBack: "M11 6l-6 6 6 6M19 6l-6 6 6 6",
  beatNext: "M13 6l6 6-6 6M5 6l6 6-6 6",
  loop: "M17 3l3 3-3 3M20 6H8a4 4 0 0 0-4 4v1M7 21l-3-3 3-3M4 18h12a4 4 0 0 0 4-4v-1",
  sound: "M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4 4 0 0 1 0 6M18 6.5a7.5 7.5 0 0 1 0 11",
  mute: "M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM16 9.5l5 5M21 9.5l-5 5",
  save: "M12 4v11M7.5 10.5L12 15l4.5-4.5M5 19.5h14",
  home: "M12 5a7 7 0 1 1-6.3 4M5 4.5V9h4.5",
};
const FILLED = new Set(["play", "pause", "back", "next"]);

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(svg.namespaceURI, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  svg.setAttribute("class", FILLED.has(name) ? "dp-icon dp-filled" : "dp-icon");
  return svg;
}

export function setIcon(button, name) {
  if (button.dataset.icon === name) return;
  button.dataset.icon = name;
  button.replaceChildren(icon(name));
}

export function clockText(seconds) {
  const s = Math.max(0, seconds), m = Math.floor(s / 60);
  return `${m}:${(s - m * 60).toFixed(1).padStart(4, "0")}`;
}
