import type { Claim, LawName } from '@mechane/core';
import { readSettings } from '@mechane/core/host';
import type { Law } from './law.ts';
import { claimable, structural } from './laws.ts';
import { refuseTaken, searchable } from './outcome-law.ts';
import { same } from './same.ts';
import type { Subject } from './subject.ts';

/** A law with what a mechanism claims of it. */
export interface ClaimedLaw {
  readonly law: LawName;
  /** How to find out; `undefined` for a law that the kit does not know. */
  readonly known: Law | undefined;
  /** `undefined` where nothing is claimed. Laws of structure are claimed by being a mechanism. */
  readonly claim: Claim | undefined;
  readonly structural: boolean;
  /** Positions of the settings under which it is claimed. */
  readonly under: readonly number[];
}

const everyMechanism = 'every mechanism must';

/** Everything there is to say about a subject: each law once per different claim. */
export function claimedLaws({ mechanism, settings = [{}], laws = [] }: Subject): readonly ClaimedLaw[] {
  const claims = settings.map((given) => mechanism.claims(readSettings(mechanism, given).settings));
  const structures = structural.flatMap((law) => {
    const implied: Claim = { law: law.name, holds: true, because: everyMechanism };
    return grouped(
      law.name,
      law,
      claims.map((made) => withDefault(made, implied)),
      true,
    );
  });
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
  return [
    ...[...claimable, ...own].flatMap((law) => grouped(law.name, law, claims, false)),
    ...[...strange].flatMap((law) => grouped(law, undefined, claims, false)),
    ...structures,
  ];
}

function withDefault(claims: readonly Claim[], implied: Claim): readonly Claim[] {
  return claims.some(({ law }) => law === implied.law) ? claims : [implied];
}

function grouped(
  name: LawName,
  known: Law | undefined,
  claims: readonly (readonly Claim[])[],
  isStructural: boolean,
): ClaimedLaw[] {
  const groups: { claim: Claim; under: number[] }[] = [];
  for (const [index, made] of claims.entries()) {
    for (const claim of made) {
      if (claim.law !== name) continue;
      const group = groups.find((other) => sameClaim(other.claim, claim));
      if (group) group.under.push(index);
      else groups.push({ claim, under: [index] });
    }
  }
  const base = { law: name, known, structural: isStructural };
  if (groups.length === 0) return [{ ...base, claim: undefined, under: [] }];
  return groups.map((group) => ({ ...base, ...group }));
}

function sameClaim(one: Claim, other: Claim): boolean {
  return one.domain === other.domain && same(one.holds, other.holds) && same(one.witness, other.witness);
}
