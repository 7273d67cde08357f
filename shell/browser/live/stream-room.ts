/**
 * How many streams the widgets of a page may have open. Over HTTP/1.1 a browser has six connections to a server for all of its tabs,
 * and pages and votes need some of them.
 */
const mostStreams = 2;

/** Somebody who would have a stream. */
export interface Listener {
  /** Called whenever the answer changes. */
  admit(isAdmitted: boolean): void;
}

const waiting: Listener[] = [];
let admitted: readonly Listener[] = [];

/** Asks for a stream. Who comes last is let in, and the one who came first makes room: readers have gone on from there. */
export function enterRoom(listener: Listener): void {
  if (waiting.includes(listener)) return;
  waiting.push(listener);
  settle();
}

/** Needs no stream any more. */
export function leaveRoom(listener: Listener): void {
  const at = waiting.indexOf(listener);
  if (at < 0) return;
  waiting.splice(at, 1);
  settle();
}

function settle(): void {
  const before = admitted;
  admitted = waiting.slice(-mostStreams);
  for (const one of before) if (!admitted.includes(one)) one.admit(false);
  for (const one of admitted) if (!before.includes(one)) one.admit(true);
}
