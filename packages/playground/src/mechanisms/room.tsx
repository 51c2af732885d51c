import { mechanismPages } from 'virtual:mechanism-pages';
import type { JSX } from 'preact';
import type { Route } from '../route.ts';
import { MechanismPage } from './mechanism-page.tsx';

/** All mechanisms, or the page of one. */
export function MechanismRoom({ route }: { readonly route: Route }): JSX.Element {
  const id = route.path.slice(1).join('/');
  if (id !== '') return <MechanismPage key={id} id={id} held={route.held} />;
  const chapters = [...new Set(mechanismPages.map(({ chapter }) => chapter))];
  return (
    <>
      <h1>Mechanisms</h1>
      <p class="lead">A page for each: change what agents say, see what comes of it, and have its claims examined.</p>
      <div class="stack">
        {chapters.map((chapter) => (
          <section key={chapter} class="card">
            <h2>{chapter}</h2>
            <ul class="list">
              {mechanismPages
                .filter((page) => page.chapter === chapter)
                .map((page) => (
                  <li key={page.id}>
                    <a href={`#/mechanism/${page.id}`}>{page.title}</a>
                    <small>{page.want}</small>
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}
