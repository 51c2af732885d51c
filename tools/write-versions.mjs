// node tools/write-versions.mjs: writes each package's version into its src/version.ts, where it has one.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

for (const folder of readdirSync(join(root, 'packages'))) {
  const source = join(root, 'packages', folder, 'src', 'version.ts');
  if (!existsSync(source)) continue;
  const { version } = JSON.parse(readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8'));
  const text = readFileSync(source, 'utf8').replace(/'\d+\.\d+\.\d+[^']*'/, `'${version}'`);
  writeFileSync(source, text);
}
