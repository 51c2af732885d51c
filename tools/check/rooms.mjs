/** Rooms that need more than a browser. Every other package runs unchanged in one. */
const nodeRooms = new Set(['cli', 'create-mechanism', 'mechane', 'server', 'cluster']);

/** Rooms that are never published. */
const privateRooms = new Set(['playground']);

/** Rooms that are not plugins. Every other package is one. */
const foundations = new Set([
  ...['core', 'conformance', 'numerics', 'optimization', 'packing', 'plots', 'client'],
  ...nodeRooms,
  ...privateRooms,
]);

/** @param {string} room */
export function isPublished(room) {
  return !privateRooms.has(room);
}

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

/**
 * Whether a package is published without our scope: `npm create x` looks for create-x, `npx mechane` for mechane.
 *
 * @param {string} room
 */
export function hasNoScope(room) {
  return room === 'mechane' || room.startsWith('create-');
}
