/** @typedef {{ law: string, holds: boolean | { approximately: number }, domain?: string, mode?: string, because: string, witness?: unknown }} Claim */

/** @typedef {{ id: string, claims(settings: unknown): readonly Claim[] }} Mechanism */

/** @typedef {{ mechanism: Mechanism, domain: { name: string }, settings?: readonly unknown[] }} Subject */

/** @typedef {{ subject: number, position: number }} Place where the kit's verdict on a claim stands: the how-manieth subject of its mechanism, and the how-manieth claim of its law there */

/**
 * @typedef {object} DeclaredClaim
 * @property {string} law
 * @property {boolean | { approximately: number }} holds
 * @property {string} [domain] the types it is claimed for, where not for all
 * @property {string} [mode] how the law is meant, where not ex post
 * @property {string} because
 * @property {readonly unknown[]} [at] the settings it is claimed at, where not at all that are tried
 * @property {readonly Place[]} places without those of subjects with other types than it is claimed for
 */

/**
 * What a mechanism claims at the settings of its subjects, each claim once: those that say the same for the same reason are one, though
 * witnesses may differ.
 *
 * @param {readonly Subject[]} subjects all of one mechanism
 * @param {(mechanism: Mechanism, settings: unknown) => { settings: unknown }} readSettings
 * @returns {DeclaredClaim[]}
 */
export function declaredClaims(subjects, readSettings) {
  /** @type {Map<string, { claim: Claim, at: Map<string, unknown>, places: Place[] }>} */
  const declared = new Map();
  for (const [subject, { mechanism, domain, settings = [{}] }] of subjects.entries()) {
    /** @type {Map<string, string[]>} */
    const groupsOfLaw = new Map();
    for (const given of settings) {
      for (const claim of mechanism.claims(readSettings(mechanism, given).settings)) {
        const groups = groupsOfLaw.get(claim.law) ?? [];
        groupsOfLaw.set(claim.law, groups);
        const entry = entryFor(declared, claim);
        entry.at.set(JSON.stringify(given), given);
        // The kit tells apart what has another witness, and not what has another reason.
        const group = JSON.stringify([claim.domain, claim.mode, claim.holds, claim.witness]);
        if (!groups.includes(group)) groups.push(group);
        if (claim.domain !== undefined && claim.domain !== domain.name) continue;
        const position = groups.indexOf(group);
        if (!entry.places.some((place) => place.subject === subject && place.position === position)) {
          entry.places.push({ subject, position });
        }
      }
    }
  }
  const tried = new Set(subjects.flatMap(({ settings = [{}] }) => settings.map((given) => JSON.stringify(given))));
  return [...declared.values()].map(({ claim: { law, holds, domain, mode, because }, at, places }) => ({
    law,
    holds,
    because,
    places,
    ...(domain === undefined ? {} : { domain }),
    ...(mode === undefined ? {} : { mode }),
    ...(at.size === tried.size ? {} : { at: [...at.values()] }),
  }));
}

/**
 * @param {Map<string, { claim: Claim, at: Map<string, unknown>, places: Place[] }>} declared
 * @param {Claim} claim
 * @returns {{ claim: Claim, at: Map<string, unknown>, places: Place[] }}
 */
function entryFor(declared, claim) {
  const key = JSON.stringify([claim.law, claim.domain, claim.mode, claim.holds, claim.because]);
  const entry = declared.get(key) ?? { claim, at: new Map(), places: [] };
  declared.set(key, entry);
  return entry;
}
