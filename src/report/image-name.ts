import type { TargetInfo } from '../model/index.ts';

/**
 * What an image is called where people know nothing of the machine that it was scanned on: an archive or layout of one tag by that, since its path
 * is another in every run; anything else as in the report.
 */
export function imageName({ spec, name, repository, tags }: TargetInfo): string {
  const [tag] = tags ?? [];
  const stored = /^(docker-archive|oci-archive|oci):/.test(spec) || /^[./]/.test(name);
  return stored && repository !== undefined && tag !== undefined && tag !== '' ? `${repository}:${tag}` : name;
}
