// What the page sees: window.DanceCore.player(element, props, trigger, watch).
import { Track, decodePiece, makePose } from "./kinematics.js";
import { Player } from "./player.js";

function player(element, props, trigger, watch) {
  const root = element.querySelector("[data-player]") ?? element;
  const p = new Player(root);
  p.set(props.value);
  watch("value", () => p.set(props.value));
  root.dataset.ready = "1";
  window.__player = p;
  return p;
}

window.DanceCore = { player, kinematics: { Track, decodePiece, makePose } };
