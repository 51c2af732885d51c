// npm run playground [-- --port N]: builds the page and serves it to this machine, until it is stopped.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { preview } from 'vite';
import { runScript, toolScript } from './command.mjs';
import { root } from './root.mjs';
import { install } from './setup.mjs';

const { values } = parseArgs({ options: { port: { type: 'string', default: '4173' } } });
const room = join(root, 'packages', 'playground');
await install();
console.log('Building the playground ...');
const { code, output } = await runScript(toolScript('vite'), ['build', room, '--logLevel=error'], { captured: true });
if (code !== 0) {
  console.error(`${output.trimEnd()}\n\nThe playground was not built: its output is above.`);
  process.exit(1);
}
const port = Number(values.port);
const site = join(room, 'dist', 'site');
const server = await preview({
  configFile: false,
  root: site,
  build: { outDir: site },
  preview: { host: '127.0.0.1', port },
});
console.log(`The playground is open at ${server.resolvedUrls?.local[0]}`);
