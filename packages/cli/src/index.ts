export type { CliErrorCode, Place } from './cli-error.ts';
export type { PlacedReport } from './error-report.ts';
export type { Host } from './host.ts';
export { runCli } from './run-cli.ts';
export { runProcess } from './run-process.ts';
