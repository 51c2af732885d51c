import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { runCli } from '@mechane/cli';
import { afterAll, describe, expect, test } from 'vitest';
import { blocksIn, isOutput, type Step, stepsOf } from '../docs/blocks.mjs';
import { apiFolder, docs, pageFiles } from '../docs/pages.mjs';
import { type Ended, installedBy, isUntried, linesOf, type } from '../docs/typed.mjs';
import { asAssertions } from '../documented-examples.mjs';
import { root } from '../root.mjs';

const { PATH = '' } = process.env;
const hasPython = spawnSync('python3', ['--version']).status === 0;

const cache = join(root, '.cache');
mkdirSync(cache, { recursive: true });
// Inside the repository, so that what a page imports resolves as it does for the packages' own examples.
const folders = mkdtempSync(join(cache, 'docs-blocks-'));
afterAll(() => rmSync(folders, { recursive: true, force: true }));

// Pages that are generated from doc comments have their examples run where they stand.
const pages = pageFiles().filter((page) => !page.startsWith(`${apiFolder}/`));

for (const page of pages) {
  const steps = stepsIn(page);
  if (steps.length === 0) continue;
  const folder = join(folders, page.replaceAll(/\W/g, '-'));
  mkdirSync(folder);
  const write = (file: string, content: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  };
  for (const step of steps) {
    if (step.do === 'test') write(step.file, step.code);
    if (step.do === 'import') write(step.file, asAssertions(step.code));
  }

  describe(`docs/${page}`, async () => {
    for (const step of steps) {
      const { line } = step;
      if (step.do === 'test') await import(join(folder, step.file));
      if (step.do === 'import')
        test(`line ${line}: ${step.file} does what it says`, () => import(join(folder, step.file)));
      if (step.do === 'write') test(`line ${line}: ${step.file} is written`, () => write(step.file, step.content));
      if (step.do === 'type') {
        test(`line ${line}: what is typed answers as it says`, async () => {
          let answer = '';
          for (const typed of linesOf(step.commands)) {
            install(installedBy(typed), folder);
            if (typed.includes('python3') && !hasPython) {
              console.warn(`There is no python3 here: ${typed} is not tried.`);
              return;
            }
            if (!isUntried(typed)) answer += await type(typed, folder, { mechane, createMechanism });
          }
          if (step.output !== undefined && !isOutput(answer, step.output)) expect(answer).toBe(step.output);
        });
      }
    }
  });
}

function stepsIn(page: string): Step[] {
  try {
    return stepsOf(blocksIn(readFileSync(join(docs, page), 'utf8')));
  } catch (cause) {
    throw new Error(`docs/${page}, ${(cause as Error).message}`, { cause });
  }
}

const engine: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(root, 'packages/cluster/engine/package.json'), 'utf8'),
).dependencies;

/** Lets the project in a folder depend on packages, which it finds where the repository has them. */
function install(packages: readonly string[], folder: string): void {
  const named = packages.map((typed) => [typed.replace(/(?<=.)@[^/]*$/, ''), typed] as const);
  // The engine of clusters is installed apart, in the versions that it is tested in.
  for (const [name, typed] of named) if (name in engine) expect(typed).toBe(`${name}@${engine[name]}`);
  const names = named.map(([name]) => name).filter((name) => !(name in engine));
  for (const name of names) expect(existsSync(join(root, 'node_modules', name)), `there is no ${name}`).toBe(true);
  if (names.length === 0) return;
  const manifest = join(folder, 'package.json');
  const { dependencies, ...project } = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : {};
  const all = { ...dependencies, ...Object.fromEntries(names.map((name) => [name, '*'])) };
  writeFileSync(manifest, JSON.stringify({ private: true, ...project, dependencies: all }));
}

async function mechane(argv: string[], stdin: string, cwd: string): Promise<Ended> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const heard = [stdout, stderr].map((stream) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    return () => Buffer.concat(chunks).toString('utf8');
  });
  const { signal } = new AbortController();
  const exitCode = await runCli({ argv, stdin: Readable.from([stdin]), stdout, stderr, cwd, env: { PATH }, signal });
  return { exitCode, stdout: heard[0]?.() ?? '', stderr: heard[1]?.() ?? '' };
}

async function createMechanism(argv: string[], input: string, cwd: string): Promise<Ended> {
  const command = join(root, 'packages', 'create-mechanism', 'bin', 'create-mechanism.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...argv], { cwd, input, encoding: 'utf8' });
  return { exitCode: status ?? 1, stdout, stderr };
}
