import type { Claim, Mechanism } from '@mechane/core';
import type { Installed } from './plugins.ts';
import type { Style } from './style.ts';
import { subjectsOf } from './subjects.ts';
import { printable } from './terminal-text.ts';

/** What a claim says of itself, without its witness. */
export type ClaimSummary = Pick<Claim, 'law' | 'holds' | 'because' | 'domain' | 'mode'>;

/** What a mechanism claims, and the settings at which it does: some claims depend on them. */
export interface Claimed {
  readonly claims: readonly ClaimSummary[];
  /** `null` where no settings are known at which to ask. */
  readonly claimedAt: unknown;
}

/**
 * The claims of a mechanism at its default settings; where some settings have no default, at the first that its plugin
 * gives the conformance kit.
 */
export async function claimsOf(mechanism: Mechanism, installed: Installed): Promise<Claimed> {
  const defaults = claimsAt(mechanism, {});
  if (defaults) return { claims: defaults, claimedAt: {} };
  for (const settings of await settingsToTry(mechanism.id, installed)) {
    const claims = claimsAt(mechanism, settings);
    if (claims) return { claims, claimedAt: settings };
  }
  return { claims: [], claimedAt: null };
}

function claimsAt(mechanism: Mechanism, settings: unknown): readonly ClaimSummary[] | undefined {
  const parsed = mechanism.settings.safeParse(settings);
  if (!parsed.success) return undefined;
  return mechanism.claims(parsed.data).map(({ law, holds, because, domain, mode }) => ({
    law,
    holds,
    because,
    ...(domain === undefined ? {} : { domain }),
    ...(mode === undefined ? {} : { mode }),
  }));
}

async function settingsToTry(id: string, installed: Installed): Promise<readonly unknown[]> {
  try {
    return (await subjectsOf(id, installed)).flatMap(({ settings = [] }) => settings);
  } catch {
    // The plugin has no subjects, or the conformance kit is not installed.
    return [];
  }
}

/** Claims in three groups, each a heading and its laws, the empty groups left out. */
export function claimGroups(claims: readonly ClaimSummary[], style: Style): ClaimGroup[] {
  const groups: ClaimGroup[] = [
    { heading: 'holds', emphasis: style.good, laws: claims.filter(({ holds }) => holds === true).map(inWords) },
    { heading: 'does not hold', emphasis: style.bad, laws: claims.filter(({ holds }) => holds === false).map(inWords) },
    {
      heading: 'approximately',
      emphasis: style.doubtful,
      laws: claims.filter(({ holds }) => typeof holds === 'object').map(inWords),
    },
  ];
  return groups.filter(({ laws }) => laws.length > 0);
}

export interface ClaimGroup {
  readonly heading: string;
  readonly emphasis: (text: string) => string;
  readonly laws: readonly string[];
}

function inWords({ law, holds, domain, mode }: ClaimSummary): string {
  const bounds = [
    ...(mode === undefined ? [] : [mode]),
    ...(typeof holds === 'object' ? [`${holds.approximately}`] : []),
    ...(domain === undefined ? [] : [domain]),
  ];
  return printable(bounds.length === 0 ? law : `${law} (${bounds.join(', ')})`);
}
