export type { CliErrorCode, Place, PlacedReport } from './errors.ts';
export { runCli } from './run-cli.ts';
export type { Surroundings } from './surroundings.ts';
