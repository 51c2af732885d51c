import type { ClaimMode } from '@mechane/core';
import { claimable, structural } from './laws.ts';
import { claimableExplanations, structuralExplanations } from './words/explanations.ts';

/**
 * A law that the kit knows, for a reader.
 *
 * @category Laws
 */
export interface ExplainedLaw {
  readonly law: string;
  /** What it says, in one sentence. */
  readonly says: string;
  /** What it says instead where a claim means it in another mode, by the mode. */
  readonly modes?: Readonly<Partial<Record<ClaimMode, string>>>;
  /** What that means, for somebody who knows no mechanism design. */
  readonly means: string;
  /** A rule that breaks it, and how. */
  readonly broken: string;
  /** How the kit looks at it. */
  readonly examined: string;
  /** Who published it. */
  readonly source: string;
}

const prefix = 'structural/';

/**
 * Explains every law that the kit knows: those that a mechanism may claim, then those that hold for every mechanism.
 *
 * @category Laws
 * @example
 * ```ts
 * import { explainedLaws } from '@mechane/conformance';
 *
 * const law = explainedLaws().find((law) => law.law === 'obviously-strategy-proof');
 * law.source; // => 'Li 2017, Obviously strategy-proof mechanisms'
 * ```
 */
export function explainedLaws(): readonly ExplainedLaw[] {
  return [...claimable, ...structural].flatMap(({ name, says, inMode }) => {
    const explanation = name.startsWith(prefix)
      ? structuralExplanations[name.slice(prefix.length)]
      : claimableExplanations[name];
    const modes = Object.entries(inMode ?? {}).map(([mode, law]) => [mode, law.says]);
    const meant = modes.length === 0 ? {} : { modes: Object.fromEntries(modes) };
    return explanation ? [{ law: name, says, ...meant, ...explanation }] : [];
  });
}
