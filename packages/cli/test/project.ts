import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

/** Where a package that a project may depend on really is. */
function folderOf(name: string): string {
  if (name.startsWith('@mechane/')) return join(repository, 'packages', name.slice('@mechane/'.length));
  return fileURLToPath(new URL(`plugins/${name}`, import.meta.url));
}

/** An empty folder that goes away after the test. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mechane-cli-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A project with these packages installed and these files, both in a folder that goes away after the test. */
export function project(
  dependencies: readonly string[],
  files: Readonly<Record<string, string | Buffer>> = {},
): string {
  const folder = temporaryFolder();
  const manifest = { name: 'project', dependencies: Object.fromEntries(dependencies.map((name) => [name, '*'])) };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  for (const name of dependencies) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(folderOf(name), link, 'junction');
  }
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
  return folder;
}
