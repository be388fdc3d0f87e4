import type { Catalogue, RecipientEntry } from '@abide/rulebook';
import { actWords, exceptionWords, genericWords, negationWords, nothingWords, sectionWords } from './acts.js';
import { categoryWords } from './categories.js';
import { matcherOf, type Matcher } from './matcher.js';
import { recipientWords, sourceWords } from './parties.js';
import * as promises from './promises.js';
import { purposeWords } from './purposes.js';
import type { Lexicon, WordsByCode } from './words.js';

/** What is registered: the categories and purposes that may be proposed, and recipients by their names. */
export interface ImportRegistries {
  readonly catalogue: Catalogue;
  readonly recipients?: readonly RecipientEntry[] | null | undefined;
}

const sections = matcherOf({ section: sectionWords });

/** What the heading of a clause says that it is about: `collection`, `sharing`, `none`; nothing where it says nothing. */
export function sectionsOf(heading: string): ReadonlySet<string> {
  const found = new Set(sections(heading).map(({ code }) => code));
  const isOfUsers = ['minors', 'change', 'exclusion'].some((section) => found.has(section)) && !found.has('collection');
  if (isOfUsers) found.delete('use');
  return found;
}

let latest: { readonly registered: string; readonly matcher: Matcher } | null = null;

/** Finds every word that counts, for what is registered. The last one is kept: to make it takes a while. */
export function matcherFor({ catalogue, recipients }: ImportRegistries): Matcher {
  const registered = JSON.stringify([catalogue, (recipients ?? []).map(({ slug, name }) => [slug, name])]);
  if (latest?.registered !== registered) {
    latest = { registered, matcher: matcherOf(lexiconFor({ catalogue, recipients })) };
  }
  return latest.matcher;
}

function lexiconFor({ catalogue, recipients }: ImportRegistries): Lexicon {
  return {
    category: wordsOf(categoryWords, catalogue.categories),
    purpose: wordsOf(purposeWords, catalogue.purposes),
    source: sourceWords,
    recipient: { ...recipientWords, ...named(recipients ?? []) },
    basis: promises.basisWords,
    withheld: promises.withheldWords,
    event: promises.eventWords,
    outcome: promises.outcomeWords,
    right: promises.rightWords,
    verification: promises.verificationWords,
    measure: promises.measureWords,
    minor: promises.minorWords,
    channel: promises.channelWords,
    acceptance: promises.acceptanceWords,
    scope: promises.scopeWords,
    form: promises.formWords,
    storage: promises.storageWords,
    act: actWords,
    generic: genericWords,
    negation: { no: negationWords },
    exception: { but: exceptionWords },
    nothing: nothingWords,
  };
}

/** The words of the codes that are registered; of an operator's own code its labels. */
function wordsOf(
  words: WordsByCode,
  entries: readonly { readonly code: string; readonly label: Readonly<Record<'zh-CN' | 'en', string>> }[],
): WordsByCode {
  return Object.fromEntries(
    entries.map(({ code, label }) => [code, words[code] ?? { literal: [label['zh-CN'], label.en] }]),
  );
}

function named(recipients: readonly RecipientEntry[]): WordsByCode {
  return Object.fromEntries(
    recipients.flatMap(({ slug, name }) => (name === undefined ? [] : [[`recipient:${slug}`, { literal: [name] }]])),
  );
}
