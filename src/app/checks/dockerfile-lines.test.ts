import { expect, it } from 'vitest';
import { parseDockerfile } from '../../checks/dockerfile/parser/parse.ts';
import type { CheckFinding, HistoryEntry, ImageConfig } from '../../model/index.ts';
import { historyLines, tieToDockerfile } from './dockerfile-lines.ts';

const TEXT = `ARG BASE=alpine:3.20
FROM golang:1.24 AS build
RUN go build -o /app .
FROM \${BASE}
ARG VERSION
ENV MODE=prod \\
    API_KEY=x
RUN apk add --no-cache \\
    curl
COPY --from=build /app /app
EXPOSE 22 80
USER root
`;
/** As BuildKit writes it: the base image's entries first. */
const BUILDKIT: readonly HistoryEntry[] = [
  { createdBy: '/bin/sh -c #(nop) ADD file:0123 in / ', emptyLayer: false },
  { createdBy: '/bin/sh -c #(nop)  CMD ["/bin/sh"]', emptyLayer: true },
  { createdBy: 'ARG VERSION=1', emptyLayer: true },
  { createdBy: 'ENV MODE=prod API_KEY=x', emptyLayer: true },
  { createdBy: 'RUN |1 VERSION=1 /bin/sh -c apk add --no-cache     curl # buildkit', emptyLayer: false },
  { createdBy: 'COPY /app /app # buildkit', emptyLayer: false },
  { createdBy: 'EXPOSE [22/tcp 80/tcp]', emptyLayer: true },
  { createdBy: 'USER root', emptyLayer: true },
];

const file = { path: 'Dockerfile', text: TEXT };

it('ties the entries of a history to the lines of their instructions', () => {
  expect(historyLines(BUILDKIT, parseDockerfile(file))).toEqual([undefined, undefined, 5, 6, 8, 10, 11, 12]);
});

it('knows the older builder, which writes no ARG', () => {
  const older = BUILDKIT.filter(({ createdBy }) => !createdBy?.startsWith('ARG')).map(({ createdBy = '', emptyLayer }) => ({
    createdBy: createdBy.startsWith('RUN ')
      ? '|1 VERSION=1 /bin/sh -c apk add --no-cache     curl'
      : createdBy.startsWith('/')
        ? createdBy
        : `/bin/sh -c #(nop)  ${createdBy}`,
    emptyLayer,
  }));
  expect(historyLines(older, parseDockerfile(file))).toEqual([undefined, undefined, 6, 8, 10, 11, 12]);
});

it('goes no further than both agree: another file has other lines', () => {
  const other = parseDockerfile({ path: 'Dockerfile', text: 'FROM x\nRUN a\nCMD b\nUSER root\n' });
  expect(historyLines(BUILDKIT, other)).toEqual([...Array(7).fill(undefined), 4]);
});

it('follows a stage into those that it begins with', () => {
  const text = 'FROM x AS base\nENV A=b\nFROM base\nUSER 1\n';
  const history = [
    { createdBy: 'ENV A=b', emptyLayer: true },
    { createdBy: 'USER 1', emptyLayer: true },
  ];
  expect(historyLines(history, parseDockerfile({ path: 'Dockerfile', text }))).toEqual([2, 4]);
});

it('gives findings their lines: by layer, by setting, by entry', () => {
  const finding = (location: CheckFinding['location'], params: CheckFinding['params'] = {}): CheckFinding => ({
    kind: 'misconfiguration',
    id: 'image/x',
    domain: 'image',
    aliases: [],
    severity: 'low',
    params,
    location,
    benchmarks: [],
    references: [],
    fingerprint: '0'.repeat(64),
  });
  const layer = (index: number) => ({ file: 'usr/bin/x', layer: { index, digest: `sha256:${'0'.repeat(64)}` as const } });
  const config = { history: BUILDKIT } as unknown as ImageConfig;
  const findings = [
    finding(layer(0)),
    finding(layer(1)),
    finding({ file: 'config.Env' }, { name: 'API_KEY' }),
    finding({ file: 'config.ExposedPorts' }, { port: '22' }),
    finding({ file: 'config.User' }, { user: 'root' }),
    finding({ file: 'config.Healthcheck' }),
    finding({ file: 'history[5]' }),
  ];
  expect(tieToDockerfile(findings, config, file).map(({ location }) => location.dockerfile?.line)).toEqual([
    undefined,
    8,
    6,
    11,
    12,
    undefined,
    10,
  ]);
});

