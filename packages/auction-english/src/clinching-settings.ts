/**
 * How many units there are, where the price begins, and by how much it rises (continuously without `increment`).
 *
 * @category Types of mechanisms
 */
export interface ClinchingSettings {
  units: number;
  startingPrice?: number | undefined;
  increment?: number | undefined;
}

/** The settings with defaults filled in. */
export interface FullClinchingSettings extends ClinchingSettings {
  startingPrice: number;
}
