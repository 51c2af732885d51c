import type { MechaneError } from '@mechane/core';
import type { Place } from './cli-error.ts';
import { messageAtItsPlace, type PlacedReport, reportOf } from './error-report.ts';
import type { Host } from './host.ts';
import { Output } from './output.ts';
import { type Installed, loadPlugins } from './plugins.ts';
import { Progress } from './progress.ts';
import { type Style, styleFor } from './style.ts';
import { printable, wrapped } from './terminal-text.ts';

/** What every command works with. */
export class Context {
  readonly host: Host;
  readonly output: Output;
  readonly style: Style;
  readonly progress: Progress;
  /** How many characters a line of the terminal holds; `undefined` where nobody reads the output on one that can draw. */
  readonly columns: number | undefined;
  readonly #errorStyle: Style;

  constructor(host: Host) {
    const { stdout, stderr, env } = host;
    this.host = host;
    this.output = new Output(stdout);
    this.columns = stdout.isTTY && env.TERM !== 'dumb' ? Math.max(20, stdout.columns ?? 80) : undefined;
    this.style = styleFor(stdout, env, this.columns);
    this.#errorStyle = styleFor(stderr, env);
    this.progress = new Progress(stderr);
    // Nobody can be told that nobody can be told.
    stderr.on('error', () => {});
  }

  /** Writes what is there to read: lines that a terminal would break anywhere are broken between words. */
  tell(text: string): Promise<void> {
    return this.output.write(this.columns === undefined ? text : wrapped(text, this.columns));
  }

  /** A small picture for the terminal at hand, as wide as that; nothing elsewhere. */
  picture(draw: (columns: number) => string): string {
    const drawn = this.columns === undefined ? '' : draw(this.columns);
    return drawn === '' ? '' : `${drawn}\n`;
  }

  /** Loads the plugins, saying on stderr which had to be left out. */
  async plugins(): Promise<Installed> {
    const installed = await loadPlugins(this.host.cwd);
    for (const warning of installed.warnings) this.warn(warning);
    return installed;
  }

  /** Says on stderr what does not stop the command. */
  warn(warning: MechaneError, where: Place = {}): void {
    this.progress.clear();
    this.#say('warning', this.#errorStyle.doubtful, reportOf(warning, where));
  }

  /** Says on stderr what went wrong: a line to read, or with `json` an object to parse. */
  reportError(thrown: unknown, { json = false, ...where }: Place & { readonly json?: boolean } = {}): void {
    this.progress.clear();
    const report = reportOf(thrown, where);
    if (json) this.host.stderr.write(`${JSON.stringify({ error: report })}\n`);
    else this.#say('error', this.#errorStyle.bad, report);
  }

  #say(kind: string, emphasis: (text: string) => string, report: PlacedReport): void {
    const { code, file, line, column } = report;
    const place = [
      ...(file === undefined ? [] : [file === '-' ? 'stdin' : file]),
      ...(line === undefined ? [] : [`line ${line}`]),
      ...(column === undefined ? [] : [`column ${column}`]),
    ].join(', ');
    const where = place === '' ? '' : ` in ${printable(place)}`;
    this.host.stderr.write(
      `${emphasis(kind)} ${this.#errorStyle.strong(code)}${where}: ${printable(messageAtItsPlace(report))}\n`,
    );
  }
}
