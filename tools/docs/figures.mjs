import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { docs } from './pages.mjs';

const scenarios = join(docs, 'scenarios');
const figures = join(docs, 'figures');

/** The scenarios, games and experiments that figures are drawn from, sorted. */
export function scenarioFiles() {
  return readdirSync(scenarios, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(json|nfg|efg)$/.test(file))
    .sort()
    .map((file) => join(scenarios, file));
}

/** What a page is read on; on a phone, figures are this wide, in pixels. */
export const widths = Object.freeze({ screen: undefined, phone: 330 });

/**
 * The command that draws a figure: a file with arms is an experiment, one with a mechanism a scenario, any other a game.
 *
 * @param {string} file
 * @param {string} figure
 * @param {number | undefined} width
 */
export function drawing(file, figure, width) {
  const document = file.endsWith('.json') ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const command = 'arms' in document ? 'simulate' : 'mechanism' in document ? 'run' : 'solve';
  return [command, file, '--plot', figure, ...(width === undefined ? [] : ['--plot-width', String(width)])];
}

/**
 * Where the figure of a scenario stands.
 *
 * @param {string} scenario
 * @param {keyof typeof widths} on
 */
export function figureOf(scenario, on = 'screen') {
  return scenario.replace(scenarios, figures).replace(/\.\w+$/, on === 'phone' ? '.phone.svg' : '.svg');
}

/** @typedef {{ type: string, content: string, level: number }} Token */
/** @typedef {{ tokens: Token[], env: { frontmatter?: { id?: string }, relativePath?: string }, Token: new (type: string, tag: string, nesting: number) => Token }} State */
/** @typedef {{ core: { ruler: { push(name: string, rule: (state: State) => void): void } } }} MarkdownIt */

/**
 * Lets the page of a mechanism begin with its picture and with where to try it, after the sentence that says what it is.
 *
 * @param {MarkdownIt} markdown
 */
export function showFigures(markdown) {
  markdown.core.ruler.push('figures', ({ tokens, env, Token }) => {
    const { id } = env.frontmatter ?? {};
    showImages(tokens, Token);
    const end = tokens.findIndex(({ type, level }) => type === 'paragraph_close' && level === 0);
    if (id === undefined || end === -1) return;
    const block = new Token('html_block', '', 0);
    block.content = figureBlock(id);
    tokens.splice(end + 1, 0, block);
  });
}

/**
 * Sets figures that stand alone in a paragraph into the page, whose paper and colours they take.
 *
 * @param {Token[]} tokens
 * @param {State['Token']} Token
 */
function showImages(tokens, Token) {
  for (let place = tokens.length - 2; place > 0; place -= 1) {
    const [, file] = /^!\[[^\]]*\]\((?:\.\.\/)*figures\/([\w./-]+\.svg)\)$/.exec(tokens[place]?.content ?? '') ?? [];
    if (file === undefined || tokens[place]?.type !== 'inline') continue;
    const block = new Token('html_block', '', 0);
    block.content = `<figure class="of-mechanism" v-pre>${pictures(join(figures, file))}</figure>\n`;
    tokens.splice(place - 1, 3, block);
  }
}

/**
 * @param {string} id
 */
function figureBlock(id) {
  const file = join(figures, `${id}.svg`);
  return `<figure class="of-mechanism" v-pre>${existsSync(file) ? pictures(file) : ''}<figcaption><a href="/playground/#/mechanism/${id}" target="_self">Try it: change a bid and see what comes of it</a></figcaption></figure>\n`;
}

/**
 * A figure and the one for phones, of which a page shows one.
 *
 * @param {string} file
 */
export function pictures(file) {
  const [screen, phone] = [file, file.replace(/\.svg$/, '.phone.svg')].map((each) =>
    onPage(readFileSync(each, 'utf8')),
  );
  // Both have the same names for what describes them, of which a page may have one.
  const renamed = phone?.replace(/(\w+)-(title|description)\b(?=[" ])/g, '$1-phone-$2');
  return `<div class="on-screen">${screen}</div><div class="on-phone">${renamed}</div>`;
}

/**
 * A figure as a part of a page, which has its own paper and colours.
 *
 * @param {string} svg
 */
export function onPage(svg) {
  return svg.replace(/<style>.*?<\/style>/s, '').replace(/<rect [^>]*fill="#ffffff"\/>/, '');
}
