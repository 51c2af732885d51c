import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { subset, validRange } from 'semver';
import { lineOf } from './finding.mjs';

/** @typedef {import('./finding.mjs').Finding} Finding */
/** @typedef {import('./repository.mjs').Repository} Repository */
/** @typedef {import('./repository.mjs').Workspace} Workspace */
/** @typedef {import('./repository.mjs').Manifest} Manifest */

/**
 * The peers of each package as it was last released, by name: their ranges, and whether users may leave them out.
 *
 * @typedef {Record<string, { version: string, peers: Record<string, { range: string, optional: boolean }> }>} ReleasedPeers
 */

/** Where {@link ReleasedPeers} are written down. */
export const recordFile = '.changeset/peer-ranges.json';
const rewrite = 'node tools/write-peer-ranges.mjs';

/**
 * Whoever could install a package beside its peers can install its next version, unless that is a major one.
 *
 * @param {Repository} repository
 * @returns {Finding[]}
 */
export function checkPeerRanges({ root, workspaces }) {
  if (!existsSync(join(root, recordFile))) {
    return [{ file: recordFile, line: 1, problem: 'the peers last released are not on record', fix: rewrite }];
  }
  /** @type {ReleasedPeers} */
  const released = JSON.parse(readFileSync(join(root, recordFile), 'utf8'));
  const majors = announcedMajors(root);
  return workspaces
    .filter(({ published }) => published)
    .flatMap(({ folder, name, manifest, manifestText }) => {
      const last = released[name];
      if (last === undefined) return [];
      const file = `${folder}/package.json`;
      if (last.version !== manifest.version) {
        const line = lineOf(manifestText, '"version"');
        const problem = `${recordFile} knows the peers of ${last.version}, this is ${manifest.version}`;
        return [{ file, line, problem, fix: rewrite }];
      }
      if (majors.has(name)) return [];
      return narrowed(last, manifest).map(({ peer, problem }) => ({
        file,
        line: lineOf(manifestText, `"${peer}"`),
        problem,
        fix: `widen it, or announce a major version of ${name}: npm run changeset`,
      }));
    });
}

/**
 * The peers as they are now.
 *
 * @param {readonly Workspace[]} workspaces
 * @returns {ReleasedPeers}
 */
export function peersOf(workspaces) {
  return Object.fromEntries(
    workspaces
      .filter(({ published }) => published)
      .map(({ name, manifest: { version = '', peerDependencies = {}, peerDependenciesMeta = {} } }) => {
        const peers = Object.entries(peerDependencies).map(([peer, range]) => [
          peer,
          { range, optional: peerDependenciesMeta[peer]?.optional === true },
        ]);
        return [name, { version, peers: Object.fromEntries(peers) }];
      }),
  );
}

/**
 * @param {ReleasedPeers[string]} last
 * @param {Manifest} manifest
 * @returns {{ peer: string, problem: string }[]}
 */
function narrowed({ peers }, { peerDependencies = {}, peerDependenciesMeta = {} }) {
  return Object.entries(peerDependencies).flatMap(([peer, range]) => {
    const before = peers[peer];
    const required = !peerDependenciesMeta[peer]?.optional;
    if (required && (before === undefined || before.optional)) {
      return [{ peer, problem: `${peer} is a peer that nobody needed before` }];
    }
    if (before === undefined) return [];
    if (validRange(range) === null) return [{ peer, problem: `${range} is no range of versions` }];
    return subset(before.range, range, { includePrerelease: true })
      ? []
      : [{ peer, problem: `${range} leaves out versions of ${before.range}` }];
  });
}

/**
 * The packages of which a changeset announces a major version.
 *
 * @param {string} root
 */
function announcedMajors(root) {
  const files = readdirSync(join(root, '.changeset')).filter((file) => file.endsWith('.md') && file !== 'README.md');
  const headings = files.map((file) => readFileSync(join(root, '.changeset', file), 'utf8').split(/^---$/m)[1] ?? '');
  return new Set(
    headings.flatMap((heading) => [...heading.matchAll(/^["'](.+)["']: major$/gm)].map(([, name]) => name)),
  );
}
