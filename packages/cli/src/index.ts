export type { CliErrorCode, Place } from './cli-error.ts';
export type { PlacedReport } from './error-report.ts';
export { runCli } from './run-cli.ts';
export { runProcess } from './run-process.ts';
export type { Surroundings } from './surroundings.ts';
