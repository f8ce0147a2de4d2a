/** What the roadmap uses of vis-timeline, its inner parts too. */
export { DataSet } from "./vis-network.min.esm.js";
import type { DataSet } from "./vis-network.min.esm.js";

export class Timeline {
  constructor(place: HTMLElement, items: DataSet, groups: DataSet, options: Record<string, any>);
  [inner: string]: any;
}
export function moment(date?: unknown): any;
