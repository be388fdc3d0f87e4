import type { Schemas } from '@abide/client';

/** The answers of the API by the names that the console's pages use; their shapes come from the OpenAPI document. */
export type Locale = Operator['locale'];
export type LocalizedText = Partial<Schemas['LocalizedText']>;

export interface List<Item> {
  readonly items: readonly Item[];
  readonly nextCursor?: string | null;
}

export type Operator = Schemas['OperatorResponse'];
export type Permission = Operator['permissions'][number];
export type CurrentSession = Schemas['OperatorSessionResponse'];
export type PendingChange = Schemas['PendingChangeResponse'];
export type Scope = Schemas['ClientResponse']['scopes'][number];

export type Revision = Schemas['RevisionDto'];
export type RevisionState = Revision['state'];
export type AllowedAct = Schemas['AllowedActDto'];

/** An entry of one of the registries that clauses refer to; which members it has depends on the registry. */
export type RegistryEntry = Partial<
  Schemas['CategoryDto'] & Omit<Schemas['PurposeDto'], 'code'> & Omit<Schemas['RecipientDto'], 'purpose'>
> &
  Pick<Schemas['CategoryDto'], 'id' | 'name'>;

export type Subject = Schemas['SubjectResponse'];
export type SubjectKey = Schemas['SearchSubjects']['by'];

export type ConsentEvent = Schemas['ConsentEventDto'];
