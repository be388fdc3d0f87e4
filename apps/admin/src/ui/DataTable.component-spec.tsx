import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { useState } from 'react';
import { ProblemError } from '../api/problem.js';
import { open, press, speak } from '../testing/render.js';
import { DataTable, type PageAsked } from './DataTable.js';
import type { Column } from './column.js';

interface City {
  readonly id: string;
  readonly name: string;
  readonly people: number;
}

const columns: Column<City>[] = [
  { key: 'name', title: 'Name', fixed: true, render: ({ name }) => name, sortBy: ({ name }) => name },
  { key: 'people', title: 'People', render: ({ people }) => people, sortBy: ({ people }) => people },
];
const cities: City[] = [
  { id: '1', name: 'Hangzhou', people: 12 },
  { id: '2', name: 'Chengdu', people: 21 },
];

const table = (load: (asked: PageAsked) => Promise<{ items: City[]; nextCursor?: string | null }>) => (
  <DataTable
    name="cities"
    label="Cities"
    columns={columns}
    rowKey={({ id }) => id}
    queryKey={['cities']}
    load={load}
    filterNames={['region']}
    empty={{ text: 'No cities yet.' }}
  />
);
const namesOnScreen = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).queryAllByRole('cell')[0]?.textContent)
    .filter(Boolean);

describe('a list', () => {
  beforeAll(() => speak('en'));
  afterEach(cleanup);

  it('announces how many rows there are', async () => {
    open(table(async () => ({ items: cities })));
    expect((await screen.findByRole('status')).textContent).toMatch(/2/);
    expect(screen.getByRole('region', { name: 'Cities' })).toBeTruthy();
    expect(namesOnScreen()).toEqual(['Hangzhou', 'Chengdu']);
  });

  it('is put in order by keyboard at the head of a column, and the address says so', async () => {
    const { address } = open(table(async () => ({ items: cities })));
    await screen.findByText('Hangzhou');
    const head = screen.getByRole('columnheader', { name: 'Name' });
    head.focus();
    press('Enter');
    await waitFor(() => expect(namesOnScreen()).toEqual(['Chengdu', 'Hangzhou']));
    expect(head.getAttribute('aria-sort')).toBe('ascending');
    expect(address()).toBe('/?sort=name');
    press('Enter');
    await waitFor(() => expect(address()).toBe('/?sort=-name'));
  });

  it('is as its address says when it is opened', async () => {
    const asked: PageAsked[] = [];
    const load = async (page: PageAsked) => {
      asked.push(page);
      return { items: cities };
    };
    open(table(load), { at: '/?region=south&sort=-people&hide=people&other=1' });
    await screen.findByText('Chengdu');
    expect(asked[0]).toMatchObject({ filters: { region: 'south' }, cursor: null });
    expect(namesOnScreen()).toEqual(['Chengdu', 'Hangzhou']);
    expect(screen.queryByRole('columnheader', { name: 'People' })).toBeNull();
  });

  it('goes on to the next page and back', async () => {
    const load = async ({ cursor }: PageAsked) =>
      cursor === null ? { items: cities.slice(0, 1), nextCursor: 'two' } : { items: cities.slice(1), nextCursor: null };
    const { user, address } = open(table(load));
    await screen.findByText('Hangzhou');
    await user.click(screen.getByRole('button', { name: 'Next' }));
    expect(await screen.findByText('Chengdu')).toBeTruthy();
    expect(address()).toBe('/?cursor=two');
    expect((screen.getByRole('button', { name: 'Next' }) as HTMLButtonElement).disabled).toBe(true);
    await user.click(screen.getByRole('button', { name: 'Previous' }));
    expect(await screen.findByText('Hangzhou')).toBeTruthy();
  });

  it('says that nothing matches and lets the filters go, or what to do where there is nothing at all', async () => {
    const { user, address } = open(
      table(async () => ({ items: [] })),
      { at: '/?region=north' },
    );
    expect(await screen.findByText('Nothing matches these filters.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Clear the filters' }));
    expect(await screen.findByText('No cities yet.')).toBeTruthy();
    expect(address()).toBe('/');
  });

  it('announces why it could not be read and reads it again when asked', async () => {
    let isBroken = true;
    const load = async () => {
      if (isBroken) throw new ProblemError(503, 'http.503', '', 'reference-7', [], {});
      return { items: cities };
    };
    const { user } = open(table(load));
    const [alert] = await screen.findAllByRole('alert');
    expect(alert?.textContent).toContain('The server is not available at the moment.');
    expect(alert?.textContent).toContain('reference-7');
    isBroken = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Hangzhou')).toBeTruthy();
  });

  it('names what selects in the language of the page, and offers nothing where nobody sees it', async () => {
    const selection = { selected: [], select: () => undefined };
    open(
      <DataTable
        name="cities"
        label="Cities"
        columns={columns}
        rowKey={({ id }) => id}
        queryKey={['cities']}
        load={async () => ({ items: cities })}
        empty={{ text: 'No cities yet.' }}
        selection={selection}
      />,
    );
    await screen.findByText('Chengdu');
    const names = screen.getAllByRole('checkbox', { hidden: true }).map((box) => box.getAttribute('aria-label'));
    expect(names).toEqual(['Select all on this page', 'Select this row', 'Select this row']);
  });

  it('selects the row that has the focus by x, and lets it go by x', async () => {
    const seen: (readonly string[])[] = [];
    const Selecting = () => {
      const [selected, setSelected] = useState<readonly string[]>([]);
      seen.push(selected);
      return (
        <DataTable
          name="cities"
          label="Cities"
          columns={[
            { key: 'name', title: 'Name', fixed: true, render: ({ id, name }: City) => <a href={`#${id}`}>{name}</a> },
          ]}
          rowKey={({ id }) => id}
          queryKey={['cities']}
          load={async () => ({ items: cities })}
          empty={{ text: 'No cities yet.' }}
          keys={{}}
          selection={{ selected, select: setSelected }}
        />
      );
    };
    const { user } = open(<Selecting />);
    await screen.findByText('Chengdu');
    await user.keyboard('jjx');
    await waitFor(() => expect(seen.at(-1)).toEqual(['2']));
    await user.keyboard('kxx');
    await waitFor(() => expect(seen.at(-1)).toEqual(['2']));
  });
});
