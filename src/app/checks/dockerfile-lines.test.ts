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
      ? '|1 VERSION=1 /bin/sh -c apk add'
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
