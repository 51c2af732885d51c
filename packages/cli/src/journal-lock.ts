import { createHash } from 'node:crypto';
import { readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { journalInUse } from './errors.ts';

/** Lets go of a lock. */
export type Unlock = () => Promise<void>;

/**
 * Locks a journal for this process, on this machine. The lock ends with its holder, however that ends: where the system has names that do (Linux,
 * Windows), it is such a name; elsewhere a file with the number of the process, which is taken over when no such process runs.
 *
 * @throws CliError `journal-in-use` where another has it.
 */
export async function lockJournal(path: string, platform: string = process.platform): Promise<Unlock> {
  const place = join(await realpath(dirname(path)), basename(path));
  const name = `mechane-journal-${createHash('sha256').update(place).digest('hex').slice(0, 40)}`;
  if (platform === 'linux') return listenAs(`\0${name}`);
  if (platform === 'win32') return listenAs(`\\\\.\\pipe\\${name}`);
  return lockByFile(`${place}.lock`);
}

function listenAs(name: string): Promise<Unlock> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (cause) => reject(journalInUse(cause)));
    server.listen(name, () => {
      server.unref();
      resolve(() => new Promise((closed) => server.close(() => closed())));
    });
  });
}

/** A file that names its holder. Of those who find it left behind, the one that moves it away takes it over. */
async function lockByFile(path: string): Promise<Unlock> {
  for (;;) {
    try {
      await writeFile(path, `${process.pid}\n`, { flag: 'wx' });
      return () => rm(path, { force: true });
    } catch (cause) {
      if ((cause as { code?: string }).code !== 'EEXIST') throw cause;
      if (!(await isLeftBehind(path))) throw journalInUse(cause);
      await rename(path, `${path}.${process.pid}`).catch(() => {});
      await rm(`${path}.${process.pid}`, { force: true });
    }
  }
}

async function isLeftBehind(path: string): Promise<boolean> {
  try {
    const holder = Number((await readFile(path, 'utf8')).trim());
    if (!Number.isInteger(holder) || holder <= 0) return false;
    process.kill(holder, 0);
    return false;
  } catch (cause) {
    return (cause as { code?: string }).code === 'ESRCH';
  }
}
