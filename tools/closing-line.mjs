// node tools/closing-line.mjs <vitest's json report>: prints how the tests ended in one plain line.
import { readFileSync } from 'node:fs';
import { closingLine } from './test-report.mjs';

console.log(closingLine(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'))));
