import fc from 'fast-check';
import { cellToChildren, cellToParent, latLngToCell } from 'h3-js';
import { heatOf } from './heat.rules.js';

const drawing = { resolution: 5, minimumGroup: 20, mostCells: 5000 };
const cell = latLngToCell(30.25, 120.2, 5);
const far = latLngToCell(31.2, 121.5, 5);
const seen = (count: number, at = cell, name = 'one') =>
  Array.from({ length: count }, (_, index) => ({ subjectId: `${name} ${index}`, cell: at }));

describe('the heat map', () => {
  it('counts different subjects, and each once', () => {
    expect(heatOf([...seen(20), ...seen(20)], drawing)).toEqual({
      cells: [{ cell, subjects: 20 }],
      isSuppressed: false,
    });
  });

  it('tells nothing of a cell with one subject too few, but that there is one', () => {
    expect(heatOf([...seen(19), ...seen(25, far)], drawing)).toEqual({
      cells: [{ cell: far, subjects: 25 }],
      isSuppressed: true,
    });
  });

  it('joins small cells into the larger ones it is asked for, and leaves out what is known too coarsely', () => {
    const parent = cellToParent(cell, 4);
    expect(heatOf(seen(20), { ...drawing, resolution: 4 }).cells).toEqual([{ cell: parent, subjects: 20 }]);
    expect(heatOf(seen(20, parent), drawing)).toEqual({ cells: [], isSuppressed: false });
  });

  it('shows the fullest cells first and no more than there is room for', () => {
    expect(heatOf([...seen(20), ...seen(25, far)], { ...drawing, mostCells: 1 }).cells).toEqual([
      { cell: far, subjects: 25 },
    ]);
  });

  it('never shows fewer subjects than the smallest group, and never more than there are', () => {
    const place = fc.tuple(
      fc.integer({ min: 20, max: 40 }),
      fc.integer({ min: 100, max: 120 }),
      fc.integer({ min: 0, max: 40 }),
    );
    fc.assert(
      fc.property(fc.array(place, { maxLength: 200 }), fc.integer({ min: 2, max: 6 }), (places, minimumGroup) => {
        const sightings = places.map(([latitude, longitude, who]) => ({
          subjectId: String(who),
          cell: latLngToCell(latitude, longitude, 5),
        }));
        const { cells } = heatOf(sightings, { ...drawing, resolution: 2, minimumGroup });
        const everybody = new Set(sightings.map(({ subjectId }) => subjectId)).size;
        for (const { subjects } of cells) expect(subjects >= minimumGroup && subjects <= everybody).toBe(true);
      }),
    );
  });

  it('lets nobody out of a hidden cell come out as the difference between two resolutions', () => {
    const parent = latLngToCell(30.25, 120.2, 4);
    const [full = '', hidden = ''] = cellToChildren(parent, 5);
    const sightings = [
      ...Array.from({ length: 22 }, (_, index) => ({ subjectId: `s${index}`, cell: full })),
      { subjectId: 'alone', cell: hidden },
    ];
    const shown = (resolution: number) => heatOf(sightings, { ...drawing, resolution });
    expect(shown(5)).toEqual({ cells: [{ cell: full, subjects: 22 }], isSuppressed: true });
    expect(shown(4)).toEqual({ cells: [{ cell: parent, subjects: 22 }], isSuppressed: true });
  });
});
