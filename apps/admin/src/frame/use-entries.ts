import { useOperator } from '../session/session.queries.js';
import { useDevelopment } from '../ui/development.js';
import { entriesFor, type ShownEntry } from './navigation.js';

/** The entries of whoever is signed in. */
export function useEntries(): readonly ShownEntry[] {
  return entriesFor(useOperator().permissions, useDevelopment().exists);
}
