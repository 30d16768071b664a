/** What a comparison can be written as; `sarif` has what was added. */
export const COMPARE_FORMATS = ['table', 'json', 'markdown', 'html', 'csv', 'sarif'] as const;
export type CompareFormat = (typeof COMPARE_FORMATS)[number];

/** What a plan can be written as. */
export const PLAN_FORMATS = ['table', 'json', 'markdown', 'html'] as const;
export type PlanFormat = (typeof PLAN_FORMATS)[number];
