// npm test: the tests of every package, from a fresh clone; those of packages that nothing changed for come from the cache.
// npm test -- --affected: of what changed since main only. npm test -- --coverage: with coverage. npm test -- FILES and other options: vitest.
import { runScript, toolScript } from './command.mjs';
import { inNx, setUp } from './setup.mjs';

const args = process.argv.slice(2);
const ofNx = ['--affected', '--coverage', '--skipNxCache'];

await setUp();
const { code } = args.every((argument) => ofNx.includes(argument))
  ? await inNx(
      args.includes('--affected') ? 'affected' : 'run-many',
      'test',
      args.filter((argument) => argument !== '--affected'),
    )
  : await runScript(toolScript('vitest'), ['run', ...args]);
process.exitCode = code;
