import { describe, expect, it } from '@jest/globals';
import { layOut, middleOf, turned } from './projection.js';

const surface = { width: 800, height: 500, margin: 20 };
const around = (latitude: number, longitude: number, size = 0.1) => ({
  cell: `${latitude} ${longitude}`,
  boundary: [
    [latitude - size, longitude - size],
    [latitude - size, longitude + size],
    [latitude + size, longitude + size],
    [latitude + size, longitude - size],
  ],
});
const numbersOf = (path: string) => (path.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
const middle = (path: string) => {
  const numbers = numbersOf(path);
  const mean = (offset: number) =>
    numbers.filter((_, index) => index % 2 === offset).reduce((sum, one) => sum + one, 0) / (numbers.length / 2);
  return { x: mean(0), y: mean(1) };
};

describe('cells on paper', () => {
  it('stand north up and east to the right, all of them on the surface', () => {
    const { paths } = layOut([around(30, 120), around(40, 116), around(23, 113)], surface);
    const [hangzhou, beijing, guangzhou] = paths.map(middle);
    expect(beijing!.y).toBeLessThan(hangzhou!.y);
    expect(guangzhou!.x).toBeLessThan(hangzhou!.x);
    for (const number of paths.flatMap(numbersOf)) expect(number >= 0 && number <= 800).toBe(true);
  });

  it('keep their shape: as wide as high, however far from the equator', () => {
    const [path = ''] = layOut([around(60, 25, 0.2), around(0, 10)], surface).paths;
    const numbers = numbersOf(path);
    const span = (offset: number) =>
      Math.max(...numbers.filter((_, index) => index % 2 === offset)) -
      Math.min(...numbers.filter((_, index) => index % 2 === offset));
    expect(span(1) / span(0)).toBeGreaterThan(1.7);
  });

  it('lie side by side across the date line', () => {
    const { paths } = layOut([around(52, 179.9), around(52, -179)], surface);
    const [west, east] = paths.map(middle);
    expect(east!.x - west!.x).toBeGreaterThan(100);
    expect(middleOf(around(52, 180))[1]).toBeCloseTo(-180);
    expect(turned(-181)).toBe(179);
  });

  it('do not fill the surface with a single one', () => {
    const numbers = numbersOf(layOut([around(30, 120, 0.05)], surface).paths[0] ?? '');
    expect(Math.max(...numbers) - Math.min(...numbers)).toBeLessThan(500);
  });

  it('have a graticule of round degrees, as dense as there is room', () => {
    const { meridians, parallels } = layOut([around(30, 120), around(40, 110)], surface);
    expect(meridians.every(({ degrees }) => degrees % 1 === 0)).toBe(true);
    expect(meridians.length).toBeGreaterThan(1);
    expect(meridians.length).toBeLessThanOrEqual(9);
    expect(parallels.map(({ at }) => at)).toEqual(parallels.map(({ at }) => at).toSorted((one, other) => other - one));
  });
});
