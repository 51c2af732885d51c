import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../root.mjs';

/** @typedef {{ line: number, column: number }} Position */
/** @typedef {{ mutatorName: string, replacement?: string, status: string, location: { start: Position, end: Position } }} Mutant */
/** @typedef {{ file: string, line: number, from: string, to: string }} Survivor a change that no test noticed */

/**
 * How many changes in some files were noticed, and which were not.
 *
 * @param {readonly string[]} files
 * @param {Record<string, { mutants: Mutant[] }>} report what Stryker wrote, by file
 */
export function tallied(files, report) {
  let noticed = 0;
  /** @type {Survivor[]} */
  const survivors = [];
  for (const file of files) {
    for (const mutant of report[file]?.mutants ?? []) {
      if (mutant.status === 'Killed' || mutant.status === 'Timeout') noticed += 1;
      else if (mutant.status === 'Survived' || mutant.status === 'NoCoverage') survivors.push(survivor(file, mutant));
    }
  }
  const changes = noticed + survivors.length;
  return { noticed, changes, survivors, score: changes === 0 ? 100 : (100 * noticed) / changes };
}

/**
 * @param {readonly Survivor[]} survivors
 * @returns {string} a line for each: where, and what it was changed to
 */
export function survivorsText(survivors) {
  return survivors.map(({ file, line, from, to }) => `  ${file}:${line}  ${from}  →  ${to}`).join('\n');
}

/**
 * @param {string} file
 * @param {Mutant} mutant
 * @returns {Survivor}
 */
function survivor(file, { location: { start, end }, replacement = '' }) {
  const lines = readFileSync(join(root, file), 'utf8')
    .split('\n')
    .slice(start.line - 1, end.line);
  const last = lines.length - 1;
  lines[last] = (lines[last] ?? '').slice(0, end.column - 1);
  lines[0] = (lines[0] ?? '').slice(start.column - 1);
  return { file, line: start.line, from: shortened(lines.join(' ')), to: shortened(replacement) };
}

/** @param {string} text */
function shortened(text) {
  const single = text.replace(/\s+/g, ' ').trim();
  return single.length > 90 ? `${single.slice(0, 89)}…` : single;
}
