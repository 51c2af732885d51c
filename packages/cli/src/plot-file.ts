import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import type { RunResult } from '@mechane/core';
import type { AnyRecord, Figure, FigureOptions } from '@mechane/plots';
import { cannotWrite, noSuchPicture, widthOfNothing } from './errors.ts';
import type { Host } from './host.ts';
import { playgroundFile, type Shown } from './playground-file.ts';
import { showInBrowser } from './show-in-browser.ts';

/** The package that draws. */
export type Plots = typeof import('@mechane/plots');

type Format = (figures: readonly Figure[], plots: Plots) => string;

/** How figures are written, by the ending of the file's name. */
const formats: ReadonlyMap<string, Format> = new Map<string, Format>([
  ['.svg', ([figure], { toSvg }) => toSvg(figure as Figure)],
  ['.html', (figures, { toHtml }) => toHtml(figures)],
  ['.csv', ([figure], { toCsv }) => toCsv(figure as Figure)],
  ['.tex', ([figure], { toTikz }) => toTikz(figure as Figure)],
]);

/** What was typed of pictures. */
export interface PlotOptions {
  readonly plot?: string;
  /** How wide it is, in pixels. */
  readonly plotWidth?: number;
  /** Whether the picture is shown; in a file of its own where none is named. */
  readonly open?: boolean;
}

/**
 * Where the pictures of a command go; `undefined` where none are wanted.
 *
 * @throws CliError `invalid-option` where the file's name tells no format, or one that does not hold so many; and where a width is given of no picture.
 */
export function plotFileOf(
  { plot, plotWidth, open = false }: PlotOptions,
  most: number,
  host: Host,
): PlotFile | undefined {
  if (plot === undefined && !open) {
    if (plotWidth !== undefined) throw widthOfNothing();
    return undefined;
  }
  const file = plot ?? join(tmpdir(), `mechane-${process.pid}.html`);
  const size = plotWidth === undefined ? {} : { width: plotWidth };
  return new PlotFile(file, { most, host, size, open, inPlayground: plot === undefined && most === 1 });
}

interface PlotFileOptions {
  /** How many pictures there may be. */
  readonly most: number;
  readonly host: Host;
  readonly size: FigureOptions;
  /** Whether it is shown. */
  readonly open: boolean;
  /** Whether it may be the playground instead, where that can show it. */
  readonly inPlayground: boolean;
}

/** The file that pictures of what a command gives go to. */
export class PlotFile {
  readonly #file: string;
  readonly #format: Format;
  readonly #host: Host;
  readonly #size: FigureOptions;
  readonly #open: boolean;
  readonly #inPlayground: boolean;
  readonly #figures: Figure[] = [];
  #shown: Shown | undefined;

  /** @throws CliError `invalid-option` where the file's name tells no format, or one that does not hold so many. */
  constructor(file: string, { most, host, size, open, inPlayground }: PlotFileOptions) {
    const ending = extname(file).toLowerCase();
    const format = formats.get(ending);
    if (format === undefined) throw noSuchPicture(file, 'no format is named so', 'name it picture.svg');
    if (most > 1 && ending !== '.html')
      throw noSuchPicture(file, `it holds one picture, not ${most}`, 'name it pictures.html');
    this.#file = file;
    this.#format = format;
    this.#host = host;
    this.#size = size;
    this.#open = open;
    this.#inPlayground = inPlayground;
  }

  /** Draws a run of a scenario. */
  async drawRun(scenario: unknown, result: RunResult): Promise<void> {
    const run = { ...(scenario as AnyRecord), ...result, outcome: result.outcome as AnyRecord };
    await this.draw(({ picturesOf }, size) => picturesOf(run, size));
  }

  /** Draws pictures of one thing, the most telling first: a page has them all, other files the first. */
  async draw(figuresBy: (plots: Plots, size: FigureOptions) => readonly Figure[]): Promise<void> {
    this.#figures.push(...figuresBy(await loadedPlots(), this.#size));
  }

  /** Says what the playground would show, where it can and the result is shown at all. */
  showInPlayground(shown: Shown): void {
    this.#shown = shown;
  }

  /** The playground with the result, where it is wanted and can show it. */
  async #playground(): Promise<string | undefined> {
    const { playground } = this.#host;
    if (!this.#inPlayground || this.#shown === undefined || playground === undefined) return undefined;
    return playgroundFile(playground, this.#shown);
  }

  /**
   * Writes what was drawn, in place of what was there; nothing where nothing was drawn.
   *
   * @throws CliError `cannot-write`.
   */
  async write(): Promise<void> {
    if (this.#figures.length === 0) return;
    const page = await this.#playground();
    const text = page ?? this.#format(this.#figures, await loadedPlots());
    const path = resolve(this.#host.cwd, this.#file);
    try {
      await writeFile(path, text);
    } catch (cause) {
      throw cannotWrite(this.#file, cause);
    }
    if (this.#open) await showInBrowser(path, page === undefined ? 'picture' : 'playground', this.#host);
  }
}

/** Loaded only where a picture is wanted. */
function loadedPlots(): Promise<Plots> {
  return import('@mechane/plots');
}
