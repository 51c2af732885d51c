// Writes the version of package.json into the plugin, where users of the package see it.
import { readFileSync, writeFileSync } from 'node:fs';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const source = readFileSync('src/index.ts', 'utf8');
writeFileSync('src/index.ts', source.replace(/version: '[^']*'/, `version: '${version}'`));
