import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };

const bin = fileURLToPath(new URL(`../${manifest.bin.mechane}`, import.meta.url));
const command = new URL('../../cli/package.json', import.meta.url);

test('npx finds the command by the name of the package', () => {
  expect(manifest.name).toBe('mechane');
  expect(Object.keys(manifest.bin)).toEqual(['mechane']);
});

test('it is the command of @mechane/cli, of the version that stands beside it', () => {
  const { version } = JSON.parse(readFileSync(command, 'utf8')) as { version: string };
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, '--version'], { encoding: 'utf8' });
  expect([status, stdout, stderr]).toEqual([0, `${version}\n`, '']);
  expect(manifest.dependencies['@mechane/cli']).toBe(`^${version}`);
});

test('its exit code is that of the command', () => {
  const { status, stderr } = spawnSync(process.execPath, [bin, 'rnu'], { encoding: 'utf8' });
  expect(status).toBe(2);
  expect(stderr).toContain('error ');
});
