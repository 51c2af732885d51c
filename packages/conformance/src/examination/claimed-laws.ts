import type { Claim, LawName, Mechanism } from '@mechane/core';
import { readSettings } from '@mechane/core/host';
import { same } from '../game/same.ts';
import type { Law } from '../law.ts';
import { refuseTaken, searchable } from '../laws/of-outcomes.ts';
import { claimable, structural } from '../laws.ts';
import type { Subject } from '../subject.ts';

/** A law with what a mechanism claims of it. */
export interface ClaimedLaw {
  readonly law: LawName;
  /** How to find out; `undefined` for a law that the kit does not know. */
  readonly known: Law | undefined;
  /** `undefined` where nothing is claimed. Laws of structure are claimed by being a mechanism. */
  readonly claim: Claim | undefined;
  readonly structural: boolean;
  /** Where it is claimed: positions in the list of settings, and what is claimed there. */
  readonly under: readonly { readonly position: number; readonly claim: Claim }[];
}

/** Settings, and what a mechanism claims under them; why it cannot claim anything there. */
export interface ClaimsUnder {
  readonly given: unknown;
  readonly claims: readonly Claim[];
}

const everyMechanism = 'every mechanism must';

/** Everything there is to say about a subject: each law once per different claim. */
export function claimedLaws(subject: Subject): readonly ClaimedLaw[] {
  const { settings = [{}], mechanism } = subject;
  return groupedClaims(
    subject,
    settings.map((given) => ({ given, claims: claimsAt(mechanism, given) })),
    settings.length,
  );
}

/** What a mechanism claims under settings. @throws whatever it throws, or that its claims are none */
export function claimsAt(mechanism: Mechanism, given: unknown): readonly Claim[] {
  const claims: unknown = mechanism.claims(readSettings(mechanism, given).settings);
  if (Array.isArray(claims) && claims.every(isClaim)) return claims;
  throw new TypeError(`its claims are ${JSON.stringify(claims)}, and not a list of laws with what is claimed of them`);
}

function isClaim(claim: unknown): claim is Claim {
  return (
    typeof claim === 'object' && claim !== null && 'holds' in claim && 'law' in claim && typeof claim.law === 'string'
  );
}

/** Claims by law, of which the first settings were `named` by the subject and the others drawn. */
export function groupedClaims(
  { laws = [] }: Subject,
  under: readonly ClaimsUnder[],
  named: number,
): readonly ClaimedLaw[] {
  const claims = under.map(({ claims: made }) => made);
  refuseTaken(
    laws,
    [...claimable, ...structural].map(({ name }) => name),
  );
  const own = laws.map(searchable);
  const known = new Set([...claimable, ...own, ...structural].map(({ name }) => name));
  const strange = new Set(
    claims
      .flat()
      .map(({ law }) => law)
      .filter((law) => !known.has(law)),
  );
  const structures = structural.flatMap((law) => {
    const implied: Claim = { law: law.name, holds: true, because: everyMechanism };
    const made = claims.map((some) => withDefault(some, implied));
    return grouped(law.name, law, made, true, named);
  });
  return [
    ...[...claimable, ...own].flatMap((law) => grouped(law.name, law, claims, false, named)),
    ...[...strange].flatMap((law) => grouped(law, undefined, claims, false, named)),
    ...structures,
  ];
}

function withDefault(claims: readonly Claim[], implied: Claim): readonly Claim[] {
  return claims.some(({ law }) => law === implied.law) ? claims : [implied];
}

interface Group {
  readonly claim: Claim;
  readonly under: { readonly position: number; readonly claim: Claim }[];
}

function grouped(
  name: LawName,
  known: Law | undefined,
  claims: readonly (readonly Claim[])[],
  isStructural: boolean,
  named: number,
): ClaimedLaw[] {
  const groups: Group[] = [];
  for (const [position, made] of claims.entries()) {
    for (const claim of made) {
      if (claim.law !== name) continue;
      const group = groups.find((other) => (position < named ? sameClaim : alike)(other.claim, claim));
      if (group) group.under.push({ position, claim });
      // What is claimed not to hold has its witness; settings that were drawn show nothing more.
      else if (position < named || claim.holds !== false) groups.push({ claim, under: [{ position, claim }] });
    }
  }
  const base = { law: name, known, structural: isStructural };
  if (groups.length === 0) return [{ ...base, claim: undefined, under: [] }];
  return groups.map((group) => ({ ...base, known: meant(known, group.claim), ...group }));
}

/** The law as a claim means it; `undefined` where it cannot be meant so. */
function meant(law: Law | undefined, { mode = 'ex-post' }: Claim): Law | undefined {
  return mode === 'ex-post' ? law : law?.inMode?.[mode];
}

function sameClaim(one: Claim, other: Claim): boolean {
  return (
    one.domain === other.domain &&
    one.mode === other.mode &&
    same(one.holds, other.holds) &&
    same(one.witness, other.witness)
  );
}

/** Whether two claims say the same but for how much is allowed. */
function alike(one: Claim, other: Claim): boolean {
  return (
    one.domain === other.domain &&
    one.mode === other.mode &&
    typeof one.holds === typeof other.holds &&
    one.holds !== false &&
    other.holds !== false
  );
}
