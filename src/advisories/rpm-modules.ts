import { ANY_STREAM } from '../model/index.ts';
import type { OsvAffected, OsvRecord } from './osv-record.ts';

/** Release of a package that was built in a module: `1:18.20.6-1.module+el9.5.0+22773+9a359385`, AlmaLinux writes `.module_el9`. */
const MODULAR = /\.module[+_]/;
/** `nodejs:18`, `container-tools:rhel8`, `httpd:2.4/mod_http2`; a severity (`Important: `) has a blank behind its colon. */
const STREAM = /[A-Za-z0-9][\w.+-]*:[A-Za-z0-9][\w.]*/g;

/**
 * The module streams that an erratum speaks of for a package of version `evr`: those that its title names (`Moderate:
 * postgresql:15 security update`). None for a package outside modules, whatever the title says; {@link ANY_STREAM} where the
 * title names none. Source: Red Hat, "Managing software with the DNF tool", "Modules and module streams": the streams of a module
 * are separate builds that are updated on their own.
 */
export function modulesOf(title: string, evr: string): readonly string[] {
  if (!MODULAR.test(evr)) return [];
  // Rocky replaces its model's name, in names of streams too: `go-toolset:Rocky Linux8`.
  const named = title.replace(/:Rocky Linux(?=\d)/g, ':rhel').match(STREAM) ?? [];
  return named.length > 0 ? [...new Set(named)] : [ANY_STREAM];
}

/** The same for an entry of an OSV record, which has the title in its summary. */
export function osvModules(affected: OsvAffected, { summary }: OsvRecord): readonly string[] {
  const fixed = affected.ranges.flatMap((range) => range.events).find((event) => 'fixed' in event);
  return fixed ? modulesOf(summary, fixed.fixed) : [];
}
