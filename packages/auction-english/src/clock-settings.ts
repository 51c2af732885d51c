/**
 * Where the price begins, by how much it rises (continuously without `increment`), and after how many rounds it must end.
 *
 * @category Types of mechanisms
 */
export interface ClockSettings {
  startingPrice: number;
  increment?: number | undefined;
  maxRounds?: number | undefined;
}
