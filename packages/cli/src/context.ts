import type { MechaneError } from '@mechane/core';
import type { Place } from './cli-error.ts';
import { type PlacedReport, reportOf } from './error-report.ts';
import type { Host } from './host.ts';
import { Output } from './output.ts';
import { type Installed, loadPlugins } from './plugins.ts';
import { Progress } from './progress.ts';
import { type Style, styleFor } from './style.ts';
import { printable } from './terminal-text.ts';

/** What every command works with. */
export class Context {
  readonly host: Host;
  readonly output: Output;
  readonly style: Style;
  readonly progress: Progress;
  readonly #errorStyle: Style;

  constructor(host: Host) {
    const { stdout, stderr, env } = host;
    this.host = host;
    this.output = new Output(stdout);
    this.style = styleFor(stdout, env);
    this.#errorStyle = styleFor(stderr, env);
    this.progress = new Progress(stderr);
    // Nobody can be told that nobody can be told.
    stderr.on('error', () => {});
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
    const { code, message, file, line, column } = report;
    const place = [
      ...(file === undefined ? [] : [file === '-' ? 'stdin' : file]),
      ...(line === undefined ? [] : [`line ${line}`]),
      ...(column === undefined ? [] : [`column ${column}`]),
    ].join(', ');
    const where = place === '' ? '' : ` in ${printable(place)}`;
    this.host.stderr.write(`${emphasis(kind)} ${this.#errorStyle.strong(code)}${where}: ${printable(message)}\n`);
  }
}
