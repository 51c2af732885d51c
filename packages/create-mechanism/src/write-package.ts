import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CreateError } from './errors.ts';

/**
 * Writes files into a folder that is new or empty. Nothing that is there is ever replaced.
 *
 * @throws CreateError `folder-not-empty`
 */
export function writePackage(folder: string, files: ReadonlyMap<string, string>): void {
  const there = whatIsAt(folder);
  if (there !== undefined) {
    throw new CreateError('folder-not-empty', {
      problem: `${folder} ${there}`,
      expected: 'a folder that is new or empty',
      fix: 'choose another name, or another place to run this',
    });
  }
  for (const [path, text] of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: 'wx' });
  }
}

/** What stands in the way, in words. */
function whatIsAt(folder: string): string | undefined {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  if (!found.isDirectory()) return 'is a file';
  const [first] = readdirSync(folder);
  return first === undefined ? undefined : `is not empty: it has ${first}`;
}
