import { writeFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import type { RunResult } from '@mechane/core';
import type { AnyRecord, Figure } from '@mechane/plots';
import { cannotWrite, noSuchPicture } from './errors.ts';

/** The package that draws. */
export type Plots = typeof import('@mechane/plots');

/** How figures are written, by the ending of the file's name. */
const formats: Readonly<Record<string, (figures: readonly Figure[], plots: Plots) => string>> = {
  '.svg': ([figure], { toSvg }) => toSvg(figure as Figure),
  '.html': (figures, { toHtml }) => toHtml(figures),
  '.csv': ([figure], { toCsv }) => toCsv(figure as Figure),
  '.tex': ([figure], { toTikz }) => toTikz(figure as Figure),
};

/** The file that pictures of what a command gives go to. */
export class PlotFile {
  readonly #file: string;
  readonly #cwd: string;
  readonly #figures: Figure[] = [];

  /**
   * @param most how many pictures there may be
   * @throws CliError `invalid-option` where the file's name tells no format, or one that does not hold so many.
   */
  constructor(file: string, most: number, cwd: string) {
    const ending = extname(file).toLowerCase();
    if (!Object.hasOwn(formats, ending)) throw noSuchPicture(file, 'no format is named so', 'name it picture.svg');
    if (most > 1 && ending !== '.html')
      throw noSuchPicture(file, `it holds one picture, not ${most}`, 'name it pictures.html');
    this.#file = file;
    this.#cwd = cwd;
  }

  /** Draws a run of a scenario. */
  async drawRun(scenario: unknown, result: RunResult): Promise<void> {
    const run = { ...(scenario as AnyRecord), ...result, outcome: result.outcome as AnyRecord };
    await this.draw(({ pictureOf }) => [pictureOf(run)]);
  }

  /** Draws pictures of one thing, the most telling first: a page has them all, other files the first. */
  async draw(figuresBy: (plots: Plots) => readonly Figure[]): Promise<void> {
    this.#figures.push(...figuresBy(await loadedPlots()));
  }

  /**
   * Writes what was drawn, in place of what was there; nothing where nothing was drawn.
   *
   * @throws CliError `cannot-write`.
   */
  async write(): Promise<void> {
    if (this.#figures.length === 0) return;
    const format = formats[extname(this.#file).toLowerCase()];
    const text = format?.(this.#figures, await loadedPlots()) ?? '';
    try {
      await writeFile(resolve(this.#cwd, this.#file), text);
    } catch (cause) {
      throw cannotWrite(this.#file, cause);
    }
  }
}

/** Loaded only where a picture is wanted. */
function loadedPlots(): Promise<Plots> {
  return import('@mechane/plots');
}
