import { DomainError, type ErrorKind } from '@abide/kernel';
import type { UnreadableCode } from './reading/unreadable.js';

const type = { httpStatus: 415 } as const;
const size = { httpStatus: 413 } as const;

/** Every refusal this module makes: the kind that decides its status, the words people see, and what machines learn beside them. */
const refusals = {
  'import.empty': ['invalid', 'The file is empty. Nothing was stored.'],
  'import.pdf': [
    'invalid',
    'A PDF holds places on a page, not a text. Nothing was stored; take the Word file, or copy the text into a text file.',
    type,
  ],
  'import.old_word': [
    'invalid',
    'This is a Word file of the kind before 2007. Nothing was stored; save it as .docx and take that.',
    type,
  ],
  'import.encrypted': [
    'invalid',
    'The file is protected with a password. Nothing was stored; save it without one and take that.',
    type,
  ],
  'import.unknown_format': [
    'invalid',
    'By its content the file is no Word file (.docx), no page, no Markdown and no plain text. Nothing was stored.',
    type,
  ],
  'import.unknown_encoding': [
    'invalid',
    'The characters of the file cannot be made out. Nothing was stored; save it in UTF-8.',
    type,
  ],
  'import.damaged': [
    'invalid',
    'The file is damaged or holds what no such file may. Nothing was stored; open it, save it anew and take that.',
  ],
  'import.unfolds_too_large': [
    'invalid',
    'The file unfolds to far more than a text. Nothing was stored; save the text alone and take that.',
    size,
  ],
  'import.too_long': [
    'invalid',
    'The text has more than 500,000 characters. Nothing was stored; divide it into several policies.',
    size,
  ],
  'import.no_text': ['invalid', 'No text stands in the file; a scanned page is a picture. Nothing was stored.'],
  'import.too_extensive': [
    'conflict',
    'The file takes too long to be read. Nothing was changed; save the text alone, as .docx or plain text, and take that.',
  ],
  'import.busy': ['tooMany', 'Too many files are being read at this moment. Nothing was changed; try again shortly.'],
  'import.too_many_open': [
    'conflict',
    'A hundred imports are open already. Nothing was stored; finish one or discard it.',
  ],
  'import.stale_edit': ['conflict', 'Somebody else changed this import meanwhile. Nothing was stored; open it again.'],
  'import.not_found': ['notFound', 'There is no such import.'],
  'import.closed': ['conflict', 'This import has become a draft or was discarded. Nothing was changed.'],
  'import.unknown_proposal': [
    'conflict',
    'One of the proposals is no longer there: its sentence was changed. Nothing was stored; open the import again.',
  ],
  'import.unknown_clause': ['conflict', 'There is no such clause in this import. Nothing was changed.'],
  'import.unknown_place': [
    'conflict',
    'These words are no longer in the clause. Nothing was stored; open the import again and choose them anew.',
  ],
  'import.same_language': [
    'conflict',
    'The file is in the language that the clauses stand in already. Nothing was changed; take the one in the other language.',
  ],
  'import.nothing_paired': [
    'conflict',
    'The file has other clauses than this import, by their number and by how many there are. Nothing was changed.',
  ],
  'import.edit_impossible': ['conflict', 'The clauses cannot be changed that way. Nothing was changed.'],
  'import.untranslated': [
    'conflict',
    'A policy stands in both languages, and some clauses stand in one. Nothing was saved.',
  ],
} as const satisfies Record<string, readonly [ErrorKind, string, object?]>;

export type PolicyImportErrorCode = keyof typeof refusals;

/** The refusal `code` as the error that the HTTP filter understands. `why`: more than the code says. */
export function refusal(
  code: PolicyImportErrorCode,
  why: { readonly detail?: string; readonly pointers?: readonly string[] } = {},
): DomainError {
  const [kind, words, extra] = refusals[code] as readonly [ErrorKind, string, Record<string, number>?];
  const { detail = words, pointers } = why;
  const errors = pointers?.map((pointer) => ({ pointer, code, message: words }));
  return new DomainError(kind, code, { detail, ...(errors && { errors }), ...(extra && { extra }) });
}

/** That a file cannot be read. */
export function unreadable(code: UnreadableCode): DomainError {
  return refusal(`import.${code}`);
}
