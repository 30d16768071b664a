import { Lines, leftOut, quoted, type Say, userNotes } from './render.ts';
import type { Plan } from './types.ts';

/** A Pod with the plan's security contexts. Below `spec` it fits into any template of pods. */
export function kubernetesForm(plan: Plan, say: Say): string {
  const { user, root } = plan;
  const lines = new Lines(say).note({ code: 'head', params: { image: plan.name } });
  lines.add('apiVersion: v1').add('kind: Pod').add('metadata:').add('  name: app').add('spec:');
  lines.add('  automountServiceAccountToken: false', { code: 'token' });
  if (root) lines.add('  hostUsers: false', { code: 'host-users' });
  lines.add('  securityContext:');
  if (!root) lines.add('    runAsNonRoot: true', { code: 'non-root' });
  for (const reason of userNotes(plan)) lines.note(reason, '    ');
  if (user && !root) {
    lines.add(`    runAsUser: ${user.uid}`).add(`    runAsGroup: ${user.gid}`);
    if (user.gid !== 0) lines.add(`    fsGroup: ${user.gid}`, { code: 'fs-group' });
  }
  lines.add('    seccompProfile:', { code: 'seccomp' }).add('      type: RuntimeDefault');
  if (plan.lowPort !== undefined && !root) {
    lines.add('    sysctls:', { code: 'ports.sysctl', params: { port: plan.lowPort } });
    lines.add('      - name: net.ipv4.ip_unprivileged_port_start').add(`        value: "${plan.lowPort}"`);
  }
  lines
    .add('  containers:')
    .add('    - name: app')
    .add(`      image: ${quoted(plan.reference)}`);
  lines.add('      securityContext:').add('        allowPrivilegeEscalation: false', ...plan.escalation);
  lines.add('        readOnlyRootFilesystem: true', { code: 'read-only' }, ...leftOut(plan));
  lines.add('        capabilities:').add('          drop: ["ALL"]', { code: root ? 'drop.root' : 'drop' });
  if (plan.capabilities.length > 0) {
    lines.add('          add:');
    let last = '';
    for (const { name, reason } of plan.capabilities) {
      lines.add(`            - ${name}`, ...(last === reason.code ? [] : [reason]));
      last = reason.code;
    }
  }
  lines.add('      volumeMounts:');
  for (const { path, name, reason } of plan.mounts) {
    lines.add(`        - name: ${quoted(name)}`, reason).add(`          mountPath: ${quoted(path)}`);
  }
  lines.add('  volumes:');
  for (const { name } of plan.mounts) lines.add(`    - name: ${quoted(name)}`).add('      emptyDir: {}');
  return lines.toString();
}
