// npm test [-- vitest's options]: all tests, from a fresh clone.
import { runScript, toolScript } from './command.mjs';
import { setUp } from './setup.mjs';

await setUp();
const { code } = await runScript(toolScript('vitest'), ['run', ...process.argv.slice(2)]);
process.exitCode = code;
