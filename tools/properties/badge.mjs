import { confirmed, confirmedInWords } from './findings.mjs';

const label = 'verified';
const colours = { all: '#2e7d32', some: '#b26a00', refuted: '#c62828' };
const height = 20;
/** The mean width of a letter of the font at its size, and what stands around a word. */
const letter = 6.6;
const margin = 6;

/**
 * A small flat badge that says how many of its claims the kit confirmed.
 *
 * @param {import('./findings.mjs').Examined} examined
 */
export function badge(examined) {
  const { mechanism, claims } = examined;
  const said = confirmedInWords(examined);
  const refuted = claims.some(({ verdict }) => verdict === 'refuted');
  const colour = refuted ? colours.refuted : confirmed(examined) === claims.length ? colours.all : colours.some;
  const [left, right] = [widthOf(label), widthOf(said)];
  const width = left + right;
  const title = `${mechanism}: ${label}, ${said}`;
  const word = (/** @type {string} */ text, /** @type {number} */ from, /** @type {number} */ wide) =>
    `    <text x="${from + margin}" y="14" textLength="${wide - 2 * margin}" lengthAdjust="spacingAndGlyphs">${text}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" role="img" aria-labelledby="title">
  <title id="title">${title}</title>
  <rect width="${left}" height="${height}" fill="#444"/>
  <rect x="${left}" width="${right}" height="${height}" fill="${colour}"/>
  <g fill="#fff" font-family="Verdana, DejaVu Sans, sans-serif" font-size="11">
${word(label, 0, left)}
${word(said, left, right)}
  </g>
</svg>
`;
}

/** @param {string} text */
function widthOf(text) {
  return Math.round(text.length * letter) + 2 * margin;
}
