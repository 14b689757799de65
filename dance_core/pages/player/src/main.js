// What the page sees: window.DanceCore.<component>(element, props, trigger, watch).
import { Track, decodePiece, makePose } from "./kinematics.js";
import { Player } from "./player.js";
import { facts } from "./widgets/facts.js";
import { notice } from "./widgets/notice.js";
import { poses } from "./widgets/poses.js";
import { rating } from "./widgets/rating.js";

function player(element, props, trigger, watch) {
  const root = element.querySelector("[data-player]");
  const p = new Player(root);
  p.set(props.value);
  watch("value", () => p.set(props.value));
  root.dataset.ready = "1";
  window.__player = p;
}

window.DanceCore = { player, facts, notice, poses, rating, kinematics: { Track, decodePiece, makePose } };
