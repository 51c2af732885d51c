import { casesIn, confirmedInWords, counted } from './findings.mjs';

/** @typedef {import('./findings.mjs').Examined} Examined */
/** @typedef {import('./findings.mjs').Finding} Finding */

export const begin = '<!-- properties:begin -->';
export const end = '<!-- properties:end -->';

/**
 * What stands between the markers of a mechanism's page: the badge, a row for each claim, and what is not claimed.
 *
 * @param {Examined} examined
 * @param {string} badge where the badge is, from the page
 */
export function claimsBlock(examined, badge) {
  const { mechanism, claims, unclaimed, pointless, structure } = examined;
  const rows = claims.map(
    (claim) =>
      `| \`${claim.law}\`${inMode(claim)} | ${claimed(claim)} | ${plain(rounded(found(claim)))} | ${plain(claim.because)} |`,
  );
  const kept = structure.kept === structure.of ? `all ${structure.of}` : `${structure.kept} of the ${structure.of}`;
  return [
    `![${badgeText(examined)}](${badge})`,
    '',
    '| law | claimed | found | because |',
    '|---|---|---|---|',
    ...rows,
    '',
    ...(unclaimed.length === 0
      ? []
      : [`Nothing is claimed about ${listed(unclaimed.map((law) => `\`${law}\``))}.`, '']),
    ...(pointless.length === 0 ? [] : [...reasonsFor(pointless), '']),
    `Besides, it kept ${kept} laws of structure that bind it, in ${counted(structure.examined)} cases. These are the findings of`,
    `\`mechane verify ${mechanism}\`, ${counted(casesIn(examined))} cases in all; more \`--runs\` look further.`,
  ].join('\n');
}

/**
 * Why laws have nothing to say of a mechanism: those for the same reason share a sentence.
 *
 * @param {Examined['pointless']} pointless
 */
function reasonsFor(pointless) {
  return [...new Set(pointless.map(({ reason }) => reason))].map((reason) => {
    const laws = pointless.filter((silent) => silent.reason === reason).map(({ law }) => `\`${law}\``);
    return `${listed(laws)} ${laws.length === 1 ? 'does' : 'do'} not apply: ${reason}.`;
  });
}

/**
 * The page with a new block between its markers.
 *
 * @param {string} page
 * @param {string} block
 * @returns {string | undefined} nothing where the page does not have one pair of markers
 */
export function withBlock(page, block) {
  const [before, inside, ...further] = page.split(begin);
  const [, after, ...more] = inside?.split(end) ?? [];
  if (before === undefined || after === undefined || further.length > 0 || more.length > 0) return undefined;
  return `${before}${begin}\n\n${block}\n\n${end}${after}`;
}

/**
 * What a badge says.
 *
 * @param {Examined} examined
 */
export function badgeText(examined) {
  return `verified: ${confirmedInWords(examined)}`;
}

/** @param {Finding} claim */
function inMode({ mode }) {
  return mode === undefined ? '' : ` (${mode})`;
}

/** @param {Finding} claim */
function claimed({ law, holds, domain, at }) {
  const types = domain === undefined ? '' : ` for \`${domain}\``;
  const settings = at === undefined ? '' : ` at ${[...new Set(at.map(inShort))].join(', ')}`;
  return `${upTo(law, holds)}${types}${settings}`;
}

/**
 * Settings without the tie rule, on which no claim depends.
 *
 * @param {unknown} settings
 */
function inShort(settings) {
  const text = JSON.stringify({ .../** @type {object} */ (settings), breakTie: undefined });
  return text === '{}' ? 'the defaults' : `\`${text}\``;
}

/**
 * @param {string} law
 * @param {Finding['holds']} holds
 */
function upTo(law, holds) {
  if (typeof holds === 'boolean') return holds ? 'holds' : 'does not hold';
  const bound = String(Number(holds.approximately.toPrecision(4)));
  return law === 'efficient' ? `holds for a share of ${bound}` : `holds up to ${bound}`;
}

/** @param {Finding} claim */
function found({ verdict, method, examined, reasons }) {
  const [first = ''] = reasons;
  const cases = examined === 1 ? '1 case' : `${counted(examined)} cases`;
  switch (verdict) {
    case 'witnessed':
      // What an agent is asked may be long, and says nothing to a reader who cannot look it up.
      return `shown: ${first.replace(/; asked .* in round (\d+), /, '; in round $1 ')}`;
    case 'holds':
      return `${method === 'statistical' ? 'estimated from' : 'no counterexample in'} ${cases}: ${extent(reasons)}`;
    case 'refuted':
      return `REFUTED: ${first}`;
    default:
      return `undecided: ${first}`;
  }
}

/**
 * Text with its long fractions cut: their last digits differ from one processor to another.
 *
 * @param {string} text
 */
function rounded(text) {
  return text.replace(/\d+\.\d{5,}(?!e)/g, (digits) => String(Number(Number(digits).toPrecision(4))));
}

/** @param {readonly string[]} reasons */
function extent(reasons) {
  return [...new Set(reasons.flatMap((reason) => reason.split('; ')))].join('; ');
}

/** @param {readonly string[]} names */
function listed(names) {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/**
 * Text that says the same in a cell of a table, whatever marks are in it.
 *
 * @param {string} text
 */
function plain(text) {
  return text
    .replaceAll(/[\\`*_$|[\]]/g, '\\$&')
    .replaceAll('<', '&lt;')
    .replaceAll('{{', '{ {');
}
