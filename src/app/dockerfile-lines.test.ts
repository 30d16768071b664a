import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { check } from '../../testing/fixtures/assessed-report.ts';
import { npmSkeleton } from '../../tools/examples/skeletons.ts';
import { vulnerableImage } from '../../tools/examples/vulnerable.ts';
import type { ImageConfig } from '../model/index.ts';
import { atDockerfile, dockerfileLines } from './dockerfile-lines.ts';

/** A configuration with this history; entries of `(none)` made no layer. */
function imageOf(...history: readonly string[]): ImageConfig {
  const entries = history.map((text) => ({ createdBy: text.replace(/^\(none\) /, ''), emptyLayer: text.startsWith('(none) ') }));
  const config = { env: [], labels: {}, exposedPorts: [], volumes: [] };
  return { architecture: 'amd64', os: 'linux', diffIds: [], history: entries, config };
}
const layersOf = (text: string, config: ImageConfig): unknown =>
  dockerfileLines('Dockerfile', text, config).layers.map(({ layer, line }) => [layer, line]);

describe('the lines of a Dockerfile', () => {
  it('are found for every layer of the example', () => {
    const folder = join(import.meta.dirname, '../../examples/vulnerable');
    const text = readFileSync(join(folder, 'Dockerfile'), 'utf8');
    const image = vulnerableImage(folder, { files: npmSkeleton(join(folder, 'app')) });
    const config = imageOf(...image.steps.map(({ createdBy, files }) => (files ? createdBy : `(none) ${createdBy}`)));
    const { layers, history } = dockerfileLines('Dockerfile', text, config);
    const lines = text.split('\n');
    expect(layers.map(({ layer, line }) => [layer, lines[line - 1]?.slice(0, 24)])).toEqual([
      [1, 'RUN apt-get update && ap'],
      [2, 'RUN curl -fsSL https://d'],
      [3, 'WORKDIR /srv/app'],
      [4, 'COPY requirements.txt ./'],
      [5, 'RUN curl -fsSL https://b'],
      [6, 'COPY --from=reports /out'],
      [7, 'COPY . .'],
      [8, 'RUN npm ci --ignore-scri'],
      [9, 'RUN chmod -R 777 /srv/ap'],
    ]);
    expect(history).toHaveLength(image.steps.length - 1);
    const at = (file: string, params: Record<string, string>): number | undefined =>
      atDockerfile([check({ domain: 'image', location: { file }, params })], { file: 'Dockerfile', layers, history }, config)[0]?.location
        .dockerfile?.line;
    expect(lines[(at('config.User', { user: 'root' }) ?? 0) - 1]).toBe('USER root');
    expect(lines[(at('config.Env', { name: 'SECRET_KEY' }) ?? 0) - 1]).toMatch(/^ENV SECRET_KEY=/);
    expect(lines[(at('config.ExposedPorts', { port: '22' }) ?? 0) - 1]).toBe('EXPOSE 22 80 443');
    expect(at('created', {})).toBeUndefined();
  });

  it('follow stages that the last one begins with, and no others', () => {
    const text = 'FROM a AS base\nRUN one\nFROM b AS other\nRUN two\nFROM base\nCOPY --from=other /x /x\n';
    expect(layersOf(text, imageOf('ADD rootfs', 'RUN /bin/sh -c one # buildkit', 'COPY /x /x # buildkit'))).toEqual([
      [1, 2],
      [2, 6],
    ]);
  });

  it('are those of older builders too, and of commands over several lines', () => {
    const text = 'FROM a\nARG V=1\nENV A=b\nRUN set -x; \\\n  apt-get update \\\n  && make\nCMD ["x"]\n';
    const config = imageOf(
      '/bin/sh -c #(nop) ADD file:1 in / ',
      '(none) /bin/sh -c #(nop)  ENV A=b',
      '|1 V=1 /bin/sh -c set -x;   apt-get update   && make',
      '(none) /bin/sh -c #(nop)  CMD ["x"]',
    );
    expect(layersOf(text, config)).toEqual([[1, 4]]);
  });

  it('end where the history and the file part: it may be another image’s', () => {
    expect(layersOf('FROM a\nRUN one\nRUN two\n', imageOf('base', 'RUN /bin/sh -c other', 'RUN /bin/sh -c two'))).toEqual([[2, 3]]);
    expect(layersOf('FROM a\nRUN one\n', imageOf('RUN /bin/sh -c something else'))).toEqual([]);
    expect(layersOf('not a Dockerfile \0', imageOf('RUN x'))).toEqual([]);
    expect(layersOf('FROM a\nRUN one\n', imageOf())).toEqual([]);
  });
});
