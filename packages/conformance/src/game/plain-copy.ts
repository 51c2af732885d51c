import { isRecord } from './leaves.ts';

/** Plain data that is deeper than this has a circle in it. */
const deepest = 60;

/** A copy of what was meant to be plain data, and where it is none. */
export interface PlainCopy {
  readonly copy: unknown;
  /** The first thing that JSON cannot say, in words: a number that is none, a promise, a circle. */
  readonly flaw: string | undefined;
}

/** Reads every part of plain data once, so that nothing that changes later, or answers differently when asked again, is seen twice. */
export function plainCopy(content: unknown): PlainCopy {
  const copying = new Copying();
  const copy = copying.copied(content, '', 0);
  return { copy, flaw: copying.flaw };
}

class Copying {
  flaw: string | undefined;

  copied(content: unknown, path: string, depth: number): unknown {
    switch (typeof content) {
      case 'number':
        if (!Number.isFinite(content)) this.#note(path, `is ${content}`);
        return content;
      case 'bigint':
      case 'symbol':
      case 'function':
        this.#note(path, `is a ${typeof content}`);
        return String(content);
      case 'object':
        return content === null ? null : this.#copiedObject(content, path, depth);
      default:
        return content;
    }
  }

  #copiedObject(content: object, path: string, depth: number): unknown {
    if (depth > deepest) {
      this.#note(path, 'goes round in a circle');
      return null;
    }
    if (Array.isArray(content)) {
      const list: unknown[] = new Array(content.length);
      for (let index = 0; index < content.length; index++) {
        list[index] = this.copied(content[index], within(path, index), depth + 1);
      }
      return list;
    }
    if (ArrayBuffer.isView(content)) return structuredClone(content);
    if (typeof (content as { then?: unknown }).then === 'function') {
      (content as Promise<unknown>).then(undefined, () => {});
      this.#note(path, 'is a promise');
      return null;
    }
    if (content instanceof Map || content instanceof Set) {
      this.#note(path, `is a ${content.constructor.name}`);
      return [...content];
    }
    const record: Record<string, unknown> = Object.create(null);
    for (const key of Object.keys(content)) {
      record[key] = this.copied((content as Record<string, unknown>)[key], within(path, key), depth + 1);
    }
    return record;
  }

  #note(path: string, what: string): void {
    this.flaw ??= `${path === '' ? 'the outcome' : path} ${what}`;
  }
}

function within(path: string, step: string | number): string {
  return path === '' ? String(step) : `${path}.${step}`;
}

/** A deep copy of what a user would type; what is not plain data, such as a function, stays itself. */
export function freshCopy<Content>(content: Content): Content {
  if (typeof content !== 'object' || content === null) return content;
  if (Array.isArray(content)) return content.map(freshCopy) as Content;
  if (!isPlain(content)) return content;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(content)) copy[key] = freshCopy((content as Record<string, unknown>)[key]);
  return copy as Content;
}

/** Whether plain data is plain all the way down. */
export function isPlainData(content: unknown): boolean {
  if (typeof content === 'function' || typeof content === 'symbol') return false;
  if (typeof content !== 'object' || content === null) return true;
  if (Array.isArray(content)) return content.every(isPlainData);
  return isPlain(content) && Object.values(content).every(isPlainData);
}

function isPlain(content: object): boolean {
  const prototype = Object.getPrototypeOf(content);
  return prototype === Object.prototype || prototype === null;
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
