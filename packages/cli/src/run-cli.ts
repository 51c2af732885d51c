import { readFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import { Context } from './context.ts';
import type { Host } from './host.ts';
import { Interrupted } from './interrupted.ts';
import { OutputClosed } from './output.ts';
import { program } from './program.ts';

/**
 * Runs the command line: reads `argv`, does what it says, and resolves to the exit code. Never rejects.
 *
 * 0 done, 1 the answer is "no", 2 bad input or usage, 130 stopped by the user.
 *
 * @category Command
 */
export async function runCli(host: Host): Promise<number> {
  const context = new Context(host);
  try {
    const exitCode = await dispatch(context);
    await context.output.flush();
    return exitCode;
  } catch (thrown) {
    return ended(thrown, context);
  } finally {
    context.progress.clear();
    context.output.release();
  }
}

async function dispatch(context: Context): Promise<number> {
  let exitCode = 0;
  let help = '';
  const commands = program(context, ownVersion(), (code) => {
    exitCode = code;
  });
  const { argv } = context.host;
  for (const command of [commands, ...commands.commands]) {
    command.configureOutput({
      writeOut: (text) => {
        help += text;
      },
      writeErr: (text) => {
        help += text;
      },
    });
  }
  if (argv.length === 0) {
    context.host.stderr.write(commands.helpInformation());
    return 2;
  }
  try {
    await commands.parseAsync(argv, { from: 'user' });
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
  }
  await context.output.write(help);
  return exitCode;
}

function ended(thrown: unknown, context: Context): number {
  if (thrown instanceof OutputClosed) return 0;
  if (thrown instanceof Interrupted) return thrown.exitCode;
  context.reportError(thrown);
  return 2;
}

function ownVersion(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
}
