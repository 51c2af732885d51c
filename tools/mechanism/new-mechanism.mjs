import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isPlugin } from '../check/rooms.mjs';
import { chapterOf, templateOf } from './domains.mjs';
import { newPage } from './new-page.mjs';
import { pluginOf, withMechanism, withSubject } from './registered.mjs';

/**
 * The templates of `create-mechanism`.
 *
 * @typedef {object} Templates
 * @property {readonly string[]} kinds
 * @property {readonly string[]} domains
 * @property {(kind: any, domain: any, id: string) => { file: string, constant: string, files: ReadonlyMap<string, string> }} writeMechanism
 */

/**
 * @typedef {object} NewMechanism
 * @property {ReadonlyMap<string, string>} files what to write, by path from the root
 * @property {readonly string[]} byHand those of them that are for a human to go on with, in this order
 */

/**
 * A new mechanism in a room: its rule, its test, its page, a changeset, and the lines by which it is exported, registered and examined.
 *
 * @param {string} root
 * @param {string} id
 * @param {{ kind?: string | undefined, domain?: string | undefined }} choice
 * @param {Templates} templates
 * @returns {NewMechanism}
 * @throws {Error} which says what is wrong with the id or the choice, and how to mend it
 */
export function newMechanism(root, id, choice, { kinds, domains, writeMechanism }) {
  const [, room = '', name = ''] = /^([a-z][a-z-]*)\/([a-z][a-z-]*)$/.exec(id) ?? [];
  if (name === '')
    throw new Error(`${id || 'nothing'} is no id. Fix: npm run mechanism -- auction-sealed/third-highest`);
  const folder = `packages/${room}`;
  if (!existsSync(join(root, folder)) || !isPlugin(room)) {
    throw new Error(`there is no package of mechanisms ${room}. Fix: name a folder of packages/ that has mechanisms`);
  }
  const { kind, domain } = templateOf(room, choice);
  if (!kinds.includes(kind)) throw new Error(`--kind ${kind} is not known. Fix: one of ${kinds.join(', ')}`);
  if (!domains.includes(domain)) throw new Error(`--domain ${domain} is not known. Fix: one of ${domains.join(', ')}`);
  const written = writeMechanism(kind, domain, id);
  const paths = {
    rule: `${folder}/src/${written.file}.ts`,
    test: `${folder}/test/${name}.test.ts`,
    page: `docs/mechanisms/${id}.md`,
  };
  const there = Object.values(paths).find((path) => existsSync(join(root, path)));
  if (there !== undefined) throw new Error(`${there} is there already. Fix: choose another name`);

  const read = (/** @type {string} */ path) => readFileSync(join(root, path), 'utf8');
  const own = (/** @type {string} */ path) => written.files.get(path) ?? '';
  const index = read(`${folder}/src/index.ts`);
  const plugin = pluginOf(index);
  const rule = inChapter(own(`src/${written.file}.ts`));
  const test = own('test/published-case.test.ts');
  const page = newPage({ id, rule, test, plugin, chapter: chapterOf(domain) });
  const changeset = `---\n'@mechane/${room}': minor\n---\n\nA new mechanism, \`${id}\`.\n`;
  return {
    files: new Map([
      [paths.test, test.replace(/\bplugin\b/g, plugin)],
      [paths.rule, rule],
      [paths.page, page],
      [`${folder}/src/index.ts`, withMechanism(index, written)],
      [`${folder}/src/conformance.ts`, withSubject(read(`${folder}/src/conformance.ts`), own('src/conformance.ts'))],
      [`.changeset/${room}-${name}.md`, changeset],
    ]),
    byHand: Object.values(paths).sort(),
  };
}

/**
 * A rule whose mechanism stands in its chapter of the package's API page.
 *
 * @param {string} rule
 */
function inChapter(rule) {
  return rule.replace(/^\/\*\* (.*) \*\/\n(?=export const )/m, '/**\n * $1\n *\n * @category Mechanisms\n */\n');
}
