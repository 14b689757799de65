// All colours of the player, for the dark and the light page.
import { HEAD, JOINT, LEFT, MIDDLE, RIGHT } from "./roles.js";

// left and right as on the body: orange and blue
const BONES = { [MIDDLE]: "#d9d3c8", [LEFT]: "#e2714f", [RIGHT]: "#3f86c6", [JOINT]: "#f5f1ea", [HEAD]: "#eadccd" };
const DANCERS = [{ bones: BONES }, { bones: BONES }];

export const THEMES = {
  dark: {
    dancers: DANCERS, name: "dark", air: ["#2c323e", "#1d2129", "#13161b"], plain: "#20242c",
    sky: "#dfe8ff", ground: "#8d7a70", key: "#fff1de", rim: "#8fb6ff",
    hemi: 1.15, keyLight: 2.4, rimLight: 2.2,
    floor: "#2b303b", grid: "#6d7a92", gridAlpha: 0.3, ring: "#f2b84b", shadow: 0.5,
    text: "#e9e6df", quiet: "#9aa1af", line: "#343a46", panel: "#171a20",
    wave: "#64718a", waveAhead: "#323845", beat: "#f2b84b", motion: "#52d3b8", seam: "#ff7f9f", head: "#ffffff",
    mild: "#e9b949", severe: "#ff5a6e",
    panes: ["#ff9a7d", "#52d3b8"], feet: ["#ff8f6b", "#5aa9ea"], loop: "rgba(242,184,75,.16)", bar: "rgba(255,255,255,.035)",
  },
  light: {
    dancers: DANCERS, name: "light", air: ["#fbfaf8", "#efece6", "#dfdad1"], plain: "#e9e5de",
    sky: "#ffffff", ground: "#cdbfb2", key: "#fff6ea", rim: "#cfe0ff",
    hemi: 1.6, keyLight: 2.3, rimLight: 0.9,
    floor: "#e7e3dc", grid: "#8d8a86", gridAlpha: 0.3, ring: "#d98e1c", shadow: 0.3,
    text: "#23262d", quiet: "#666c78", line: "#dcd8d0", panel: "#ffffff",
    wave: "#8c96a8", waveAhead: "#d3d5da", beat: "#b9750b", motion: "#0d8a76", seam: "#c2335d", head: "#1b1e24",
    mild: "#c98a1b", severe: "#c8102e",
    panes: ["#d2553a", "#0d8a76"], feet: ["#d2553a", "#2a72b5"], loop: "rgba(217,142,28,.16)", bar: "rgba(0,0,0,.03)",
  },
};
