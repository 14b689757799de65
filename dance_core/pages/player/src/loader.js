// Fetches what a value names: the pieces of each pane and the outline of the music.
import { Track, decodePiece } from "./kinematics.js";

const TRIES = 5; // with pauses of 0.4, 0.8, 1.6 and 3.2 s

/** The tracks of one dance (or of two that are compared), filled as their pieces arrive. */
export class Loader {
  /** `told` has arrived(), outlined(peaks) and failed(answered), the latter with whether the server did. */
  constructor(panes, told) {
    this.tracks = (panes?.length ? panes : [{}]).map(() => new Track());
    this.told = told;
    this.asked = new Set();
    this.pending = 0; // pieces on their way
    this.gone = false; // another dance is on the stage: what still arrives is of no use
  }

  /** Asks for all that this value names and that was not asked for yet. */
  load(value) {
    const peaks = link(value.peaks);
    if (peaks && this._first(peaks)) this._outline(peaks);
    (value.panes ?? []).forEach((pane, i) => (pane.pieces ?? []).forEach((file) => {
      const url = pane.first && typeof file === "string" ? new URL(file, link(pane.first)).href : link(file);
      if (!this._first(`${i} ${url}`)) return;
      this.pending++;
      this._piece(url, i, 1);
    }));
  }

  _first(key) {
    if (this.asked.has(key)) return false;
    this.asked.add(key);
    return true;
  }

  async _outline(url) {
    try {
      const data = new Uint8Array(await bytes(url));
      if (!this.gone) this.told.outlined(data);
    } catch {
      this.asked.delete(url); // the strip stays flat until the next value: nothing worse
    }
  }

  async _piece(url, pane, attempt) {
    try {
      const piece = decodePiece(await bytes(url));
      if (this.gone) return;
      this.pending--;
      this.tracks[pane].add(piece);
      this.told.arrived();
    } catch (error) {
      if (this.gone) return;
      if (attempt < TRIES) setTimeout(() => this._piece(url, pane, attempt + 1), 200 * 2 ** attempt);
      else this.told.failed(!(error instanceof TypeError)); // fetch throws it where nobody answers
    }
  }
}

async function bytes(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.arrayBuffer();
}

/** The address of a file as Gradio gives it, or of a plain string. */
export function link(file) {
  if (!file) return null;
  return typeof file === "string" ? file : file.url;
}
