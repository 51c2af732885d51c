/** @typedef {import('./declared-claims.mjs').DeclaredClaim} DeclaredClaim */

/** @typedef {{ law: string, mode?: string, claim: unknown, verdict: string, method: string, examined: number, reason?: string }} Verdict */

/** @typedef {{ mechanism: string, laws: readonly Verdict[] }} Report a line of `mechane verify --json` */

/** @typedef {DeclaredClaim & { verdict: 'holds' | 'witnessed' | 'refuted' | 'undecided', method: string, examined: number, reasons: readonly string[] }} Finding a claim and what became of it */

/**
 * @typedef {object} Examined
 * @property {string} mechanism
 * @property {readonly Finding[]} claims in the order of the kit's laws
 * @property {readonly string[]} unclaimed laws
 * @property {readonly { law: string, reason: string }[]} pointless laws that have nothing to say of it, and why
 * @property {{ kept: number, of: number, examined: number }} structure the laws that every mechanism must keep, without those it claims not to
 */

const weakestLast = ['exhaustive', 'search', 'statistical'];

/**
 * What became of everything a mechanism claims.
 *
 * @param {string} mechanism
 * @param {readonly DeclaredClaim[]} declared
 * @param {readonly Report[]} reports one for each of its subjects, in their order
 * @returns {Examined}
 */
export function findingsOf(mechanism, declared, reports) {
  const laws = [...new Set(reports.flatMap((report) => report.laws.map(({ law }) => law)))];
  const claims = declared
    .map((claim) => ({ ...claim, ...merged(mechanism, claim, reports) }))
    .sort((a, b) => laws.indexOf(a.law) - laws.indexOf(b.law));
  const claimed = new Set(declared.map(({ law }) => law));
  const verdictsOn = (/** @type {string} */ law) =>
    reports.flatMap((report) => report.laws).filter((found) => found.law === law && found.verdict !== 'not-applicable');
  const pointless = laws.flatMap((law) => {
    const found = reports.flatMap((report) => report.laws).filter((verdict) => verdict.law === law);
    const isSilent = !claimed.has(law) && !law.startsWith('structural/') && verdictsOn(law).length === 0;
    return isSilent ? [{ law, reason: found[0]?.reason ?? '' }] : [];
  });
  const structural = laws.filter(
    (law) => law.startsWith('structural/') && !claimed.has(law) && verdictsOn(law).length > 0,
  );
  return {
    mechanism,
    claims,
    unclaimed: laws.filter(
      (law) =>
        !claimed.has(law) && !law.startsWith('structural/') && !pointless.some(({ law: silent }) => silent === law),
    ),
    pointless,
    structure: {
      kept: structural.filter((law) => verdictsOn(law).every(({ verdict }) => verdict === 'holds')).length,
      of: structural.length,
      examined: structural.flatMap(verdictsOn).reduce((sum, { examined }) => sum + examined, 0),
    },
  };
}

/**
 * One verdict of those on several subjects: the worst.
 *
 * @param {string} mechanism
 * @param {DeclaredClaim} claim
 * @param {readonly Report[]} reports
 * @returns {Pick<Finding, 'verdict' | 'method' | 'examined' | 'reasons'>}
 */
function merged(mechanism, { law, holds, places }, reports) {
  const verdicts = places.map(({ subject, position }) => {
    const verdict = reports[subject]?.laws.filter((found) => found.law === law)[position];
    if (verdict === undefined || JSON.stringify(verdict.claim) !== JSON.stringify(holds)) {
      throw new Error(
        `${mechanism} claims something about ${law} that its reports do not tell of. Fix: npm test, then npm run properties`,
      );
    }
    return verdict;
  });
  const worst = verdicts.find(isFalse) ?? verdicts.find(isUndecided) ?? verdicts[0];
  if (worst === undefined) {
    return { verdict: 'undecided', method: 'search', examined: 0, reasons: ['no subject has types it is claimed for'] };
  }
  const told = isUndecided(worst) || isFalse(worst) ? [worst] : verdicts;
  const verdict = isFalse(worst) ? 'refuted' : isUndecided(worst) ? 'undecided' : worst.verdict;
  return {
    verdict: /** @type {Finding['verdict']} */ (verdict),
    method: weakestLast[Math.max(...verdicts.map(({ method }) => weakestLast.indexOf(method)))] ?? 'search',
    examined: verdicts.reduce((sum, { examined }) => sum + examined, 0),
    reasons: [...new Set(told.map(({ reason = '' }) => reason))],
  };
}

/** @param {Verdict} found */
function isFalse({ verdict }) {
  return verdict === 'refuted' || verdict === 'nondeterministic' || verdict === 'does-not-end';
}

/** @param {Verdict} found */
function isUndecided(found) {
  return found.verdict !== 'holds' && found.verdict !== 'witnessed' && !isFalse(found);
}

/**
 * How many of its claims the kit confirmed.
 *
 * @param {Examined} examined
 */
export function confirmed({ claims }) {
  return claims.filter(({ verdict }) => verdict === 'holds' || verdict === 'witnessed').length;
}

/**
 * How many of its claims were confirmed, in words.
 *
 * @param {Examined} examined
 */
export function confirmedInWords(examined) {
  const { length } = examined.claims;
  return `${confirmed(examined)} of ${length} ${length === 1 ? 'claim' : 'claims'}`;
}

/**
 * How many cases were looked at, for claims and for structure.
 *
 * @param {Examined} examined
 */
export function casesIn({ claims, structure }) {
  return claims.reduce((sum, { examined }) => sum + examined, structure.examined);
}

/**
 * A whole number as it is written in a sentence.
 *
 * @param {number} count
 */
export function counted(count) {
  return count.toLocaleString('en');
}
