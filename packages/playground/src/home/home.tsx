import { mechanismPages } from 'virtual:mechanism-pages';
import type { JSX } from 'preact';
import { LiveAuction } from './live-auction.tsx';

/** The first page: an auction that one drags, and what to take for what one wants. */
export function Home(): JSX.Element {
  const chapters = outsideIn([...new Set(mechanismPages.map(({ chapter }) => chapter))]);
  return (
    <>
      <div class="first">
        <div class="hero">
          <h1>Move a bid, and the price follows</h1>
          <p>
            Drag a bar. Then ask the question that decides whether a rule is any good. The answer is computed here, in
            your browser.
          </p>
        </div>
        <LiveAuction />
      </div>
      <section aria-labelledby="take">
        <h2 id="take">You want … take …</h2>
        <div class="chapters">
          {chapters.map((chapter) => (
            <div key={chapter} class="card">
              <h3>{chapter}</h3>
              <dl>
                {mechanismPages
                  .filter((page) => page.chapter === chapter)
                  .map(({ id, title, want }) => (
                    <div key={id}>
                      <dt>{want}</dt>
                      <dd>
                        <a href={`#/mechanism/${id}`}>{title}</a>
                      </dd>
                    </div>
                  ))}
              </dl>
            </div>
          ))}
        </div>
      </section>
    </>
  );
}

/** The first, the last, the second, the last but one and so on: long chapters stand above short ones, and columns end alike. */
function outsideIn(chapters: readonly string[]): readonly string[] {
  const half = Math.ceil(chapters.length / 2);
  return chapters.slice(0, half).flatMap((chapter, place) => {
    const across = chapters.length - 1 - place;
    return across < half ? [chapter] : [chapter, chapters[across] as string];
  });
}
