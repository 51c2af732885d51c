/**
 * A job as the database has it.
 *
 * @category Jobs
 */
export interface JobStatus {
  readonly name: string;
  readonly what: string;
  /** When it was begun, in ISO 8601. */
  readonly begun: string;
  /** How many pieces there are; `null` while not all of them are kept. */
  readonly pieces: number | null;
  readonly done: number;
}
