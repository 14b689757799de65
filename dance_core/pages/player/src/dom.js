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
  body: "M12 7.2a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2zM8.2 9h7.6l1.2 6.5M8.2 9L7 15.500M9.200 9.500v12M14.800 9.500v12M9.200 15h5.600",
  bones: "M12 6.500a2.200 2.200 0 1 0 0-4.400 2.200 2.200 0 0 0 0 4.400zM12 6.500v8M12 9.500L6.500 13M12 9.500l5.500 3.500M12 14.500L8 21.500M12 14.500l4 7",
  follow: "M4 8V5a1 1 0 0 1 1-1h3M16 4h3a1 1 0 0 1 1 1v3M20 16v3a1 1 0 0 1-1 1h-3M8 20H5a1 1 0 0 1-1-1v-3M12 9.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5z",
  fixed: "M3 8.500h11a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1H3zM15 11.500l6-3v8l-6-3M8 16.500v4.500",
  orbit: "M21 12c0 2.500-4 4.500-9 4.500s-9-2-9-4.500 4-4.500 9-4.500c2 0 3.800.3 5.300.9M18.500 5.200v3.600h-3.600M12 12.010v-.02",
  mirror: "M12 3v18M9 7.500L3.500 17H9zM15 7.500l5.500 9.500H15z",
  click: "M8.500 3.500h7L19 21H5zM12 16L18.500 6M6.600 16h10.800",
  tune: "M4 7h9M17 7h3M13 4.500v5M4 17h3M11 17h9M11 14.500v5M4 12h0",
  help: "M9 9.200a3 3 0 1 1 4.300 2.700c-.9.500-1.300 1-1.300 2.100M12 17.800v.01M12 2.800a9.200 9.200 0 1 0 0 18.400 9.200 9.200 0 0 0 0-18.400z",
  pose: "M12 5.800a2.200 2.200 0 1 0 0-4.400 2.200 2.200 0 0 0 0 4.400zM4 8l8 1 8-4M12 9v6l-4.500 6.500M12 15l5 3v4",
  film: "M4 5h16v14H4zM8 5v14M16 5v14M4 9.500h4M4 14.500h4M16 9.500h4M16 14.500h4",
  cube: "M12 2.800l8 4.500v9.400l-8 4.500-8-4.500V7.300zM12 12l8-4.700M12 12v9.200M12 12L4 7.300",
  stop: "M6 6h12v12H6z",
  photo: "M4 8a1.500 1.500 0 0 1 1.500-1.500h2.700L10 4h4l1.800 2.500h2.700A1.500 1.500 0 0 1 20 8v9.500a1.500 1.500 0 0 1-1.500 1.500h-13A1.500 1.500 0 0 1 4 17.500zM12 9.200a3.400 3.400 0 1 0 0 6.800 3.400 3.400 0 0 0 0-6.800z",
  hand: "M8 12V6.500a1.500 1.500 0 0 1 3 0V11M11 10.500V5a1.500 1.500 0 0 1 3 0v5.500M14 10.500V6.500a1.500 1.500 0 0 1 3 0V15a5.500 5.500 0 0 1-5.500 5.500c-2.500 0-3.500-1.200-5-4l-1.700-3a1.500 1.500 0 0 1 2.600-1.500L8 13",
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
