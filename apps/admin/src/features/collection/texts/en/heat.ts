export const heat = {
  title: 'Heat map',
  purpose:
    'Where subjects were, in groups: how many different ones in each cell and week, of positions that are kept for a purpose and may be used for it now. Nothing is fetched from a map service.',
  purposeFilter: 'Purpose',
  choose: 'Choose',
  choosePurpose: 'Choose the purpose that the map is for.',
  weeks: 'Time',
  thisWeek: 'This week',
  lastWeeks: 'The last {{count}} weeks',
  resolution: 'Cells',
  area: 'About {{area}} km²',
  empty:
    'Nothing is kept for this purpose and these weeks as finely as the map is drawn. Choose a longer time or larger cells.',
  allSuppressed:
    'In every cell there were fewer than {{count}} subjects, so none is shown. Choose a longer time or larger cells.',
  someSuppressed: 'Cells with fewer than {{count}} subjects are left out whole.',
  counted:
    'Whole weeks from Monday, each counted by itself: of several, a cell shows the one in which the most subjects were there.',
  noneSuppressed: 'Cells with fewer than {{count}} subjects would be left out whole; there are none.',
  legend: 'Subjects in a cell',
  subjects_one: '{{count}} subject',
  subjects_other: '{{count}} subjects',
  subjectsColumn: 'Subjects',
  around: 'Around',
  cell: 'Cell (H3)',
  asMap: 'As a map',
  asTable: 'As a table',
  summary: 'Map for {{title}}: {{count}} cells. The fullest, around {{place}}, holds {{most}} subjects.',
};
