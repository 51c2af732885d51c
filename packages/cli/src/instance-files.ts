import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { cannotWrite } from './errors.ts';

/** A folder that files are written to. */
export interface InstanceFolder {
  write(name: string, text: string): Promise<void>;
}

/**
 * Writes a file; in place of one that is there only where it is told to.
 *
 * @throws CliError `file-exists` or `cannot-write`.
 */
export async function writeInstance(file: string, text: string, cwd: string, overwrite = false): Promise<void> {
  try {
    await writeFile(resolve(cwd, file), text, { flag: overwrite ? 'w' : 'wx' });
  } catch (cause) {
    throw cannotWrite(file, cause);
  }
}

/**
 * Makes a folder, if it is not there yet.
 *
 * @throws CliError `cannot-write`.
 */
export async function openFolder(folder: string, cwd: string, overwrite = false): Promise<InstanceFolder> {
  try {
    await mkdir(resolve(cwd, folder), { recursive: true });
  } catch (cause) {
    throw cannotWrite(folder, cause);
  }
  return { write: (name, text) => writeInstance(join(folder, name), text, cwd, overwrite) };
}