/** What builders write for an instruction: BuildKit 0.12, the builder of Docker 20.10, buildah 1.28, kaniko 1.19. */
it.each([
  ['RUN a && \\\n    # why\n    b', 'RUN /bin/sh -c a &&     b # buildkit'],
  ['RUN a && \\\n    b', '/bin/sh -c a &&     b'],
  ['RUN ["a", "b c"]', 'RUN a b c # buildkit'],
  ['RUN --mount=type=cache,target=/x a $B', 'RUN |1 B=1 /bin/sh -c a $B # buildkit'],
  ['RUN <<EOF\nset -e\na\nEOF', 'RUN /bin/sh -c set -e\na\n # buildkit'],
  ['COPY --chown=1:1 ./a/ b* /app/', 'COPY --chown=1:1 a/ b* /app/ # buildkit'],
  ['COPY --link --from=build /src /app', 'COPY --link /src /app # buildkit'],
  ['COPY app /srv/', '/bin/sh -c #(nop) COPY dir:51b60517c5441f09 in /srv '],
  ['COPY app/main.py .', '/bin/sh -c #(nop) COPY file:3ac8489b3181b71a in /srv/ '],
  ['COPY <<EOF /etc/x\ny\nEOF', 'COPY <<EOF /etc/x # buildkit'],
  ['COPY $SRC /x', 'COPY app /x # buildkit'],
  ['ENV A=b \\\n C="d e"', 'ENV A=b C=d e'],
  ['LABEL "a.b"="c"', 'LABEL a.b=c'],
  ['ARG V', '/bin/sh -c #(nop) ARG V'],
  ['WORKDIR app/', 'WORKDIR /srv/app'],
  ['EXPOSE 80 443/udp', 'EXPOSE map[443/udp:{} 80/tcp:{}]'],
  ['VOLUME /data', 'VOLUME [/data]'],
  ['USER 1000', '/bin/sh -c #(nop) USER 1000'],
  ['CMD ["python3", "/srv/main.py"]', 'CMD ["python3" "/srv/main.py"]'],
  ['CMD python3 main.py', '/bin/sh -c #(nop)  CMD ["/bin/sh" "-c" "python3 main.py"]'],
  ['ENTRYPOINT ["sh", "-c", "a && echo \\"b\\""]', 'ENTRYPOINT ["sh" "-c" "a \\u0026\\u0026 echo \\"b\\""]'],
  ['HEALTHCHECK CMD a', 'HEALTHCHECK &{["CMD-SHELL" "a"] "0s" "0s" "0s" \'\\x00\'}'],
])('knows what %s becomes', (text, createdBy) => {
  const dockerfile = parseDockerfile({ path: 'Dockerfile', text: `FROM x\n${text}\n` });
  expect(dockerfile.problems).toEqual([]);
  expect(historyLines([{ createdBy, emptyLayer: true }], dockerfile)).toEqual([2]);
});

it.each([
  ['RUN b', 'RUN /bin/sh -c a # buildkit'],
  ['RUN <<EOF\nb\nEOF', 'RUN /bin/sh -c a\n # buildkit'],
  ['RUN ["b"]', 'RUN a # buildkit'],
  ['COPY b /app', 'COPY a /app # buildkit'],
  ['COPY a /srv', 'COPY a /app # buildkit'],
  ['COPY a /srv', '/bin/sh -c #(nop) COPY dir:51b60517c5441f09 in /app '],
  ['ENV B=1', 'ENV A=1'],
  ['LABEL b=1', 'LABEL a=1'],
  ['ARG B', 'ARG A=1'],
  ['WORKDIR /b', 'WORKDIR /a'],
  ['EXPOSE 443', 'EXPOSE map[80/tcp:{}]'],
  ['VOLUME /b', 'VOLUME [/a]'],
  ['USER b', 'USER a'],
  ['CMD ["b"]', 'CMD ["a"]'],
  ['ENTRYPOINT b', 'ENTRYPOINT ["/bin/sh" "-c" "a"]'],
])('knows that %s is not %s', (text, createdBy) => {
  expect(historyLines([{ createdBy, emptyLayer: true }], parseDockerfile({ path: 'Dockerfile', text: `FROM x\n${text}\n` }))).toEqual([undefined]); // biome-ignore format: short
});

it('passes over entries that say nothing', () => {
  const history = [{ createdBy: 'USER 1', emptyLayer: true }, { createdBy: '', emptyLayer: true }, { emptyLayer: false }];
  expect(historyLines(history, parseDockerfile({ path: 'Dockerfile', text: 'FROM x\nUSER 1\n' }))).toEqual([2, undefined, undefined]);
});
