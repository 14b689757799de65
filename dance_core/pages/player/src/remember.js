// What a visitor chose, kept by the browser from visit to visit. Browsers may refuse: then nothing is kept.
const PREFIX = "dance-core.";

export function recall(name, otherwise) {
  try {
    const text = localStorage.getItem(PREFIX + name);
    return text === null ? otherwise : JSON.parse(text);
  } catch {
    return otherwise;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch { /* private windows, full stores */ }
}
