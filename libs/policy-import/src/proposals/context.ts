import type { ImportedClause, ImportedParagraph } from '../document.js';
import { sectionsOf } from '../lexicon/lexicon.js';
import { hasAct, ofKind, type Found, type Said } from './said.js';

/** What a list of items says of them before it comes to them. */
export interface Lead {
  /** The type of term that its items are about; null where it says none. */
  readonly type: 'collection' | 'use' | 'sharing' | 'retention' | 'exclusion' | null;
  /** Items of a list of what is not done promise nothing. */
  readonly isDenied: boolean;
  readonly found: readonly Found[];
}

/** Where a sentence stands. */
export interface Context {
  /** What the clause is about, by its heading or the nearest one above that says so. */
  readonly sections: ReadonlySet<string>;
  readonly lead: Lead | null;
}

/** What each clause is about: `2.1` is about what `2` is where its own heading says nothing. */
export function sectionsByClause(clauses: readonly ImportedClause[]): ReadonlyMap<string, ReadonlySet<string>> {
  const own = new Map(clauses.map(({ id, heading }) => [id, sectionsOf(heading)] as const));
  return new Map(
    clauses.map(({ id }) => {
      const above = [id, ...parentsOf(id)].map((one) => own.get(one)).find((sections) => (sections?.size ?? 0) > 0);
      return [id, above ?? new Set()] as const;
    }),
  );
}

function parentsOf(id: string): string[] {
  const parts = id.replace(/-\d+$/, '').split('.');
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('.'));
}

/** What a line says of those under it, given what it stands under itself. */
export function leadOf(said: Said, sections: ReadonlySet<string>, above: Lead | null): Lead {
  const own = ownType(said, sections);
  const kinds = new Set(said.found.map(({ kind }) => kind));
  const inherited = above === null ? [] : above.found.filter(({ kind }) => !kinds.has(kind));
  return {
    type: own ?? above?.type ?? null,
    isDenied: (said.isDenied && !said.hasException) || (above?.isDenied ?? false),
    found: [...said.found, ...inherited],
  };
}

function ownType(said: Said, sections: ReadonlySet<string>): Lead['type'] {
  if (hasAct(said, 'exclusion')) return 'exclusion';
  if (said.isDenied && said.hasException) return sections.has('sharing') ? 'sharing' : null;
  if (hasAct(said, 'sharing') && (sections.has('sharing') || ofKind(said, 'recipient').length > 0)) return 'sharing';
  if (hasAct(said, 'use')) return 'use';
  if (hasAct(said, 'collection')) return 'collection';
  return null;
}

/** The head of a table's columns: whether the rows say with whom something is shared, or what is collected. */
export function leadOfHead({ text }: ImportedParagraph): Lead {
  const isSharing = /SDK|第三方|接收方|合作|受托|提供方|recipient|third.part|provider|partner|processor/iu.test(text);
  const isData = /信息|数据|data|information/iu.test(text);
  return { type: isSharing ? 'sharing' : isData ? 'collection' : null, isDenied: false, found: [] };
}
