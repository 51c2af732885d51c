// npm run properties [-- ID…] [--check] [--tested] [--built]: what mechanisms promise and what the kit finds, in docs/properties.md, in the mechanisms'
// pages, on their badges and in the packages' READMEs. With --check, says what is stale or missing; with --tested, takes what the tests found
// instead of examining again; with --built, builds nothing. Fails where a claim is refuted.
import { parseArgs } from 'node:util';
import { updateProperties } from './properties/update.mjs';
import { setUp } from './setup.mjs';

const option = /** @type {const} */ ({ type: 'boolean', default: false });
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { check: option, tested: option, built: option },
});
const { check, tested, built } = values;

if (!built) await setUp();
const wrong = await updateProperties({ check, tested, ids: positionals });
for (const problem of wrong) console.error(problem);
if (wrong.length > 0) process.exitCode = 1;
