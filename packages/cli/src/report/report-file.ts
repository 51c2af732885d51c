import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { cannotWrite } from '../errors.ts';
import type { Host } from '../host.ts';
import { showInBrowser } from '../show-in-browser.ts';
import { type Examined, type ReportPageOptions, reportPage } from './report-page.ts';

/** What was typed of reports. */
export interface ReportOptions {
  /** The file for a page. */
  readonly html?: string;
  /** Whether it is shown, where no file is named for pictures; in a file of its own where none is named for it. */
  readonly open?: boolean;
  readonly plot?: string;
}

/** Where the report of a command goes; `undefined` where none is wanted. */
export function reportFileOf({ html, open = false, plot }: ReportOptions, host: Host): ReportFile | undefined {
  const isShown = open && plot === undefined;
  if (html === undefined && !isShown) return undefined;
  return new ReportFile(html ?? join(tmpdir(), `mechane-${process.pid}-report.html`), isShown, host);
}

/** The file that a report goes to. */
export class ReportFile {
  readonly #file: string;
  readonly #open: boolean;
  readonly #host: Host;
  readonly #examined: Examined[] = [];

  constructor(file: string, open: boolean, host: Host) {
    this.#file = file;
    this.#open = open;
    this.#host = host;
  }

  add(examined: Examined): void {
    this.#examined.push(examined);
  }

  /** Writes the page, in place of what was there. @throws CliError `cannot-write` */
  async write(options: Omit<ReportPageOptions, 'day'>): Promise<void> {
    const path = resolve(this.#host.cwd, this.#file);
    const day = new Date().toISOString().slice(0, 10);
    try {
      await writeFile(path, reportPage(this.#examined, { ...options, day }));
    } catch (cause) {
      throw cannotWrite(this.#file, cause);
    }
    if (this.#open) await showInBrowser(path, 'report', this.#host);
  }
}
