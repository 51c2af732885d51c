import { expect, test } from 'vitest';
import { workspaceFolders } from '../workspace-folders.mjs';
import { plant } from './tree.ts';

test('every folder with a package.json that a pattern names is a workspace', () => {
  const root = plant({
    'package.json': { workspaces: ['packages/*', 'bench', 'gone', 'nowhere/*'] },
    'packages/b/package.json': {},
    'packages/a/package.json': {},
    'packages/empty/README.md': '',
    'bench/package.json': {},
  });
  expect(workspaceFolders(root)).toEqual(['bench', 'packages/a', 'packages/b']);
});
