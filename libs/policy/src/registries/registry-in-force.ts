import type { PolicyDocument, RecipientEntry, RulebookRegistry } from '@abide/rulebook';

interface Source {
  readonly document: PolicyDocument;
}

/**
 * The registry for texts that took effect already: what they name counts as registered, because a register that is
 * begun later must not break them. Whether a recipient may receive anything is asked of the register itself.
 */
export function registryInForce(registry: RulebookRegistry, sources: readonly Source[]): RulebookRegistry {
  if (sources.length === 0) return registry;
  const named = sources.flatMap(({ document }) => [
    ...document.services,
    ...(document.service === undefined ? [] : [document.service]),
  ]);
  return {
    ...registry,
    services: registry.services && [...new Set([...registry.services, ...named])],
    recipients: registry.recipients && withNamedRecipients(registry.recipients, sources),
  };
}

function withNamedRecipients(registered: readonly RecipientEntry[], sources: readonly Source[]): RecipientEntry[] {
  const listed = sources.flatMap(({ document }) => document.recipients);
  const cited = sources.flatMap(({ document }) => citedRecipients(document)).map(notRegistered);
  return [...new Map([...cited, ...listed, ...registered].map((recipient) => [recipient.slug, recipient])).values()];
}

function citedRecipients(document: PolicyDocument): string[] {
  const terms = document.clauses.flatMap((clause) => clause.terms);
  const references = terms.flatMap((term) => (term.type === 'sharing' ? term.recipients : []));
  return references
    .filter((reference) => reference.startsWith('recipient:'))
    .map((reference) => reference.slice('recipient:'.length));
}

/** What stands for a recipient that nobody described: it may receive nothing. */
function notRegistered(slug: string): RecipientEntry {
  return { slug, kind: 'partner', region: 'CN', active: false };
}
