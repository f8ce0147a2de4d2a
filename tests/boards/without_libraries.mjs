/**
 * Lets the boards' modules be imported where no library was brought in: each library is a stand-in that only has names.
 * Tabulator itself asks for a document as soon as it is imported.
 */
import { register } from "node:module";

const NAMES = [
  "DataSet", "FormatModule", "FrozenColumnsModule", "Module", "Network", "Renderer", "ResizeColumnsModule", "Tabulator", "Timeline", "moment",
];
const stand_in = `data:text/javascript,${encodeURIComponent(NAMES.map((name) => `export class ${name} {}`).join("\n"))}`;
const hook = `export function resolve(specifier, context, next) {
  return specifier.includes("/vendor/") ? { url: ${JSON.stringify(stand_in)}, shortCircuit: true } : next(specifier, context);
}`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
