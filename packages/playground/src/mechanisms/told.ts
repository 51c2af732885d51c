/** What a mechanism is told: the fields of a scenario but its name. */
export interface Told {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly reports?: Readonly<Record<string, unknown>>;
  readonly messages?: readonly (readonly unknown[])[];
  readonly seed?: number;
}
