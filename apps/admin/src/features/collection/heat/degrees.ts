/** `30.2°N`, whole degrees without a fraction. */
export function latitudeText(latitude: number, language: string): string {
  return `${degreesText(latitude, language)}${latitude < 0 ? 'S' : 'N'}`;
}

export function longitudeText(longitude: number, language: string): string {
  return `${degreesText(longitude, language)}${longitude < 0 ? 'W' : 'E'}`;
}

export function placeText([latitude, longitude]: readonly [number, number], language: string): string {
  return `${latitudeText(latitude, language)} ${longitudeText(longitude, language)}`;
}

function degreesText(degrees: number, language: string): string {
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(Math.abs(degrees))}°`;
}
