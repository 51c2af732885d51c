// npm run playground [-- --port N]: builds the page and serves it to this machine, until it is stopped.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { preview } from 'vite';
import { root } from './root.mjs';
import { setUp } from './setup.mjs';

const { values } = parseArgs({ options: { port: { type: 'string', default: '4173' } } });
await setUp();
const port = Number(values.port);
const site = join(root, 'packages', 'playground', 'dist', 'site');
const server = await preview({
  configFile: false,
  root: site,
  build: { outDir: site },
  preview: { host: '127.0.0.1', port },
});
console.log(`The playground is open at ${server.resolvedUrls?.local[0]}`);
