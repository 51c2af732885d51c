/** @typedef {{ type: string, tag: string, content: string, attrJoin(name: string, value: string): void }} Token */
/** @typedef {{ tokens: Token[], Token: new (type: string, tag: string, nesting: number) => Token }} State */
/** @typedef {{ core: { ruler: { push(name: string, rule: (state: State) => void): void } } }} MarkdownIt */

/**
 * Lets the tables of what the kit found be set compactly, with a colour and a sign for each row, by classes that the style sheet knows. The class
 * of the table stands on an element around it, since VitePress writes tables without attributes.
 *
 * @param {MarkdownIt} markdown
 */
export function showVerdicts(markdown) {
  markdown.core.ruler.push('verdicts', ({ tokens, Token }) => {
    const tables = tokens.flatMap(({ type }, place) => (type === 'table_open' ? [place] : []));
    for (const begin of tables.toReversed()) {
      if (cellsAfter(tokens, begin)[0] !== 'law') continue;
      const end = tokens.findIndex(({ type }, place) => place > begin && type === 'table_close');
      for (const [place, token] of tokens.slice(begin, end).entries())
        if (token.type === 'tr_open') token.attrJoin('class', verdictOf(cellsAfter(tokens, begin + place)));
      const [open, close] = ['<div class="verdicts">\n', '</div>\n'].map((content) => {
        const block = new Token('html_block', '', 0);
        block.content = content;
        return block;
      });
      tokens.splice(end + 1, 0, /** @type {Token} */ (close));
      tokens.splice(begin, 0, /** @type {Token} */ (open));
    }
  });
}

/**
 * The words of the row that begins at or after a place.
 *
 * @param {readonly Token[]} tokens
 * @param {number} place
 */
function cellsAfter(tokens, place) {
  const end = tokens.findIndex(({ type }, later) => later > place && type === 'tr_close');
  return tokens.slice(place, end).flatMap(({ type, content }) => (type === 'inline' ? [content] : []));
}

/**
 * What became of a claim, by the words of its row.
 *
 * @param {readonly string[]} cells
 */
export function verdictOf([, claimed = '', found = '']) {
  if (found.startsWith('REFUTED')) return 'is-false';
  if (found.startsWith('undecided')) return 'is-open';
  return claimed.startsWith('does not hold') ? 'is-denied' : 'is-kept';
}
