/**
 * Something that a check found wrong.
 *
 * @typedef {{ file: string, line: number, problem: string, fix: string }} Finding
 */

/**
 * One line for a terminal, beginning with a place that editors can open.
 *
 * @param {Finding} finding
 */
export function describeFinding({ file, line, problem, fix }) {
  return `${file}:${line}  ${problem}; ${fix}`;
}

/**
 * The line, from 1, on which a text first says something; 1 where it never does.
 *
 * @param {string} text
 * @param {string} said
 */
export function lineOf(text, said) {
  return lineAt(text, Math.max(0, text.indexOf(said)));
}

/**
 * The line, from 1, of an offset.
 *
 * @param {string} text
 * @param {number} offset
 */
export function lineAt(text, offset) {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
