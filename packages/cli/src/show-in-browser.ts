import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import type { Host } from './host.ts';

/** The commands that show a file, by system; elsewhere the one of freedesktop.org. */
const openers: Readonly<Record<string, readonly [command: string, ...first: string[]]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/**
 * Shows a file by what the user reads pages with: the command in the variable `BROWSER`, or what the system has. Says on stderr where the file is, which
 * is all that happens where nothing can show it.
 */
export async function showInBrowser(
  path: string,
  what: 'picture' | 'playground' | 'report',
  { env, stderr }: Host,
): Promise<void> {
  const { BROWSER: own = '' } = env;
  const [command, ...first] = own === '' ? (openers[process.platform] ?? ['xdg-open']) : [own];
  const url = pathToFileURL(path).href;
  const shown = await new Promise<boolean>((tell) => {
    const opener = spawn(command, [...first, url], { stdio: 'ignore', detached: true });
    opener.once('error', () => tell(false));
    opener.once('spawn', () => tell(true));
    opener.unref();
  });
  stderr.write(shown ? `The ${what} is shown from ${path}\n` : `The ${what} is in ${path}\n`);
}
