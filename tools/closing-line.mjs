// node tools/closing-line.mjs CODE: prints in one plain line how the tests ended, of which the last run had this exit code.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';
import { closingLine } from './test-report.mjs';

const file = join(root, 'coverage', 'tests.json');
const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
console.log(closingLine(report, process.argv[2] === '0'));
