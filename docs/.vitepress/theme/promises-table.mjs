import { withBase } from 'vitepress';
import { computed, defineComponent, h, ref } from 'vue';
import { data } from './promises.data.mjs';

/** How each sign of the page is shown, the best first. */
const signs = {
  '**yes**': ['✓', 'kept in every profile of few agents and types, and in random ones', 'kept'],
  yes: ['✓', 'kept in random profiles', 'kept weakly'],
  'on average': ['x̄', 'kept on average', 'kept weakly'],
  nearly: ['≈', 'kept up to a stated bound', 'kept weakly'],
  '?': ['?', 'could not be decided', 'open'],
  no: ['✗', 'does not hold, as the mechanism says itself, with a case that was played', 'denied'],
  FALSE: ['‼', 'claimed, and a counterexample was found', 'false'],
  '–': ['–', 'does not apply to the mechanism', 'silent'],
};
const order = Object.keys(signs);
const unkept = new Set(['no', 'FALSE', '?', '–']);

/** All mechanisms and laws in one table: sorted by a press on a head, sifted by what one types and chooses. */
export default defineComponent({
  name: 'PromisesTable',
  setup() {
    const [typed, law, by] = [ref(''), ref(''), ref('')];
    const rows = computed(() => sorted(sifted(data.rows, typed.value, law.value), by.value));
    const head = (key, words, upright) =>
      h('th', { scope: 'col', 'aria-sort': by.value === key ? 'ascending' : 'none', class: upright ? 'law' : '' }, [
        h(
          'button',
          { type: 'button', title: `Sort by ${words}`, onClick: () => (by.value = by.value === key ? '' : key) },
          [h('span', words)],
        ),
      ]);
    return () =>
      h('div', { class: 'promises' }, [
        h(
          'ul',
          { class: 'meaning' },
          order.map((sign) => h('li', [shown(sign), signs[sign][1]])),
        ),
        h('div', { class: 'sifting' }, [
          h('label', [
            'Mechanism ',
            h('input', { type: 'search', value: typed.value, onInput: ({ target }) => (typed.value = target.value) }),
          ]),
          h('label', [
            'keeps ',
            h('select', { value: law.value, onChange: ({ target }) => (law.value = target.value) }, [
              h('option', { value: '' }, 'any law'),
              ...data.laws.map((name) => h('option', { value: name }, name)),
            ]),
          ]),
          h('span', { role: 'status' }, `${rows.value.length} of ${data.rows.length}`),
        ]),
        h('div', { class: 'scrolled', tabindex: 0, role: 'region', 'aria-label': 'What mechanisms promise' }, [
          h('table', [
            h('thead', [
              h('tr', [
                head('name', 'mechanism'),
                head('cases', 'cases'),
                ...data.laws.map((name) => head(name, name, true)),
              ]),
            ]),
            h('tbody', rows.value.map(bodyRow)),
          ]),
        ]),
      ]);
  },
});

function bodyRow({ package: group, name, link, confirmed, cases, signs: own }) {
  return h('tr', { key: link }, [
    h('th', { scope: 'row' }, [h('a', { href: withBase(link) }, [h('small', `${group}/`), h('wbr'), name])]),
    h('td', { class: 'cases', title: `${confirmed} claims confirmed` }, cases.toLocaleString('en')),
    ...data.laws.map((law) => h('td', { title: titleOf(law, own[law]) }, (own[law] ?? []).map(shown))),
  ]);
}

function shown(said) {
  const [mark, , look] = signs[plain(said)] ?? [said, said, 'open'];
  const words = inWords(said);
  return h(
    'span',
    { class: `sign ${look}`, role: 'img', 'aria-label': words },
    said === plain(said) ? mark : `${mark} i`,
  );
}

/** A sign without the mode in which a law is meant. */
function plain(said) {
  return said.replace(/ \(.*\)$/, '');
}

function inWords(said) {
  const words = signs[plain(said)]?.[1] ?? said;
  return said === plain(said) ? words : `${words}${said.slice(plain(said).length)}`;
}

function titleOf(law, said = []) {
  return said.length === 0 ? `${law}: nothing is claimed` : `${law}: ${said.map(inWords).join('; or ')}`;
}

function sifted(rows, typed, law) {
  const words = typed.toLowerCase().split(/\s+/);
  return rows.filter(
    ({ link, signs: own }) =>
      words.every((word) => link.toLowerCase().includes(word)) &&
      (law === '' || (own[law] ?? []).some((said) => !unkept.has(plain(said)))),
  );
}

function sorted(rows, by) {
  const rank = ({ signs: own }) => Math.min(order.length, ...(own[by] ?? []).map((sign) => order.indexOf(plain(sign))));
  if (by === '') return rows;
  if (by === 'name') return rows.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  if (by === 'cases') return rows.toSorted((one, other) => other.cases - one.cases);
  return rows.toSorted((one, other) => rank(one) - rank(other));
}
