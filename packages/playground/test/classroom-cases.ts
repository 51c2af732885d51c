import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { OpenPlayground } from './browser.ts';
import { adminToken, openClassHouse } from './class-house.ts';
import { sound } from './looks.ts';

/** Whether classes that test no more than a form of their own are tried, too: `MECHANE_CLASSES=all`. */
const isLong = process.env.MECHANE_CLASSES === 'all';

/** What a phone says that its holder was dealt. */
async function dealt(phone: Page): Promise<number> {
  return Number((await phone.locator('.dealt b').textContent())?.replace('−', '-'));
}

/** What classes have to do: at the teacher's desk, on the wall, and on phones, by touch and by keyboard. */
export function classroomCases(open: () => OpenPlayground): void {
  const teach = async (url: string, experiment: string): Promise<{ teacher: Page; code: string }> => {
    const teacher = await open().page(1400);
    await teacher.goto(url);
    await teacher.getByRole('link', { name: 'Classroom', exact: true }).click();
    await teacher.getByRole('heading', { name: 'Classroom' }).waitFor();
    await sound(teacher, 'class-entrance');
    await teacher.getByRole('link', { name: 'Hold a class' }).click();
    await teacher.getByLabel('The admin token').fill(adminToken);
    await teacher.getByRole('button', { name: 'Go on' }).click();
    const button = teacher.getByRole('button', { name: `Open a class: ${experiment}` });
    await button.waitFor();
    await sound(teacher, 'class-experiments');
    await button.click();
    const code = (await teacher.locator('h2 .class-code').textContent()) ?? '';
    expect(code).toMatch(/^[A-Z2-9]{5}$/);
    return { teacher, code };
  };
  const wallOf = async (url: string, code: string): Promise<Page> => {
    const wall = await open().page(1400);
    await wall.goto(`${url}/#/classroom/wall/${code}`);
    await wall.getByRole('heading', { name: 'Who is in' }).waitFor();
    return wall;
  };
  /** A student who opens the link for all on a phone, and types a name. */
  const student = async (url: string, code: string, name: string): Promise<Page> => {
    const phone = await open().page(360);
    await phone.goto(`${url}/#/classroom/in/${code}`);
    await phone.getByLabel('Your name').fill(name);
    await sound(phone, 'class-come-in');
    await phone.getByRole('button', { name: 'Come in' }).tap();
    await phone.getByText(`You are ${name}`).waitFor();
    return phone;
  };
  const bid = async (phone: Page, amount: number): Promise<void> => {
    await phone.getByRole('spinbutton').fill(String(amount));
    await phone.getByRole('button', { name: /^Say/ }).tap();
    await phone.getByText(`You said: ${amount}. It counts.`).waitFor();
  };

  test('a class plays first price and second price: each sees its own value alone, the wall no bid before the end, and all bids are drawn with the equilibrium', {
    tags: ['long'],
    timeout: 120_000,
  }, async () => {
    const url = await openClassHouse(open().site);
    const { teacher, code } = await teach(url, 'First price against second price');
    const wall = await wallOf(url, code);
    const phones = { ann: await student(url, code, 'ann'), bob: await student(url, code, 'bob') };
    // One has no touch: it types the code by the keyboard alone.
    const eve = await open().page(768);
    await eve.goto(`${url}/#/classroom`);
    await eve.getByLabel('The code of the class').focus();
    await eve.keyboard.type(code.toLowerCase());
    await eve.keyboard.press('Tab');
    await eve.keyboard.type('eve');
    await eve.keyboard.press('Enter');
    await eve.getByRole('heading', { name: 'You are in' }).waitFor();
    await wall.getByText('3 in', { exact: true }).waitFor();
    await sound(wall, 'class-wall-door');
    await sound(eve, 'class-in');
    await teacher.getByText('3 in', { exact: true }).waitFor();
    await teacher.getByLabel('In a group').fill('3');
    await sound(teacher, 'class-desk');
    await teacher.getByRole('button', { name: 'Play: First price' }).click();

    await phones.ann.getByRole('heading', { name: 'First price' }).waitFor();
    const values = { ann: await dealt(phones.ann), bob: await dealt(phones.bob), eve: await dealt(eve) };
    await sound(phones.ann, 'class-bid');
    await bid(phones.ann, 40);
    await bid(phones.bob, 20);
    await wall.getByText('2 of 3 have answered').waitFor();
    await sound(wall, 'class-wall-playing');
    await sound(teacher, 'class-desk-playing');
    expect(await wall.textContent('main')).not.toMatch(/\b40\b/);
    expect(await phones.bob.textContent('main')).not.toMatch(/\b40\b/);
    await eve.getByRole('spinbutton').focus();
    await eve.keyboard.type('30');
    await eve.keyboard.press('Enter');
    // All have answered: nobody waits for the time to run out.
    await phones.ann.getByRole('heading', { name: 'You get it and pay 40.' }).waitFor();
    await phones.ann.getByText(`You ${values.ann < 40 ? 'lose' : 'gain'} ${Math.abs(values.ann - 40)}.`).waitFor();
    await phones.bob.getByRole('heading', { name: 'You get nothing.' }).waitFor();
    await sound(phones.ann, 'class-won');
    await wall.getByText('ann for 40').waitFor();
    await wall.getByText('The seller took 40 a group.').waitFor();
    await wall.locator('svg.mechane-plot').waitFor();
    await sound(wall, 'class-wall-results');

    // Somebody comes late, and is in from the next game on.
    const late = await student(url, code, 'Zoë, "the late"');
    await teacher.getByText('4 in', { exact: true }).waitFor();
    await teacher.getByLabel('In a group').fill('4');
    await teacher.getByRole('button', { name: 'Play: Second price' }).click();
    await late.getByRole('heading', { name: 'Second price' }).waitFor();
    await phones.ann.getByRole('heading', { name: 'Second price' }).waitFor();
    await bid(phones.ann, 70);
    await bid(late, 55);
    await bid(phones.bob, 10);
    // Somebody else goes home: the class does not wait.
    await eve.context().close();
    await teacher.getByRole('button', { name: 'End it now' }).click();
    await phones.ann.getByRole('heading', { name: 'You get it and pay 55.' }).waitFor();
    await teacher.getByText('One has said nothing.').waitFor();
    await teacher.getByText('Everybody, in a table').click();
    await sound(teacher, 'class-desk-results');
    const saving = teacher.waitForEvent('download');
    await teacher.getByRole('button', { name: 'Save all bids as CSV' }).click();
    const rows = readFileSync(await (await saving).path(), 'utf8')
      .trimEnd()
      .split('\r\n');
    expect(rows).toHaveLength(1 + 3 + 4);
    // Vickrey 1961: of three, whoever values it at v bids ⅔·v.
    const own = rows.find((row) => row.startsWith('1,First price,1,ann,'))?.split(',') ?? [];
    expect(own.slice(4, 12)).toEqual(['3', '', String(values.ann), '', '40', 'it', '40', String(values.ann - 40)]);
    expect(Number(own[12])).toBeCloseTo((2 / 3) * values.ann, 9);
    expect(rows.some((row) => row.includes('"Zoë, ""the late"""'))).toBe(true);
    expect(rows.find((row) => row.includes(',eve,') && row.startsWith('2,'))?.split(',')[8]).toBe('');

    await phones.bob.getByRole('button', { name: 'See what all have said' }).tap();
    await phones.bob.locator('svg.mechane-plot').waitFor();
    await sound(phones.bob, 'class-everybody');
    for (const page of [teacher, wall, late, ...Object.values(phones)]) await page.context().close();
  });

  test('in a clock, one is in by staying, leaves by a press, and a phone that is gone leaves by itself', {
    tags: ['long'],
    timeout: 120_000,
  }, async () => {
    const url = await openClassHouse(open().site);
    const { teacher, code } = await teach(url, 'English clock against sealed second price');
    const wall = await wallOf(url, code);
    const [ann, bob, gone] = [
      await student(url, code, 'ann'),
      await student(url, code, 'bob'),
      await student(url, code, 'gus'),
    ];
    await teacher.getByText('3 in', { exact: true }).waitFor();
    await teacher.getByLabel('In a group').fill('3');
    await teacher.getByLabel('Seconds at a price').fill('2');
    await teacher.getByRole('button', { name: 'Play: English clock' }).click();
    await gone.getByText('You are in as long as this page is open.').waitFor();
    await gone.context().close();
    await bob.getByRole('button', { name: 'Leave above 5' }).waitFor();
    await sound(bob, 'class-clock');
    await wall.locator('.price', { hasText: '5' }).waitFor();
    await sound(wall, 'class-wall-clock');
    await bob.getByRole('button', { name: /^Leave above/ }).tap();
    await bob.getByRole('button', { name: 'You leave' }).waitFor();
    await ann.getByRole('heading', { name: /^You get it and pay \d+\.$/ }).waitFor();
    await bob.getByRole('heading', { name: 'You get nothing.' }).waitFor();
    await wall.getByText(/ann for \d+/).waitFor();
    for (const page of [teacher, wall, ann, bob]) await page.context().close();
  });

  test.runIf(isLong)(
    'students rank schools by touch, and nobody gets a school that it left out',
    { timeout: 120_000 },
    async () => {
      const url = await openClassHouse(open().site);
      const { teacher, code } = await teach(url, 'School choice that can be gamed');
      const [ann, bob] = [await student(url, code, 'ann'), await student(url, code, 'bob')];
      await teacher.getByText('2 in', { exact: true }).waitFor();
      await teacher.getByRole('button', { name: 'Play: First choices first' }).click();
      for (const phone of [ann, bob]) {
        await phone.getByRole('button', { name: /School B/ }).tap();
        if (phone === ann) await phone.getByRole('button', { name: /School A/ }).tap();
        if (phone === ann) await sound(phone, 'class-ranking');
        await phone.getByRole('button', { name: 'Say it' }).tap();
      }
      await ann.getByRole('heading', { name: /^You get School [AB]\.$/ }).waitFor();
      await bob.getByRole('heading', { name: /^You get (School B|nothing)\.$/ }).waitFor();
      await teacher.getByText(/of 2 ranked as they truly like/).waitFor();
      await sound(teacher, 'class-desk-ranked');
      for (const page of [teacher, ann, bob]) await page.context().close();
    },
  );

  test('a code that is none says so, and a phone that comes back finds its place', async () => {
    const url = await openClassHouse(open().site);
    const { teacher, code } = await teach(url, 'Bargaining in pairs');
    const phone = await student(url, code, 'ann');
    await phone.goto(`${url}/#/classroom/in/${code}`);
    await phone.getByRole('button', { name: 'Go back to it' }).tap();
    await phone.getByText('You are ann').waitFor();
    await phone.goto(`${url}/#/classroom/in/QQQQQ`);
    await phone.getByLabel('Your name').fill('ann');
    await phone.getByRole('button', { name: 'Come in' }).tap();
    await phone.getByText(/no session that is open to all has this code/).waitFor();
    // A browser complains of every answer that is a no.
    const { complaints } = open();
    const place = complaints.findIndex((said) => /QQQQQ.*404/.test(said));
    expect(place).not.toBe(-1);
    complaints.splice(place, 1);
    for (const page of [teacher, phone]) await page.context().close();
  });
}
