// npm run check: everything that can be said about the code without running it.
import { install } from './setup.mjs';

await install();
const { checkEverything } = await import('./check/everything.mjs');
process.exitCode = (await checkEverything()) ? 0 : 1;
