import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Role } from '@abide/identity';
import type { Localized } from '@abide/kernel';
import { parse } from 'yaml';

export interface DemoRegistry {
  readonly services: readonly { code: string; name: Localized; purpose: Localized; locationBased: boolean }[];
  readonly recipients: readonly {
    slug: string;
    kind: string;
    name: Localized;
    region: string;
    contact: string;
    purpose: Localized;
    contractMonths?: number;
  }[];
  readonly thirdPartyServices: readonly object[];
}

export interface DemoPerson {
  readonly key: string;
  readonly name: string;
  readonly phone: string;
  readonly email: string;
  readonly idNumber?: string;
  readonly age: number;
  readonly language: string;
  readonly positioning: boolean;
  /** The key of an adult who comes before them. */
  readonly guardian?: string;
  /** What they say about their consents, in its order. */
  readonly consents: readonly DemoConsent[];
  /** What the guardian asks for them, of those who are too young to ask. */
  readonly guardianAsks?: { readonly type: string; readonly text: string };
}

export interface DemoConsent {
  readonly purpose: string;
  readonly state: 'granted' | 'withdrawn';
  readonly categories?: readonly string[];
  readonly service?: string;
}

export interface DemoEnterprise {
  readonly name: string;
  readonly email: string;
  readonly contactPerson: { name: string; phone: string; email: string };
  readonly contactMethod: string;
  readonly language: string;
}

export interface DemoPeople {
  readonly persons: readonly DemoPerson[];
  readonly enterprises: readonly DemoEnterprise[];
  readonly operators: readonly { name: string; email: string; role: Role; language: string }[];
}

/** An event before anybody recorded it. */
export interface DemoEvent {
  readonly category: string;
  readonly attributes: object;
  readonly personal?: object;
}

export interface DemoStation {
  readonly latitude: number;
  readonly longitude: number;
  /** How many of the devices come by. */
  readonly visitors: number;
}

export interface DemoTraffic {
  readonly service: { readonly name: string; readonly scopes: readonly string[] };
  readonly devices: { readonly count: number; readonly improving: number; readonly withdrawing: number };
  readonly stations: readonly DemoStation[];
  readonly events: { readonly ofDevices: readonly DemoEvent[]; readonly ofPeople: readonly DemoEvent[] };
}

/** The text of a file in `apps/api/demo`. */
export function readDemoFile(name: string): string {
  return readFileSync(fileURLToPath(new URL(`../../demo/${name}`, import.meta.url)), 'utf8');
}

export const readDemoRegistry = (): DemoRegistry => parse(readDemoFile('registry.yaml')) as DemoRegistry;
export const readDemoPeople = (): DemoPeople => parse(readDemoFile('people.yaml')) as DemoPeople;
export const readDemoTraffic = (): DemoTraffic => parse(readDemoFile('traffic.yaml')) as DemoTraffic;

const ageOfOwnConsent = 14;

/** Who decides for a person that is too young to; null for everybody else. */
export function guardianOf({ age, guardian }: DemoPerson): DemoPerson | null {
  if (age >= ageOfOwnConsent) return null;
  return readDemoPeople().persons.find(({ key }) => key === guardian) ?? null;
}
