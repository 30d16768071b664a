/** What a plan can be written as. */
export const PLAN_FORMATS = ['table', 'json', 'markdown', 'html'] as const;
export type PlanFormat = (typeof PLAN_FORMATS)[number];
