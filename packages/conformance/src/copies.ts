import { isRecord } from './leaves.ts';

/** A deep copy of plain data; what is not plain data, such as a function, stays itself. */
export function cloned<Content>(content: Content): Content {
  try {
    return structuredClone(content);
  } catch {
    return content;
  }
}

/** Freezes plain data, all the way down. */
export function frozen<Content>(content: Content): Content {
  if (Array.isArray(content) || isRecord(content)) {
    if (Object.isFrozen(content)) return content;
    Object.freeze(content);
    for (const part of Object.values(content)) frozen(part);
  }
  return content;
}
