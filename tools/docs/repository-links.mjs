import { posix } from 'node:path';

/** Where the repository's files can be read. */
export const repositoryFiles = 'https://github.com/mechane/mechane/blob/main/';

/** @typedef {{ type: string, attrGet(name: string): string | null, attrSet(name: string, value: string): void, children: Token[] | null }} Token */
/** @typedef {{ core: { ruler: { push(name: string, rule: (state: { tokens: Token[], env: { path?: string, relativePath?: string } }) => void): void } } }} MarkdownIt */

/**
 * Lets relative links that leave the documentation lead to the repository.
 *
 * @param {MarkdownIt} markdown
 */
export function linkToRepository(markdown) {
  markdown.core.ruler.push('links-to-repository', ({ tokens, env }) => {
    const [, file = env.relativePath ?? ''] = /[\\/]docs[\\/](.*)$/.exec(env.path ?? '') ?? [];
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      if (token.type !== 'link_open') continue;
      const outside = outsideOf(file, token.attrGet('href') ?? '');
      if (outside !== undefined) token.attrSet('href', repositoryFiles + outside);
    }
  });
}

/**
 * The path from the root of what a link in a page leads to, where that is no page of the documentation.
 *
 * @param {string} file the page, relative to `docs`
 * @param {string} href
 */
export function outsideOf(file, href) {
  if (/^([a-z]+:|\/|#)/.test(href)) return undefined;
  const target = posix.join('docs', posix.dirname(file), href);
  return target.startsWith('docs/') ? undefined : target;
}
