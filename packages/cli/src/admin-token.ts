import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { cannotRead, cannotWrite } from './errors.ts';

/** The token of whoever runs a service, and what is to be said of it. */
export interface AdminToken {
  readonly token: string;
  /** A line for whoever has started the service; none where the token came from there. */
  readonly notice: string | undefined;
}

/**
 * The token that the environment gives; else the one that was made before, which stands beside the store; else a new one, which is said once.
 *
 * @throws CliError `cannot-read`, or `cannot-write`.
 */
export async function adminToken(
  given: string | undefined,
  store: string,
  cwd: string,
  make: () => string,
): Promise<AdminToken> {
  if (given !== undefined && given !== '') return { token: given, notice: undefined };
  if (store === 'sqlite::memory:') return newToken(make());
  const file = store.startsWith('sqlite:') ? `${store.slice('sqlite:'.length)}.token` : 'mechane.token';
  const path = resolve(cwd, file);
  const kept = await readFile(path, 'utf8').catch((cause) => {
    if (cause.code !== 'ENOENT') throw cannotRead(cause);
    return '';
  });
  if (kept.trim() !== '') return { token: kept.trim(), notice: `the admin token is in ${file}` };
  const token = make();
  await writeFile(path, `${token}\n`, { mode: 0o600 }).catch((cause) => {
    throw cannotWrite(file, cause);
  });
  return newToken(token);
}

function newToken(token: string): AdminToken {
  return { token, notice: `admin token: ${token}` };
}
