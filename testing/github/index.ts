export { type ApiComment, type ApiRequest, type CommentsApi, startCommentsApi } from './comments-api.ts';
export { type Contexts, expand, holds } from './expressions.ts';
export { problemsOfAction, problemsOfWorkflow } from './language-service.ts';
export { type RunnerSettings, runSteps, type Step, type StepResult } from './steps.ts';
