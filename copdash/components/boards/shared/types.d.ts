/**
 * What the boards speak of, for the type checker alone: rows as the server sends them, gestures as they go back.
 * Known in every module of this folder without an import; nothing of it reaches the browser.
 */
import type { Board as BoardClass, Data as BoardData, Picture as BoardPicture } from "./board.js";
import type { Gesture as SentGesture } from "./outbox.js";
import type { Column as ListColumn } from "../list/list_rules.js";
import type { Tie as NetworkTie } from "../network/network_ties.js";
import type { Looks as GroupLooks } from "./marks.js";
import type { List } from "../list/list_board.js";
import type { Grid } from "../grid/power_interest_board.js";
import type { Desk } from "../network/network_board.js";
import type { NetworkPicture as Drawn } from "../network/network_picture.js";
import type { Rating } from "../rating/rating_board.js";
import type { Matrix } from "../engagement/engagement_board.js";
import type { Picture as RoadmapPicture } from "../roadmap/roadmap_board.js";

declare global {
  // ---- between the server and a board

  /** What Streamlit hands to a component's default export. */
  interface Component {
    data: any;
    /** The root in which the board draws; it takes the theme from its host. */
    parentElement: ShadowRoot;
    setTriggerValue(name: string, value: unknown): void;
    setStateValue(name: string, value: unknown): void;
  }
  type Gesture = SentGesture;
  type Data = BoardData;
  /** The rows as they will be once everything sent is done. */
  interface View {
    stakeholders: Stakeholder[];
    ties: Tie[];
    allTies: Tie[];
    /** Meetings that stand in the network, with the ids of who was invited and who came. */
    gatherings?: { id: string; label: string; title: string; when: string; guests: string[]; came: string[]; x: number; y: number; [fact: string]: any }[];
    gaps: { id: string; now: string; wanted: string; steps: number }[];
    classes: { name: string; attributes: string[]; names: string[]; ids: string[]; means: string }[];
    legend: Legend;
    editable: boolean;
    [rows: string]: any;
  }
  /** Fields of a row: its new ones, or those that the author of a change saw. */
  type Values = Record<string, any>;

  // ---- rows

  interface Row {
    id: string;
    [field: string]: any;
  }
  interface Stakeholder extends Row {
    name: string;
    group: string;
    power: any;
    interest: any;
  }
  interface Meeting extends Row {
    title: string;
    kind: string;
  }
  interface RoadmapView extends View {
    meetings: Meeting[];
    milestones: Meeting[];
    kinds: { name: string; lane: string }[];
    lanes: string;
    today: string;
    themes: string[];
    others: { id: string; title: string; rows: string; meetings: Meeting[] }[];
  }
  type Tie = NetworkTie;
  type Column = ListColumn;
  type Edit = { id: string; values: Values; seen: Values };
  type Addition = { id: string; values: Values };
  type Left = { where: string; value: string; sentence: string };
  type Cell = { id: string; field: string };
  type Legend = any;
  type Dot = any;

  // ---- boards and what they share

  type Board = BoardClass;
  type Picture = BoardPicture;
  type Looks = GroupLooks;
  type ListBoard = List;
  type GridBoard = Grid;
  type NetworkDesk = Desk;
  type NetworkPicture = Drawn;
  type RatingBoard = Rating;
  type EngagementBoard = Matrix;
  type RoadmapBoard = RoadmapPicture;

  type Point = { x: number; y: number };
  type Act = (...given: any[]) => void;
  type Handlers = { [Kind in keyof HTMLElementEventMap as `on${Kind}`]?: (event: HTMLElementEventMap[Kind]) => void };
  /** Attributes of an element, and what listens to its events. */
  interface Attributes extends Handlers {
    [name: string]: any;
  }

  /** What all boards of a tab share, see board.js, and the door of leaving.js. */
  var copdashTab: { waiting: Map<string, Gesture[]>; mounted: Set<Board>; shown: Map<string, number>; owed: Map<string, number> } | undefined;
  /** The channel of the tab, see channel.js. */
  var copdashChannel: import("./channel.js").Channel | undefined;
  var copdashDoor: any;

  // ---- the page, as the boards know it: keys, clicks and focus meet elements; what is looked up in HTML is HTML

  interface Event {
    composedPath(): any[];
  }
  interface UIEvent {
    readonly target: HTMLElement;
  }
  interface ClipboardEvent {
    readonly target: HTMLElement;
  }
  interface ParentNode {
    querySelector<E extends Element = HTMLElement>(selectors: string): E | null;
    querySelectorAll<E extends Element = HTMLElement>(selectors: string): NodeListOf<E>;
  }
  interface Element {
    closest<E extends Element = HTMLElement>(selectors: string): E | null;
  }
  interface Node {
    getRootNode(options?: GetRootNodeOptions): ShadowRoot;
  }
}
