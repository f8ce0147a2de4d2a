/**
 * The gestures that a board may send, as their verbs describe them. Made by scripts/make_gestures.py.
 *
 * @typedef {string | number | boolean | null} Value
 */

/** What each is called in the change log. */
export const GESTURE = Object.freeze({
  arranged: /** @type {"arranged"} */ ("arranged"),
  cut: /** @type {"cut"} */ ("cut"),
  edited: /** @type {"edited"} */ ("edited"),
  invited: /** @type {"invited"} */ ("invited"),
  meeting_edited: /** @type {"meeting_edited"} */ ("meeting_edited"),
  meetings_removed: /** @type {"meetings_removed"} */ ("meetings_removed"),
  milestone_edited: /** @type {"milestone_edited"} */ ("milestone_edited"),
  milestone_set: /** @type {"milestone_set"} */ ("milestone_set"),
  milestones_removed: /** @type {"milestones_removed"} */ ("milestones_removed"),
  moved: /** @type {"moved"} */ ("moved"),
  planned: /** @type {"planned"} */ ("planned"),
  planned_all: /** @type {"planned_all"} */ ("planned_all"),
  redo: /** @type {"redo"} */ ("redo"),
  removed: /** @type {"removed"} */ ("removed"),
  rescheduled: /** @type {"rescheduled"} */ ("rescheduled"),
  tie_edited: /** @type {"tie_edited"} */ ("tie_edited"),
  tie_turned: /** @type {"tie_turned"} */ ("tie_turned"),
  tied: /** @type {"tied"} */ ("tied"),
  undo: /** @type {"undo"} */ ("undo"),
});

/**
 * Nodes put elsewhere in the network picture.
 * @param {{places: ({id: string, x: number, y: number, seen?: {x: number | null, y: number | null} | null})[]}} fields
 */
export const arranged = (fields) => ({ name: GESTURE.arranged, ...fields });

/**
 * Delete ties.
 * @param {{relation_ids: string[]}} fields
 */
export const cut = (fields) => ({ name: GESTURE.cut, ...fields });

/**
 * Cells of the list changed, and rows added, in one go: by typing, pasting, changing many together.
 * @param {{edits?: {id: string, values: Record<string, any>, seen: Record<string, any>}[], additions?: {id: string, values: Record<string, any>}[]}} [fields]
 */
export const edited = (fields) => ({ name: GESTURE.edited, ...fields });

/**
 * Make the list of invited stakeholders what the author wants it to be.
 * @param {{meeting_id: string, stakeholder_ids: string[], seen: string[]}} fields
 */
export const invited = (fields) => ({ name: GESTURE.invited, ...fields });

/**
 * Change fields of a meeting.
 * @param {{meeting_id: string, values: Record<string, any>, seen: Record<string, any>}} fields
 */
export const meeting_edited = (fields) => ({ name: GESTURE.meeting_edited, ...fields });

/**
 * Delete meetings with their invitations, agenda, tasks and links; undo brings all back.
 * @param {{meeting_ids: string[]}} fields
 */
export const meetings_removed = (fields) => ({ name: GESTURE.meetings_removed, ...fields });

/**
 * Change fields of a milestone.
 * @param {{milestone_id: string, values: Record<string, any>, seen: Record<string, any>}} fields
 */
export const milestone_edited = (fields) => ({ name: GESTURE.milestone_edited, ...fields });

/**
 * A milestone made.
 * @param {{milestone_id: string, values: Record<string, any>}} fields
 */
export const milestone_set = (fields) => ({ name: GESTURE.milestone_set, ...fields });

/**
 * Delete milestones with their links to meetings.
 * @param {{milestone_ids: string[]}} fields
 */
export const milestones_removed = (fields) => ({ name: GESTURE.milestones_removed, ...fields });

/**
 * Dots moved on the grid, from the tray or back to it.
 * @param {{moves: ({id: string, power: number | null, interest: number | null, seen: Record<string, any>})[]}} fields
 */
export const moved = (fields) => ({ name: GESTURE.moved, ...fields });

/**
 * A meeting made, with days if it was dropped on the timeline.
 * @param {{meeting_id: string, values: Record<string, any>}} fields
 */
export const planned = (fields) => ({ name: GESTURE.planned, ...fields });

/**
 * Several meetings made at once, as by pasting lines of dates and titles.
 * @param {{meetings: {id: string, values: Record<string, any>}[]}} fields
 */
export const planned_all = (fields) => ({ name: GESTURE.planned_all, ...fields });

/**
 * Do again what the actor undid last in this case study.
 */
export const redo = () => ({ name: GESTURE.redo });

/**
 * Delete stakeholders with their ties, invitations and actions; undo brings all of it back.
 * @param {{stakeholder_ids: string[]}} fields
 */
export const removed = (fields) => ({ name: GESTURE.removed, ...fields });

/**
 * Put a meeting on other days; the two days are one unit. None unschedules it.
 * @param {{meeting_id: string, starts_on: string | null, ends_on: string | null, seen: Record<string, any>}} fields
 */
export const rescheduled = (fields) => ({ name: GESTURE.rescheduled, ...fields });

/**
 * Change what a tie is. `since` and `until` are one unit.
 * @param {{relation_id: string, values: Record<string, any>, seen: Record<string, any>}} fields
 */
export const tie_edited = (fields) => ({ name: GESTURE.tie_edited, ...fields });

/**
 * A tie made to point the other way. `seen`: its ends as the author saw them; raises `ChangedElsewhere`.
 * @param {{relation_id: string, seen: {from_id: string, to_id: string}}} fields
 */
export const tie_turned = (fields) => ({ name: GESTURE.tie_turned, ...fields });

/**
 * A tie drawn.
 * @param {{relation_id: string, from_id: string, to_id: string, type: string, directed?: boolean, strength?: number, status?: string}} fields
 */
export const tied = (fields) => ({ name: GESTURE.tied, ...fields });

/**
 * Take back the actor's last gesture in this case study, or the named one while later ones stay.
 * @param {{gesture_id?: string | null}} [fields]
 */
export const undo = (fields) => ({ name: GESTURE.undo, ...fields });
