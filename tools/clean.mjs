// npm run clean: removes everything that a build writes.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';
import { workspaceFolders } from './workspace-folders.mjs';

const built = workspaceFolders(root).flatMap((folder) => [`${folder}/dist`, `${folder}/test/.tsbuildinfo`]);
const site = ['docs/api', 'docs/.vitepress/cache', 'docs/.vitepress/dist'];
for (const path of [...built, ...site, 'dist', 'tools/.tsbuildinfo', 'coverage', '.cache', '.nx']) {
  rmSync(join(root, path), { recursive: true, force: true });
}
