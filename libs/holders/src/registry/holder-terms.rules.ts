import { isIP } from 'node:net';
import { shownAddress, targetOf } from '../database/database-address.js';
import { categoriesOf, readManifest } from '../database/manifest.js';
import { refusal } from '../holders.errors.js';
import type { AnsweredBy, HolderTerms } from './outside-holder.entity.js';

interface Surroundings {
  readonly isProduction: boolean;
}

/** The terms of a service in the form in which they are kept. @throws DomainError `holder.bad_address`, `holder.bad_network` */
export function keptTerms(
  terms: Omit<HolderTerms, 'manifest' | 'answeredBy'>,
  { isProduction }: Surroundings,
): HolderTerms {
  if (!isAddress(terms.baseUrl, isProduction)) throw refusal('holder.bad_address');
  return {
    ...terms,
    baseUrl: new URL(terms.baseUrl).href.replace(/\/+$/, ''),
    networks: keptNetworks(terms.networks),
    categories: [...new Set(terms.categories)].sort(),
    manifest: null,
  };
}

/** What is asked for of a place that people answer for. */
export type PeopleWish = Pick<HolderTerms, 'code' | 'name' | 'categories'> & { readonly answeredBy: AnsweredBy };

/** The terms of such a place: a role answers, or operators do. @throws DomainError `holder.cannot_answer` */
export function peopleTerms({ categories, answeredBy, ...wish }: PeopleWish): HolderTerms & PeopleWish {
  const operatorIds = [...new Set(answeredBy.operatorIds)];
  if ((answeredBy.role === null) === (operatorIds.length === 0)) throw refusal('holder.cannot_answer');
  const nowhere = { baseUrl: '', networks: [], manifest: null };
  return {
    ...wish,
    ...nowhere,
    categories: [...new Set(categories)].sort(),
    answeredBy: { ...answeredBy, operatorIds },
  };
}

/** What is asked for of a database, whose address holds a password. */
export interface DatabaseWish {
  readonly url: string;
  readonly networks: readonly string[];
  /** YAML. */
  readonly manifest: string;
}

/**
 * The terms of a database: without its password, its kinds of data those of the manifest.
 * @throws DomainError `holder.bad_database`, `holder.bad_network`, `holder.networks_needed`, `holder.bad_manifest` with every problem
 */
export function databaseTerms(
  { url, networks, manifest: text }: DatabaseWish,
  surroundings: Surroundings,
): Pick<HolderTerms, 'baseUrl' | 'networks' | 'categories' | 'manifest'> {
  const target = targetOf(url, surroundings);
  if (networks.length === 0) throw refusal('holder.networks_needed');
  const { manifest, problems } = readManifest(text);
  if (!manifest)
    throw refusal('holder.bad_manifest', {
      errors: problems.map(({ path, code }) => ({
        pointer: `manifest.${path}`,
        code: `holder.manifest.${code}`,
        message: code,
      })),
    });
  return {
    baseUrl: shownAddress(target),
    networks: keptNetworks(networks),
    categories: categoriesOf(manifest),
    manifest: text,
  };
}

function keptNetworks(networks: readonly string[]): string[] {
  if (!networks.every(isNetwork)) throw refusal('holder.bad_network');
  return [...new Set(networks)];
}

function isAddress(text: string, isProduction: boolean): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  const isAllowed = protocol === 'https:' || (!isProduction && protocol === 'http:');
  return isAllowed && username === '' && password === '' && search === '' && hash === '';
}

/** No wider than the widest private ones, 10.0.0.0/8 and fc00::/7: a holder is somewhere, not anywhere. */
const widest = { 4: { from: 8, to: 32 }, 6: { from: 7, to: 128 } } as const;

function isNetwork(text: string): boolean {
  const [base = '', bits = '', ...more] = text.split('/');
  const kind = isIP(base);
  if (more.length > 0 || (kind !== 4 && kind !== 6) || !/^\d{1,3}$/.test(bits)) return false;
  return Number(bits) >= widest[kind].from && Number(bits) <= widest[kind].to;
}
