import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sourcesIn } from '../check/own-imports.mjs';
import { root } from '../root.mjs';
import { workspaceFolders } from '../workspace-folders.mjs';

test.each(workspaceFolders(root))('every doc comment of %s stands alone, as in a hover', (folder) => {
  const leaning = sourcesIn(root, `${folder}/src`).flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const found = text.matchAll(/\/\*\*\s*(?:\*\s*)?(?:The same|Likewise|Ditto|As above)\b.*/g);
    return [...found].map(([comment]) => `${file}: ${comment}`);
  });
  expect(leaning).toEqual([]);
});
