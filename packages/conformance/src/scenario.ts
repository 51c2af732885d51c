/**
 * A scenario of the public data format.
 *
 * @category Reports
 */
export interface Scenario {
  readonly mechanism: string;
  readonly settings?: unknown;
  readonly reports?: Readonly<Record<string, unknown>> | readonly (readonly [string, unknown])[];
  readonly types?: Readonly<Record<string, unknown>>;
  readonly messages?: readonly (readonly [string, unknown])[];
  readonly seed?: number;
}
