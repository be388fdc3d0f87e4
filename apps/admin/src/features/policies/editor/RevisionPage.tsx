import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { Loaded } from '../../../ui/Loaded.js';
import { revisionQuery } from '../policies.queries.js';
import { RevisionEditor } from './RevisionEditor.js';

/** The text of a revision and its terms: an editor while it is a draft, the same page to read afterwards. */
export function RevisionPage() {
  const { id = '' } = useParams();
  const revision = useQuery(revisionQuery(id));
  return <Loaded query={revision}>{(found) => <RevisionEditor key={found.id} revision={found} />}</Loaded>;
}
