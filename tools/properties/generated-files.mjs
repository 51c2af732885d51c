import { propertiesPage } from '../properties-page.mjs';
import { badge } from './badge.mjs';
import { claimsBlock, withBlock } from './claims-block.mjs';

/** @typedef {import('./findings.mjs').Examined} Examined */

/**
 * @typedef {object} Generated
 * @property {ReadonlyMap<string, string>} files by path from the root
 * @property {readonly string[]} problems what is missing, and how to fix it
 */

/**
 * Everything that follows from what the kit found: the matrix, a block in every mechanism's page, and a badge for each.
 *
 * @param {readonly Examined[]} examined
 * @param {ReadonlyMap<string, string>} pages the mechanisms' pages by path from the root, as they are
 * @returns {Generated}
 */
export function generatedFiles(examined, pages) {
  const files = new Map([['docs/properties.md', propertiesPage(examined)]]);
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
  const known = new Set(examined.map(({ mechanism }) => pagePath(mechanism)));
  for (const path of pages.keys()) {
    if (!known.has(path)) problems.push(`${path} is about no mechanism there is. Fix: remove it`);
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
