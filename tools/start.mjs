// npm start: the temperature-setting auction, from a fresh clone.
import { join } from 'node:path';
import { runScript } from './command.mjs';
import { root } from './root.mjs';
import { setUp } from './setup.mjs';

await setUp();
const example = join(root, 'examples', 'dist', 'temperature-setting.js');
const { code } = await runScript(example, process.argv.slice(2));
if (code === 0) {
  console.log('\nTo drag bids and break rules in a browser: npm run playground');
  console.log('To hold auctions among people, programs and models: npx mechane serve');
}
process.exitCode = code;
