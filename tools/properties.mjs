// npm run properties [-- ID…] [--check] [--tested]: what mechanisms promise and what the kit finds, in docs/properties.md, in the mechanisms'
// pages, on their badges and in the packages' READMEs. With --check, says what is stale or missing; with --tested, takes what the tests found
// instead of examining again. Fails where a claim is refuted.
import { parseArgs } from 'node:util';
import { updateProperties } from './properties/update.mjs';
import { setUp } from './setup.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { check: { type: 'boolean', default: false }, tested: { type: 'boolean', default: false } },
});

await setUp();
const wrong = await updateProperties({ ...values, ids: positionals });
for (const problem of wrong) console.error(problem);
if (wrong.length > 0) process.exitCode = 1;
