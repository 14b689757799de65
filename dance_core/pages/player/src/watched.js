// How long each dance was really played on this page, in seconds.
const seconds = new Map();

export function addWatched(take, time) {
  seconds.set(take, (seconds.get(take) ?? 0) + time);
}

export function watched(take) {
  return seconds.get(take) ?? 0;
}
