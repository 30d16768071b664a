/** Words of the table's section on configuration. */
export const checkTableEn = {
  'section': 'Configuration',
  'column.rule': 'RULE',
  'column.place': 'PLACE',
  'column.what': 'WHAT',
  'none': 'Nothing wrong with the configuration was found.',
  'total': 'Misconfigurations: {count}',
  'hidden': '{count} more that --severity leaves out.',
  'suppressed': '{count} that exceptions, comments or settings say not to count.',
  'files': 'Configuration files looked at: {files}. docs/checks.md says what each rule means and what to do.',
} as const;
