/** What the network uses of vis-network, its inner parts too. */
export class DataSet<Item extends { id: string } = any> {
  length: number;
  add(items: Item | Item[]): string[];
  update(items: Partial<Item> | Partial<Item>[]): string[];
  remove(ids: string | string[]): string[];
  clear(): string[];
  get(id: string): Item | null;
  get(): Item[];
  getIds(): string[];
  forEach(act: (item: Item) => void): void;
}
export class Network {
  constructor(place: HTMLElement, data: { nodes: DataSet; edges: DataSet }, options: Record<string, any>);
  /** Its nodes and edges as they are drawn. */
  body: any;
  [inner: string]: any;
}
