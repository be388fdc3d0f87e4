export const retention = {
  title: 'Retention',
  purpose: 'How long each kind of data stays, as the policies in force promise it, and how much falls due when.',
  schedules: 'Retention schedules',
  category: 'Kind of data',
  service: 'Service',
  everyService: 'Every service',
  kept: 'How long, and what follows',
  empty: 'No policy in force promises how long anything is kept.',
  forecast: 'What falls due, month by month',
  forecastNote: 'Records that fall due by a date. Months begin and end in UTC. Counted once a day, last',
  noForecast: 'Nothing has been counted yet. It is counted once a day, and first within an hour.',
  records: 'records',
  otherKinds: 'Other kinds',
  ownRecords: 'Records of the product: codes, sessions, messages, cases',
  overdueTitle: 'Older than promised',
  overdue_one: '{{count}} record is older than promised and not deleted yet',
  overdue_other: '{{count}} records are older than promised and not deleted yet',
  waits_one: '{{count}} record would be deleted. Somebody is to look at it first',
  waits_other: '{{count}} records would be deleted. Somebody is to look at it first',
  runs: {
    title: 'Deletion runs',
    purpose: 'What was deleted since its time was over, and what a dry run would delete.',
    empty: 'Nothing has fallen due yet. What does is deleted every hour, and each run stands here.',
    when: 'When',
    what: 'Run',
    dry: 'Dry run',
    real: 'Deletion',
    state: 'State',
    states: {
      asked: 'Begins shortly',
      running: 'Under way',
      waiting: 'Waits to be looked at',
      done: 'Done',
      approved: 'Approved',
      superseded: 'Replaced by a later one',
    },
    why: 'Why',
    reasons: {
      schedule: 'Every hour',
      overdue: 'Much was overdue',
      operator: '{{by}} asked for it',
      approval: '{{by}} approved the dry run',
    },
    somebody: 'An operator',
    approvedBy: 'by {{by}}',
    records: 'Records',
    spared: 'Kept though due',
    kinds: 'Of which kind',
    failed_one: '{{count}} store could not be swept',
    failed_other: '{{count}} stores could not be swept',
    sweptAt: 'What is due was last deleted:',
    never: 'never',
    waitsNote:
      'So much was overdue that nothing is deleted until somebody has looked at the dry run below. Holds are respected.',
    approve: 'Approve the deletion',
    sure_one: 'Delete {{count}} record for good?',
    sure_other: 'Delete {{count}} records for good?',
    delete: 'Delete',
    approved: 'Approved. The deletion begins within seconds.',
    startDry: 'Start a dry run',
    asked: 'The dry run begins within seconds. Nothing is deleted by it.',
  },
};
export const overview = { parts: { retention: 'Retention' } };
export const settings = {
  permissions: { retention: { read: 'See retention and its runs', run: 'Start dry runs, approve deletions' } },
};
export const acts = {
  retention: {
    swept: 'Deleted what was due',
    runAsked: 'Retention run asked for',
    runApproved: 'Retention run approved',
  },
};
export const objects = { retentionRun: 'Retention run' };
export const problems = {
  retention: {
    run_not_found: 'There is no such run.',
    run_under_way: 'A run is asked for or under way already. Nothing was asked for. Wait until it is done.',
    awaits_approval: 'A dry run waits to be looked at. Until it is approved nothing is deleted.',
    not_waiting: 'This run waits for nobody any more. Nothing was changed.',
  },
};
