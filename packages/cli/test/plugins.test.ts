import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findMissingPlugins, findPluginPackages } from '../src/plugin-folders.ts';
import { here, mechane } from './command.ts';
import { project, temporaryFolder } from './project.ts';

describe('plugins are found', () => {
  test('among the dependencies of the nearest package.json, from any folder below it', async () => {
    const cwd = project(['fixture', '@mechane/core'], { 'deep/down/file': '' });
    const { stdout } = await mechane(['list', '--json'], { cwd: join(cwd, 'deep', 'down') });
    const ids = (JSON.parse(stdout) as readonly { id: string }[]).map(({ id }) => id);
    expect(ids).toEqual(['fixture/median', 'fixture/picky', 'fixture/post', 'fixture/failing']);
  });

  test.each(['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'])('in its %s', (kind) => {
    const folder = project(['fixture']);
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ name: 'project', [kind]: { fixture: '*', absent: '*' } }),
    );
    expect(findPluginPackages(folder, here)).toEqual([
      { name: 'fixture', version: '1.2.3', folder: join(folder, 'node_modules', 'fixture'), foundFrom: folder },
    ]);
  });

  test('as the project itself, so that a plugin can be tried while it is written', async () => {
    const cwd = join(here, 'test', 'plugins', 'fixture');
    const { stdout } = await mechane(['list'], { cwd });
    expect(stdout).toContain('fixture/median');
  });

  test('beside the command, where the project has none', async () => {
    const { stdout, exitCode } = await mechane(['list'], { cwd: temporaryFolder() });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('auction-sealed/second-price');
  });

  test('beside the command, with and without a scope, but not among hidden folders and things that are no packages', () => {
    const folder = temporaryFolder();
    const installed = {
      plain: {},
      '@scope/scoped': {},
      '.hidden': {},
      unmarked: { keywords: [] },
      'no-list': { keywords: 'mechane-plugin' },
      'no-field': { keywords: [], mechane: null },
      'with-field': { keywords: [], mechane: {} },
    };
    for (const [name, more] of Object.entries(installed)) {
      const place = join(folder, 'node_modules', name);
      mkdirSync(place, { recursive: true });
      writeFileSync(join(place, 'package.json'), JSON.stringify({ name, keywords: ['mechane-plugin'], ...more }));
    }
    mkdirSync(join(folder, 'node_modules', 'empty'));
    writeFileSync(join(folder, 'node_modules', 'a-file'), '');
    mkdirSync(join(folder, 'node_modules', 'odd'));
    writeFileSync(join(folder, 'node_modules', 'odd', 'package.json'), 'null');
    const command = join(folder, 'node_modules', '@mechane', 'cli');
    expect(findPluginPackages(temporaryFolder(), command)).toEqual([
      {
        name: '@scope/scoped',
        version: 'unknown',
        folder: join(folder, 'node_modules', '@scope', 'scoped'),
        foundFrom: folder,
      },
      { name: 'plain', version: 'unknown', folder: join(folder, 'node_modules', 'plain'), foundFrom: folder },
      { name: 'with-field', version: 'unknown', folder: join(folder, 'node_modules', 'with-field'), foundFrom: folder },
    ]);
  });
});

