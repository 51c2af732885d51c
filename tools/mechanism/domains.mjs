/** What is decided in each room, and how it asks, unless its newcomer says otherwise. @type {Record<string, { kind: string, domain: string }>} */
const usual = {
  'auction-sealed': { kind: 'direct', domain: 'single-item' },
  'auction-english': { kind: 'rounds', domain: 'single-item' },
  'auction-dutch': { kind: 'rounds', domain: 'single-item' },
  'auction-combinatorial': { kind: 'direct', domain: 'xor-bids' },
  market: { kind: 'direct', domain: 'double-auction' },
  matching: { kind: 'direct', domain: 'housing' },
  'public-choice': { kind: 'direct', domain: 'public-choice' },
};

/** Under which heading of `docs/mechanisms/index.md` readers look for what decides it. @type {Record<string, string>} */
const chapters = {
  'single-item': 'One item',
  'multi-unit': 'Several units of one good',
  'xor-bids': 'Different goods, in packages',
  'double-auction': 'Buyers and sellers of one good',
};

/**
 * The template of a new mechanism.
 *
 * @param {string} room
 * @param {{ kind?: string | undefined, domain?: string | undefined }} choice
 */
export function templateOf(room, { kind, domain }) {
  const otherwise = usual[room] ?? { kind: 'direct', domain: 'single-item' };
  return { kind: kind ?? otherwise.kind, domain: domain ?? otherwise.domain };
}

/** @param {string} domain */
export function chapterOf(domain) {
  return chapters[domain] ?? 'Choices, shares and matches';
}
