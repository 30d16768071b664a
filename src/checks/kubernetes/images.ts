import type { RuleFacts, Span } from '../types.ts';
import { at, entrySpan, textOf } from '../yaml-tree.ts';
import type { Container } from './objects.ts';
import { BENCHMARKS, containerRule, type KubeRule, PAGES } from './rule.ts';

const B = BENCHMARKS;

function facts(id: string, severity: RuleFacts['severity'], aliases: readonly string[], benchmarks: readonly string[]): RuleFacts {
  return { id: `kubernetes/${id}`, aliases, severity, benchmarks, references: [`${PAGES.images}#image-names`] };
}

interface Image {
  readonly text: string;
  readonly tag?: string;
  readonly digest?: string;
  readonly at: Span;
  /** Of the text without quotes, where it stands in the file as it is. */
  readonly value: Span;
}

function imageOf(container: Container): Image | undefined {
  const node = at(container.node, 'image');
  const text = textOf(node)?.trim();
  if (!node || !text) return undefined;
  const [name = '', ...digest] = text.split('@');
  const tag = /:([^/:]+)$/.exec(name)?.[1];
  const quotes = node.end - node.start - text.length === 2 ? 1 : 0;
  return {
    text,
    ...(tag === undefined ? {} : { tag }),
    ...(digest.length === 0 ? {} : { digest: digest.join('@') }),
    at: entrySpan(container.node, 'image') ?? node,
    value: { start: node.start + quotes, end: node.start + quotes + text.length },
  };
}

function imageRule(rule: RuleFacts, check: (image: Image, report: (at: Span) => void, container: Container) => void): KubeRule {
  return containerRule(rule, (container, report) => {
    const image = imageOf(container);
    if (image) check(image, (at) => report(at, { params: { image: image.text } }), container);
  });
}

const moves = ({ tag, digest }: Image) => digest === undefined && (tag === undefined || tag === 'latest');

const latest = imageRule(
  facts('image-tag-latest', 'medium', ['KSV-0013', 'latest-tag'], [B.nistImage, 'NIST 800-190 4.2.2']),
  (image, report) => {
    if (moves(image)) report(image.at);
  },
);

const notPinned = imageRule(facts('image-not-pinned', 'low', [], [B.nistTrust, B.nsaPods]), (image, report) => {
  if (image.digest === undefined && !moves(image)) report(image.at);
});

const pullPolicy = imageRule(
  facts('image-pull-policy', 'low', ['C-0075'], [B.nistImage, 'NIST 800-190 4.2.2']),
  (image, report, container) => {
    const policy = textOf(at(container.node, 'imagePullPolicy'));
    if (policy !== undefined && policy !== 'Always' && moves(image)) report(entrySpan(container.node, 'imagePullPolicy') ?? image.at);
  },
);

const doubled = containerRule(facts('image-digest-doubled', 'high', [], [B.nistImage]), (container, report) => {
  const image = imageOf(container);
  const more = image?.digest === undefined ? undefined : /^sha256:(?:@?sha256:)+/.exec(image.digest);
  if (!image || !more) return;
  const start = image.value.start + image.text.indexOf('@') + 1;
  report(image.at, { params: { image: image.text }, fix: [{ start, end: start + more[0].length, text: 'sha256:' }] });
});

const badDigest = imageRule(facts('image-digest-malformed', 'high', [], [B.nistImage]), (image, report) => {
  if (image.digest === undefined || /^sha256:(?:@?sha256:)+/.test(image.digest)) return;
  if (!/^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/.test(image.digest)) report(image.at);
});

export const IMAGE_RULES: readonly KubeRule[] = [latest, notPinned, pullPolicy, doubled, badDigest];
