import { isIP } from 'node:net';
import { refusal } from '../holders.errors.js';
import type { HolderTerms } from './outside-holder.entity.js';

/** The terms in the form in which they are kept. @throws DomainError `holder.bad_address`, `holder.bad_network` */
export function keptTerms(terms: HolderTerms, { isProduction }: { readonly isProduction: boolean }): HolderTerms {
  if (!isAddress(terms.baseUrl, isProduction)) throw refusal('holder.bad_address');
  if (!terms.networks.every(isNetwork)) throw refusal('holder.bad_network');
  return {
    ...terms,
    baseUrl: new URL(terms.baseUrl).href.replace(/\/+$/, ''),
    networks: [...new Set(terms.networks)],
    categories: [...new Set(terms.categories)].sort(),
  };
}

function isAddress(text: string, isProduction: boolean): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  const isAllowed = protocol === 'https:' || (!isProduction && protocol === 'http:');
  return isAllowed && username === '' && password === '' && search === '' && hash === '';
}

function isNetwork(text: string): boolean {
  const [base = '', bits = '', ...more] = text.split('/');
  const kind = isIP(base);
  return more.length === 0 && kind !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (kind === 4 ? 32 : 128);
}
