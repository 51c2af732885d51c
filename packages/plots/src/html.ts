import type { Cell, Figure } from './figure.ts';
import { written } from './numbers.ts';
import { escaped, toSvg } from './svg.ts';

const style = `:root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--line:#dfe3e8;--faint:#57606a}
@media(prefers-color-scheme:dark){:root{--ink:#e8eaed;--paper:#14171c;--line:#30363f;--faint:#a3adb8}}
body{margin:0 auto;max-width:760px;padding:24px 16px 48px;color:var(--ink);background:var(--paper);font:15px/1.5 system-ui,sans-serif}
figure{margin:0 0 40px}figcaption{color:var(--faint);margin:8px 0}
details{margin-top:8px}div{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
td,th{padding:3px 14px 3px 0;text-align:left;border-bottom:1px solid var(--line)}`;

/**
 * Figures as a page that stands alone: no script, nothing from elsewhere, the numbers of each figure below it.
 *
 * @category Files
 */
export function toHtml(figures: readonly Figure[], title: string = figures[0]?.title ?? 'Mechane'): string {
  const body = figures.map((figure, place) => {
    const svg = toSvg(figure, { id: `figure-${place + 1}` }).replace('<svg', '<svg style="max-width:100%;height:auto"');
    return `<figure>${svg}<figcaption>${escaped(figure.description)}</figcaption><details><summary>Numbers</summary><div>${tableOf(figure)}</div></details></figure>`;
  });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title>
<style>${style}</style></head><body><main>${body.join('\n')}</main></body></html>
`;
}

function tableOf({ table: { columns, rows } }: Figure): string {
  const cells = (row: readonly Cell[], tag: 'td' | 'th'): string =>
    row.map((cell) => `<${tag}>${escaped(typeof cell === 'number' ? written(cell) : (cell ?? ''))}</${tag}>`).join('');
  return `<table><thead><tr>${cells(columns, 'th')}</tr></thead><tbody>${rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('')}</tbody></table>`;
}
