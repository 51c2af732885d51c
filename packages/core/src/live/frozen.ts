/** Freezes what agents are asked, so that none can change what another reads. */
export function frozen<Content>(content: Content): Content {
  if (typeof content !== 'object' || content === null || Object.isFrozen(content) || ArrayBuffer.isView(content)) {
    return content;
  }
  Object.freeze(content);
  for (const part of Object.values(content)) frozen(part);
  return content;
}
