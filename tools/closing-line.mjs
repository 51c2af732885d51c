// node tools/closing-line.mjs CODE: prints in one plain line how the tests of all packages ended, of which the last run had this exit code.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';
import { closingLine } from './test-report.mjs';

const coverage = join(root, 'coverage');
const files = existsSync(coverage) ? readdirSync(coverage).map((room) => join(coverage, room, 'tests.json')) : [];
const reports = files.filter((file) => existsSync(file)).map((file) => JSON.parse(readFileSync(file, 'utf8')));
console.log(closingLine(reports, process.argv[2] === '0'));
