/** A whole number in an environment variable, wherever the host keeps such things; `undefined` where there is none. */
export function environmentNumber(
  name: 'MECHANE_SEED' | 'MECHANE_RUNS',
  ...environments: readonly (Readonly<Record<string, string | undefined>> | undefined)[]
): number | undefined {
  for (const environment of environments) {
    const text = environment?.[name]?.trim();
    if (text && Number.isSafeInteger(Number(text))) return Number(text);
  }
  return undefined;
}
