import type { LawVerdict } from '@mechane/conformance';
import type { SealedAuction } from '@mechane/plots';

/** What the sandbox is given: a rule in JavaScript, and bids to play it on. */
export interface SandboxTask {
  readonly code: string;
  readonly bids: Readonly<Record<string, number>>;
}

/** What it says: how the rule played, law by law what the kit found, or what went wrong. */
export type SandboxAnswer =
  | { readonly alive: true }
  | { readonly played: SealedAuction }
  | { readonly laws: readonly LawVerdict[]; readonly milliseconds: number }
  | { readonly error: string };
