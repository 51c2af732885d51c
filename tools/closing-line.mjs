// node tools/closing-line.mjs CODE: prints each test that failed, or was tried again, and in one plain last line how all ended, of which the last run had this exit code.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';
import { closingLine, failures } from './test-report.mjs';
import { triedAgainFile } from './tried-again-reporter.mjs';

const file = join(root, 'coverage', 'tests.json');
const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
const again = existsSync(triedAgainFile) ? JSON.parse(readFileSync(triedAgainFile, 'utf8')) : [];
for (const test of again) console.log(`TRIED AGAIN ${test}`);
for (const failure of failures(report)) console.log(failure);
console.log(closingLine(report, process.argv[2] === '0'));
