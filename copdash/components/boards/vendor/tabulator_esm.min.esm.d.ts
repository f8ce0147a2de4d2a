/** What the list uses of Tabulator, its inner parts too. */
export class Tabulator {
  constructor(place: HTMLElement, options: Record<string, any>);
  static registerModule(modules: (typeof Module)[]): void;
  [inner: string]: any;
}
export class Module {
  constructor(table: any);
  table: any;
  registerTableOption(name: string, value: unknown): void;
  registerDataHandler(handler: (rows: any[]) => any[], priority: number): void;
  [inner: string]: any;
}
export class FormatModule extends Module {}
export class FrozenColumnsModule extends Module {}
export class ResizeColumnsModule extends Module {}
/** Draws rows; Tabulator calls its methods. */
export class Renderer {
  constructor(table: any);
  table: any;
  elementVertical: HTMLElement;
  tableElement: HTMLElement;
  verticalFillMode: string;
  rows(): any[];
}
