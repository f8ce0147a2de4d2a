/** What this browser, or this tab, remembers of a list; one that keeps nothing starts afresh. */

/** What was kept under a name; null where nothing was. @param {Storage} storage @param {string} name */
export function recall(storage, name) {
  try {
    return JSON.parse(storage.getItem(name) ?? "null");
  } catch {
    return null;
  }
}

/** @param {Storage} storage @param {string} name @param {unknown} value */
export function keep(storage, name, value) {
  try {
    storage.setItem(name, JSON.stringify(value));
  } catch {
    // a browser that keeps nothing starts afresh next time
  }
}
