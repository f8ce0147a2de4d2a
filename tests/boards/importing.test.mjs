/** Importing a module of the boards does nothing: no page, no window, no timer is touched until somebody calls it. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import "./without_libraries.mjs";

const BOARDS = fileURLToPath(new URL("../../copdash/components/boards/", import.meta.url));
const OF_A_PAGE = [
  "document", "window", "customElements", "localStorage", "sessionStorage", "navigator", "location", "history", "matchMedia",
  "requestAnimationFrame", "getComputedStyle", "HTMLElement", "MutationObserver", "ResizeObserver",
];

function modules(folder = BOARDS) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return entry.name === "vendor" ? [] : modules(join(folder, entry.name));
    return entry.name.endsWith(".js") ? [join(folder, entry.name)] : [];
  });
}

/** What of a page is asked for while `act` runs; even `typeof document` counts. */
async function touched(act) {
  const asked = [];
  const were = new Map(OF_A_PAGE.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]));
  for (const name of OF_A_PAGE) {
    const note = () => { asked.push(name); };
    Object.defineProperty(globalThis, name, { configurable: true, get: note, set: note });
  }
  const timers = ["setTimeout", "setInterval", "queueMicrotask", "fetch"];
  const real = timers.map((name) => globalThis[name]);
  for (const name of timers) globalThis[name] = () => { asked.push(name); };
  try {
    await act();
  } finally {
    timers.forEach((name, i) => { globalThis[name] = real[i]; });
    for (const [name, was] of were) {
      if (was) Object.defineProperty(globalThis, name, was);
      else delete globalThis[name];
    }
  }
  return asked;
}

test("a module that acts when it is imported is found out", async () => {
  assert.deepEqual(await touched(() => import("data:text/javascript,typeof document")), ["document"]);
  assert.deepEqual(await touched(() => import("data:text/javascript,globalThis.window = 1; setTimeout(() => {}, 0)")), ["window", "setTimeout"]);
});

const found = modules();

test("the boards have modules", () => {
  assert.ok(found.length > 60, `${found.length} modules`);
});

for (const file of found) {
  test(`importing ${relative(BOARDS, file).split(sep).join("/")} does nothing`, async () => {
    const before = new Set(Reflect.ownKeys(globalThis));
    const asked = await touched(() => import(pathToFileURL(file).href));
    const added = Reflect.ownKeys(globalThis).filter((name) => !before.has(name));
    assert.deepEqual({ asked, added }, { asked: [], added: [] });
  });
}
