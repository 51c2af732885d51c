import { nameWidth } from './agent-rows.ts';
import type { Figure, FigureOptions } from './figure.ts';
import { counted, written } from './numbers.ts';
import type { Role } from './palette.ts';
import { Sheet } from './sheet.ts';

/**
 * What the kit found of a mechanism, as `mechane verify --json` tells it.
 *
 * @category Claims
 */
export interface Examination {
  readonly mechanism: string;
  readonly laws: readonly {
    readonly law: string;
    /** How the claim means the law, where it says so: `interim`. */
    readonly mode?: string;
    /** `true`, `false`, how far it holds, or `null` where nothing is claimed. */
    readonly claim: boolean | { readonly approximately: number } | null;
    readonly verdict: string;
    readonly examined: number;
    readonly method?: string;
    readonly reason?: string;
  }[];
}

/** The sign of each verdict, its colour, and what it says. */
const signs: Readonly<Record<string, readonly [sign: string, role: Role, words: string]>> = {
  holds: ['✓', 'good', 'holds'],
  witnessed: ['○', 'gold', 'does not hold, as claimed'],
  refuted: ['✗', 'bad', 'refuted'],
  nondeterministic: ['✗', 'bad', 'not deterministic'],
  'does-not-end': ['✗', 'bad', 'does not end'],
  'not-applicable': ['·', 'faint', 'does not apply'],
};

const rowHeight = 22;
/** Below this width, in pixels, signs alone say what became of a law, and numbers how many cases were looked at. */
const roomForWords = 440;

/**
 * Law by law what a mechanism claims, and what became of it.
 *
 * @category Claims
 */
export function claimsChecked({ mechanism, laws }: Examination, options: FigureOptions = {}): Figure {
  const claimed = laws.filter(
    ({ verdict, claim }) => verdict !== 'unclaimed' && (verdict !== 'not-applicable' || claim !== null),
  );
  const broken = claimed.filter(({ verdict }) => signs[verdict]?.[1] === 'bad').length;
  const open = claimed.filter(({ verdict }) => signs[verdict] === undefined).length;
  const all = claimed.reduce((sum, { examined }) => sum + examined, 0);
  const end = broken > 0 ? `${counted(broken, 'claim')} refuted` : open > 0 ? `${open} undecided` : 'all kept';
  const sheet = new Sheet(
    `${mechanism}: ${counted(claimed.length, 'claim')}, ${end}`,
    `Each line is a law and what became of it, in ${counted(all, 'case')}`,
    options.width,
  );
  const hasRoom = sheet.width >= roomForWords;
  const casesWidth = hasRoom ? 86 : 60;
  const names = claimed.map(named);
  const left = hasRoom ? nameWidth(names, sheet.width * 1.6) + 24 : sheet.width - casesWidth;
  let y = sheet.top + 6;
  for (const verdictOnLaw of claimed) {
    const { verdict, claim, examined } = verdictOnLaw;
    const [sign, role, words] = signs[verdict] ?? ['?', 'faint', verdict];
    const said = typeof claim === 'object' && claim !== null ? `${words} up to ${claim.approximately}` : words;
    sheet.text([2, y + 14], sign, { fill: role, bold: true, size: 14 });
    sheet.text([24, y + 14], named(verdictOnLaw), { bold: verdict === 'refuted' }, left - 30);
    if (hasRoom)
      sheet.text(
        [left, y + 14],
        said,
        { fill: role, bold: verdict === 'refuted' },
        sheet.width - left - casesWidth - 4,
      );
    const cases = hasRoom ? counted(examined, 'case') : written(examined);
    sheet.text([sheet.width, y + 14], cases, { fill: 'faint', anchor: 'end' }, casesWidth);
    y += rowHeight;
    sheet.line(
      [
        [0, y],
        [sheet.width, y],
      ],
      { stroke: 'grid' },
    );
  }
  const silent = laws.length - claimed.length;
  if (silent > 0)
    sheet.text([0, y + 18], `Nothing is claimed about ${counted(silent, 'other law')}.`, { fill: 'faint' });
  return sheet.figure(
    y + (silent > 0 ? 28 : 8),
    claimed.map((each) => `${named(each)}: ${signs[each.verdict]?.[2] ?? each.verdict}`).join('; '),
    {
      columns: ['law', 'claim', 'verdict', 'method', 'cases', 'reason'],
      rows: laws.map(({ law, mode, claim, verdict, method = '', examined, reason = '' }) => [
        named({ law, mode }),
        claim === null ? '' : JSON.stringify(claim),
        verdict,
        method,
        examined,
        reason,
      ]),
    },
  );
}

/** A law as a claim means it. */
function named({ law, mode }: { readonly law: string; readonly mode?: string | undefined }): string {
  return mode === undefined ? law : `${law} (${mode})`;
}
