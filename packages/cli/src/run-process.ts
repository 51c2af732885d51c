import { playgroundFolder } from './page.ts';
import { runCli } from './run-cli.ts';

/**
 * Runs the command line of this process, whose exit code it sets.
 *
 * @category Command
 */
export async function runProcess(): Promise<void> {
  const interruption = new AbortController();
  let isListening = false;
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
      if (!isListening)
        for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interruption.abort(name));
      isListening = true;
      return interruption.signal;
    },
  });
}
