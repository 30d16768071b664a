import { comment, Lines, leftOut, quoted, type Say, userNotes } from './render.ts';
import type { Mount, Plan, Reason } from './types.ts';

/** A service of a Compose file. */
export function composeForm(plan: Plan, say: Say): string {
  const lines = new Lines(say).note({ code: 'head', params: { image: plan.name } });
  lines
    .add('services:')
    .add('  app:')
    .add(`    image: ${quoted(plan.reference)}`);
  for (const reason of userNotes(plan)) lines.note(reason, '    ');
  if (plan.user && !plan.root) lines.add(`    user: "${plan.user.uid}:${plan.user.gid}"`);
  lines.add('    read_only: true', { code: 'read-only' }, ...leftOut(plan));
  lines.add('    cap_drop:', { code: plan.root ? 'drop.root' : 'drop' }).add('      - ALL');
  if (plan.capabilities.length > 0) {
    lines.add('    cap_add:');
    for (const [i, { name, reason }] of plan.capabilities.entries()) {
      lines.add(`      - ${name}`, ...(plan.capabilities[i - 1]?.reason.code === reason.code ? [] : [reason]));
    }
  }
  lines.add('    security_opt:', ...plan.escalation, { code: 'seccomp.docker' }).add('      - no-new-privileges:true');
  for (const reason of portNotes(plan)) lines.note(reason, '    ');
  const temporary = plan.mounts.filter((mount) => !keeps(mount));
  const kept = plan.mounts.filter(keeps);
  lines.add('    tmpfs:');
  for (const mount of temporary) lines.add(`      - ${JSON.stringify(tmpfs(mount, plan))}`, mount.reason);
  if (kept.length > 0) {
    lines.add('    volumes:');
    for (const { name, path, reason } of kept) lines.add(`      - ${JSON.stringify(`${name}:${path}`)}`, reason);
    lines.add('volumes:');
    for (const { name } of kept) lines.add(`  ${quoted(name)}: {}`);
  }
  return lines.toString();
}

/** A `docker run` line, continued over several; reasons stand before it, as a shell has no place for them within. */
export function runForm(plan: Plan, say: Say): string {
  const notes: Reason[] = [{ code: 'head', params: { image: plan.name } }];
  const options: string[] = [];
  const add = (option: string, ...reasons: readonly Reason[]) => {
    options.push(option);
    for (const reason of reasons)
      if (!notes.some(({ code, params }) => code === reason.code && params === reason.params)) notes.push(reason);
  };
  notes.push(...userNotes(plan));
  if (plan.user && !plan.root) add(`--user ${plan.user.uid}:${plan.user.gid}`);
  add('--read-only', { code: 'read-only' }, ...leftOut(plan));
  add('--cap-drop ALL', { code: plan.root ? 'drop.root' : 'drop' });
  for (const { name, reason } of plan.capabilities) add(`--cap-add ${name}`, reason);
  add('--security-opt no-new-privileges', ...plan.escalation, { code: 'seccomp.docker' });
  notes.push(...portNotes(plan));
  for (const mount of plan.mounts) {
    if (keeps(mount)) add(`--mount ${shell(`type=volume,src=${mount.name},dst=${mount.path}`)}`, mount.reason);
    else add(`--tmpfs ${shell(tmpfs(mount, plan))}`, mount.reason);
  }
  const unique = [...new Set(notes.map(say))];
  return `${unique.flatMap((text) => comment(text)).join('\n')}\n${['docker run', ...options.map((option) => `  ${option}`), `  ${shell(plan.reference)}`].join(' \\\n')}\n`;
}

function portNotes({ lowPort, root }: Plan): Reason[] {
  return lowPort === undefined || root ? [] : [{ code: 'ports.docker', params: { port: lowPort } }];
}

/** What the image declares a volume may be data that somebody wants to keep. */
function keeps({ reason }: Mount): boolean {
  return reason.code === 'mount.volume';
}

/** `mode=1777` is Docker's default; where the user is known the folder is given to it alone. */
function tmpfs({ path }: Mount, { user, root }: Plan): string {
  if (!user || root || path === '/tmp') return path;
  return `${path}:uid=${user.uid},gid=${user.gid},mode=0700`;
}

function shell(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
