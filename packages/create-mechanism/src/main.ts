import { create } from './create.ts';

process.exitCode = await create({
  argv: process.argv.slice(2),
  cwd: process.cwd(),
  year: new Date().getFullYear(),
  input: process.stdin,
  output: process.stdout,
  writeError: (line) => process.stderr.write(`${line}\n`),
});
