import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { root } from '../root.mjs';

/*
 * Faults that the linter or the compiler has to find, planted in a tree with the configuration of this one. Each fault is a file of its own, so
 * that one run finds them all.
 */
const { vcs: _, $schema: __, ...biome } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
const tools = createRequire(import.meta.url);
const planted = mkdtempSync(join(tmpdir(), 'planted-'));
afterAll(() => rmSync(planted, { recursive: true, force: true }));

interface Fault {
  readonly file: string;
  readonly rules: readonly string[];
}
const faults: (Fault & { readonly says: string })[] = [];
/** Files that import what their room has no door to; others named `to-…` have one. */
const closed: string[] = [];
const [imports, undeclared, modules, globals, circles] = [
  'style/noRestrictedImports',
  'correctness/noUndeclaredDependencies',
  'correctness/noNodejsModules',
  'style/noRestrictedGlobals',
  'suspicious/noImportCycles',
];

function write(path: string, content: unknown): void {
  mkdirSync(dirname(join(planted, path)), { recursive: true });
  writeFileSync(join(planted, path), typeof content === 'string' ? content : JSON.stringify(content, null, 2));
}

/** Plants a source in a folder; the rules that have to find it, or none where it is sound. */
function plant(folder: string, source: string, ...rules: string[]): void {
  const file = `${folder}/fault-${faults.length}.ts`;
  write(file, `${source}\n`);
  faults.push({ file, rules, says: `${folder}: ${source.replaceAll('\n', ' ')}` });
}

write('biome.json', { ...biome, formatter: { enabled: false }, assist: { enabled: false } });
cpSync(join(root, 'tools/biome'), join(planted, 'tools/biome'), { recursive: true });
write('package.json', { name: 'planted', private: true });
const peers = { '@mechane/core': '*', '@mechane/conformance': '*' };
const declared: Record<string, object> = {
  core: { dependencies: { zod: '*' } },
  conformance: { dependencies: { 'fast-check': '*' }, peerDependencies: { '@mechane/core': '*', vitest: '*' } },
  numerics: {},
  packing: {},
  optimization: { peerDependencies: { '@mechane/core': '*' } },
  'auction-sealed': { peerDependencies: { ...peers, '@mechane/market': '*', '@mechane/optimization': '*' } },
  'auction-combinatorial': {
    dependencies: { '@mechane/optimization': '*', '@mechane/packing': '*' },
    peerDependencies: peers,
  },
  market: {
    dependencies: { '@mechane/optimization': '*', '@mechane/numerics': '*', '@mechane/packing': '*' },
    peerDependencies: peers,
    devDependencies: { '@mechane/core': '*' },
  },
  cli: { dependencies: peers, devDependencies: { '@mechane/market': '*' } },
};
for (const [room, fields] of Object.entries(declared)) {
  write(`packages/${room}/package.json`, { name: `@mechane/${room}`, version: '0.0.0', ...fields });
}
write('examples/package.json', { name: 'examples', private: true, dependencies: { '@mechane/core': '*' } });

const [core, sealed, combinatorial, market, cli] = [
  'packages/core/src',
  'packages/auction-sealed/src',
  'packages/auction-combinatorial/src',
  'packages/market/src',
  'packages/cli/src',
];

// Doors between packages.
plant(core, "export { check } from '@mechane/conformance';", imports, undeclared);
plant(core, "export { amount } from '@mechane/core/host';", imports);
plant(sealed, "export type { Call } from '@mechane/market';", imports);
plant(sealed, "export { call } from '@mechane/market';", imports);
plant(sealed, "import type { Call } from '@mechane/market';\nexport type Sale = Call;", imports);
plant(sealed, "export const market = await import('@mechane/market');", imports);
plant(sealed, "import market = require('@mechane/market');\nexport { market };", imports);
plant(sealed, "export type Sale = import('@mechane/market').Call;", 'plugin');
plant(sealed, "export type Market = typeof import('@mechane/market');", 'plugin');
plant(sealed, "export { solve } from '@mechane/market/call-markets';", imports);
plant(sealed, "export { solve } from '@mechane/optimization';", imports);
plant(sealed, "export { subject } from '@mechane/conformance';", imports);
plant(sealed, "export { isPlugin } from '@mechane/core/host';");
plant(market, "export { solve } from '@mechane/optimization';");
plant(market, "export { Rational } from '@mechane/numerics';");
plant(market, "export { packingOf } from '@mechane/packing';", imports);
plant(combinatorial, "export { packingOf } from '@mechane/packing';");
plant(combinatorial, "export { Rational } from '@mechane/numerics';", imports, undeclared);
plant('packages/numerics/src', "export { amount } from '@mechane/core';", imports, undeclared);
plant('packages/packing/src', "export type { AgentId } from '@mechane/core';", imports, undeclared);
plant('packages/optimization/src', "export { MechaneError } from '@mechane/core';");
plant('packages/conformance/src', "export { MechaneError } from '@mechane/core';");
plant('packages/conformance/src', "export { it } from 'vitest';", imports);
plant(cli, "export { subject } from '@mechane/conformance';");

