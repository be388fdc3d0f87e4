import { DomainError, type DomainErrorDetails, type ErrorKind } from '@abide/kernel';

/** Every refusal this module makes, with the kind that decides its status and the words people see. */
const refusals = {
  'request.not_from_relative': [
    'conflict',
    'It is no request of a near relative that could be linked now: it has to be open and its address proven. Nothing was changed.',
  ],
  'request.no_death': ['notFound', 'No death is noted of this account. Nothing was changed.'],
  'request.arranged_otherwise': [
    'conflict',
    'They arranged while alive that relatives may not have this. Nothing was changed; refuse the request with this as the reason.',
  ],
  'request.no_such_person': ['notFound', 'This is no account of a person that is in use. Nothing was changed.'],
  'request.not_found': ['notFound', 'There is no such request.'],
  'request.state': ['conflict', 'The request is not at a point where this can be done. Nothing was changed.'],
  'request.over': ['conflict', 'The request is over. Nothing was changed.'],
  'request.link_waits': [
    'conflict',
    'Somebody else has yet to agree whose data the relative asks about. Nothing was decided; it is decided once they have.',
  ],
  'request.answer_needed': ['invalid', 'This is answered in words: write the answer. Nothing was decided.'],
  'request.under_way': ['conflict', 'It is being carried out and can no longer be taken back.'],
  'request.lapsed': ['conflict', 'The time to confirm it is over. Make the request again.'],
  'request.purpose_needed': ['invalid', 'Say which purpose you object to.'],
  'request.corrections_needed': ['invalid', 'Say what is to be corrected, and how.'],
  'request.one_asker': ['invalid', 'Name the account of whoever asks, or an address of theirs: one of the two.'],
  'request.account_needed': [
    'invalid',
    'A correction, an objection and a transfer are recorded for an account: an address does not say of what. Nothing was recorded.',
  ],
  'request.text_needed': ['invalid', 'Say in your own words what it is about.'],
  'request.unknown_category': ['invalid', 'There is no such kind of data. Nothing was stored.'],
  'request.unknown_purpose': ['invalid', 'There is no such purpose. Nothing was stored.'],
  'request.unknown_service': ['invalid', 'There is no such service. Nothing was stored.'],
  'request.too_many_messages': [
    'conflict',
    'A hundred messages are kept with a request. Wait for the answer, or ask anew once it is there.',
  ],
  'request.too_many': ['conflict', 'You have too many requests open. Wait for an answer to one of them.'],
  'request.extended_already': ['conflict', 'The deadline was extended once already.'],
  'request.overdue': ['conflict', 'The deadline has passed: it can no longer be extended.'],
  'request.no_extension': ['conflict', 'The law in force here knows no extension. Answer within the deadline.'],
  'request.stale_findings': ['conflict', 'What is held has changed since. Nothing was decided; look at it again.'],
  'request.reason_needed': ['invalid', 'A refusal needs a reason in writing. Nothing was decided.'],
  'request.ground_needed': ['invalid', 'What stays needs a ground and the article. Nothing was decided.'],
  'request.exempt': ['conflict', 'A ground forbids to grant this. Nothing was decided.'],
  'request.held': ['conflict', 'A hold forbids to delete this. Keep it, or have the hold lifted. Nothing was decided.'],
  'request.no_hold': ['invalid', 'No hold covers this, so that none can keep it. Nothing was decided.'],
  'request.not_about_this': ['invalid', 'The decision names something that the request is not about.'],
  'request.not_decided_whole': ['invalid', 'Decide on everything that was found. Nothing was decided.'],
  'request.not_yours_to_decide': ['forbidden', 'Requests of this kind are decided by a privacy officer.'],
  'request.second_proof_needed': [
    'forbidden',
    'Send the password of your own account with this, or attach evidence that you may ask it. Nothing was stored.',
  ],
  'request.own_decision': ['forbidden', 'Another colleague has to look at this. Nothing was changed.'],
  'request.same_operator': ['forbidden', 'An appeal is decided by somebody who did not decide before.'],
  'request.unknown_operator': ['invalid', 'Nobody who answers requests has this account.'],
  'request.bad_webhook_address': ['invalid', 'Give the address of the receiver, by https. Nothing was proposed.'],
  'request.webhook_not_found': ['notFound', 'There is no such receiver, or nothing of it to show you.'],
  'request.ids_or_filter': ['invalid', 'Say which requests by their ids or by a filter, one of the two.'],
  'request.too_many_at_once': ['invalid', 'More than 200 requests match. Narrow the filter.'],
  'request.nothing_to_decide': ['conflict', 'None of these can be decided so. Nothing was proposed.'],
  'request.bulk_not_found': ['notFound', 'There is no such decision for many requests.'],
  'request.template_not_found': ['notFound', 'There are no such words to begin an answer with.'],
  'request.too_many_templates': ['conflict', 'A hundred templates are kept at most. Take one away first.'],
  'request.asked_by_guardian': [
    'forbidden',
    'A guardian of yours asked for this, and goes on with it. You may ask for the same yourself. Nothing was changed.',
  ],
  'request.asked_by_relative': [
    'forbidden',
    'A relative asked for this while your death was noted, by mistake, and it is theirs. Ask for the same yourself. Nothing was changed.',
  ],
  'request.too_many_files': ['conflict', 'A request rests on ten files at most. Nothing was stored.'],
  'request.waiting': [
    'conflict',
    'It is approved and not carried out yet: the person may take it back first. Nothing was asked of anybody.',
  ],
  'request.nothing_to_appeal': ['conflict', 'There is nothing to appeal against.'],
  'request.appeal_too_late': ['conflict', 'The time to appeal is over. Make the request again.'],
  'request.not_yours_to_do': ['forbidden', 'Others are named to do this. Nothing was recorded.'],
  'request.no_copies_wanted': [
    'invalid',
    'Copies go into a package: only what somebody asked to see has one. Nothing was recorded.',
  ],
  'request.still_there': [
    'conflict',
    'This place is still asked. Say what was done there, or that there was nothing to do. Nothing was recorded.',
  ],
  'request.no_task': ['notFound', 'Nothing is left to a person here, or somebody has done it.'],
  'request.no_package': ['notFound', 'No package belongs to this request.'],
  'request.token_invalid': ['unauthenticated', 'This opens no request, or no longer. Have another code sent.'],
  'request.unproven': [
    'conflict',
    'It was recorded for you by a colleague. Have a code sent first, to prove that it is you.',
  ],
  'request.package_expired': ['conflict', 'The package could be fetched until its date, and is destroyed. Ask again.'],
} as const satisfies Record<string, readonly [ErrorKind, string]>;

export type RightsErrorCode = keyof typeof refusals;

/** The refusal `code` as the error that the HTTP filter understands. */
export function refusal(code: RightsErrorCode, details: Partial<DomainErrorDetails> = {}): DomainError {
  const [kind, detail] = refusals[code];
  return new DomainError(kind, code, { detail, ...details });
}
