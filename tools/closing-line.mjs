// node tools/closing-line.mjs CODE: prints each test that failed, and in one plain last line how all ended, of which the last run had this exit code.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';
import { closingLine, failures } from './test-report.mjs';

const file = join(root, 'coverage', 'tests.json');
const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
for (const failure of failures(report)) console.log(failure);
console.log(closingLine(report, process.argv[2] === '0'));