// The doors are those of the table in docs/architecture.md.
const rows = readFileSync(join(root, 'docs/architecture.md'), 'utf8').matchAll(/^\| (`.+) \|.+\| (.+) \|$/gm);
const doors = [...rows].flatMap(([, rooms = '', mayImport = '']) =>
  [...rooms.matchAll(/`([\w-]+)`/g)].map(([, room = '']) => [room, mayImport] as const),
);
const imported = doors.map(([room]) => room).filter((room) => room !== 'create-mechanism' && room !== 'mechane');
for (const [room, mayImport] of doors.filter(([name]) => existsSync(join(root, 'packages', name, 'src')))) {
  for (const other of imported.filter((each) => each !== room)) {
    const isNamed = mayImport.includes(`\`${other}\``);
    const isOpen = mayImport.startsWith('all') ? !isNamed : isNamed;
    const file = `packages/${room}/src/to-${other}.ts`;
    write(file, `export * from '@mechane/${other}';\n`);
    if (!isOpen) closed.push(file);
  }
}

// A time-out among other signals is collected before it fires.
plant(market, 'export const soon = AbortSignal.any([AbortSignal.timeout(5)]);', 'plugin');
plant(market, 'export const one = AbortSignal.any([new AbortController().signal]);');

// What a plugin has for the kit stands behind an entry of its own.
plant(sealed, "export * from './conformance.ts';", imports);
plant(sealed, "export * from './conformance-bids.ts';", imports);
plant(`${sealed}/bids`, "export * from '../conformance.ts';", imports);
for (const name of ['conformance', 'conformance-bids']) {
  write(`${sealed}/${name}.ts`, "export { subject } from '@mechane/conformance';\n");
  faults.push({ file: `${sealed}/${name}.ts`, rules: [], says: `${name}.ts imports the kit` });
}
plant('packages/auction-sealed/test', "export * from '../src/conformance.ts';");

// Nobody reaches into another package by path.
plant(market, "export { amount } from '../../core/src/amount.ts';", imports);
plant(market, "export { amount } from '../../core/dist/amount.js';", imports);
plant('packages/market/test', "export { amount } from '../../core/src/amount.ts';", imports);
plant('packages/market/test', "export { amount } from '../src/amount.ts';");
plant('packages/market/test/deep', "export { amount } from '../../src/amount.ts';");
plant('packages/market/test/deep', "export { amount } from '../../../core/src/amount.ts';", imports);
plant('examples/src', "export { amount } from '../../packages/core/src/amount.ts';", imports);

// Every package but those for Node runs in a browser.
for (const module of ['fs', 'fs/promises', 'os'])
  plant(market, `import '${module}';`, modules, 'style/useNodejsImportProtocol');
for (const module of ['node:fs', 'node:test']) plant(market, `import '${module}';`, modules);
for (const source of [
  'process.exit();',
  'export const seed = process.env;',
  'Buffer.from("");',
  'export let bytes: Buffer;',
  'export type Bytes = typeof Buffer;',
  'export const { seed = process.pid } = {};',
  'export const here = { dir: __dirname };',
  'export { process as default };',
  '(process as unknown);',
  'process!.exit();',
  'setImmediate(() => {});',
  'global.x = 1;',
]) {
  plant(market, source, globals);
}
plant(market, 'require("zod");', globals, undeclared);
for (const source of [
  'export const a = (agent: Agent) => agent.process();',
  'globalThis.process?.env;',
  'export const order = { process: 1, Buffer() {} };',
  'export interface Order { process: number; require(): void }',
  'export function settle(process: number) { return process; }',
  'export const settle = ({ process, step: [Buffer] }: Order) => process + Buffer;',
  'export class Order { process = 1; require(global: number) { return global; } }',
  'export enum Step { process }',
  'import { process } from "./process.ts";\nprocess();',
  'export { settle as process } from "./settle.ts";',
  'export type Step = (process: string) => Steps.Buffer;',
  '// process.exit()',
]) {
  plant(market, source);
}
plant(market, 'export const price = ;', 'parse');
plant(cli, "import { readFileSync } from 'node:fs';\nprocess.exit(Number(readFileSync.length));");

