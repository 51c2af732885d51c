import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { runScript } from '../command.mjs';
import { root } from '../root.mjs';
import { declaredClaims } from './declared-claims.mjs';
import { examinedFile } from './examined-reporter.mjs';
import { findingsOf } from './findings.mjs';

/** @typedef {import('./declared-claims.mjs').Subject} Subject */
/** @typedef {import('./findings.mjs').Report} Report */

/** @typedef {{ id: string, package: string }} Registered a mechanism, and the package that brings it */

const mechane = join(root, 'packages/cli/bin/mechane.js');
/** So many portions a processor: mechanisms take very different times, and a process takes a second to start. */
const portionsEach = 4;

/**
 * Examines mechanisms of the repository, on all processors.
 *
 * @param {readonly Registered[]} listed
 * @returns {Promise<import('./findings.mjs').Examined[]>}
 */
export async function examine(listed) {
  const reports = (await inPortions(listed.map(({ id }) => id))).flat();
  return examinedBy(listed, reports);
}

/**
 * What the tests found when they last examined the mechanisms: see `examined-reporter.mjs`.
 *
 * @param {readonly Registered[]} listed
 * @returns {Promise<import('./findings.mjs').Examined[]>}
 */
export async function examinedByTests(listed) {
  if (!existsSync(examinedFile)) throw new Error('nothing was examined. Fix: npm test -- --report');
  return examinedBy(listed, JSON.parse(readFileSync(examinedFile, 'utf8')));
}

/**
 * What reports say of mechanisms.
 *
 * @param {readonly Registered[]} listed
 * @param {readonly Report[]} reports
 * @returns {Promise<import('./findings.mjs').Examined[]>}
 */
export function examinedBy(listed, reports) {
  return Promise.all(
    listed.map(async ({ id, package: owner }) => {
      const own = reports.filter(({ mechanism }) => mechanism === id);
      return findingsOf(id, await declaredBy(id, owner), own);
    }),
  );
}

/**
 * The mechanisms that the command finds.
 *
 * @returns {Promise<Registered[]>}
 */
export async function registered() {
  const { code, output } = await runScript(mechane, ['list', '--json'], { captured: true });
  // A plugin that is left out is a warning to the command, and a mechanism too few here.
  if (code !== 0 || !/^\[.*\]\n$/.test(output)) throw new Error(`mechane list ended with ${code}:\n${output}`);
  return JSON.parse(output);
}

/**
 * What a mechanism claims, from the subjects that its package gives the kit.
 *
 * @param {string} id
 * @param {string} owner
 */
export async function declaredBy(id, owner) {
  const { subjects, readSettings } = await subjectsOf(owner);
  return declaredClaims(
    subjects.filter(({ mechanism }) => mechanism.id === id),
    readSettings,
  );
}

/**
 * All mechanisms of a package, in its order, as its README tells of them.
 *
 * @param {string} owner
 * @returns {Promise<import('./package-tables.mjs').MechanismEntry[]>}
 */
export async function mechanismsOf(owner) {
  const { subjects, readSettings } = await subjectsOf(owner);
  const { isPlugin } = await import(host);
  const plugins = Object.values(await import(owner)).filter((exported) => isPlugin(exported));
  const mechanisms = plugins.flatMap((plugin) => plugin.mechanisms);
  return mechanisms.map((/** @type {Subject['mechanism'] & { summary: string }} */ { id, summary }) => ({
    id,
    summary,
    claims: subjects
      .filter(({ mechanism }) => mechanism.id === id)
      .flatMap(({ mechanism, settings = [{}] }) =>
        settings.map((given) => mechanism.claims(readSettings(mechanism, given).settings)),
      ),
  }));
}

const host = '@mechane/core/host';

/** @param {string} owner */
async function subjectsOf(owner) {
  const { readSettings } = await import(host);
  const { subjects } = /** @type {{ subjects: readonly Subject[] }} */ (await import(`${owner}/conformance`));
  return { subjects, readSettings };
}

/**
 * @param {readonly string[]} ids
 * @returns {Promise<Report[][]>}
 */
async function inPortions(ids) {
  const processors = availableParallelism();
  const number = Math.min(ids.length, portionsEach * processors);
  const portions = Array.from({ length: number }, (_, portion) => ids.filter((_id, k) => k % number === portion));
  /** @type {Report[][]} */
  const reports = [];
  const work = async () => {
    for (let portion = portions.shift(); portion; portion = portions.shift()) reports.push(await verify(portion));
  };
  await Promise.all(Array.from({ length: processors }, work));
  return reports;
}

/**
 * @param {readonly string[]} ids
 * @returns {Promise<Report[]>}
 */
async function verify(ids) {
  const args = ['verify', ...ids, '--json', '--seconds', '120'];
  const { code, output } = await runScript(mechane, args, { captured: true });
  if (code !== 0 && code !== 1) throw new Error(`mechane ${args.join(' ')} ended with ${code}:\n${output}`);
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}
