/** @typedef {(tokens: { info: string }[], index: number, ...rest: unknown[]) => string} Rule */
/** @typedef {{ renderer: { rules: Record<string, Rule> }, utils: { escapeHtml(text: string): string } }} MarkdownIt */

/**
 * Shows the file that a block's fence names in brackets above the block.
 *
 * @param {MarkdownIt} markdown
 */
export function showFileNames({ renderer: { rules }, utils: { escapeHtml } }) {
  const plain = /** @type {Rule} */ (rules.fence);
  rules.fence = (tokens, index, ...rest) => {
    const [, file] = /\[([^\]]+)\]/.exec(tokens[index]?.info ?? '') ?? [];
    const name = file === undefined ? '' : `<div class="file-name">${escapeHtml(file)}</div>`;
    return name + plain(tokens, index, ...rest);
  };
}
