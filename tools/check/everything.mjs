import { runScript, toolScript } from '../command.mjs';
import { root } from '../root.mjs';
import { describeFinding } from './finding.mjs';
import { checkLockFile } from './lock-file.mjs';
import { checkManifests } from './manifests.mjs';
import { checkNodeTypes } from './node-types.mjs';
import { checkPeerRanges } from './peer-ranges.mjs';
import { checkProjectReferences } from './project-references.mjs';
import { readRepository } from './repository.mjs';

/** @typedef {import('./finding.mjs').Finding} Finding */
/** @typedef {import('./repository.mjs').Repository} Repository */

/** @type {Record<string, (repository: Repository) => Finding[]>} */
export const repositoryChecks = {
  'project references': checkProjectReferences,
  'types of Node': checkNodeTypes,
  'package manifests': checkManifests,
  'peer ranges since the last release': checkPeerRanges,
  'lock file': checkLockFile,
};

/** @type {Record<string, () => Promise<string | undefined>>} */
const checks = {
  'format, lint and doors (npm run format mends most)': () =>
    tool('@biomejs/biome', 'biome', ['check', '--error-on-warnings', '--colors=off', '.']),
  types: () => tool('typescript', 'tsc', ['-b', '--pretty', 'false']),
  ...Object.fromEntries(
    Object.entries(repositoryChecks).map(([name, check]) => [
      name,
      async () =>
        check(repository())
          .map((finding) => describeFinding(finding))
          .join('\n'),
    ]),
  ),
};

/** @type {Repository | undefined} */
let read;
function repository() {
  read ??= readRepository(root);
  return read;
}

/** Runs all checks, a line each as they end; then says what is wrong. True if nothing is. */
export async function checkEverything() {
  const failures = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      const start = performance.now();
      const failure = await check();
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      console.log(`${failure ? 'failed' : 'ok    '}  ${name} (${seconds} s)`);
      return failure ? `\n${name}\n${failure}` : undefined;
    }),
  );
  const found = failures.filter((failure) => failure !== undefined);
  if (found.length > 0) console.error(found.join('\n'));
  return found.length === 0;
}

/**
 * @param {string} packageName
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<string | undefined>} what it printed, if it failed
 */
async function tool(packageName, command, args) {
  const { code, output } = await runScript(toolScript(packageName, command), args, { captured: true });
  return code === 0 ? undefined : output.trim() || `${command} ended with ${code}`;
}
