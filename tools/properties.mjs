// npm run properties [-- --check]: what every mechanism promises and what the kit finds, in docs/properties.md, in the mechanisms'
// pages and on their badges; with --check, says what is stale or missing. Fails where a claim is refuted.
import { updateProperties } from './properties/update.mjs';
import { setUp } from './setup.mjs';

await setUp();
const wrong = await updateProperties({ check: process.argv.includes('--check') });
for (const problem of wrong) console.error(problem);
if (wrong.length > 0) process.exitCode = 1;
