import { iso31661, iso31662 } from 'iso-3166';
import { isRegion, regionInstead } from './regions.js';

describe('the regions of ISO 3166', () => {
  it('are the countries and subdivisions of the standard, no more and no less', () => {
    const countries = iso31661.filter(({ state }) => state === 'assigned').map(({ alpha2 }) => alpha2);
    expect(countries.filter((code) => !isRegion(code))).toEqual([]);
    expect(iso31662.filter(({ code }) => !isRegion(code))).toEqual([]);
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    expect(
      letters
        .flatMap((a) => letters.map((b) => a + b))
        .filter(isRegion)
        .sort(),
    ).toEqual([...countries].sort());
  });

  it('are told apart from what people write for them', () => {
    expect(['CN-44', 'CN-GD', 'HK', 'GB-SCT'].map(isRegion)).toEqual([true, true, true, true]);
    expect(['UK', 'EU', 'XX', 'CN-99', 'CN-'].map(isRegion)).toEqual([false, false, false, false, false]);
    expect(['UK', 'EU', 'XX', 'CN-99'].map(regionInstead)).toEqual(['GB', 'DE, FR, IT', 'CN, CN-44', 'CN']);
  });
});
