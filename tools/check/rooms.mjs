/** Rooms that need more than a browser. Every other package runs unchanged in one. */
const nodeRooms = new Set(['cli', 'create-mechanism']);

/** Rooms that are not plugins. Every other package is one. */
const foundations = new Set(['core', 'conformance', 'numerics', 'optimization', 'packing', ...nodeRooms]);

/** @param {string} room */
export function isBrowserSafe(room) {
  return !nodeRooms.has(room);
}

/**
 * Whether a room loads packages as the user's project has them. It knows their types from its own development dependencies.
 *
 * @param {string} room
 */
export function loadsFromProject(room) {
  return room === 'cli';
}

/** @param {string} room */
export function isPlugin(room) {
  return !foundations.has(room);
}
