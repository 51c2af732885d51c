import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isInstalled, rememberInstallation } from '../install.mjs';
import { plant, soundTree } from './tree.ts';

test('what was installed stays installed until the lock file or a package.json changes', () => {
  const root = plant({ ...soundTree(), 'package-lock.json': '{}' });
  expect(isInstalled(root)).toBe(false);
  mkdirSync(join(root, 'node_modules'));
  rememberInstallation(root);
  expect(isInstalled(root)).toBe(true);

  writeFileSync(join(root, 'packages/core/src/index.ts'), '');
  expect(isInstalled(root)).toBe(true);

  writeFileSync(join(root, 'packages/core/package.json'), '{}');
  expect(isInstalled(root)).toBe(false);
  rememberInstallation(root);
  writeFileSync(join(root, 'package-lock.json'), '{ }');
  expect(isInstalled(root)).toBe(false);
});
