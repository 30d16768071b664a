import { expect, it } from 'vitest';
import { judgePss, pssCases, pssVersions } from '../../../tools/checks/judge-pss.ts';

const folder = pssCases();

// `go mod download k8s.io/pod-security-admission@v0.37.0` brings them.
it.skipIf(folder === undefined)(
  'every pass and fail case of the Pod Security Standards’ own project is judged as there, 1.0 to the newest (needs go’s module k8s.io/pod-security-admission)',
  { timeout: 120_000 },
  () => {
    const { pass, fail, wrong } = judgePss(folder!);
    expect(wrong).toEqual([]);
    expect(pass).toBeGreaterThan(900);
    expect(fail).toBeGreaterThan(3000);
    expect(pssVersions(folder!)[0]).toMatch(/^v1\.\d+$/);
  },
);
