/** Freezes what agents are asked, so that none can change what another reads. */
export function frozen<Content>(content: Content): Content {
  // What is no object, nothing too, counts as frozen; but functions do not.
  if (Object.isFrozen(content) || typeof content === 'function' || ArrayBuffer.isView(content)) return content;
  Object.freeze(content);
  for (const part of Object.values(content as object)) frozen(part);
  return content;
}
