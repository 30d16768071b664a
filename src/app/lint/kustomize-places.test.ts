import { describe, expect, it } from 'vitest';
import { kubernetes } from '../../checks/kubernetes/index.ts';
import { type ResourceFile, sourcePlaces } from './kustomize-places.ts';

const BASE = `# Ours.
apiVersion: v1
kind: Pod
metadata:
    name: web
spec:
    hostPID: true
    hostIPC: false
    containers:
        - image: sidecar:1
          name: side
        - name: web
          image: "nginx:1.25"
`;
/** As Kustomize writes it: keys sorted, quotes and comments gone, names prefixed, patches applied, a container added in front. */
const rendered = (annotations = '') => `apiVersion: v1
kind: Pod
metadata:
${annotations}  name: prod-web
spec:
  containers:
  - image: proxy:1
    name: proxy
  - image: sidecar:1
    name: side
  - image: nginx:1.27
    name: web
  hostIPC: true
  hostNetwork: true
  hostPID: true
`;
const origin = (path: string) => `  annotations:\n    config.kubernetes.io/origin: |\n      path: ${path}\n`;
const file = (relative: string, text = BASE): ResourceFile => ({ relative, path: `shown/${relative}`, text });

function found(text: string, files: readonly ResourceFile[]): string[] {
  const relocate = sourcePlaces(text, files);
  const findings = kubernetes.check({ path: 'kustomization.yaml', text }, {}).map(relocate);
  return findings.map(({ id, resource, location: { file, line, column } }) => {
    const about = resource?.split(' ').at(-1);
    return `${id.replace('kubernetes/', '')} ${about} ${file}${line === undefined ? '' : `:${line}:${column}`}`;
  });
}

describe('findings in what Kustomize made', () => {
  it('are at the same field of the file that the object comes from', () => {
    const all = found(rendered(), [file('base/pod.yaml')]);
    expect(all).toContain('host-pid Pod/prod-web shown/base/pod.yaml:7:5');
    expect(all).toContain('run-as-non-root web shown/base/pod.yaml:12:11');
    expect(all).toContain('run-as-non-root side shown/base/pod.yaml:11:11');
  });

  it('tell only the file where a patch made the field, its value or the container', () => {
    const all = found(rendered(), [file('base/pod.yaml')]);
    expect(all).toContain('host-network Pod/prod-web shown/base/pod.yaml');
    expect(all).toContain('host-ipc Pod/prod-web shown/base/pod.yaml');
    expect(all).toContain('run-as-non-root proxy shown/base/pod.yaml');
  });

  it('tell only the kustomization where the file is not known, or there are several', () => {
    for (const files of [
      [],
      [file('a.yaml', 'kind: ConfigMap\napiVersion: v1\nmetadata: {name: web}\n')],
      [file('a.yaml', BASE.replace('name: web', 'name: other'))],
      [file('a.yaml'), file('b.yaml')],
      [file('a.yaml', '[')],
    ]) {
      expect(found(rendered(), files)).toContain('host-pid Pod/prod-web kustomization.yaml');
    }
  });

  it('go by Kustomize’s own annotation where there is one', () => {
    const files = [file('a.yaml'), file('../base/b.yaml')];
    expect(found(rendered(origin('../base/b.yaml')), files)).toContain('host-pid Pod/prod-web shown/../base/b.yaml:7:5');
    expect(found(rendered(origin('c.yaml')), [file('a.yaml')])).toContain('host-pid Pod/prod-web kustomization.yaml');
    const remote = `${origin('a.yaml')}      repo: https://example.com/x\n`;
    expect(found(rendered(remote), [file('a.yaml')])).toContain('host-pid Pod/prod-web kustomization.yaml');
  });

  it('show the line as it stands in the file, and none that reads otherwise', () => {
    const relocate = sourcePlaces(rendered(), [file('a.yaml')]);
    const findings = kubernetes.check({ path: 'k', text: rendered() }, {}).map(relocate);
    expect(findings.find(({ id }) => id === 'kubernetes/host-pid')?.snippet).toBe('    hostPID: true');
    const web = findings.find(({ id, resource }) => id === 'kubernetes/run-as-non-root' && resource?.endsWith(' web'));
    expect(web?.snippet).toBe('        - name: web');
    const commented = sourcePlaces(rendered(), [file('a.yaml', BASE.replace('hostPID: true', 'hostPID: true # token=abc'))]);
    const [met] = kubernetes.check({ path: 'k', text: rendered() }, {}).filter(({ id }) => id === 'kubernetes/host-pid');
    expect(commented(met!).location.line).toBe(7);
    expect(commented(met!)).not.toHaveProperty('snippet');
  });
});
