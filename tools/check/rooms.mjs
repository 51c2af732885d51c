/** Rooms that need more than a browser. Every other package runs unchanged in one. */
const nodeRooms = new Set(['cli', 'create-mechanism']);

/** Rooms that are not plugins. Every other package is one. */
const foundations = new Set(['core', 'conformance', 'numerics', 'optimization', 'packing', ...nodeRooms]);

/** Rooms that import nothing of ours, not even core. */
const alone = new Set(['core', 'numerics', 'packing', 'create-mechanism']);

/** Plugins that may ask the optimizer. */
const optimizing = new Set(['auction-combinatorial', 'market', 'game-theory']);

/** Plugins that pack. */
const packing = new Set(['auction-combinatorial']);

/** Plugins that compute with exact numbers, or solve systems of equations. */
const numerical = new Set(['market', 'game-theory']);

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
 * A plugin's subjects for the kit: `conformance.ts`, and what it is made of.
 *
 * @param {string} file relative to the package's `src`
 */
export function isForTheKit(file) {
  return /^conformance(-[a-z-]+)?\.ts$/.test(file);
}

/**
 * The rooms into which the sources of a room may look.
 *
 * @param {string} room
 * @param {string} file the file that looks, relative to the package's `src`
 * @returns {(other: string) => boolean}
 */
export function doorsOf(room, file) {
  if (room === 'cli') return () => true;
  if (alone.has(room)) return () => false;
  const open = new Set(['core']);
  if (optimizing.has(room)) open.add('optimization');
  if (packing.has(room)) open.add('packing');
  if (numerical.has(room)) open.add('numerics');
  if (isPlugin(room) && isForTheKit(file)) open.add('conformance');
  return (other) => open.has(other);
}
