/** The seed in the environment variable `MECHANE_SEED`, wherever the host keeps such things; `undefined` where there is none. */
export function environmentSeed(
  ...environments: readonly (Readonly<Record<string, string | undefined>> | undefined)[]
): number | undefined {
  for (const environment of environments) {
    const text = environment?.MECHANE_SEED?.trim();
    if (text && Number.isSafeInteger(Number(text))) return Number(text);
  }
  return undefined;
}
