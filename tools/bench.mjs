// npm run bench -- <suite>: measures, prints tables and writes bench/results/<suite>.json.
import { join } from 'node:path';
import { runScript } from './command.mjs';
import { root } from './root.mjs';
import { setUp } from './setup.mjs';

await setUp();
const { code } = await runScript(join(root, 'bench', 'dist', 'main.js'), process.argv.slice(2));
process.exitCode = code;
