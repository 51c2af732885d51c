import { propertiesPage, rowsOf } from '../properties-page.mjs';
import { badge } from './badge.mjs';
import { claimsBlock, withBlock } from './claims-block.mjs';
import { overviewPath, withEveryPage } from './overview.mjs';
import { withTables } from './package-tables.mjs';
import { unwritten } from './unwritten.mjs';

/** @typedef {import('./findings.mjs').Examined} Examined */
/** @typedef {import('./package-tables.mjs').MechanismEntry} MechanismEntry */

/**
 * @typedef {object} Written what stands there already
 * @property {string} properties the matrix
 * @property {string} overview
 * @property {ReadonlyMap<string, string>} pages the mechanisms' pages by path from the root
 * @property {ReadonlyMap<string, string>} readmes the packages' READMEs by the package's folder in `packages`
 */

/**
 * @typedef {object} Generated
 * @property {ReadonlyMap<string, string>} files by path from the root
 * @property {readonly string[]} problems what is missing, and how to fix it
 */

/**
 * Everything that follows from what the kit found: the matrix, a block in every mechanism's page, a badge for each, the overview, and the
 * tables of the packages' READMEs.
 *
 * @param {readonly Examined[]} examined
 * @param {ReadonlyMap<string, readonly MechanismEntry[]>} byRoom all mechanisms there are, by the folder of their package
 * @param {Written} written
 * @returns {Generated}
 */
export function generatedFiles(examined, byRoom, { properties, overview, pages, readmes }) {
  const ids = new Set([...byRoom.values()].flat().map(({ id }) => id));
  const before = rowsOf(properties).filter(({ mechanism }) => ids.has(mechanism));
  const files = new Map([['docs/properties.md', propertiesPage(examined, before)]]);
  const problems = [];
  for (const found of examined) {
    const { mechanism } = found;
    files.set(badgePath(mechanism), badge(found));
    const path = pagePath(mechanism);
    const page = pages.get(path);
    if (page === undefined) {
      problems.push(`${mechanism} has no page. Fix: write ${path}, like those beside it`);
      continue;
    }
    const updated = withBlock(page, claimsBlock(found, `../../badges/${mechanism}.svg`));
    if (updated === undefined) problems.push(`${path} has no place for its claims. Fix: add the two markers`);
    else files.set(path, updated);
  }
  for (const [path, page] of pages) {
    const id = path.slice('docs/mechanisms/'.length, -'.md'.length);
    if (!ids.has(id)) problems.push(`${path} is about no mechanism there is. Fix: remove it`);
    if (page.includes(unwritten)) problems.push(`${path} says ${unwritten}. Fix: write what is missing`);
  }
  // What a page does not tell yet, neither the overview nor a README tells.
  const told = (/** @type {string} */ path) => !pages.get(path)?.includes(unwritten);
  const everyPage = withEveryPage(overview, new Map([...pages].filter(([path]) => told(path))));
  files.set(overviewPath, everyPage.text);
  problems.push(...everyPage.problems);
  for (const [room, mechanisms] of byRoom) {
    const path = readmePath(room);
    const readme = withTables(
      readmes.get(room) ?? '',
      mechanisms.filter(({ id }) => told(pagePath(id))),
    );
    if (readme === undefined) problems.push(`${path} has no place for its tables. Fix: shape it like the others`);
    else files.set(path, readme);
  }
  return { files, problems };
}

/** @param {string} mechanism */
export function pagePath(mechanism) {
  return `docs/mechanisms/${mechanism}.md`;
}

/** @param {string} mechanism */
export function badgePath(mechanism) {
  return `docs/badges/${mechanism}.svg`;
}

/** @param {string} room */
export function readmePath(room) {
  return `packages/${room}/README.md`;
}