// What a file imports is declared where its user will look.
plant(market, "export { test } from 'vitest';", undeclared);
plant(market, "export * from 'zod/v4';", undeclared);
plant(market, "import type { Plugin } from 'vite';\nexport type P = Plugin;", undeclared);
plant('packages/market/test', "import 'left-pad';", imports);
plant('packages/market/test', "import 'vitest';\nimport '@mechane/auction-sealed';\nimport 'node:fs/promises';");
plant('examples/src', "export * from '@mechane/market';", undeclared);
plant(cli, "export type * from '@mechane/market';", undeclared);
plant(cli, "import type { Call } from '@mechane/market';\nexport type Sale = Call;");
plant(cli, "export type Market = typeof import('@mechane/market');");
plant(cli, "export { call } from '@mechane/market';", undeclared);
plant(cli, "export const call = await import('@mechane/market');", undeclared);

// No files import each other in a circle, not even for types.
function circle(name: string, a: string, b: string, ...rules: string[]): void {
  for (const [file, source] of Object.entries({ a, b })) {
    write(`${market}/${name}/${file}.ts`, source);
    faults.push({ file: `${market}/${name}/${file}.ts`, rules, says: `a circle of ${name}: ${file}.ts` });
  }
}
const [auction, outcome] = [
  'export interface Auction { readonly outcome: Outcome }\n',
  'export interface Outcome { readonly of: Auction }\n',
];
circle(
  'values',
  "import { second } from './b.ts';\nexport const first = () => second();\n",
  "import { first } from './a.ts';\nexport const second = () => first();\n",
  circles,
);
circle(
  'types',
  `import type { Outcome } from './b.ts';\n${auction}`,
  `import type { Auction } from './a.ts';\n${outcome}`,
  circles,
);
circle('passed-on', "export type { Outcome } from './b.ts';\n", `export * from './a.ts';\n${outcome}`, circles);
write(`${market}/none/c.ts`, 'export type Id = string;\n');
circle(
  'none',
  "import type { Id } from './c.ts';\nexport interface Auction { readonly id: Id }\n",
  "import type { Auction } from './a.ts';\nimport type { Id } from './c.ts';\nexport type Run = [Auction, Id];\n",
);

describe('Biome', () => {
  const looked = [imports, undeclared, modules, globals, circles, 'style/useNodejsImportProtocol', 'parse', 'plugin'];
  const command = tools.resolve('@biomejs/biome/bin/biome');
  const args = [command, 'lint', '--max-diagnostics=none', '--reporter=json'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: planted, encoding: 'utf8' });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { category: string; location: { path: string } }[] };

  test('no door is open but those of the table in docs/architecture.md', () => {
    expect(doors.length).toBeGreaterThan(15);
    const refused = diagnostics.filter(({ category }) => category.endsWith(imports as string));
    const toRooms = refused.map(({ location }) => location.path).filter((path) => path.includes('/src/to-'));
    expect(toRooms.sort()).toEqual(closed.sort());
  });

  test.each(faults)('$says', ({ file, rules }) => {
    const own = diagnostics.filter(({ location }) => location.path === file);
    const said = own.map(({ category }) => category.replace('lint/', '')).filter((rule) => looked.includes(rule));
    expect([...new Set(said)].sort()).toEqual([...rules].sort());
  });
});

test('the compiler refuses what a package does not export, and types of Node where they are not asked for', () => {
  const base = JSON.parse(readFileSync(join(root, 'tsconfig.base.json'), 'utf8'));
  write('compiled/package.json', { name: 'compiled', type: 'module' });
  write('compiled/tsconfig.json', { ...base, include: ['src'] });
  write('compiled/src/entered.ts', "export type { Amount } from '@mechane/core/src/contract/amount.ts';\n");
  write('compiled/src/node.ts', "export type { Stats } from 'node:fs';\n");
  write('compiled/src/sound.ts', "export type { AgentId } from '@mechane/core';\n");
  symlinkSync(join(root, 'node_modules'), join(planted, 'compiled/node_modules'));
  const tsc = join(dirname(tools.resolve('typescript/package.json')), 'bin/tsc');
  const args = [tsc, '-p', 'compiled', '--noEmit', '--pretty', 'false'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: planted, encoding: 'utf8' });
  const refused = [...stdout.matchAll(/^compiled\/src\/(\w+)\.ts\S* error (TS\d+)/gm)].map(([, ...each]) =>
    each.join(' '),
  );
  expect(refused.sort()).toEqual(['entered TS2307', 'node TS2591']);
});
