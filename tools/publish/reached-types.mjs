import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withoutComments } from './without-comments.mjs';

const imported = /\b(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g;

/**
 * The declarations that whoever imports these has any use for: these, and all that they import, as paths from the folder. What only code inside imports is
 * no type of the package.
 *
 * @param {string} folder
 * @param {readonly string[]} entries paths of declarations, from the folder
 * @returns {ReadonlySet<string>}
 */
export function reachedTypes(folder, entries) {
  const reached = new Set(entries);
  // A set that grows while it is gone through is gone through to its end.
  for (const file of reached) {
    // Examples in comments import what they like.
    const text = withoutComments(file, readFileSync(join(folder, file), 'utf8'));
    for (const [, path = ''] of text.matchAll(imported)) {
      reached.add(join(dirname(file), path.replace(/\.(ts|js)$/, '.d.ts')));
    }
  }
  return reached;
}
