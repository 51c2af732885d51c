import { playgroundFolder } from './page.ts';
import { runCli } from './run-cli.ts';

/**
 * Runs the command line of this process, whose exit code it sets.
 *
 * @category Command
 */
export async function runProcess(): Promise<void> {
  let interruption: AbortController | undefined;
  const interruptible = (): AbortController => {
    const stop = new AbortController();
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort(name));
    return stop;
  };
  process.exitCode = await runCli({
    argv: process.argv.slice(2),
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    cwd: process.cwd(),
    env: process.env,
    playground: playgroundFolder(),
    // Work that cannot stop halfway never asks, and is ended by the first Ctrl-C; what asks gets to finish its sentence.
    get signal() {
      interruption ??= interruptible();
      return interruption.signal;
    },
  });
}