describe('a plugin that cannot be used is left out with a warning that names the command to type, and the others work', () => {
  test.each([
    [
      'broken',
      /^warning broken-plugin: broken 1\.0\.0 is left out: .*is-missing\.js.*Fix: npm run build --prefix .*broken\.$/m,
    ],
    [
      'empty',
      /^warning broken-plugin: empty 1\.0\.0 is left out: it exports no plugin\. Fix: npm run build --prefix .*empty\.$/m,
    ],
    [
      'thrower',
      /^warning broken-plugin: thrower unknown is left out: no error, just a text\. Fix: npm run build --prefix .*thrower\.$/m,
    ],
    [
      'future',
      /^warning broken-plugin: future 9\.0\.0 is left out: .*plugin API 99.*Fix: npm install @mechane\/core@latest @mechane\/cli@latest\.$/m,
    ],
    [
      'odd',
      /^warning broken-plugin: odd 1\.0\.0 is left out: .*is no mechanism\. Fix: make it with defineMechanism or directMechanism\.$/m,
    ],
    ['past', /^warning broken-plugin: past 1\.0\.0 is left out: .*plugin API 0.*Fix: npm install past@latest\.$/m],
    [
      'zz-double',
      /^warning broken-plugin: zz-double 2\.0\.0 is left out: .*"fixture\/median" of .* already there .*Fix: npm uninstall zz-double\.$/m,
    ],
  ])('%s', async (name, warning) => {
    const cwd = project([name, 'fixture']);
    const { exitCode, stdout, stderr } = await mechane(['run', '-', '--json'], {
      cwd,
      stdin: '{"mechanism":"fixture/median","reports":{"a":{"peak":3}}}',
    });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).outcome).toEqual({ location: 3 });
    expect(stderr).toMatch(warning);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('one that is not installed: ours are known by name, others by the lock file', async () => {
    const cwd = project(['fixture']);
    const asked = { fixture: '*', '@mechane/market': '*', '@mechane/conformance': '*', theirs: '*', unrelated: '*' };
    writeFileSync(
      join(cwd, 'package.json'),
      JSON.stringify({
        devDependencies: asked,
        peerDependencies: { '@mechane/adaptive': '*', '@mechane/game-theory': '*' },
        peerDependenciesMeta: { '@mechane/adaptive': { optional: true } },
        optionalDependencies: { '@mechane/auction-dutch': '*' },
      }),
    );
    const packages = {
      'node_modules/theirs': { peerDependencies: { '@mechane/core': '^1.0.0' } },
      'node_modules/unrelated': { peerDependencies: { react: '*' } },
    };
    writeFileSync(join(cwd, 'package-lock.json'), JSON.stringify({ packages }));
    expect(findMissingPlugins(cwd)).toEqual(['@mechane/game-theory', '@mechane/market', 'theirs']);
    const { exitCode, stdout, stderr } = await mechane(['list'], { cwd });
    expect([exitCode, stdout.includes('fixture/median')]).toEqual([0, true]);
    expect(stderr).toContain(
      'warning missing-plugin: theirs is left out: package.json asks for it, and it is not installed. Fix: npm install.\n',
    );
    expect(stderr.trim().split('\n')).toHaveLength(3);
  });

  test('what is missing without a lock file, or with one that says nothing, is told by its name', () => {
    const cwd = temporaryFolder();
    const dependencies = { '@mechane/market': '*', theirs: '*' };
    writeFileSync(join(cwd, 'package.json'), JSON.stringify({ dependencies }));
    expect(findMissingPlugins(cwd)).toEqual(['@mechane/market']);
    writeFileSync(join(cwd, 'package-lock.json'), 'null');
    expect(findMissingPlugins(cwd)).toEqual(['@mechane/market']);
    expect(findMissingPlugins(join(cwd, '..'))).toEqual([]);
  });

  test('one that is installed rather than linked is to be installed again', async () => {
    const cwd = project([]);
    const folder = join(cwd, 'node_modules', 'copied');
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ name: 'copied', version: '0.1.0', keywords: ['mechane-plugin'] }),
    );
    writeFileSync(join(cwd, 'package.json'), JSON.stringify({ dependencies: { copied: '*' } }));
    const { stderr } = await mechane(['list', '--json'], { cwd });
    expect(stderr).toMatch(
      /^warning broken-plugin: copied 0\.1\.0 is left out: .*\. Fix: npm install copied@latest\.$/m,
    );
    expect(stderr).not.toContain('imported from');
  });

  test('where nothing is left, commands say what to install', async () => {
    const { exitCode, stderr } = await mechane(['list'], { cwd: project(['empty']) });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/error no-mechanisms: .*mechane-plugin.*Fix: npm install @mechane\/auction-sealed/);
    const listed = await mechane(['list', '--json'], { cwd: project(['empty']) });
    expect([listed.exitCode, listed.stdout]).toEqual([0, '[]\n']);
  });
});
