// node tools/e2e/contributor.mjs: goes the path of CONTRIBUTING.md in a copy of the repository, as a newcomer would, and says what was touched
// by hand and how long it took.
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changed, changesIn } from '../documented-changes.mjs';
import { root } from '../root.mjs';
import { workspaceFolders } from '../workspace-folders.mjs';
import { demand, Folder } from './folder.mjs';

const id = 'auction-sealed/third-highest';
const rule = 'packages/auction-sealed/src/third-highest.ts';
const test = 'packages/auction-sealed/test/third-highest.test.ts';
const page = `docs/mechanisms/${id}.md`;

/** What a human writes into the page, and where. @type {readonly (readonly [from: RegExp, to: string])[]} */
const written = [
  [/want: TODO.*/, 'want: a model of how bidders behave where truth is not best'],
  [
    /TODO: who says what.*/,
    'Everybody hands in one bid. The highest wins, ties go by the tie rule, and the third highest is paid.',
  ],
  [/TODO: the rule in symbols.*/, 'With bids $b_{(1)} \\ge b_{(2)} \\ge \\dots$ the winner pays\n\n$$p = b_{(3)}.$$'],
  [
    /TODO: for whom.*/,
    'For experiments on bidding. To sell something, take the second-price auction: truth is best in it.',
  ],
  [
    /Vickrey, “Counterspeculation.*\n/,
    'Kagel and Levin, “Independent private value auctions”, Economic Journal 103 (1993).\n',
  ],
  [/pays the second highest bid:/, 'pays the third highest bid:'],
  [
    /The second-price auction: the highest bid wins and pays the second highest\./,
    'The highest bid wins and pays the third.',
  ],
  [/bob: 12, cat: 0/, 'bob: 10, cat: 0'],
];

const folder = new Folder(mkdtempSync(join(tmpdir(), 'contributor-')));
try {
  copyRepository();
  const before = textsOfFiles();
  const start = performance.now();
  await npm('mechanism', id);
  const [testChanges = '', ruleChanges = ''] = changesIn(folder.read('CONTRIBUTING.md'));
  folder.write(test, changed(folder.read(test), testChanges));
  folder.write(rule, changed(folder.read(rule), ruleChanges));
  await npm('test', 'packages/auction-sealed/', '-t', 'third.highest');
  const page0 = folder.read(page);
  folder.write(
    page,
    written.reduce((text, [from, to]) => text.replace(from, () => to), page0),
  );
  await npm('properties', id);
  const seconds = Math.round((performance.now() - start) / 1000);

  await npm('properties', id, '--check');
  await npm('check');
  const looking = ['readmes', 'mechanism-pages', 'documented-examples', 'docs'];
  await npm('test', ...looking.map((name) => `tools/test/${name}.test.ts`));
  const byHand = [test, rule, page];
  const touched = [...textsOfFiles()].filter(([path, text]) => text !== before.get(path)).map(([path]) => path);
  for (const path of touched) console.log(`${byHand.includes(path) ? 'by hand   ' : 'by machine'}  ${path}`);
  console.log(`${touched.length} files, ${byHand.length} of them by hand; the commands took ${seconds} s`);
} finally {
  rmSync(folder.path, { recursive: true, force: true });
}

/** Everything that git knows, and what is installed, where the links to packages of ours lead into the copy. */
function copyRepository() {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: root });
  for (const file of listed.toString().split('\0')) {
    if (file !== '') cpSync(join(root, file), join(folder.path, file));
  }
  execFileSync('git', ['init', '--quiet', folder.path]);
  for (const at of ['', ...workspaceFolders(root)]) {
    if (existsSync(join(root, at, 'node_modules'))) link(join(at, 'node_modules'));
  }
}

/** @param {string} at */
function link(at) {
  mkdirSync(join(folder.path, at), { recursive: true });
  for (const name of readdirSync(join(root, at))) {
    const path = join(at, name);
    const isLink = lstatSync(join(root, path)).isSymbolicLink();
    if (name.startsWith('@')) link(path);
    else symlinkSync(isLink ? readlinkSync(join(root, path)) : join(root, path), join(folder.path, path));
  }
}

/** The texts of all files that a new mechanism may touch, by path. */
function textsOfFiles() {
  const paths = ['.changeset', 'docs/badges', 'docs/mechanisms', 'packages/auction-sealed'].flatMap((at) =>
    readdirSync(join(folder.path, at), { recursive: true, withFileTypes: true })
      .filter(
        (entry) => entry.isFile() && entry.name !== '.tsbuildinfo' && !/[\\/]dist([\\/]|$)/.test(entry.parentPath),
      )
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.path.length + 1)),
  );
  return new Map([...paths, 'docs/properties.md'].map((path) => [path, readFileSync(join(folder.path, path), 'utf8')]));
}

/**
 * @param {string} script
 * @param {readonly string[]} args
 */
async function npm(script, ...args) {
  return demand(`npm run ${script}`, await folder.npm(['run', '--silent', script, '--', ...args]));
}
