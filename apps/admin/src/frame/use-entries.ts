import { useOperator } from '../session/session.queries.js';
import { useDevelopment } from '../ui/development.js';
import { entriesFor, type NavigationEntry } from './navigation.js';

/** The entries of whoever is signed in. */
export function useEntries(): readonly NavigationEntry[] {
  return entriesFor(useOperator().permissions, useDevelopment().exists);
}
