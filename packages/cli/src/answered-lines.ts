import { isUtf8 } from 'node:buffer';
import type { Mechane, Mechanism } from '@mechane/core';
import { reportOf } from './error-report.ts';
import { parseJson, parseUtf8 } from './json-text.ts';
import { type Prepare, preparation } from './preparation.ts';

const newline = 0x0a;
const fullPage = 1024 * 1024;

/** Answers scenarios, each on a line of its own. */
export class AnsweredLines {
  readonly #mechane: Mechane<Mechanism>;
  readonly #prepare: Prepare;

  constructor(mechane: Mechane<Mechanism>) {
    this.#mechane = mechane;
    this.#prepare = preparation(mechane);
  }

  /**
   * Answers whole lines, page by page.
   *
   * @param before how many lines of their file stand before them
   * @returns how many lines stand before what follows
   */
  async answer(lines: Buffer, before: number, write: (page: string) => Promise<void>): Promise<number> {
    let page = '';
    let line = before;
    const wellEncoded = isUtf8(lines);
    for (let start = 0; start < lines.length; ) {
      const found = lines.indexOf(newline, start);
      const end = found === -1 ? lines.length : found;
      line += 1;
      if (!isBlank(lines, start, end)) {
        const answered = this.#answer(lines, start, end, line, wellEncoded);
        page += typeof answered === 'string' ? answered : await answered;
      }
      start = end + 1;
      if (page.length < fullPage) continue;
      await write(page);
      page = '';
    }
    await write(page);
    return line;
  }

  /** The line that answers a scenario; later only where the mechanism has to load something first. */
  #answer(lines: Buffer, start: number, end: number, line: number, wellEncoded: boolean): string | Promise<string> {
    try {
      const scenario =
        wellEncoded && lines[start] !== 0xef
          ? parseUtf8(lines, start, end, line)
          : parseJson(lines.subarray(start, end), line);
      const answered = (): string => `${JSON.stringify(this.#mechane.runScenario(scenario))}\n`;
      return (
        this.#prepare(scenario)
          ?.then(answered)
          .catch((thrown: unknown) => answeredError(thrown, line)) ?? answered()
      );
    } catch (thrown) {
      return answeredError(thrown, line);
    }
  }
}

/** The line that answers a bad one. */
export function answeredError(thrown: unknown, line: number): string {
  return `${JSON.stringify({ error: reportOf(thrown, { line }) })}\n`;
}

/** Whether nothing stands on a line: no scenario, so no answer. */
function isBlank(lines: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = lines[at];
    if (byte !== 0x20 && byte !== 0x0d && byte !== 0x09) return false;
  }
  return true;
}
