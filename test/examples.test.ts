import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildImage, type ImageDescription } from '../testing/image-builder/index.ts';
import { hardenedImage } from '../tools/examples/hardened.ts';
import { npmSkeleton } from '../tools/examples/skeletons.ts';
import { vulnerableImage } from '../tools/examples/vulnerable.ts';

const EXAMPLES = join(import.meta.dirname, '../examples');

function describeExample(name: 'vulnerable' | 'hardened'): { image: ImageDescription; dockerfile: string } {
  const folder = join(EXAMPLES, name);
  const make = name === 'vulnerable' ? vulnerableImage : hardenedImage;
  return { image: make(folder, { files: npmSkeleton(join(folder, 'app')) }), dockerfile: readFileSync(join(folder, 'Dockerfile'), 'utf8') };
}

/** The part of a history line that its Dockerfile has word for word. */
function instruction(createdBy: string): string {
  return createdBy
    .replace(/ # buildkit$/, '')
    .replace('RUN /bin/sh -c ', 'RUN ')
    .replace(/^COPY (--chown=\S+ )?\/(out|srv\/app) /, (_, chown: string | undefined, from: string) => `${chown ?? ''}/${from} `)
    .replace(/^(LABEL|HEALTHCHECK|EXPOSE|CMD) .*/s, '$1 ')
    .trim();
}

describe.each(['vulnerable', 'hardened'] as const)('examples/%s', (name) => {
  const { image, dockerfile } = describeExample(name);

  it('has a history that its Dockerfile tells', () => {
    const [base, ...own] = image.steps;
    expect(base?.files).toBeDefined();
    for (const step of own) expect(dockerfile).toContain(instruction(step.createdBy));
  });

  it('starts from a package database and an os-release', () => {
    const paths = image.steps[0]?.files?.map((file) => file.path) ?? [];
    expect(paths).toContain('usr/lib/os-release');
    expect(paths.some((path) => path.startsWith('var/lib/dpkg/status'))).toBe(true);
  });

  it('is the same image each time it is built', () => {
    expect(buildImage(describeExample(name).image).descriptor.digest).toBe(buildImage(image).descriptor.digest);
  });

  it('locks its npm packages by hash, wherever npm fetches them', () => {
    const lock = JSON.parse(readFileSync(join(EXAMPLES, name, 'app/package-lock.json'), 'utf8'));
    const entries = Object.entries<{ resolved?: string; integrity?: string }>(lock.packages).filter(([path]) => path !== '');
    for (const [, entry] of entries) {
      expect(entry.resolved).toBeUndefined();
      expect(entry.integrity).toMatch(/^sha512-/);
    }
  });
});

describe('the twins', () => {
  it('differ in what the vulnerable one is for', () => {
    const vulnerable = describeExample('vulnerable');
    const hardened = describeExample('hardened');
    expect(vulnerable.image.config?.User).toBe('root');
    expect(Object.keys(vulnerable.image.config?.ExposedPorts ?? {}).sort()).toEqual(['22/tcp', '443/tcp', '80/tcp']);
    expect(Object.keys(hardened.image.config?.ExposedPorts ?? {})).toEqual(['8080/tcp']);
    expect(vulnerable.image.config?.Env?.some((variable) => variable.startsWith('SECRET_KEY='))).toBe(true);
    expect(hardened.image.config?.User).toBe('65532:65532');
    expect(hardened.image.config?.Env?.filter((variable) => /KEY|PASSWORD|TOKEN|SECRET|:\/\//.test(variable))).toEqual([]);
    const froms = (text: string): string[] => text.split('\n').filter((line) => line.startsWith('FROM '));
    expect(froms(hardened.dockerfile).every((line) => /@sha256:[0-9a-f]{64}/.test(line))).toBe(true);
    expect(froms(vulnerable.dockerfile).some((line) => line.includes('@sha256:'))).toBe(false);
  });
});
