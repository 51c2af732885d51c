import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { AdminToken, place as adminPlace } from '../live/operator.tsx';
import { NoService } from '../live/room.tsx';
import { type ServiceHere, serviceHere } from '../live/service.ts';
import type { Route } from '../route.ts';
import { ChooseExperiment } from './choose-experiment.tsx';
import { ComeToClass } from './come-to-class.tsx';
import { Student } from './student.tsx';
import { Teacher } from './teacher.tsx';
import { Wall } from './wall.tsx';
import '../live/live.css';
import './classroom.css';

/** Experiments with a class: on its phones, on the wall, and at the teacher's desk. */
export function ClassroomRoom({ route }: { readonly route: Route }): JSX.Element {
  const service = serviceHere();
  if (service === undefined)
    return <NoService title="Classroom" place="classroom" then="hold a class, and show its code" />;
  const [, place, code] = route.path;
  const token = route.query.get('token');
  if (place === 'in') return <ComeToClass service={service} isAlone {...(code === undefined ? {} : { code })} />;
  if (place === 'seat' && code !== undefined && token !== null)
    return <Student key={token} service={service} code={code} token={token} />;
  if (place === 'wall' && code !== undefined) return <Wall service={service} code={code} />;
  if (place === 'hold') return <Hold service={service} code={code} />;
  return <Entrance service={service} />;
}

function Entrance({ service }: { readonly service: ServiceHere }): JSX.Element {
  return (
    <>
      <h1>Classroom</h1>
      <p class="lead">Experiments with a class: everybody plays on a phone, and sees afterwards what theory says.</p>
      <div class="columns">
        <ComeToClass service={service} isAlone={false} />
        <section class="card" aria-labelledby="teach">
          <h2 id="teach">Hold a class</h2>
          <p>Ten experiments are ready: auctions, markets, public goods, schools. You need the admin token.</p>
          <a class="button" href="#/classroom/hold">
            Hold a class
          </a>
        </section>
      </div>
    </>
  );
}

function Hold({ service, code }: { readonly service: ServiceHere; readonly code: string | undefined }): JSX.Element {
  const [token, setToken] = useState(() => sessionStorage.getItem(adminPlace) ?? '');
  const take = (given: string): void => {
    sessionStorage.setItem(adminPlace, given);
    setToken(given);
  };
  const client = useMemo(() => (token === '' ? undefined : service.client(token)), [service, token]);
  if (client === undefined) return <AdminToken service={service} onToken={take} />;
  return code === undefined ? <ChooseExperiment client={client} /> : <Teacher key={code} client={client} code={code} />;
}
